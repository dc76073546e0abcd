"""Lines above and below a table that no page prints: titles over its headers, and notes under its rows.

A line counts as used where a series prints its words, or where it only says where the table comes from, which unit its
values have or which year they are of: units and years are compared with the series when values are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from gri_builder.model.texts.finding_text import shorten
from gri_builder.resources.units import UnitTable
from gri_builder.source.values import spelling_of
from gri_builder.spreadsheets.cells import Cell, Row
from gri_builder.spreadsheets.footer import says_origin
from gri_builder.tables.constant_period import constant_period
from gri_builder.tables.series_context import SeriesContext
from gri_builder.tables.units.texts import read_title_units
from gri_builder.tables.usage import TableUse

MAX_NAMED = 3
"""Lines that a finding quotes; the rest are counted."""
_YEAR = re.compile(r"(?<!\d)(?:FY ?)?(?:19|20)\d\d(?!\d)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_GENERAL_WORDS = (
    "a all and are as at by data for figures from in is of on our overview per report the table total unit "
    "units usage use value values year alle angaben bericht daten der die das einheit für im je jahr tabelle und "
    "von werte zahlen au chiffres de des données du en et la le les par pour rapport sont sur tableau "
    "unité unités valeurs"
)
"""Words that say nothing about what the values of a table mean."""


def list_titles(uses: Sequence[TableUse]) -> list[Row]:
    """Return the rows above the headers of a table that have a line which no page prints."""
    table = uses[0].table
    return _list_unprinted(table.sheet.rows[: table.place], uses)


def list_notes(uses: Sequence[TableUse]) -> list[Row]:
    """Return the notes below the rows of a table that no page prints."""
    records = next((use.records for use in uses if use.records is not None), None)
    return _list_unprinted(uses[0].table.notes if records is None else records.notes, uses)


def name_lines(rows: Sequence[Row]) -> str:
    """Return the first lines in quotation marks, and how many more there are."""
    lines = [", ".join(cell.text for cell in _filled(row)) for row in rows[:MAX_NAMED]]
    texts = ", ".join(f"'{shorten(line)}'" for line in lines)
    return f"{texts} and {len(rows) - MAX_NAMED} more" if len(rows) > MAX_NAMED else texts


def first_column(row: Row) -> int:
    """Return the column of the first text of a line, from 0."""
    return next(number for number, cell in enumerate(row.cells) if cell.kind != "empty")


def _list_unprinted(rows: Iterable[Row], uses: Sequence[TableUse]) -> list[Row]:
    lines = [row for row in rows if _filled(row) and not says_origin(row)]
    if not lines:
        return []
    series = [use.series for use in uses if use.series is not None]
    compared = any(constant_period(use.description.get("period")) for use in uses)
    known = frozenset(_words(_GENERAL_WORDS)).union(_known_words(uses, series))
    return [row for row in lines if any(not _is_used(_text(cell, compared), known, series) for cell in _filled(row))]


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if cell.kind != "empty" and cell.text.strip()]


def _known_words(uses: Sequence[TableUse], series: Sequence[SeriesContext]) -> Iterator[str]:
    """Yield the words that say what a table is about: of series, their notes, its sheet, file and headers."""
    sheet = uses[0].table.sheet
    yield from _words(sheet.name or "")
    yield from _words(PurePosixPath(sheet.path).stem)
    for name in uses[0].table.names:
        yield from _words(name)
    for each in series:
        for key in ("title", "note", "source"):
            yield from _words(spelling_of(each.node.get(key)) or "")
        if each.years is not None:
            yield str(each.years.end.year)


def _text(cell: Cell, is_compared: bool) -> str:
    """Return the text of a cell, without its years if they were compared with the one year of all rows."""
    return _YEAR.sub(" ", cell.text) if is_compared else cell.text


def _is_used(text: str, known: frozenset[str], series: Sequence[SeriesContext]) -> bool:
    """Return whether all that a line says is known; a unit that it names was compared with that of the series."""
    for table in dict.fromkeys(each.units for each in series):
        text = _without_units(text, table)
    return known.issuperset(_words(text))


def _without_units(text: str, table: UnitTable) -> str:
    for reading in read_title_units(text, table):
        text = text.replace(reading.text, " ", 1)
    return text


def _words(text: str) -> list[str]:
    """Return the words of a text, without an 's' at their ends, so that 'sites' is known where 'Site' is."""
    return [word.removesuffix("s") for word in _WORD.findall(text.casefold())]
