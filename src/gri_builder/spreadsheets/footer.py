"""Notes below the rows of a table, such as 'Source: meters' or '* estimated', which are not data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gri_builder.spreadsheets.cells import Cell, Row
from gri_builder.spreadsheets.numbers import MISSING_VALUES

MAX_NOTES = 60
"""Rows at the end of a sheet that are examined."""
MIN_WORDS = 5
"""Words of a text that is a sentence, not the name of a row."""
MAX_ORIGIN_WORDS = 6
"""Words of a line that says where a table comes from, and nothing else."""
_ORIGINS = (
    "sources?|prepared by|created (?:by|on)|last updated?|updated(?: on)?|exported(?: on| from)?|printed|"
    "generated(?: on| by)?|contact|quellen?|erstellt (?:von|am)|fuentes?|fontes?|fonti?|fonte|bron(?:nen)?|kilder?|"
    "källa|källor|lähde|źródło|出典"
)
_WORDS = (
    f"{_ORIGINS}|notes?|n\\.? ?b\\.?|remarks?|comments?|disclaimer|definitions?|legend|as (?:of|at)|"
    "anmerkung(?:en)?|hinweise?|bemerkung(?:en)?|fußnoten?|legende|remarques?|notas?|opmerking(?:en)?|anm|uwagi?|注|備考"
)
_NOTE = re.compile(rf"(?:{_WORDS})\s*[:：]|(?:{_WORDS})\s*\d*\s*[:：.)]|©", re.IGNORECASE)
"""Texts that surely start a note: 'Source:', 'Note 1:'."""
_ORIGIN = re.compile(rf"(?:(?:{_ORIGINS})\s*[:：]|©)[^,;()]*", re.IGNORECASE)
"""Texts that only say where a table comes from."""
_MARK = re.compile(r"(?:[*†‡§#]+|[¹²³⁴-⁹]+|\(?\d{1,2}\)|\[\d{1,2}\]|\(?[a-z]\))\s*\D")
"""Texts that start with the mark of a footnote."""
_NUMBER = re.compile(r"[-+−(]?[€$£]?\s?\d[\d.,'’ \u00a0\u2009\u202f]*\s?%?\)?")


def count_notes(rows: Sequence[Row], width: int, is_text: bool) -> int:
    """Return how many of the last rows are notes; `width` is the number of headers.

    A row of notes has a text in one cell. The first of them follows an empty row, is a sentence, or starts as notes do.
    In a CSV file, `is_text`, the commas of a note may separate it into several cells.
    """
    if width < 2:
        return 0
    tail = rows[-MAX_NOTES:]
    first = len(tail)
    while first and _may_be_note(tail[first - 1], width, is_text):
        first -= 1
    for place in range(max(first, 1), len(tail)):
        if tail[place].number > tail[place - 1].number + 1 or _is_surely_note(tail[place]):
            return len(tail) - place
    return 0


def says_origin(note: Row) -> bool:
    """Return whether a note only says where the table comes from, which does not change what its numbers mean."""
    text = ", ".join(cell.text for cell in note.cells if cell.kind != "empty")
    return bool(_ORIGIN.fullmatch(text)) and len(text.split()) <= MAX_ORIGIN_WORDS


def _may_be_note(row: Row, width: int, is_text: bool) -> bool:
    """Return whether a row has only a text, in one cell or separated by its own commas."""
    filled = [cell for cell in row.cells if cell.kind != "empty"]
    if not filled or filled[0].kind != "text":
        return False
    if is_text and _NOTE.match(filled[0].text):
        return True
    if any(map(_is_number, filled)):
        return False
    return len(filled) == 1 or (is_text and bool(_MARK.match(filled[0].text)) and len(filled) != width)


def _is_surely_note(row: Row) -> bool:
    """Return whether a row that has only a text is a note, wherever it is."""
    text = next(cell.text for cell in row.cells if cell.kind != "empty")
    return bool(_NOTE.match(text) or _MARK.match(text)) or len(text.split()) >= MIN_WORDS


def _is_number(cell: Cell) -> bool:
    """Return whether a cell is a value, or says that a value is missing."""
    if cell.kind != "text":
        return True
    return bool(_NUMBER.fullmatch(cell.text.strip())) or cell.text.strip().casefold() in MISSING_VALUES
