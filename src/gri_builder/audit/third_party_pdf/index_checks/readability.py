"""Whether a content index could be read: how many of its rows yield something; where not, nothing is judged by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.audit.third_party_pdf.index_table import TableRow
from gri_builder.model.audit_result import AuditClaim, IndexRegion
from gri_builder.model.claim import page_ranges

ENOUGH = 0.5
"""Share of the rows that must yield a reference, an answer or an omission, for an index to be judged."""
NOTHING_READ = "neither a page nor an answer nor an omission was read in this row"
TABLE_UNREAD = "most rows of this table could not be read"


class Reading(Struct, frozen=True):
    """How far an index was understood."""

    claims: tuple[AuditClaim, ...]
    """With a reason on each whose reading is uncertain."""
    regions: tuple[IndexRegion, ...]
    """Its tables, in their order."""
    problem: str
    """Why nothing can be judged by the index; empty where it can."""


def judge_reading(rows: Sequence[TableRow], claims: Sequence[AuditClaim]) -> Reading:
    """Return how far an index was understood; `claims` are those of its rows, one each."""
    tables: dict[tuple[int, int], list[tuple[TableRow, AuditClaim]]] = {}
    for row, claim in zip(rows, claims, strict=True):
        tables.setdefault((row.page, row.table), []).append((row, claim))
    regions = {key: _make_region(held) for key, held in tables.items()}
    judged = (_question(claim, regions[row.page, row.table]) for row, claim in zip(rows, claims, strict=True))
    return Reading(tuple(judged), tuple(regions.values()), _find_problem(regions.values()))


def is_understood(claim: AuditClaim) -> bool:
    """Return whether a row yields a reference, an answer or an omission."""
    return bool(claim.references or claim.answer or claim.omission)


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
    shown = f"only {understood} of its {known} rows show" if understood else f"none of its {known} rows shows"
    return f"the content index on {where} could not be read: {shown} a page, an answer or an omission"
