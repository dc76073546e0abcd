"""Find the table of a request on a sheet, by its headers in any of the languages, wherever it was moved to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from gri_builder.intake.requests.request_workbook import COLUMNS
from gri_builder.intake.requests.words import all_words
from gri_builder.model.finding import Finding, error, warning
from gri_builder.spreadsheets.cells import MAX_HEADER_ROWS, Row, Sheet, casefold_key

NEEDED = ("key", "value", "unit")
"""Columns without which nothing can be read."""
HEADERS = {"key": "Key", "value": "Value", "unit": "Unit", "estimated": "Estimated?", "note": "Note"}
MIN_KNOWN = 3
"""Known headers that show that a row was that of the headers."""


class AnswerTable(Struct, frozen=True):
    """The table of a request."""

    sheet: Sheet
    header: Row
    columns: Mapping[str, int]
    """Column of each known header, from 0."""

    @property
    def rows(self) -> Sequence[Row]:
        """The rows below its headers."""
        return [row for row in self.sheet.rows if row.number > self.header.number]


def find_tables(sheets: Sequence[Sheet]) -> tuple[list[AnswerTable], list[Finding]]:
    """Return the tables on sheets, at most one on each, and what is wrong with their headers.

    A table whose headers have an error is not among them.
    """
    tables: list[AnswerTable] = []
    findings: list[Finding] = []
    for sheet in sheets:
        found = max((_read_headers(sheet, row) for row in sheet.rows[:MAX_HEADER_ROWS]), key=_count, default=None)
        if found is None or _count(found) < MIN_KNOWN:
            continue
        wrong = list(_find_wrong_headers(found))
        findings += wrong
        if not any(finding.severity == "error" for finding in wrong):
            tables.append(AnswerTable(sheet, found.header, {key: places[0] for key, places in found.columns.items()}))
    return tables, findings


class _Headers(Struct, frozen=True):
    sheet: Sheet
    header: Row
    columns: Mapping[str, Sequence[int]]


def _count(headers: _Headers) -> int:
    return len(headers.columns)


def _read_headers(sheet: Sheet, row: Row) -> _Headers:
    columns: dict[str, list[int]] = {}
    for column in range(len(row.cells)):
        text = casefold_key(sheet.cell(row, column).text)
        key = next((key for key in COLUMNS if text and _is_header(key, text)), None)
        if key:
            columns.setdefault(key, []).append(column)
    return _Headers(sheet, row, columns)


def _is_header(key: str, text: str) -> bool:
    words = all_words(key)
    return text in words or (key == "before" and any(text.startswith(word) for word in words))


def _find_wrong_headers(found: _Headers) -> list[Finding]:
    sheet, row = found.sheet, found.header.number
    findings = []
    for key, places in found.columns.items():
        if len(places) > 1 and key in HEADERS:
            header = sheet.cell(found.header, places[1]).text
            message = f"two columns have the header '{header}', so it is not known which of them counts"
            findings.append(error("duplicate-header", message, sheet.where(row, places[1]), "delete one of them"))
    for key in HEADERS:
        if key in found.columns:
            continue
        message = f"there is no column with the header '{HEADERS[key]}'"
        where, hint = sheet.where(row, 0), "write the header above its column again, or return the workbook as sent"
        make = error if key in NEEDED else warning
        findings.append(make("missing-header", message, where, hint))
    if not {"fact", "breakdown", "before"} & found.columns.keys():
        message = "no column says what each row asks for, so it can't be checked that each value is in its row"
        findings.append(warning("missing-header", message, sheet.where(row, 0), "return the workbook as sent"))
    return findings
