"""Workbooks (XLSX, ECMA-376) to sheets.

They are read from their XML, because each formula is needed together with its last result. The parser (expat) limits
the expansion of entities, and nothing outside the workbook is read.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from msgspec import Struct

from gri_builder.limits.guard import is_out_of_memory
from gri_builder.limits.limits import SHEET_CELLS
from gri_builder.limits.unpacking import describe_unpacked, find_exceeded
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.spreadsheets.cell_styles import CellStyles, read_styles
from gri_builder.spreadsheets.cells import Sheet
from gri_builder.spreadsheets.package import DoubledPartError, Package, open_package
from gri_builder.spreadsheets.standard_styles import MAC_EPOCH, WINDOWS_EPOCH
from gri_builder.spreadsheets.worksheet import TooManyCellsError, WorkbookParts, decode_escapes, read_worksheet, text_of

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of Excel 97 files and of encrypted workbooks."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SAVE_HINT = "open it in a spreadsheet program, and save it as 'Excel Workbook (.xlsx)'"
UNKNOWN_FORMAT = "not a workbook"


class SheetEntry(Struct, frozen=True):
    """A sheet in the list of a workbook."""

    name: str
    part: str
    """Path of its XML in the workbook."""
    is_hidden: bool


class Workbook(Struct, frozen=True):
    """An opened workbook."""

    path: str
    sha256: str
    package: Package
    tabs: tuple[SheetEntry, ...]
    """Its sheets in order, without chart sheets."""
    book: WorkbookParts

    def read(self, tab: SheetEntry) -> Sheet | Finding:
        """Return one of its sheets."""
        try:
            with self.package.open(tab.part) as stream:
                return read_worksheet(stream, self.book, self.path, self.sha256, tab.name, tab.is_hidden)
        except TooManyCellsError:
            message = f"the sheet '{tab.name}' of {self.path} has more than {SHEET_CELLS.most:,} cells"
            hint = f"save it as CSV, and use that file; or {SHEET_CELLS.hint}"
            return error("file-too-large", message, Location(self.path, sheet=tab.name), hint)
        except Exception as problem:  # the libraries below raise errors of many kinds for what they can't read
            if _is_fault_of_program(problem):
                raise
            message = f"the sheet '{tab.name}' of {self.path} is damaged"
            return error("unreadable-file", message, Location(self.path, sheet=tab.name), SAVE_HINT)


def open_workbook(path: str, sha256: str, data: bytes) -> Workbook | Finding:
    """Return a workbook; a finding if it is encrypted, damaged or of another format than its ending."""
    if data.startswith(COMPOUND_FILE):
        return _encrypted(path) if ENCRYPTED in data else _wrong_format(path, "a workbook of Excel 97 (.xls)")
    if not data.startswith(b"PK"):
        return _wrong_format(path, UNKNOWN_FORMAT)
    try:
        archive = ZipFile(io.BytesIO(data))
        if found := _refuse_parts(path, archive, len(data)):
            return found
        return _open(path, sha256, open_package(archive))
    except DoubledPartError as problem:
        message = f"{path} is damaged: it has two parts with the name '{shorten(problem.name)}'"
        return error("unreadable-file", message, Location(path), SAVE_HINT)
    except Exception as problem:  # the libraries below raise errors of many kinds for what they can't read
        if _is_fault_of_program(problem):
            raise
        return error("unreadable-file", f"{path} is damaged", Location(path), SAVE_HINT)


def _is_fault_of_program(problem: Exception) -> bool:
    """Return whether an error does not come from what the file holds."""
    return isinstance(problem, NameError | ImportError | AssertionError) or is_out_of_memory(problem)


def _refuse_parts(path: str, archive: ZipFile, size: int) -> Finding | None:
    names = {name.replace("\\", "/").lstrip("/") for name in archive.namelist()}
    if "mimetype" in names:
        return _wrong_format(path, "an OpenDocument file (.ods)")
    if any(name.endswith("workbook.bin") for name in names):
        return _wrong_format(path, "a binary workbook (.xlsb)")
    if any(name.endswith(".iwa") for name in names):
        return _wrong_format(path, "a Numbers document")
    if "_rels/.rels" not in names:
        return _wrong_format(path, UNKNOWN_FORMAT)
    return refuse_unpacked(path, archive, size)


def refuse_unpacked(path: str, archive: ZipFile, size: int) -> Finding | None:
    """Return a finding if an archive of `size` bytes unpacks to more than the limits allow."""
    if (limit := find_exceeded(archive, size)) is None:
        return None
    hint = f"split it into smaller files, or {limit.hint}"
    return error("file-too-large", f"{path} {describe_unpacked(limit)}", Location(path), hint)


def _open(path: str, sha256: str, package: Package) -> Workbook | Finding:
    main = next((part for kind, part in _relations(package, "").values() if kind == "officeDocument"), None)
    if main is None or not main.lower().endswith("workbook.xml"):
        return _wrong_format(path, UNKNOWN_FORMAT)
    root = package.read(main)
    relations = _relations(package, main)
    parts = dict(relations.values())
    tabs = tuple(_tabs(root, relations))
    settings = next((each for each in root if _name(each) == "workbookPr"), None)
    epoch = MAC_EPOCH if settings is not None and settings.get("date1904") in ("1", "true") else WINDOWS_EPOCH
    strings = _read_strings(package, parts.get("sharedStrings"))
    book = WorkbookParts(
        strings,
        _read_styles(package, parts.get("styles")),
        epoch,
        recalculates=_calculation_setting(root, "fullCalcOnLoad") in ("1", "true"),
        rounds_results=_calculation_setting(root, "fullPrecision") in ("0", "false"),
        was_calculated="calcChain" in parts,
    )
    return Workbook(path, sha256, package, tabs, book)


def _calculation_setting(root: Element, name: str) -> str:
    """Return a setting of how the workbook is calculated (ECMA-376 Part 1, 18.2.2); '' where it is not given."""
    return next((each.get(name, "") for each in root if _name(each) == "calcPr"), "")


def _relations(package: Package, part: str) -> Mapping[str, tuple[str, str]]:
    """Return type and path of the targets of a part's relationships, by id (ECMA-376 Part 2, 9.3)."""
    folder, name = posixpath.split(part)
    root = package.read(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for each in root:
        target = each.get("Target", "").replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[each.get("Id", "")] = each.get("Type", "").rpartition("/")[2], path
    return found


def _tabs(root: Element, relations: Mapping[str, tuple[str, str]]) -> Iterator[SheetEntry]:
    for sheets in (each for each in root if _name(each) == "sheets"):
        for sheet in sheets:
            id = next((value for key, value in sheet.attrib.items() if key.rpartition("}")[2] == "id"), "")
            kind, part = relations.get(id, ("", ""))
            if kind == "worksheet":
                yield SheetEntry(
                    decode_escapes(sheet.get("name", "")), part, sheet.get("state", "visible") != "visible"
                )


def _read_strings(package: Package, part: str | None) -> tuple[str, ...]:
    if part is None or part not in package:
        return ()
    return tuple(text_of(item) for item in package.read(part) if _name(item) == "si")


def _read_styles(package: Package, part: str | None) -> CellStyles:
    if part is None or part not in package:
        return CellStyles()
    return read_styles(package.read(part))


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _encrypted(path: str) -> Finding:
    hint = "save a copy without a password, so that auditors can open it"
    return error("encrypted-workbook", f"{path} is protected by a password", Location(path), hint)


def _wrong_format(path: str, kind: str) -> Finding:
    hint = SAVE_HINT if kind != UNKNOWN_FORMAT else f"check the file; to convert it, {SAVE_HINT}"
    return error("wrong-format", f"{path} is {kind}, unlike its ending", Location(path), hint)
