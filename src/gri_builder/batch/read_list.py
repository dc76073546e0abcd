"""The list of a batch: which reports are to be built, from which template, with which values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location, Result, error, warning
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.filling.parameters import ListRow, Parameter, Variant, parameter_name
from gri_builder.source.yaml_events import UNPRINTABLE
from gri_builder.spreadsheets.cells import Cell, Row
from gri_builder.spreadsheets.list_file import ListError, ListFile, open_list
from gri_builder.storage.file_names import find_name_flaw
from gri_builder.storage.leftovers import PREFIX

NAME_COLUMNS = ("report", "name")
TEMPLATE_COLUMN = "template"
FILES_COLUMN = "files"
NOTE = "#"
"""First character of the headers of columns that are for people only."""
MOST_CHARACTERS = 2_000
"""Characters of a value; longer texts belong into files."""
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
"""Characters that names of files can't have on every system (Microsoft, 'Naming Files, Paths, and Namespaces')."""
_UNUSABLE = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Entity(Struct, frozen=True):
    """A report of a batch."""

    variant: Variant
    template: Path

    @property
    def name(self) -> str:
        """Its name, which is also that of its folder in the output."""
        return self.variant.row.report


class BatchList(Struct, frozen=True):
    """What a list asks for."""

    entities: tuple[Entity, ...]
    """In the order of the list."""
    left_out: Mapping[str, tuple[Finding, ...]]
    """Why a row is not built, by its name, or by its place where it has none."""
    findings: tuple[Finding, ...]
    """What is wrong with the list as a whole, and what is left out of it."""
    columns: Mapping[str, Location]
    """Places of the headers that templates may use, by the name of the parameter."""


def read_list(path: Path, template: Path | None) -> BatchList:
    """Return the reports of a list; `template` is the folder for rows that name none. Raises ListError."""
    opened = open_list(path)
    reader = _Reader(path, opened, template)
    names = {parameter_name(text): column for column, text in sorted(opened.headers.items(), reverse=True)}
    column = next((names[name] for name in NAME_COLUMNS if name in names), None)
    if column is None:
        found = ", ".join(f"'{each}'" for each in opened.headers.values()) or "nothing"
        raise ListError(
            f"the list '{path}' has no column for the names of the reports; its first row has {found}: "
            "name one of them 'report'"
        )
    return reader.read(column, names)


class _Reader:
    def __init__(self, path: Path, opened: ListFile, template: Path | None) -> None:
        self._path, self._sheet, self._headers = path, opened.sheet, opened.headers
        self._full, self._template = path.resolve().as_posix(), template
        self._findings = tuple(replace(each, where=replace(each.where, file=self._full)) for each in opened.findings)

    def read(self, name_column: int, names: Mapping[str, int]) -> BatchList:
        rows = [row for row in self._sheet.rows[1:] if any(cell.text.strip() for cell in row.cells)]
        if not rows:
            raise ListError(f"the list '{self._path}' has no row below its headers")
        columns, found = self._choose_columns(names)
        entities: list[Entity] = []
        left_out: dict[str, tuple[Finding, ...]] = {}
        seen: dict[str, Entity] = {}
        for row in rows:
            found += self._find_unnamed(row)
            read = self._read_row(row, name_column, names, columns, seen)
            if read.value:
                entities.append(read.value)
                seen[_fold(read.value.name)] = read.value
            else:
                name = " ".join(self._sheet.cell(row, name_column).text.split()) or f"row {row.number}"
                left_out[name if name not in left_out else f"{name} (row {row.number})"] = read.findings
        places = {name: self._where(self._sheet.rows[0].number, column) for name, column in columns.items()}
        for name in (*NAME_COLUMNS, TEMPLATE_COLUMN, FILES_COLUMN):
            places.pop(name, None)
        return BatchList(tuple(entities), left_out, (*self._findings, *found), places)

    def _choose_columns(self, names: Mapping[str, int]) -> tuple[dict[str, int], list[Finding]]:
        """Return the columns of parameters by name, and findings on headers that can't be used."""
        columns: dict[str, int] = {}
        findings = []
        top = self._sheet.rows[0].number
        for column, header in self._headers.items():
            name, where = parameter_name(re.sub(r" \(\d+\)$", "", header)), self._where(top, column)
            if header.startswith(NOTE):
                continue
            if not name:
                message = f"no template can use the column '{shorten(header)}': its name has no letter or digit"
                hint = f"give it a name such as 'city'; or start it with '{NOTE}' if it is for people only"
                findings.append(warning("unused-list-column", message, where, hint))
            elif name in columns:
                first = self._headers[columns[name]]
                message = f"the columns '{shorten(first)}' and '{shorten(header)}' are both '{{{{{name}}}}}'"
                findings.append(error("list-column-twice", message, where, "rename one of them, or delete it"))
            else:
                columns[name] = column
        return columns, findings

    def _find_unnamed(self, row: Row) -> list[Finding]:
        return [
            warning(
                "list-cell-without-header",
                f"'{shorten(cell.text.strip())}' is in a column without a name; it was left out",
                self._where(row.number, column),
                f"name the column in the first row; start the name with '{NOTE}' if it is for people only",
            )
            for column, cell in enumerate(row.cells)
            if column not in self._headers and cell.text.strip()
        ]

    def _read_row(
        self,
        row: Row,
        name_column: int,
        names: Mapping[str, int],
        columns: Mapping[str, int],
        seen: Mapping[str, Entity],
    ) -> Result[Entity]:
        name = " ".join(unicodedata.normalize("NFC", self._sheet.cell(row, name_column).text).split())
        where = self._where(row.number, name_column)
        findings = list(_check_name(name, where))
        if not findings and (first := seen.get(_fold(name))):
            how = "" if first.name == name else ", which some systems take for the same name"
            message = f"'{shorten(name)}' is the name of row {first.variant.row.row} too ('{first.name}'){how}"
            hint = "give each report a name of its own; this row was left out"
            findings.append(error("report-name-twice", message, where, hint))
        template = self._find_folder(row, names.get(TEMPLATE_COLUMN), "report.yaml")
        files = self._find_folder(row, names.get(FILES_COLUMN), "")
        findings += [*template.findings, *files.findings]
        folder = template.value or self._template
        if folder is None and not template.findings:
            message = f"no template is named for '{shorten(name)}'"
            hint = "name its folder with --template, or in a column 'template'"
            findings.append(error("list-folder", message, where, hint))
        if findings or folder is None:
            return Result(None, tuple(findings))
        parameters = {
            parameter: self._read_cell(parameter, self._sheet.cell(row, column), self._where(row.number, column))
            for parameter, column in columns.items()
        }
        of_row = ListRow(name, self._path.name, self._sheet.sha256, row.number, parameters)
        return Result(Entity(Variant(of_row, files.value), folder))

    def _find_folder(self, row: Row, column: int | None, needed: str) -> Result[Path]:
        """Return the folder that a cell names, relative to the list; nothing for an empty cell."""
        text = "" if column is None else self._sheet.cell(row, column).text.strip()
        if not text or column is None:
            return Result(None)
        where, folder = self._where(row.number, column), self._path.parent / text
        try:
            is_there = (folder / needed).is_file() if needed else folder.is_dir()
        except (OSError, ValueError):
            is_there = False
        if is_there:
            return Result(folder.resolve())
        what = (
            f"there is no {needed} in the folder '{shorten(text)}'"
            if needed
            else f"there is no folder '{shorten(text)}'"
        )
        hint = "write its path as seen from the list's folder, with forward slashes"
        return Result(None, (error("list-folder", what, where, hint),))

    def _read_cell(self, name: str, cell: Cell, where: Location) -> Parameter:
        text = " ".join(cell.text.split())
        is_text = self._sheet.name is not None and cell.kind == "text"
        plain, flaw = _UNUSABLE.sub("?", UNPRINTABLE.sub("?", text)), _find_flaw(cell, text)
        return Parameter(name, plain, is_text, where, self._path.name, self._sheet.sha256, flaw)

    def _where(self, row: int, column: int) -> Location:
        return replace(self._sheet.where(row, column), file=self._full)


