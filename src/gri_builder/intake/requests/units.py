"""The units in which a data owner may answer: that of the series first, then those that convert into it."""

from __future__ import annotations

from gri_builder.model.units import Unit
from gri_builder.resources.units import MULTIPLES, UnitTable

MAX_UNITS = 40


def list_units(unit: Unit, table: UnitTable) -> list[str]:
    """Return the symbols of the units to choose from."""
    found = [unit.symbol]
    if unit.over is not None and unit.over.symbol != unit.symbol:
        per = unit.symbol.partition("/")[2]
        names = [f"{each}/{per}" for each in list_units(unit.over, table)]
    else:
        names = list(table.simple)
        base = unit.symbol.partition(" ")[2] if unit.symbol.partition(" ")[0] in MULTIPLES else unit.symbol
        names += [f"{word} {base}" for word in MULTIPLES]
    for name in names:
        other = table.find(name)
        if other is not None and other.symbol not in found and other.converts_to(unit):
            found.append(other.symbol)
    return found[:MAX_UNITS]
