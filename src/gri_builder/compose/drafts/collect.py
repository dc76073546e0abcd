"""Collect the gaps that the pages of a draft mark, each once, with the places that need it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from gri_builder.compose.blocks import change_runs, children
from gri_builder.model.document import Block, Chapter, KeyFigures
from gri_builder.model.finding import Location
from gri_builder.model.rich_text import Runs
from gri_builder.model.texts.gap import GAP_KINDS, Gap

Locate = Callable[[str, Location | None], Location | None]
"""Finds what a source writes, in a block at a location or in report.yaml: the exact place, as far as it is found."""


def keep_place(written: str, near: Location | None) -> Location | None:
    """Return the location of the block, without the files to search it in."""
    return near


def collect_gaps(
    chapters: Iterable[Chapter], others: Iterable[Block], further: Iterable[tuple[Gap, Location | None]], locate: Locate
) -> tuple[Gap, ...]:
    """Return the gaps that blocks mark, and further ones with the blocks that need them, by kind in reading order.

    A gap with a place of its own keeps it; another one is where it is needed first.
    """
    found: dict[tuple[str, str, str | None], list[Gap]] = {}
    needed: dict[tuple[str, str, str | None], dict[tuple[str, int], Location]] = {}
    marked = [*_list_marked(others, None)]
    for chapter in chapters:
        marked += _list_marked((*chapter.opener.summary, *chapter.blocks), None)
    for gap, near in (*marked, *further):
        key = (gap.kind, gap.text, gap.owner)
        found.setdefault(key, []).append(gap)
        place = locate(gap.written, near) if gap.written else near
        if gap.kind == "unwritten":  # it is the text itself, wherever it is printed
            continue
        if place is not None and place.line is not None:
            needed.setdefault(key, {}).setdefault((place.file, place.line), place)
    merged = (_merge(gaps, list(needed.get(key, {}).values())) for key, gaps in found.items())
    return tuple(sorted(merged, key=lambda gap: GAP_KINDS.index(gap.kind)))


def _merge(gaps: list[Gap], needed: list[Location]) -> Gap:
    own = next((gap.where for gap in gaps if gap.where is not None), None)
    where = own or (needed[0] if needed else None)
    return replace(gaps[0], where=where, needed=tuple(place for place in needed if not _is_same_line(place, where)))


def _is_same_line(one: Location, other: Location | None) -> bool:
    return other is not None and (one.file, one.line) == (other.file, other.line)


def _list_marked(blocks: Iterable[Block], near: Location | None) -> Iterator[tuple[Gap, Location | None]]:
    """Yield each mark with the location of its block."""
    for block in blocks:
        where = getattr(block, "where", None) or near
        runs: list[Runs] = []
        change_runs(block, lambda each, kept=runs: kept.append(each) or each)  # type: ignore[misc]
        yield from ((run.gap, where) for each in runs for run in each if run.gap)
        if isinstance(block, KeyFigures):
            yield from ((figure.gap, where) for figure in block.figures if figure.gap)
        for inner in children(block):
            yield from _list_marked(inner, where)
