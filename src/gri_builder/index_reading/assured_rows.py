"""Which rows of an index are assured: by their column, else by the assurance statement's scope (G4 Part 1, 3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from gri_builder.index_reading.codes import CodeReader
from gri_builder.index_reading.index_tables.table import TableRow
from gri_builder.index_reading.statements.assurance import excepts, find_statement_pages, read_column
from gri_builder.model.audit_result import AuditClaim
from gri_builder.model.framework import Framework

LONGEST_STATEMENT = 3
"""Pages of an assurance statement."""
_SENTENCE_END = re.compile(r"(?<=[.;:])\s+(?=[A-Z•])")


def mark_assured(
    claims: Sequence[AuditClaim], rows: Sequence[TableRow], framework: Framework, texts: Mapping[int, str]
) -> tuple[AuditClaim, ...]:
    """Return the claims with whether they are assured; `rows` are theirs, `texts` those of pages."""
    if any(row.cells.get("assurance", "").strip() for row in rows):
        return tuple(_mark_by_column(claims, rows, texts))
    scope = read_scope(texts, {claim.found_on for claim in claims}, framework)
    return tuple(
        replace(claim, assured=True, assurance_page=scope[claim.code]) if claim.code in scope else claim
        for claim in claims
    )


def _mark_by_column(
    claims: Sequence[AuditClaim], rows: Sequence[TableRow], texts: Mapping[int, str]
) -> Iterator[AuditClaim]:
    """Yield the claims with what the assurance column of their table says."""
    legend = "\n".join(texts.get(page, "") for page in sorted({row.page for row in rows}))
    tables: dict[tuple[int, int], list[int]] = {}
    for place, row in enumerate(rows):
        tables.setdefault((row.page, row.table), []).append(place)
    assured: dict[int, bool | None] = {}
    for places in tables.values():
        assured.update(zip(places, read_column([rows[n].cells.get("assurance") for n in places], legend), strict=True))
    for place, claim in enumerate(claims):
        yield replace(claim, assured=assured[place])


def read_scope(texts: Mapping[int, str], index: set[int], framework: Framework) -> dict[str, int]:
    """Return the page of the assurance statement for each code that it names as assured."""
    reader = CodeReader(framework)
    scope: dict[str, int] = {}
    for first in find_statement_pages({page: text for page, text in texts.items() if page not in index}):
        for page in range(first, first + LONGEST_STATEMENT):
            if page in index or page not in texts:
                break
            for sentence in _SENTENCE_END.split(texts[page]):
                if not excepts(sentence):
                    for code in reader.find(sentence):
                        scope.setdefault(code.code, first)
            if page > first and not any(True for _ in reader.find(texts[page])):
                break
    return scope
