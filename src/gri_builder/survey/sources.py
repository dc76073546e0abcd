"""What a survey is about: the PDFs of a folder, or those of a list."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from gri_builder.model.finding import Finding, error, warning
from gri_builder.spreadsheets.cells import Row, Sheet, casefold_key
from gri_builder.spreadsheets.list_file import LISTS, ListError, open_list
from gri_builder.storage.leftovers import PREFIX
from gri_builder.survey.addresses import AddressError, is_address, join_address, list_folder
from gri_builder.survey.task import Task

FILE_COLUMNS = ("file", "pdf", "path", "address", "url", "link")
ORGANIZATION_COLUMNS = ("organization", "organisation", "company", "client", "name")
SECTOR_COLUMNS = ("sector", "industry")
YEAR_COLUMNS = ("year", "reporting year", "fiscal year", "financial year")
YEARS = range(1980, 2100)


class Listed(Struct, frozen=True):
    """The PDFs of a survey."""

    tasks: tuple[Task, ...]
    """In the order of their names."""
    findings: tuple[Finding, ...] = ()
    others: Mapping[str, int] = {}
    """Number of the files of a folder that are not PDFs, by ending."""


class SourceError(Exception):
    """There is nothing that could be surveyed; the text gives the reason."""


def list_pdfs(source: str, limits: Mapping[str, int], without: Path | None = None) -> Listed:
    """Return the PDFs of a folder or a list, given by its path or address; `without` is the folder of the results.

    Raises SourceError where there are none.
    """
    if is_address(source) and not source.lower().endswith(LISTS):
        return _list_address(source, limits)
    path = Path(source)
    if path.is_dir():
        return _list_folder(path, limits, without)
    if is_address(source):
        raise SourceError(f"the list '{source}' is not on this machine; copy it here, its rows may name addresses")
    if not path.exists():
        raise SourceError(f"there is no folder or list '{source}'")
    if path.suffix.lower() not in LISTS:
        raise SourceError(f"'{source}' is neither a folder nor a list; a list is a table such as reports.csv")
    return _read_list(path, limits)


def _list_address(address: str, limits: Mapping[str, int]) -> Listed:
    try:
        names = list_folder(address)
    except AddressError as problem:
        raise SourceError(f"'{address}' can't be listed: {problem}; {problem.hint}") from problem
    return _choose(names, lambda name: join_address(address, name), limits, address)


def _list_folder(folder: Path, limits: Mapping[str, int], without: Path | None) -> Listed:
    root, results = folder.resolve(), without.resolve() if without else None
    names = [path.relative_to(folder).as_posix() for path in _walk(folder, results)]
    return _choose(names, lambda name: str(root / name), limits, str(folder))


def _walk(folder: Path, without: Path | None) -> Iterator[Path]:
    """Yield the files below a folder; links to folders are not followed, and hidden folders are not entered."""
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and (without is None or (here / name).resolve() != without)
        )
        yield from (here / name for name in sorted(files) if not name.startswith(PREFIX))


def _choose(names: Iterable[str], address: object, limits: Mapping[str, int], source: str) -> Listed:
    """Return the PDFs among the names of files."""
    assert callable(address)
    pdfs, others = [], Counter[str]()
    for name in names:
        if name.lower().endswith(".pdf"):
            pdfs.append(name)
        else:
            others[Path(name).suffix.lower() or "without an ending"] += 1
    if not pdfs:
        raise SourceError(f"there are no PDFs in '{source}'; nothing was changed")
    tasks = tuple(Task(_printable(name), address(name), limits=limits) for name in sorted(pdfs, key=_printable))
    return Listed(tasks, (), dict(sorted(others.items())))


def _printable(name: str) -> str:
    """Return the name of a file as text that any file can hold; bytes that are not UTF-8 are shown as escapes."""
    return name.encode(errors="surrogateescape").decode(errors="backslashreplace")


def _read_list(path: Path, limits: Mapping[str, int]) -> Listed:
    try:
        opened = open_list(path)
    except ListError as problem:
        raise SourceError(str(problem)) from problem
    columns = _Columns.find(opened.headers)
    if columns is None:
        named = ", ".join(f"'{each}'" for each in opened.headers.values()) or "nothing"
        raise SourceError(
            f"the list '{path}' has no column for the PDFs; its first row has {named}: name one of them 'file'"
        )
    tasks, found = _make_tasks(path, opened.sheet, opened.headers, columns, limits)
    if not tasks:
        raise SourceError(f"the list '{path}' names no PDFs; nothing was changed")
    return Listed(tuple(sorted(tasks, key=lambda task: task.file)), (*opened.findings, *found))


class _Columns(Struct, frozen=True):
    """Columns with a meaning."""

    file: int
    organization: int | None
    sector: int | None
    year: int | None

    @staticmethod
    def find(header: Mapping[int, str]) -> _Columns | None:
        """Return the columns by their names; None without one for the file."""
        keys = {casefold_key(name): column for column, name in sorted(header.items(), reverse=True)}

        def first(names: Sequence[str]) -> int | None:
            return next((keys[name] for name in names if name in keys), None)

        file = first(FILE_COLUMNS)
        if file is None:
            return None
        return _Columns(file, first(ORGANIZATION_COLUMNS), first(SECTOR_COLUMNS), first(YEAR_COLUMNS))


def _make_tasks(
    path: Path, sheet: Sheet, header: Mapping[int, str], columns: _Columns, limits: Mapping[str, int]
) -> tuple[list[Task], list[Finding]]:
    tasks: dict[str, Task] = {}
    findings: list[Finding] = []
    for row in sheet.rows[1:]:
        name = row.cell(columns.file).text.strip()
        extra = [row.cell(n).text for n in range(len(row.cells)) if n not in header and row.cell(n).text.strip()]
        if extra:
            findings.append(_at_cell(sheet, row, columns.file, "list-cell-without-header", _EXTRA.format(extra[0])))
        if not name:
            findings.append(_at_cell(sheet, row, columns.file, "list-row-without-file", _NO_FILE))
        elif name in tasks:
            findings.append(_at_cell(sheet, row, columns.file, "list-file-twice", _TWICE.format(name)))
        else:
            year, wrong = _read_year(sheet, row, columns.year)
            findings += wrong
            tasks[name] = Task(
                _printable(name),
                name if is_address(name) else str((path.parent / name).resolve()),
                {header[n]: text for n in header if (text := row.cell(n).text.strip())},
                _text(row, columns.organization),
                _text(row, columns.sector),
                year,
                limits,
            )
    return list(tasks.values()), findings


_NO_FILE = "the row names no PDF; it was left out"
_TWICE = "'{}' is in the list twice; its later row was left out"
_EXTRA = "'{}' is in a column without a name; it was left out"


def _at_cell(sheet: Sheet, row: Row, column: int, rule: str, message: str) -> Finding:
    hint = "correct the list, and run the survey again; it audits only what has changed"
    return warning(rule, message, sheet.where(row.number, column), hint)


def _text(row: Row, column: int | None) -> str:
    return "" if column is None else row.cell(column).text.strip()


def _read_year(sheet: Sheet, row: Row, column: int | None) -> tuple[int | None, list[Finding]]:
    text = _text(row, column)
    if not text or column is None:
        return None, []
    start = text[:4]
    if start.isascii() and start.isdigit() and int(start) in YEARS and not text[4:5].isalnum():
        return int(start), []
    message = f"'{text}' names no year; the year that the PDF states counts"
    hint = f"write a year from {YEARS.start} to {YEARS.stop - 1}, such as 2024"
    return None, [error("list-year", message, sheet.where(row.number, column), hint)]
