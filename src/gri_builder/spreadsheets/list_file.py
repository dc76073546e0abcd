"""Lists: tables with a row for each report or PDF, alone and outside of any report folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from gri_builder.model.finding import Finding, Location
from gri_builder.source.loader import read_table_file
from gri_builder.spreadsheets.cells import Row, Sheet
from gri_builder.spreadsheets.workbook_cache import WorkbookCache

LISTS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
"""Endings of files that may be lists."""


class ListError(Exception):
    """The list can't be used; the text gives the reason."""


class ListFile(Struct, frozen=True):
    """A list with at least the row of its headers."""

    sheet: Sheet
    headers: dict[int, str]
    """Names of the columns that have one; of several with one name, the later ones get a number."""
    findings: tuple[Finding, ...] = ()


def open_list(path: Path) -> ListFile:
    """Return a list; raises ListError where it can't be read."""
    loaded, findings = read_table_file(path, path.name)
    if loaded is None:
        raise ListError(_describe(findings))
    sheet, more = WorkbookCache().open(loaded, None, Location(path.name))
    if sheet is None:
        raise ListError(_describe(more))
    if not sheet.rows:
        raise ListError(f"the list '{path}' has no rows")
    return ListFile(sheet, _name_columns(sheet.rows[0]), (*findings, *more))


def _describe(findings: Iterable[Finding]) -> str:
    return "; ".join(f"{each.message}; {each.hint}" for each in findings)


def _name_columns(row: Row) -> dict[int, str]:
    seen, names = Counter[str](), {}
    for column, cell in enumerate(row.cells):
        if text := " ".join(cell.text.split()):
            seen[text] += 1
            names[column] = text if seen[text] == 1 else f"{text} ({seen[text]})"
    return names