def _find_flaw(cell: Cell, text: str) -> str:
    """Return why a cell can't be used, as the end of a sentence; '' where it can."""
    if cell.kind == "error":
        return f"is an error of the spreadsheet, '{shorten(text)}'"
    if cell.kind == "uncalculated":
        return "is a formula whose result is not in the file"
    if UNPRINTABLE.search(text) or _UNUSABLE.search(text):
        return "has a character that can't be printed"
    return f"has more than {MOST_CHARACTERS:,} characters" if len(text) > MOST_CHARACTERS else ""


def _check_name(name: str, where: Location) -> Iterator[Finding]:
    """Yield a finding for a name that no folder can have."""
    if not name:
        message, hint = "the row names no report; it was left out", "write a name, such as 'north'"
        yield error("list-row-without-report", message, where, hint)
        return
    flaw = find_name_flaw(name)
    if found := _NOT_IN_NAMES.search(name) or UNPRINTABLE.search(name) or _UNUSABLE.search(name):
        flaw = "has a character that can't be printed" if found[0] not in '<>:"/\\|?*' else f"has '{found[0]}' in it"
    elif name.startswith("."):
        flaw = "starts with a dot, which hides the folder"
    elif name.startswith(PREFIX):
        flaw = f"starts with '{PREFIX}', as files of the program do"
    if flaw:
        message = f"'{shorten(name)}' can't be the name of a folder: it {flaw}"
        hint = f"write a plain name into a column 'report', such as '{_suggest_name(name)}'"
        yield error("report-name", message, where, hint)


def _suggest_name(name: str) -> str:
    plain = re.sub(r"[^\w]+", "-", name.casefold()).strip("-")[:60]
    return plain if plain and not find_name_flaw(plain) else f"report-{plain or '1'}"


def _fold(name: str) -> str:
    """Return a name without the differences that some file systems ignore."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def choose_entities(found: BatchList, names: Sequence[str]) -> tuple[BatchList, tuple[str, ...]]:
    """Return the list with only the reports of these names, and the names that it does not have."""
    wanted = {_fold(name) for name in names}
    kept = tuple(each for each in found.entities if _fold(each.name) in wanted)
    left_out = {name: each for name, each in found.left_out.items() if _fold(name) in wanted}
    known = {_fold(name) for name in (*(each.name for each in kept), *left_out)}
    return replace(found, entities=kept, left_out=left_out), tuple(name for name in names if _fold(name) not in known)


def find_unused(found: BatchList, used: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each column that no template has asked for."""
    asked = set(used)
    for name, where in found.columns.items():
        if name not in asked:
            message = f"no template asks for the column '{{{{{name}}}}}'"
            hint = f"write {{{{{name}}}}} where its value belongs; or start the name of the column with '{NOTE}'"
            yield warning("unused-list-column", message, where, hint)
