"""Columns that name the unit of each row: found by their headers, and read where the description names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.resources.unit_names import UnitReading, read_unit_name
from gri_builder.resources.units import UnitTable
from gri_builder.source.yaml_flow import quote_flow
from gri_builder.spreadsheets.cells import Row, casefold_key
from gri_builder.spreadsheets.table import Table
from gri_builder.tables.units.comparison import Agreement, UnitCheck, are_both_counts, spell
from gri_builder.tables.units.texts import find_unknown_unit, read_header_unit

UNIT_HEADERS = frozenset(
    {"unit", "units", "uom", "unit of measure", "unit of measurement", "units of measure", "measurement unit", "uofm"}
    | {"einheit", "einheiten", "maßeinheit", "mengeneinheit", "masseinheit", "me", "unité", "unités", "unité de mesure"}
    | {"unidad", "unidades", "unità", "unità di misura", "unidade", "eenheid", "enhet", "enhed", "jednostka", "単位"}
    | {"unit_of_measure", "unit_of_measurement", "units_of_measure", "unit name", "unit_name", "unit code", "unit_code"}
)
CURRENCY_HEADERS = frozenset({"currency", "währung", "devise", "monnaie", "moneda", "valuta", "通貨", "currency code"})
MAX_PROBED = 200
"""Rows in which a column of units without a known header is searched."""


def is_unit_header(header: str) -> bool:
    """Return whether a header is that of a column of units or currencies."""
    return casefold_key(header) in UNIT_HEADERS | CURRENCY_HEADERS


def find_unit_column(table: Table, units: UnitTable, rows: Sequence[Row]) -> int | None:
    """Return the column that names the unit of each row: by its header, else by its cells; None if no column does."""
    for headers in (UNIT_HEADERS, CURRENCY_HEADERS):
        named = [column for column, name in enumerate(table.names) if casefold_key(name) in headers]
        for column in named:
            if any(read_row_unit(table.sheet.cell(row, column).text, units) for row in rows[:MAX_PROBED]):
                return column
    return next((column for column in range(table.width) if _holds_units(table, column, units)), None)


def find_checked_column(table: Table, units: UnitTable, rows: Sequence[Row]) -> int | None:
    """Return the column that names the unit of each row, or one with such a header whose texts are not known units."""
    found = find_unit_column(table, units, rows)
    named = (column for column, name in enumerate(table.names) if casefold_key(name) in UNIT_HEADERS)
    return next(named, None) if found is None else found


def _holds_units(table: Table, column: int, units: UnitTable) -> bool:
    """Return whether the first texts of a column are units that can't be mistaken for words."""
    for text in table.first_texts(column):
        reading = read_unit_name(text, units) if not text[:1].isdecimal() else None
        if reading is None or reading.multiple or reading.is_weak:
            return False
    return bool(table.first_texts(column))


def read_row_unit(text: str, units: UnitTable) -> UnitReading | None:
    """Return the unit that a cell of a column of units names, alone or in a label such as 'Gas (m3)'."""
    reading = read_unit_name(text, units) or read_header_unit(text, units)
    return replace(reading, is_weak=False) if reading else None


def check_unit_column(check: UnitCheck, header: str, places: Mapping[str, Location]) -> Iterator[Finding]:
    """Yield a finding where a column names units other than the one in which all rows are read.

    `places` has the first place of each text in the column, in the order of the rows.
    """
    is_currency = casefold_key(header) in CURRENCY_HEADERS
    if is_currency and check.given.dimension != "currency":
        return
    readings = {text: read_row_unit(text, check.table) for text in places if text}
    known = {text: reading for text, reading in readings.items() if reading}
    if not is_unit_header(header) and not any(_is_of_kind(check, reading) for reading in known.values()):
        return
    differing = [text for text, reading in known.items() if not _agrees(check, reading, is_currency)]
    unknown = [text for text in readings if text not in known]
    if differing or (known and unknown):
        first = (differing or unknown)[0]
        hint = _advise(check, header, known.get(first), is_currency)
        yield _differing_units(check, header, list(readings), first, places[first], hint)
    elif known and not check.is_declared:
        yield from _ambiguous_units(check, known, places)
    elif unknown and not check.is_declared:
        yield from _unknown_units(check, header, unknown, places)


def _differing_units(
    check: UnitCheck, header: str, texts: Sequence[str], first: str, where: Location, hint: str
) -> Finding:
    """Return the finding for rows in another unit, or in several, by the text of the first such row."""
    if len(texts) == 1:
        message = (
            f"the column '{shorten(header)}' says '{shorten(first)}', but its rows are read in '{check.given.symbol}'"
        )
        return error("unit-in-row", message, where, hint)
    names = listed([f"'{shorten(text)}'" for text in texts][:4], "and")
    message = f"the column '{shorten(header)}' says {names}, but all rows are read in '{check.given.symbol}'"
    return error("mixed-units", message, where, hint)


def _advise(check: UnitCheck, header: str, reading: UnitReading | None, is_currency: bool) -> str:
    """Return what to write so that the rows are read in their units."""
    column = quote_flow(header)
    if is_currency:
        return f"there is no fixed rate between currencies; choose rows: where: {{{column}: {check.given.symbol[:3]}}}"
    if reading and not any(unit.converts_to(check.wanted) for unit in check.meant(reading)):
        return f"{check.advise(check.meant(reading))}; or choose rows: where: {{{column}: …}}"
    return f"to convert each row from its unit, write beside 'file': unit: {{column: {column}}}"


def _ambiguous_units(
    check: UnitCheck, known: Mapping[str, UnitReading], places: Mapping[str, Location]
) -> Iterator[Finding]:
    for text, reading in known.items():
        if check.compare(reading) is Agreement.AMBIGUOUS:
            yield from filter(
                None, [check.find_error("unit-in-row", f"the unit '{shorten(text)}'", reading, places[text])]
            )


def _unknown_units(
    check: UnitCheck, header: str, texts: Sequence[str], places: Mapping[str, Location]
) -> Iterator[Finding]:
    """Yield a warning for a text that is not a known unit; names of business units are none."""
    for text in texts:
        is_sure = casefold_key(header) not in ("unit", "units") or text[:1].islower()
        if is_sure or find_unknown_unit(f"({text})", check.table):
            given = check.given.symbol
            message = f"'{shorten(text)}' in the column '{shorten(header)}' is not a known unit"
            hint = f"define it in figures/units.yaml; or, if it means '{given}', add beside 'file': unit: "
            message += f"; its rows are read in '{given}'"
            yield warning("unknown-unit-in-header", message, places[text], hint + spell(check.given))
            return


def _is_of_kind(check: UnitCheck, reading: UnitReading) -> bool:
    """Return whether a unit measures what the values do; a column without a known header may be about others."""
    return any(unit.dimension == check.given.dimension for unit in check.meant(reading))


def _agrees(check: UnitCheck, reading: UnitReading, is_currency: bool) -> bool:
    """Return whether a row's unit may be the one in which it is read; of a currency column only the code counts."""
    units = check.meant(reading)
    if is_currency:
        return any(unit.symbol[:3] == check.given.symbol[:3] for unit in units)
    return any(unit.equals(check.given) or are_both_counts(unit, check.given) for unit in units)
