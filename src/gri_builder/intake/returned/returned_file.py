"""Open what a data owner returned: the sheets of a workbook or a CSV file, the hidden ones too, and its comments."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from msgspec import Struct

from gri_builder.intake.returned.ods_details import with_details
from gri_builder.model.finding import Finding, Location, Severity, error, warning
from gri_builder.source.loader import read_table_file
from gri_builder.source.nodes import SheetFile
from gri_builder.spreadsheets.cells import Sheet
from gri_builder.spreadsheets.package import open_package
from gri_builder.spreadsheets.workbook_cache import FOREIGN_WORKBOOKS, WORKBOOKS, WorkbookCache
from gri_builder.storage.file_kinds import name_special_file

ENDINGS = (*WORKBOOKS, *FOREIGN_WORKBOOKS, ".csv", ".tsv")
"""Endings of files that are taken from a folder."""
_COMMENTS = re.compile(r"xl/(?:comments[^/]*|comments/[^/]+|threadedcomments/[^/]+)\.xml")
MAX_COMMENTS = 200
_LOCKS = ("~$", ".~lock", ".")
"""How names of files start that spreadsheet programs keep beside an open workbook."""


class Comment(Struct, frozen=True):
    """A comment on a cell."""

    cell: str
    text: str


class ReturnedFile(Struct, frozen=True):
    """A file that was returned."""

    path: Path
    name: str
    """Its path as it was named, for messages."""
    sha256: str
    data: bytes
    """Its bytes, as they are kept in the report folder."""
    sheets: tuple[Sheet, ...]
    """All sheets, in order; of a CSV file the only one."""
    comments: tuple[Comment, ...] = ()
    is_whole: bool = True
    """Whether all its sheets could be read."""
    are_formats_known: bool = True
    """Whether number formats are read, so that a percentage differs from a fraction."""


def list_files(paths: Iterable[Path]) -> tuple[list[Path], list[Finding]]:
    """Return the files to read, each once: of a folder, all workbooks and CSV files in it.

    Other files in a folder have a warning, but for what programs leave there.
    """
    found: dict[Path, None] = {}
    findings: list[Finding] = []
    for path in paths:
        try:
            inside = sorted(path.iterdir()) if path.is_dir() else None
        except OSError as problem:
            message = f"'{path.as_posix()}' can't be read: {problem.strerror}"
            findings.append(error("unreadable-file", message, Location(path.as_posix()), "check the path"))
            continue
        if inside is None:
            found[path] = None
            continue
        visible = [each for each in inside if not each.name.startswith(_LOCKS) and not each.is_dir()]
        tables = [each for each in visible if each.suffix.lower() in ENDINGS]
        found.update(dict.fromkeys(tables or [path]))
        for other in (each for each in visible if each not in tables):
            message = f"'{other.as_posix()}' is neither a workbook nor a CSV file, and is not read"
            findings.append(warning("unread-file", message, Location(other.as_posix()), "save it as a workbook"))
    return list(found), findings


def open_returned(path: Path) -> tuple[ReturnedFile | None, list[Finding]]:
    """Return a file with all its sheets; None, with findings, if it can't be read."""
    name = path.as_posix()
    if kind := name_special_file(path):
        return None, [error("unreadable-file", f"'{name}' is {kind}, not a file", Location(name), "name a workbook")]
    if not path.is_file():
        kind = "is a folder without workbooks" if path.is_dir() else "does not exist"
        return None, [error("missing-file", f"'{name}' {kind}", Location(name), "check the path")]
    file, findings = read_table_file(path, name)
    if file is None:
        return None, findings
    cache = WorkbookCache()
    sheets, more = _read_sheets(file, cache)
    if not sheets:
        empty = error("empty-file", f"{name} holds no cells", Location(name), "save the workbook again")
        return None, [*findings, *(more or [empty])]
    data = file.data if file.data is not None else path.read_bytes()
    are_known = not name.lower().endswith(FOREIGN_WORKBOOKS)
    if name.lower().endswith(".ods") and (completed := with_details(tuple(sheets), data)):
        sheets, are_known = list(completed), True
        more = [each for each in more if each.rule != "unchecked-workbook"]
    comments = tuple(_read_comments(data)) if name.lower().endswith(WORKBOOKS) else ()
    is_whole = not any(each.severity is Severity.ERROR for each in more)
    made = ReturnedFile(path, name, file.sha256, data, tuple(sheets), comments, is_whole, are_known)
    return made, [*findings, *(each for each in more if each.rule != "hidden-sheet")]


def _read_sheets(file: SheetFile, cache: WorkbookCache) -> tuple[list[Sheet], list[Finding]]:
    where = Location(file.path)
    if cache.is_text(file):
        sheet, findings = cache.open(file, None, where)
        return ([sheet] if sheet and sheet.rows else []), findings
    sheets: list[Sheet] = []
    found: list[Finding] = []
    tabs = cache.list_sheets(file)
    if not tabs:
        _, found = cache.open(file, None, where)
    for tab in tabs:
        sheet, findings = cache.open(file, tab.name, where)
        found += findings
        if sheet and sheet.rows:
            sheets.append(sheet)
    return sheets, list(dict.fromkeys(found))


def _read_comments(data: bytes) -> Iterator[Comment]:
    """Yield the comments of a workbook that was opened without a finding (ECMA-376 Part 1, 18.7)."""
    try:
        package = open_package(ZipFile(io.BytesIO(data)))
        parts = [name for name in package.parts if _COMMENTS.fullmatch(name)]
        roots = [package.read(name) for name in sorted(parts)[:MAX_COMMENTS]]
    except (BadZipFile, SyntaxError, ValueError, OSError):  # comments that can't be read hide no value
        return
    count = 0
    for root in roots:
        for element in root.iter():
            reference = element.get("ref")
            text = " ".join("".join(element.itertext()).split())
            if reference and text and count < MAX_COMMENTS:
                count += 1
                yield Comment(reference, text)
