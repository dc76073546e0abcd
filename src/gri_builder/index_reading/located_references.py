"""References of a row with the physical pages that hold the printed ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from gri_builder.index_reading.page_numbers import PageNumbering
from gri_builder.index_reading.page_references import WrittenReference, read_row_references
from gri_builder.index_reading.references.own_document import OwnDocument
from gri_builder.model.audit_result import AuditClaim, PageMap, Reference
from gri_builder.model.claim import roman_numeral

MANY = 8
"""Rows with pages that the PDF does not hold, from which on they can have one cause."""
SHARE = 0.4
"""Share of the rows with pages that they must be."""
FIRST = 3
"""First printed number from which on a PDF is an extract of a report."""
FEW = 3
"""Rows with pages outside an extract that have one cause."""


def locate_references(
    cells: Mapping[str, str], numbering: PageNumbering, own: OwnDocument | None = None
) -> tuple[Reference, ...]:
    """Return the references of a row; `own` says what the report is called."""
    return tuple(_locate(each, numbering) for each in read_row_references(cells, own))


def _locate(written: WrittenReference, numbering: PageNumbering) -> Reference:
    found = {str(page): numbering.find(page) for page in written.pages}
    found |= {roman_numeral(value): numbering.find_roman(value) for value in written.roman}
    missing = tuple(name for name, page in found.items() if page is None)
    trusted = numbering.page_map.trusted
    uncounted = bool(written.roman) and bool(missing) and not numbering.roman
    return Reference(
        written.text,
        tuple(dict.fromkeys(page for page in found.values() if page is not None)),
        written.outside,
        printed=tuple(found),
        missing=missing if trusted and not uncounted else (),
        elsewhere=bool(missing) and not trusted,
        unread=written.unread or uncounted,
        open_ended=written.open_ended,
    )


def join_cause(claims: Sequence[AuditClaim], page_map: PageMap) -> tuple[AuditClaim, ...]:
    """Return claims; where many name pages that the PDF does not hold, these are in a part of the report elsewhere.

    That is an extract of a report, or an index that belongs to another file: one cause, not an error of each row.
    """
    paged = [claim for claim in claims if any(each.printed for each in claim.references)]
    missed = [claim for claim in paged if any(each.missing for each in claim.references)]
    extract = is_extract(page_map) and len(missed) >= FEW
    if not extract and (len(missed) < MANY or len(missed) < SHARE * len(paged)):
        return tuple(claims)
    return tuple(replace(claim, references=tuple(_mark(claim.references))) for claim in claims)


def _mark(references: Iterable[Reference]) -> Iterator[Reference]:
    for each in references:
        yield replace(each, elsewhere=True) if each.missing else each


def is_extract(page_map: PageMap) -> bool:
    """Return whether the printed numbers start late, or leave some out, as those of a part of a report do."""
    runs = [run for run in page_map.runs if not run.roman]
    ends = [run.number + run.each * (run.last - run.first + 1) for run in runs]
    gaps = any(run.number > end for end, run in zip(ends, runs[1:], strict=False))
    return bool(runs) and page_map.trusted and (runs[0].number >= FIRST + runs[0].first or gaps)
