"""The words of a text as plain lines: what a person approves, without how it is set and where its lines end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gri_builder.model.rich_text import (
    Block,
    Cell,
    Definitions,
    Directive,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    RichText,
    Run,
    Runs,
    Table,
    walk_blocks,
)


def text_lines(prose: RichText, blocks: tuple[Block, ...] | None = None) -> Iterator[str]:
    """Yield a line for each paragraph, heading, row and picture of a text, or of some of its blocks.

    The footnotes that they refer to follow. Placeholders are written as in the text: their facts are listed apart.
    """
    shown = prose.blocks if blocks is None else blocks
    yield from _lines(shown)
    for label in _notes_of(shown):
        yield from (f"[^{label}]: {line}" for line in _lines(prose.notes.get(label, ())))


def runs_in(block: Block) -> Iterator[Run]:
    """Yield the runs of a block, without those of the blocks inside it."""
    match block:
        case Heading() | Paragraph():
            yield from block.runs
        case Image():
            yield from (*block.caption, *block.credit)
        case Definitions():
            yield from (run for term, _ in block.entries for run in term)
        case Table():
            yield from (run for row in (*block.header, *block.body) for run in _cell_runs(row))
            yield from block.caption


def _cell_runs(row: Iterable[Cell]) -> Iterator[Run]:
    return (run for cell in row for runs in cell.paragraphs for run in runs)


def _notes_of(blocks: tuple[Block, ...]) -> list[str]:
    """Return the labels of the footnotes that blocks refer to, in their order."""
    notes = (run.note for block in walk_blocks(blocks) for run in runs_in(block) if run.note)
    return list(dict.fromkeys(notes))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _block_lines(block)


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {words_of(block.runs)}"
        case Paragraph():
            yield words_of(block.runs)
        case ListBlock():
            for item in block.items:
                yield from (f"- {line}" for line in _lines(item))
        case Quote():
            yield from (f"> {line}" for line in _lines(block.blocks))
        case Table():
            yield from _table_lines(block)
        case Image():
            yield f"![{block.alt}]({block.path}) {words_of((*block.caption, *block.credit))}".rstrip()
        case Definitions():
            for term, meaning in block.entries:
                yield f"{words_of(term)}:"
                yield from _lines(meaning)
        case Directive():
            yield _directive_line(block.name, block.arguments, block.options)
            yield from _lines(block.blocks)


def _table_lines(table: Table) -> Iterator[str]:
    if table.caption:
        yield words_of(table.caption)
    for row in (*table.header, *table.body):
        yield " | ".join(" ".join(map(words_of, cell.paragraphs)) for cell in row)


def _directive_line(name: str, arguments: Iterable[str], options: Mapping[str, str]) -> str:
    return " ".join((":::", name, *arguments, *(f"{key}={value}" for key, value in sorted(options.items()))))


def words_of(runs: Runs) -> str:
    """Return the words of runs in one line, with the targets of links and the expressions of placeholders."""
    return " ".join("".join(map(_word_of, runs)).split())


def _word_of(run: Run) -> str:
    if run.placeholder:
        return f"{{{{ {run.placeholder.source} }}}}"
    if run.note:
        return f"[^{run.note}]"
    text = f"[{run.page_of}]" if run.page_of else run.text
    return f"[{text}]({run.link})" if run.link else text
