"""Units in the number formats of cells: a cell that shows '1,200 MWh' may hold the number 1200 alone."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.units import Unit
from gri_builder.resources.unit_names import UnitReading, read_unit_name
from gri_builder.resources.units import unit_table
from gri_builder.tables.units.comparison import Agreement, UnitCheck


def find_format_errors(unit: Unit, text: str, shown: str, where: Location) -> Iterator[Finding]:
    """Yield an error if a text in a cell's number format names another unit than the one in which the cell is read.

    `shown` is the number in the cell.
    """
    reading = read_unit_name(text)
    if reading is None or not reading.units:
        return
    check = UnitCheck(unit, unit, unit_table())
    strong = reading if text == "m" else replace(reading, is_weak=False)
    if check.compare(strong) is Agreement.DIFFERENT and not _is_same_currency(unit, reading):
        message = f"the cell shows '{shown} {text}', but is read in '{unit.symbol}'"
        hint = f"write 'unit: {reading.units[0].symbol}' beside 'file', or correct the format of the cell"
        yield error("unit-in-number-format", message, where, hint)


def _is_same_currency(unit: Unit, reading: UnitReading) -> bool:
    """Return whether a format names the currency alone; the multiple may be named elsewhere."""
    plain = [each for each in reading.units if each.dimension == "currency" and " " not in each.symbol]
    return any(each.symbol[:3] == unit.symbol[:3] for each in plain)
