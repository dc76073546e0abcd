"""Check that the workbooks that data owners returned are still there, and still hold what was collected from them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from gri_builder.facts.collected.read_collected import AGAIN, Collected
from gri_builder.model.facts import CollectedValue
from gri_builder.model.finding import Finding, error
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.nodes import SheetFile
from gri_builder.source.paths import refuse_missing
from gri_builder.spreadsheets.cells import EMPTY, Cell, Sheet
from gri_builder.spreadsheets.workbook_cache import FOREIGN_WORKBOOKS, WorkbookCache

_FIRST_NUMBER = re.compile(r"\d(?:[\d.,٫٬'’ \u00a0\u2009\u202f]*\d)?")
_CELL = re.compile(r"([A-Z]+)([0-9]+)")


def check_workbooks(
    collected: Collected, files: Mapping[str, SheetFile], refused: Collection[str], workbooks: WorkbookCache
) -> Iterator[Finding]:
    """Yield an error for each workbook that is missing or changed, and for values that its cells do not hold.

    `refused` are paths that have a finding already. Of workbooks of other formats than XLSX only the hash is compared.
    """
    for path, book in collected.workbooks.items():
        if path in refused:
            continue
        file = files.get(path)
        if file is None:
            yield refuse_missing(path, book.node.where, "missing-file", files)
        elif file.sha256 != book.sha256:
            message = f"{path} was changed after it was collected"
            yield error("collected-changed", message, book.node.where, f"bring back the file; or {AGAIN}")
        elif not path.lower().endswith(FOREIGN_WORKBOOKS):
            yield from _check_cells([value for value in collected.values if value.file == path], file, workbooks)


def _check_cells(values: Iterable[CollectedValue], file: SheetFile, workbooks: WorkbookCache) -> Iterator[Finding]:
    sheets: dict[str | None, Sheet | None] = {}
    for value in values:
        if value.sheet not in sheets:
            sheets[value.sheet], _ = workbooks.open(file, value.sheet, value.listed or value.where)
        cell = _find_cell(sheets[value.sheet], value.cell)
        if not _is_same(value, cell):
            message = f"'{shorten(value.key)}' is {value.value:f} here, but {value.cell} of {value.file} holds "
            message += f"'{shorten(cell.text)}'" if cell.text else "nothing"
            hint = f"a value is changed in the workbook, not here; then {AGAIN}"
            yield error("collected-changed", message, value.listed or value.where, hint)


def _find_cell(sheet: Sheet | None, name: str) -> Cell:
    match = _CELL.fullmatch(name)
    row = sheet.by_number.get(int(match[2])) if sheet and match else None
    column = 0
    for letter in match[1] if match else "":
        column = column * 26 + ord(letter) - 64
    return row.cell(column - 1) if row else EMPTY


def _is_same(value: CollectedValue, cell: Cell) -> bool:
    """Return whether a cell holds a value, by its digits where it is a text in the notation of some country."""
    if cell.number is not None:
        return value.value in (cell.number, cell.number.scaleb(2))
    if value.typed is not None and value.typed != " ".join(cell.text.split()):
        return False
    found = _FIRST_NUMBER.search(cell.text)
    return found is not None and _digits(found[0]) == _digits(f"{value.value:f}")


def _digits(text: str) -> str:
    """Return the digits of a number, without zeros at its ends, which depend on how it is written."""
    return "".join(str(int(character)) for character in text if character.isdecimal()).strip("0")


def find_unasked(values: Iterable[CollectedValue], series: Collection[str]) -> Iterator[Finding]:
    """Yield an error for each returned value whose series is not in figures/."""
    for value in values:
        if value.series not in series:
            nearest = find_nearest(value.series, series)
            hint = f"did you mean '{nearest}'?" if nearest else "bring back the series, or delete the entry"
            message = f"'{shorten(value.key)}' was collected, but figures/ has no series '{shorten(value.series)}'"
            yield error("unknown-fact", message, value.listed or value.where, hint)
