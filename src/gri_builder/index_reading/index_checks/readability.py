"""Whether a content index could be read: how many of its rows yield something; where not, nothing is judged by it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.index_reading.index_tables.table import TableRow
from gri_builder.model.audit_result import AuditClaim, IndexRegion
from gri_builder.model.claim import page_ranges

ENOUGH = 0.5
"""Share of the rows that must yield a reference, an answer or an omission, for an index to be judged."""
FEW_NUMBERS = 0.3
"""Numbers on the pages of a blank form, as a share of its rows."""
FEW_UNDERSTOOD = 0.05
"""Share of the rows of a blank form whose titles are mistaken for answers."""
MOST_WORDS = 0.75
"""Share of the words on the pages of a blank form that are read as its rows."""
_NUMBER = re.compile(r"(?<![\w.-])\d{1,3}(?![\w.])")
NOTHING_READ = "neither a page nor an answer nor an omission was read in this row"
TABLE_UNREAD = "most rows of this table could not be read"


class Reading(Struct, frozen=True):
    """How far an index was understood."""

    claims: tuple[AuditClaim, ...]
    """With a reason on each whose reading is uncertain; none of a blank form."""
    regions: tuple[IndexRegion, ...]
    """Its tables, in their order."""
    problem: str
    """Why nothing can be judged by the index; empty where it can."""


def judge_reading(rows: Sequence[TableRow], claims: Sequence[AuditClaim], texts: Mapping[int, str]) -> Reading:
    """Return how far an index was understood; `claims` are those of its rows, `texts` the texts of pages."""
    tables: dict[tuple[int, int], list[tuple[TableRow, AuditClaim]]] = {}
    for row, claim in zip(rows, claims, strict=True):
        tables.setdefault((row.page, row.table), []).append((row, claim))
    regions = {key: _make_region(held) for key, held in tables.items()}
    judged = (_question(claim, regions[row.page, row.table]) for row, claim in zip(rows, claims, strict=True))
    claimed = () if is_blank(rows, claims, texts) else tuple(judged)
    return Reading(claimed, tuple(regions.values()), _find_problem(regions.values()))


def is_understood(claim: AuditClaim) -> bool:
    """Return whether a row yields a reference, an answer or an omission, or what was left in their place."""
    return bool(claim.references or claim.answer or claim.omission or claim.placeholder or claim.mark)


def is_blank(rows: Sequence[TableRow], claims: Sequence[AuditClaim], texts: Mapping[int, str]) -> bool:
    """Return whether a list of disclosures has nothing beside them, as a form that nobody has filled in."""
    pages = {row.page for row in rows}
    numbers = sum(len(_NUMBER.findall(texts[page])) for page in pages)
    words = sum(len(texts[page].split()) for page in pages)
    read = sum(1 + sum(len(cell.split()) for cell in row.cells.values()) for row in rows)
    nothing_else = numbers <= FEW_NUMBERS * len(rows) and read >= MOST_WORDS * words
    return nothing_else and sum(map(is_understood, claims)) <= FEW_UNDERSTOOD * len(claims)


def _make_region(held: Sequence[tuple[TableRow, AuditClaim]]) -> IndexRegion:
    """Return the region of a table: what its rows cover."""
    boxes = [row.box for row, _ in held]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    understood = sum(is_understood(claim) for _, claim in held)
    return IndexRegion(held[0][0].page, (min(lefts), min(tops), max(rights), max(bottoms)), len(held), understood)


def _question(claim: AuditClaim, region: IndexRegion) -> AuditClaim:
    """Return a claim with the reason why its reading is uncertain."""
    if claim.uncertain:
        return claim
    if region.understood < ENOUGH * region.rows:
        return replace(claim, uncertain=TABLE_UNREAD)
    return claim if is_understood(claim) else replace(claim, uncertain=NOTHING_READ)


def _find_problem(regions: Iterable[IndexRegion]) -> str:
    """Return why an index can't be judged; empty where enough of its rows were understood."""
    regions = list(regions)
    known, understood = sum(region.rows for region in regions), sum(region.understood for region in regions)
    if understood >= ENOUGH * known:
        return ""
    pages = sorted({region.page for region in regions})
    where = f"page{'s' if len(pages) > 1 else ''} {page_ranges(pages)}"
    if not understood:
        return (
            f"the content index on {where} could not be read: nothing was found beside its {known} codes; it is a "
            "blank form, or its pages are not written as text"
        )
    shown = f"only {understood} of its {known} rows show"
    return f"the content index on {where} could not be read: {shown} a page, an answer or an omission"
