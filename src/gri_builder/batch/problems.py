"""What is wrong with the names of parameters in a template, and with the cells that they ask for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.report import Report
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import shorten
from gri_builder.resources.languages import language_name
from gri_builder.source.filling.markdown_text import find_in_links
from gri_builder.source.filling.parameters import Filling, ListRow, parameter_name
from gri_builder.source.filling.segments import FilledText
from gri_builder.source.nodes import Node, Source, SourceFile

_QUERIES = ("sql",)
"""Keys of texts that are run, where a value would be part of a program."""
_FILE = re.compile(r"(?i)[^\n]*\.(?:csv|tsv|xls[xmb]?|ods|md|ya?ml|png|jpe?g|webp|avif|gif|tiff?|svg|ttf|otf|parquet)")
"""A text that may be the path of a file."""
_PATH_HINT = "a value within a path is the name of one file or folder, without '/', '\\' or '..'"


def find_problems(source: Source) -> Iterator[Finding]:
    """Yield what is wrong with the use of parameters in a filled template."""
    filled = source.filled
    if filled is None:
        return
    asked: dict[str, str] = {}
    for path, file in sorted(filled.files.items()):
        text = SourceFile(path, "\n".join(file.lines.template))
        yield from _check_names(text, file, filled.row)
        if path.endswith(".md"):
            yield from _check_links(text, filled.row)
        for line in sorted(file.lines.stretches):
            for name in file.lines.names(line):
                asked.setdefault(name, f"{path}:{line}")
    yield from _check_cells({**filled.in_tables, **asked}, filled.row)
    words = (source.words,) if source.words else ()
    for node in (source.report, *source.disclosures, *source.figures, *words):
        yield from _check_places(node)


def find_one_sided(reports: Sequence[Report | None], files: Path | None) -> Iterator[Finding]:
    """Yield a warning for each chapter of a report's own that is the template's in another language."""
    known = [each for each in reports if each] if files else []
    for chapters in zip(*(each.chapters for each in known), strict=False):
        is_own = [(files / chapter.path).is_file() for chapter in chapters] if files else []
        if all(is_own) or not any(is_own):
            continue
        mine, other = chapters[is_own.index(True)].path, chapters[is_own.index(False)].path
        language = language_name(known[is_own.index(False)].language)
        message = f"{mine} is the report's own chapter, but its {language} edition prints that of the template, {other}"
        hint = f"write {other} beside it, or list the chapter under 'not_translated' in the template"
        yield warning("chapter-in-one-language", message, Location(mine), hint)


def _check_names(text: SourceFile, file: FilledText, row: ListRow) -> Iterator[Finding]:
    """Yield a finding for each name that is no column, and for values that can't be put into the file."""
    for line, column, name in file.unknown:
        nearest = find_nearest(parameter_name(name), row.parameters)
        fix = f"did you mean '{{{{{nearest}}}}}'?" if nearest else f"add a column '{shorten(name)}' to the list"
        message = f"'{{{{{shorten(name)}}}}}' names no column of {row.list}"
        hint = f"{fix} If it is a fact within a text, write the text in quotes"
        yield error("unknown-parameter", message, text.where(line, column, len(name) + 4), hint)
    if not file.is_sound:
        message = f"the values of '{shorten(row.report)}' can't be put into {text.path}"
        hint = "write each '{{ name }}' of a column as a value of its own, or within quotes on one line"
        yield error("unplaced-parameter", message, text.where(), hint)


def _check_cells(asked: Mapping[str, str], row: ListRow) -> Iterator[Finding]:
    """Yield a finding for each cell without a value; `asked` has the place in the template that asks for it."""
    for name, place in asked.items():
        parameter = row.parameters[name]
        if parameter.flaw:
            message = f"the value of '{name}' for '{shorten(row.report)}' {parameter.flaw}; {place} asks for it"
            yield error("unusable-cell", message, parameter.where, "write a plain value into the cell")
        elif not parameter.text:
            message = f"'{name}' is empty for '{shorten(row.report)}'; {place} asks for it"
            yield error("empty-cell", message, parameter.where, "write its value into the cell")


def _check_places(node: Node) -> Iterator[Finding]:
    """Yield a finding for each value in a place where it would be more than a value."""
    for key, entry in node.entries.items():
        if entry.value.filling and key in _QUERIES:
            message = f"the query takes a value from the list: '{shorten(entry.value.filling.value)}'"
            hint = "a value can't be part of a query: choose the rows with 'aggregate' and 'where', or name the file"
            yield error("parameter-in-query", message, entry.value.where, hint)
        yield from _check_places(entry.value)
    for each in node.items:
        yield from _check_places(each)
    if node.filling and node.kind == "text":
        yield from _check_path(node, node.filling)


def _check_path(node: Node, filling: Filling) -> Iterator[Finding]:
    """Yield a finding for a value that leads to another folder: as a part of a path it is one name."""
    if filling.whole or not _FILE.fullmatch(filling.value) or (not filling.slashes and " " in filling.value):
        return
    plain = posixpath.normpath(filling.value)
    if plain != filling.value or filling.slashes != filling.value.count("/") or "\\" in filling.value:
        message = f"a value of the list leads to another folder: '{shorten(filling.value)}'"
        yield error("parameter-in-path", message, node.where, _PATH_HINT)


def _check_links(template: SourceFile, row: ListRow) -> Iterator[Finding]:
    """Yield a finding for each value within the address of a link or picture that is more than a name."""
    for line, column, value in find_in_links(template.text, row):
        message = f"a value of the list leads elsewhere, within an address: '{shorten(value)}'"
        yield error("parameter-in-path", message, template.where(line, column), _PATH_HINT)
