"""Cache of the CSV files and workbooks of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.nodes import SheetFile
from gri_builder.spreadsheets.cells import Sheet, casefold_key

if TYPE_CHECKING:
    from gri_builder.spreadsheets.foreign_workbook import ForeignWorkbook
    from gri_builder.spreadsheets.table import Table
    from gri_builder.spreadsheets.workbook import SheetEntry, Workbook

WORKBOOKS = (".xlsx", ".xlsm")
FOREIGN_WORKBOOKS = (".xls", ".xlsb", ".ods")
TEXTS = (".csv", ".tsv")
SAVE_HINT = "open it in a spreadsheet program, and save it as 'Excel Workbook (.xlsx)' or as CSV"


class WorkbookCache(Struct):
    """The CSV files and workbooks of a report; each is opened once, when it is first needed."""

    _opened: dict[tuple[str, str | None], Sheet | Finding] = field(default_factory=dict)
    _tables: dict[tuple[str, str | None, int, int], Table] = field(default_factory=dict)
    _books: dict[str, Workbook | ForeignWorkbook | Finding] = field(default_factory=dict)
    _noted: set[str] = field(default_factory=set)
    """Paths of workbooks that have the finding of what can't be checked."""

    def share(self, table: Table) -> Table:
        """Return the first table found at the same place, so that its indexes are shared."""
        return self._tables.setdefault((table.sheet.path, table.sheet.name, table.place, table.header_rows), table)

    def is_text(self, file: SheetFile) -> bool:
        """Whether a file is a CSV file, or was made into one."""
        return file.text is not None or file.path.lower().endswith(TEXTS)

    def sheet_names(self, path: str) -> tuple[str, ...]:
        """Return the names of the visible sheets of a workbook that was opened."""
        book = self._books.get(path)
        return () if book is None or isinstance(book, Finding) else tuple(t.name for t in book.tabs if not t.is_hidden)

    def list_sheets(self, file: SheetFile) -> tuple[SheetEntry, ...]:
        """Return the sheets of a workbook; none of a file that is no workbook, or can't be read."""
        book = self._open_book(file) if file.data is not None and not self.is_text(file) else None
        return () if book is None or isinstance(book, Finding) else book.tabs

    def _open_book(self, file: SheetFile) -> Workbook | ForeignWorkbook | Finding:
        from gri_builder.spreadsheets.foreign_workbook import open_foreign_workbook
        from gri_builder.spreadsheets.workbook import open_workbook

        if file.path not in self._books:
            is_foreign = file.path.lower().endswith(FOREIGN_WORKBOOKS)
            open_book = open_foreign_workbook if is_foreign else open_workbook
            self._books[file.path] = open_book(file.path, file.sha256, file.data or b"")
        return self._books[file.path]

    def open(self, file: SheetFile, wanted: str | None, where: Location) -> tuple[Sheet | None, list[Finding]]:
        """Return a CSV file or a sheet of a workbook; `where` is the location that names the sheet or the file."""
        if self.is_text(file):
            return self._open_text(file, wanted, where)
        if file.path.lower().endswith((*WORKBOOKS, *FOREIGN_WORKBOOKS)):
            return self._open_sheet(file, wanted, where)
        message = f"{file.path} is neither a CSV file nor a workbook"
        return None, [error("wrong-format", message, where, SAVE_HINT)]

    def is_empty(self, file: SheetFile, tab: SheetEntry) -> bool:
        """Return whether a sheet of a workbook has no cells."""
        book = self._open_book(file)
        sheet = book if isinstance(book, Finding) else self._read(book, tab)
        return not isinstance(sheet, Finding) and not sheet.rows

    def _read(self, book: Workbook | ForeignWorkbook, tab: SheetEntry) -> Sheet | Finding:
        key = book.path, tab.name
        if key not in self._opened:
            self._opened[key] = book.read(tab)
        return self._opened[key]

    def _open_text(self, file: SheetFile, wanted: str | None, where: Location) -> tuple[Sheet | None, list[Finding]]:
        from gri_builder.spreadsheets.csv_file import read_csv

        if wanted is not None:
            message = f"{file.path} is a CSV file, which has no sheets"
            return None, [error("unknown-sheet", message, where, "delete 'sheet'")]
        if file.text is None:
            return None, []
        key = file.path, None
        if key not in self._opened:
            self._opened[key] = read_csv(file, file.text)
        return _as_result(self._opened[key])

    def _open_sheet(self, file: SheetFile, wanted: str | None, where: Location) -> tuple[Sheet | None, list[Finding]]:
        if file.data is None:
            return None, []
        book = self._open_book(file)
        if isinstance(book, Finding):
            return None, [book]
        tab = _choose(book.path, book.tabs, wanted, where)
        if isinstance(tab, Finding):
            return None, [tab]
        sheet, findings = _as_result(self._read(book, tab))
        findings += self._note_unchecked(file.path)
        if tab.is_hidden:
            message = f"the sheet '{shorten(tab.name)}' of {file.path} is hidden"
            hint = "check that it is the right sheet, and unhide it for auditors"
            findings.append(warning("hidden-sheet", message, where, hint))
        return sheet, findings

    def _note_unchecked(self, path: str) -> list[Finding]:
        """Return the finding that says what of a workbook can't be checked, the first time that it is read."""
        from gri_builder.spreadsheets.foreign_workbook import note_unchecked

        if path in self._noted or not path.lower().endswith(FOREIGN_WORKBOOKS):
            return []
        self._noted.add(path)
        return [note_unchecked(path)]


def _as_result(opened: Sheet | Finding) -> tuple[Sheet | None, list[Finding]]:
    return (None, [opened]) if isinstance(opened, Finding) else (opened, [])


def _choose(path: str, tabs: tuple[SheetEntry, ...], wanted: str | None, where: Location) -> SheetEntry | Finding:
    """Return the sheet by its name; without a name, the only sheet or the only visible one."""
    by_name = {tab.name: tab for tab in tabs}
    visible = [tab for tab in tabs if not tab.is_hidden]
    names = ", ".join(shorten(name) for name in by_name)
    if wanted is None:
        if len(visible) == 1 or len(tabs) == 1:
            return (visible or tabs)[0]
        return error("ambiguous-sheet", f"{path} has several sheets: {names}", where, "name one of them: sheet: …")
    by_key = {casefold_key(name): tab for name, tab in by_name.items()}
    if found := by_name.get(wanted) or by_key.get(casefold_key(wanted)):
        return found
    nearest = find_nearest(wanted, by_name)
    hint = f"did you mean '{nearest}'?" if nearest else f"its sheets are {names}"
    return error("unknown-sheet", f"{path} has no sheet '{shorten(wanted)}'", where, hint)
