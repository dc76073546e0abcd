"""Hold a returned value against the one before: far from it, equal to it, or calculated from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from gri_builder.intake.requests.units import list_units
from gri_builder.intake.returned.read_value import find_factor
from gri_builder.model.finding import Finding, Location, warning
from gri_builder.model.units import Unit
from gri_builder.resources.units import UnitTable, convert
from gri_builder.spreadsheets.cells import Cell

FAR, FAR_COUNT = Decimal(3), Decimal(10)
"""Factor to the value before from which a value is questioned; of counts below `SMALL`, which vary more."""
SMALL = 10
COUNTED = ("count", "headcount")
LIKE = Decimal("1.3")
"""Factor to the value before within which a value in another unit would be expected."""
MANY_DIGITS = 3
"""Significant digits of a value that hardly comes twice by chance."""
FIRST_DAY, SERIALS = date(1899, 12, 30), range(36_526, 55_153)
"""Day zero of spreadsheets, and the numbers of the days from 2000 to 2050."""
ASK = "check it with its owner"


class Compared(Struct, frozen=True):
    """A returned value with what it is compared with."""

    value: Decimal
    """In the unit of the series."""
    before: Decimal
    """The value of the period before."""
    unit: Unit
    """Unit of the series."""
    cell: Cell
    where: Location
    formula: str | None = None
    before_cell: str = ""
    """Address of the cell with the value before; '' where the table has none."""
    is_estimated: bool = False


def find_implausible(compared: Compared, units: UnitTable) -> Iterator[Finding]:
    """Yield warnings about a value that may be in another unit, in the wrong row, copied, or extrapolated."""
    value, before = compared.value, compared.before
    if _refers_to_before(compared) and not compared.is_estimated:
        message = f"the value is calculated from the one before: {compared.formula}"
        yield warning("copied-value", message, compared.where, "if it is an estimate, choose so; or write the number")
    elif value == before and _count_significant(value) >= MANY_DIGITS:
        message = f"the value is exactly the one before, {before:f}"
        yield warning("copied-value", message, compared.where, ASK)
    if before == 0 or value == before:
        return
    if value == 0:
        hint = "if no number is available, it should be n/a; 0 means that nothing happened"
        yield warning("far-from-before", f"the value is 0, and was {before:f} before", compared.where, hint)
    elif (value < 0) != (before < 0):
        message = f"the value is {value:f}, and was {before:f} before: its sign is another"
        yield warning("far-from-before", message, compared.where, ASK)
    elif (factor := find_factor(value, before)) >= _limit(compared):
        how = "times the value before" if abs(value) > abs(before) else "times less than the value before"
        message = f"{value:f} is {_plain(factor)} {how}, {before:f}"
        yield warning("far-from-before", message, compared.where, _guess_reason(compared, units))


def _limit(compared: Compared) -> Decimal:
    is_small = min(abs(compared.value), abs(compared.before)) < SMALL
    return FAR_COUNT if compared.unit.dimension in COUNTED and is_small else FAR


def _plain(factor: Decimal) -> str:
    return f"{factor:,.0f}" if factor >= SMALL else f"{factor:.1f}"


def _count_significant(value: Decimal) -> int:
    """Return the number of digits without zeros at the ends: 3 for 98600."""
    return len("".join(map(str, value.normalize().as_tuple().digits)))


def _refers_to_before(compared: Compared) -> bool:
    """Return whether a formula refers to the cell with the value before."""
    if not compared.formula or not compared.before_cell:
        return False
    match = re.fullmatch(r"([A-Z]+)([0-9]+)", compared.before_cell)
    return bool(match and re.search(rf"(?<![A-Za-z0-9!$])\$?{match[1]}\$?{match[2]}(?![0-9A-Za-z(])", compared.formula))


def _guess_reason(compared: Compared, units: UnitTable) -> str:
    value, cell = compared.value, compared.cell
    if cell.kind == "number" and value == cell.number and value in SERIALS:
        day = FIRST_DAY + timedelta(days=int(value))
        return f"a spreadsheet may have taken what was typed for the day {day}: {ASK}"
    for symbol in list_units(compared.unit, units)[1:]:
        other = units.find(symbol)
        meant = convert(value, other, compared.unit) if other else None
        if meant and find_factor(meant, compared.before) <= LIKE:
            return f"it may be in '{symbol}'; then it is {meant.normalize():f} {compared.unit.symbol}: {ASK}"
    return ASK
