"""Processes and organizations: the texts of a list, taken apart into the titles and details that are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from gri_builder.compose.blocks import plain
from gri_builder.model.document import Block
from gri_builder.model.figures.diagrams import OrganizationChart, Process
from gri_builder.model.finding import Location
from gri_builder.model.rich_text import Block as ProseBlock
from gri_builder.model.rich_text import ListBlock, Paragraph, Runs, plain_text
from gri_builder.model.texts.title_parts import list_names, name_of, read_names, split_step, split_unit


def compose_process(
    blocks: Sequence[Block] | Sequence[ProseBlock], where: Location, options: Mapping[str, str]
) -> tuple[Block, ...]:
    """Return the steps of a list, each with its title in a paragraph of its own; nothing without a list."""
    found = _first_list(blocks)
    if found is None:
        return ()
    items = tuple(_part_step(item) for item in found.items)
    names = read_names(options.get("highlight", ""))
    highlighted = tuple(number for number, item in enumerate(items) if _title_of(item) in names)
    legend, caption = plain(options.get("legend")), plain(options.get("title"))
    return (Process((replace(found, items=items),), highlighted, legend if highlighted else (), caption, where),)


def compose_organization(
    blocks: Sequence[Block] | Sequence[ProseBlock], where: Location, options: Mapping[str, str]
) -> tuple[Block, ...]:
    """Return the units of a list, the title of each in bold type; nothing without a list."""
    found = _first_list(blocks)
    if found is None:
        return ()
    names = read_names(options.get("highlight", ""))
    highlighted = tuple(name for name in dict.fromkeys(_names_in(found)) if name in names)
    return (OrganizationChart((_part_units(found),), highlighted, plain(options.get("title")), where),)


def _first_list(blocks: Sequence[Block] | Sequence[ProseBlock]) -> ListBlock | None:
    return next((block for block in blocks if isinstance(block, ListBlock) and block.items), None)


def _title_of(item: tuple[ProseBlock, ...]) -> str:
    return name_of(plain_text(item[0].runs)) if item and isinstance(item[0], Paragraph) else ""


def _part_step(item: tuple[ProseBlock, ...]) -> tuple[ProseBlock, ...]:
    first = item[0] if item else None
    if not isinstance(first, Paragraph):
        return item
    title, rest = split_step(first.runs)
    details = (replace(first, runs=rest),) if rest else ()
    return (replace(first, runs=title), *details, *item[1:])


def _names_in(block: ListBlock) -> Iterator[str]:
    for item in block.items:
        if item and isinstance(item[0], Paragraph):
            yield from list_names(item[0].runs)
        for inner in item:
            if isinstance(inner, ListBlock):
                yield from _names_in(inner)


def _part_units(block: ListBlock) -> ListBlock:
    return replace(block, items=tuple(tuple(_part_unit(item)) for item in block.items))


def _part_unit(item: tuple[ProseBlock, ...]) -> Iterator[ProseBlock]:
    for number, block in enumerate(item):
        if isinstance(block, ListBlock):
            yield _part_units(block)
        elif number or not isinstance(block, Paragraph):
            yield block
        else:
            for runs, is_title in split_unit(block.runs):
                yield replace(block, runs=_in_bold(runs) if is_title else runs)


def _in_bold(runs: Runs) -> Runs:
    return tuple(replace(run, bold=True) for run in runs)
