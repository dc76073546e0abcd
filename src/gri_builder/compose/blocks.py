"""Create simple blocks; traverse and rewrite trees of blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import is_
from typing import Any, cast

from msgspec.structs import replace

from gri_builder.model.document import (
    Block,
    Callout,
    Columns,
    DisclosureSpan,
    IndexNote,
    IndexSection,
    IndexTables,
    InLanguage,
    Landscape,
    Letter,
    Matrix,
    PullQuote,
    QrCode,
    SideNote,
    Timeline,
)
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.diagrams import OrganizationChart, Process, SiteMap
from gri_builder.model.rich_text import (
    Alignment,
    Cell,
    Definitions,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Runs,
    Table,
)

PLACEHOLDER = re.compile(r"\{([\w-]+)\}")

Change = Callable[[Runs], Runs]


BOXES = (
    Quote,
    Callout,
    Letter,
    PullQuote,
    SideNote,
    Columns,
    Landscape,
    QrCode,
    InLanguage,
    DisclosureSpan,
    Process,
    OrganizationChart,
    IndexSection,
    IndexTables,
)
"""Blocks that contain one sequence of blocks."""


def plain(text: str | None) -> Runs:
    """Return the text as runs without formatting."""
    return (Run(text),) if text else ()


def paragraph(text: str) -> Paragraph:
    """Return a paragraph of plain text."""
    return Paragraph(plain(text))


def cell(text: str | None, header: bool = False) -> Cell:
    """Return a cell of plain text."""
    return Cell((plain(text),), header=header)


def header_row(*texts: str) -> tuple[Cell, ...]:
    """Return a table's header row."""
    return tuple(cell(text) for text in texts)


def left_aligned(count: int) -> tuple[Alignment, ...]:
    """Return the alignment of that many columns of text."""
    return tuple[Alignment, ...](["left"] * count)


def values_aligned(columns: int, texts: int = 1) -> tuple[Alignment, ...]:
    """Return the alignment of columns of text followed by columns of values."""
    return (*left_aligned(texts), *tuple[Alignment, ...](["right"] * columns))


def fill_runs(template: str, values: Mapping[str, Runs]) -> Runs:
    """Return the template as runs, with each `{name}` replaced by the runs of that name."""
    runs: list[Run] = []
    for index, text in enumerate(PLACEHOLDER.split(template)):
        runs.extend(values[text] if index % 2 else plain(text))
    return tuple(runs)


def join_runs(parts: list[Runs], separator: str) -> Runs:
    """Return the parts joined by a separator."""
    joined: list[Run] = []
    for part in parts:
        joined.extend((*plain(separator), *part) if joined else part)
    return tuple(joined)


def list_blocks(items: list[tuple[Block, ...]]) -> ListBlock:
    """Return a bulleted list of the items."""
    empty: ListBlock = ListBlock(((),) * len(items))
    return cast(ListBlock, with_children(empty, tuple(items)))


def children(block: Block) -> tuple[tuple[Block, ...], ...]:
    """Return the sequences of blocks inside a block: the items of a list, or the content of a box."""
    match block:
        case ListBlock():
            return cast("tuple[tuple[Block, ...], ...]", block.items)
        case Timeline() | Definitions():
            return tuple(cast("tuple[Block, ...]", blocks) for _, blocks in block.entries)
        case _ if isinstance(block, BOXES):
            return (cast("tuple[Block, ...]", block.blocks),)
        case _:
            return ()


def with_children(block: Block, inner: tuple[tuple[Block, ...], ...]) -> Block:
    """Return the block with other sequences of blocks inside it."""
    # Lists and quotes are types of rich text, which don't include the blocks of a document: hence Any.
    new: Any = inner
    match block:
        case ListBlock():
            return replace(block, items=new)
        case Timeline():
            return replace(
                block, entries=tuple((when, what) for (when, _), what in zip(block.entries, new, strict=True))
            )
        case Definitions():
            return replace(
                block, entries=tuple((term, meaning) for (term, _), meaning in zip(block.entries, new, strict=True))
            )
        case _ if isinstance(block, BOXES):
            return replace(block, blocks=new[0])
        case _:
            return block


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield each block and the blocks inside it, in reading order."""
    for block in blocks:
        yield block
        for inner in children(block):
            yield from walk(inner)


def map_blocks(
    blocks: Iterable[Block], change: Callable[[Block], Block], leave: tuple[type[Block], ...] = ()
) -> tuple[Block, ...]:
    """Return the changed blocks, outer before inner, in reading order; types in `leave` stay unchanged."""

    def visit(block: Block) -> Block:
        if isinstance(block, leave):
            return block
        changed = change(block)
        inner = children(changed)
        return with_children(changed, tuple(map_blocks(each, change, leave) for each in inner)) if inner else changed

    return tuple(visit(block) for block in blocks)


def map_runs(blocks: Iterable[Block], change: Change, leave: tuple[type[Block], ...] = ()) -> tuple[Block, ...]:
    """Return the blocks with all runs changed, in reading order; types in `leave` stay unchanged."""
    return map_blocks(blocks, lambda block: change_runs(block, change), leave)


def change_runs(block: Block, change: Change) -> Block:
    """Return the block with its direct runs changed, not those of inner blocks; the same object if nothing changes."""
    match block:
        case Heading() | Paragraph() | IndexNote():
            runs = change(block.runs)
            return block if runs is block.runs else replace(block, runs=runs)
        case Table():
            return _change_table(block, change)
        case Image():
            return replace(block, caption=change(block.caption), credit=change(block.credit))
        case Definitions():
            return replace(block, entries=tuple((change(term), meaning) for term, meaning in block.entries))
        case Matrix() | OrganizationChart():
            return replace(block, caption=change(block.caption))
        case Process():
            return replace(block, caption=change(block.caption), legend=change(block.legend))
        case Chart() | SiteMap():
            return replace(block, caption=change(block.caption), notes=_change_each(block.notes, change))
        case Callout():
            return replace(block, title=change(block.title))
        case _:
            return block


def _change_each(lines: tuple[Runs, ...], change: Change) -> tuple[Runs, ...]:
    changed = tuple([change(line) for line in lines])
    return lines if all(map(is_, changed, lines)) else changed


def _change_table(table: Table, change: Change) -> Table:
    def one(cell: Cell) -> Cell:
        paragraphs = _change_each(cell.paragraphs, change)
        return cell if paragraphs is cell.paragraphs else replace(cell, paragraphs=paragraphs)

    def rows(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
        return tuple([tuple([one(cell) for cell in row]) for row in rows])

    caption = change(table.caption)
    header, body = rows(table.header), rows(table.body)
    return replace(table, caption=caption, header=header, body=body, notes=_change_each(table.notes, change))
