"""Add rows to a table of translations, for people to fill in: nothing else in it changes."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence

from gri_builder.source.editions.translations import TEXT, find_delimiter, name_columns, squeeze
from gri_builder.source.nodes import EditionTexts
from gri_builder.source.text_encodings import ENCODINGS, is_utf8, recognize_text


class TableError(ValueError):
    """The file can't be extended; the text says why."""


def extend_table(
    before: bytes | None, texts: Sequence[str], wanted: Sequence[EditionTexts], languages: Sequence[EditionTexts]
) -> bytes:
    """Return a table with a column for each wanted language, and a row for each text; `before` is the table so far.

    Rows, cells, separator, encoding and line ends that are there stay. Raises TableError for a file that is no table
    of translations, or of which another part would change.
    """
    if before is None or not before.strip(codecs.BOM_UTF8):
        rows = [[TEXT, *(each.key for each in wanted)], *([text, *("" for _ in wanted)] for text in texts)]
        return codecs.BOM_UTF8 + _write(rows, ",", "\n").encode()  # the mark shows UTF-8 to spreadsheet programs
    encoding, text = _decode(before, languages[0].tag)
    extended = _extend(text, texts, wanted, languages)
    if extended == text:
        return before
    try:
        return _mark_of(before, encoding) + extended.encode(encoding)
    except UnicodeEncodeError as problem:
        sign = problem.object[problem.start]
        raise TableError(f"it is saved as {encoding}, which has no '{sign}'; save it as UTF-8 first") from problem


def _decode(data: bytes, language: str) -> tuple[str, str]:
    """Return the encoding of a table, by its name in Python and without a mark, and its text."""
    if is_utf8(data):
        return "utf-8", data.decode("utf-8-sig")
    found = recognize_text(data, language)
    if found is None:
        raise TableError("it is not a text file; save it as CSV in UTF-8")
    name = ENCODINGS[found.encoding]
    if name == "utf-16":
        name = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    return name, found.text.removeprefix("\ufeff")


def _mark_of(data: bytes, encoding: str) -> bytes:
    marks = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    mark = marks.get(encoding, b"")
    return mark if data.startswith(mark) else b""


def _extend(text: str, texts: Sequence[str], wanted: Sequence[EditionTexts], languages: Sequence[EditionTexts]) -> str:
    delimiter, newline = find_delimiter(text), "\r\n" if "\r\n" in text else "\n"
    rows = _read(text, delimiter)
    names = [name.strip() for name in rows[0]]
    if TEXT not in names:
        raise TableError(f"it has no column '{TEXT}', and is no table of translations")
    widest = max(map(len, rows))
    if widest > len(names):
        number = next(number for number, row in enumerate(rows) if len(row) == widest)
        raise TableError(f"row {number + 1} has more cells than the table has columns; correct it first")
    place, columns = names.index(TEXT), name_columns(names, languages)
    more = [each.key for each in wanted if each.key not in columns.values()]
    known = {squeeze(row[place]) for row in rows[1:] if len(row) > place}
    new = [each for each in texts if each not in known]
    if not (more or new):
        return text
    width = len(names) + len(more)
    added = [["" if number != place else each for number in range(width)] for each in new]
    body = _add_columns(text, more, delimiter)
    if added and not body.endswith(("\n", "\r")):
        body += newline
    extended = body + _write(added, delimiter, newline)
    if _read(extended, delimiter) != [[*rows[0], *more], *rows[1:], *added]:
        raise TableError("a quotation mark in it is not closed; correct it first")
    return extended


def _add_columns(text: str, names: Sequence[str], delimiter: str) -> str:
    """Return a table with more names on its first line; rows without cells for them are read as they are."""
    head, end, rest = text.partition("\n")
    line_end = "\r" if head.endswith("\r") else ""
    return delimiter.join((head.removesuffix("\r"), *names)) + line_end + end + rest


def _read(text: str, delimiter: str) -> list[list[str]]:
    """Return the rows of a table, without empty ones."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    except csv.Error as problem:
        raise TableError(f"it is not a readable table: {problem}") from problem
    if not rows:
        raise TableError(f"it has no column '{TEXT}', and is no table of translations")
    return rows


def _write(rows: Sequence[Sequence[str]], delimiter: str, newline: str) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return stream.getvalue()
