"""The list of all gaps, as the last chapter of a draft: what is missing, who is asked for it, and where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from gri_builder.compose.blocks import cell, header_row, left_aligned, paragraph, plain
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.numbers import MISSING
from gri_builder.model.document import Chapter
from gri_builder.model.finding import Location
from gri_builder.model.rich_text import Cell, Heading, Run, Table
from gri_builder.model.texts.gap import Gap, GapKind

GROUPS: dict[GapKind, str] = {
    "value": "gaps-figures",
    "target": "gaps-figures",
    "chart": "gaps-figures",
    "map": "gaps-figures",
    "matrix": "gaps-figures",
    "disclosure": "gaps-answers",
    "answer": "gaps-answers",
    "chapter": "gaps-texts",
    "text": "gaps-texts",
    "picture": "gaps-pictures",
    "link": "gaps-links",
    "footnote": "gaps-links",
    "setting": "gaps-settings",
    "review": "gaps-review",
    "unwritten": "gaps-unwritten",
}
"""Key of the heading above each kind of gaps."""
MAX_PLACES = 5
"""Places that need one thing; the first ones of many are named."""


def compose_gap_list(context: ComposeContext, gaps: Sequence[Gap], anchor: str) -> Chapter:
    """Return the chapter with the gaps in the order of their kinds; it says so if nothing is missing."""
    head = Heading(1, plain(context.translate("gaps-title")), anchor=anchor)
    if not gaps:
        return Chapter((head, paragraph(context.translate("gaps-none"))), tabular=True)
    columns = _choose_columns(gaps)
    body: list[tuple[Cell, ...]] = []
    groups: list[int] = []
    for key, together in groupby(gaps, lambda gap: GROUPS[gap.kind]):
        groups.append(len(body))
        body.append((Cell((plain(context.translate(key)),), columns=len(columns), header=True),))
        body += (tuple(COLUMNS[name](gap) for name in columns) for gap in together)
    table = Table(
        (header_row(*(context.translate(f"gaps-{name}") for name in columns)),),
        tuple(body),
        left_aligned(len(columns)),
        groups=tuple(groups),
        weights=tuple(WIDTHS[name] for name in columns),
    )
    count = context.translate("gaps-count", number=str(len(gaps)))
    return Chapter((head, paragraph(count), table), tabular=True)


def _choose_columns(gaps: Sequence[Gap]) -> tuple[str, ...]:
    """Return the columns that have an entry in some row."""
    has_owner, has_uses = any(gap.owner for gap in gaps), any(gap.needed for gap in gaps)
    return ("what", *(("owner",) if has_owner else ()), "place", *(("needed",) if has_uses else ()))


def _list_places(places: Iterable[Location]) -> Cell:
    """Return files and lines, each as a paragraph."""
    texts = list(dict.fromkeys(_print_place(place) for place in places))
    shown = [*texts[:MAX_PLACES], *(["…"] if len(texts) > MAX_PLACES else [])]
    return Cell(tuple((Run(text),) for text in shown)) if shown else cell(MISSING)


def _print_place(place: Location) -> str:
    return f"{place.file}:{place.line}" if place.line else place.file


COLUMNS: dict[str, Callable[[Gap], Cell]] = {
    "what": lambda gap: cell(gap.text, header=True),
    "owner": lambda gap: cell(gap.owner or MISSING),
    "place": lambda gap: _list_places([gap.where] if gap.where else []),
    "needed": lambda gap: _list_places(gap.needed),
}
"""Cells of each column."""
WIDTHS = {"what": 31.0, "owner": 19.0, "place": 27.0, "needed": 23.0}
"""Relative widths of the columns."""
