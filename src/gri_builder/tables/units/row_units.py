"""Convert each row from the unit that a column of its file names: unit: {column: Unit}."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.model.units import Unit
from gri_builder.resources.units import UnitTable
from gri_builder.source.values import spelling_of
from gri_builder.source.yaml_flow import quote_flow
from gri_builder.spreadsheets.cells import Row
from gri_builder.spreadsheets.table import Table
from gri_builder.tables.conversion import Conversion
from gri_builder.tables.source_files import find_column
from gri_builder.tables.units.unit_columns import find_unit_column, read_row_unit


class UnusableUnit(Struct, frozen=True):
    """Why the unit of a row can't be used, for a finding at its cell."""

    rule: str
    message: str
    hint: str


class RowUnits(Struct, frozen=True):
    """The conversions of a file whose rows are in several units, by the text of the column that names them."""

    conversion: Conversion
    """How the description converts; its given unit is not that of the rows."""
    units: UnitTable
    header: str
    """Header of the column of units."""
    texts: tuple[str, ...] = ()
    """Texts in that column."""
    _read: dict[str, Unit | UnusableUnit] = field(default_factory=dict)
    """The unit of each text, or why it can't be used."""

    def find_unit(self, text: str, where: Location) -> Unit | Finding:
        """Return the unit of rows with a text in the column, or the finding for a text that is not usable."""
        if text not in self._read:
            self._read[text] = self._find_unit(text)
        found = self._read[text]
        return found if isinstance(found, Unit) else error(found.rule, found.message, where, found.hint)

    def find_conversion(self, text: str, where: Location) -> Conversion | Finding:
        """Return the conversion of rows with a text in the column, or the finding for a text that is not usable."""
        unit = self.find_unit(text, where)
        return unit if isinstance(unit, Finding) else replace(self.conversion, given=unit)

    def _find_unit(self, text: str) -> Unit | UnusableUnit:
        choose = self._choose_others()
        if not text:
            message = f"the row has a value, but no unit under '{shorten(self.header)}'"
            return UnusableUnit("missing-unit", message, f"write its unit in the file; or {choose}")
        reading, target = read_row_unit(text, self.units), self.conversion.target
        if reading is None:
            define = f"define it in figures/units.yaml: {quote_flow(text)}: {{equals: …, source: …}}"
            return UnusableUnit("unknown-unit", f"unknown unit '{shorten(text)}'", f"{define}; or {choose}")
        meant = self.conversion.check(self.units).meant(reading)
        usable = [unit for unit in meant if unit.converts_to(target)]
        if len(usable) > 1 and not all(unit.equals(usable[0]) for unit in usable):
            names = listed(f"'{unit.symbol}'" for unit in usable)
            define = f"say which in figures/units.yaml: {quote_flow(text)}: {{equals: 1 {usable[0].symbol}, source: …}}"
            return UnusableUnit("unknown-unit", f"'{shorten(text)}' may mean {names}", define)
        if not usable:
            name = meant[0].symbol if meant else text
            return UnusableUnit("wrong-unit", f"'{shorten(name)}' can't be converted into '{target.symbol}'", choose)
        return usable[0]

    def _choose_others(self) -> str:
        """Return the help to read only rows whose unit converts."""
        others = [quote_flow(text) for text in self.texts if self._converts(text)]
        chosen = f"[{', '.join(others)}]" if others else "…"
        return f"choose rows with another unit: where: {{{quote_flow(self.header)}: {chosen}}}"

    def _converts(self, text: str) -> bool:
        """Return whether a text names one unit that converts into that of the series."""
        reading = read_row_unit(text, self.units) if text else None
        meant = self.conversion.check(self.units).meant(reading) if reading else ()
        return len(meant) == 1 and meant[0].converts_to(self.conversion.target)


class TableUnits(Struct, frozen=True):
    """The units of the rows of one table."""

    rows: RowUnits
    table: Table
    column: int

    def find_conversion(self, row: Row) -> Conversion | Finding:
        """Return the conversion of a row, or the finding for its cell in the column of units."""
        where = self.table.sheet.where(row.number, self.column)
        return self.rows.find_conversion(self.table.sheet.cell(row, self.column).text, where)


def open_table_units(conversion: Conversion, table: Table, units: UnitTable) -> tuple[TableUnits | None, list[Finding]]:
    """Return the units of a table's rows, if the description names the column that has them."""
    if conversion.column is None:
        return None, []
    name = spelling_of(conversion.column) or ""
    column = find_column(table, name, conversion.column)
    if isinstance(column, Finding):
        return None, [column]
    texts = dict.fromkeys(table.sheet.cell(rows[0], column).text for rows in table.rows_by(column).values())
    return TableUnits(RowUnits(conversion, units, name, tuple(texts)), table, column), []


def list_unit_columns(table: Table, units: UnitTable, read: TableUnits | None) -> frozenset[int]:
    """Return the column that names the unit of each row, whether it is read or only checked."""
    column = read.column if read else find_unit_column(table, units, table.rows)
    return frozenset() if column is None else frozenset({column})
