"""Compare a unit that a file names with the unit in which its values are read."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.model.units import Unit
from gri_builder.resources.unit_names import UnitReading, multiply_unit
from gri_builder.resources.units import UnitTable

_COUNTS = ("count", "headcount")
_SCALABLE = (*_COUNTS, "currency")
"""Dimensions for which 'in thousands' is enough to name a unit."""
_GAS_DIMENSIONS = ("emissions", "ozone-depletion")


class Agreement(StrEnum):
    """How a unit in a file and the unit in which values are read go together."""

    SAME = "same"
    UNRELATED = "unrelated"
    """The text need not be about the values."""
    AMBIGUOUS = "ambiguous"
    """The text may mean the same unit, or another."""
    DIFFERENT = "different"


class UnitCheck(Struct, frozen=True):
    """The unit in which values of a file are read, against which texts of the file are checked."""

    given: Unit
    """Unit in which the values are read: that of the description, else that of the series."""
    wanted: Unit
    """Unit into which the values are converted: that of the series, or the one below the stroke of a factor."""
    table: UnitTable
    is_declared: bool = False
    """Whether the description states the unit."""

    def compare(self, reading: UnitReading, is_title: bool = False) -> Agreement:
        """Return how a unit named in the file agrees with the unit in which values are read."""
        units = self.meant(reading, is_title)
        same = [unit for unit in units if unit.equals(self.given)]
        if same:
            return Agreement.AMBIGUOUS if len(units) > 1 and not self._is_settled(units) else Agreement.SAME
        if all(self._is_noun(unit) for unit in units):
            return Agreement.UNRELATED
        if any(unit.dimension == self.given.dimension for unit in units):
            return Agreement.DIFFERENT
        return Agreement.UNRELATED if is_title or reading.is_weak else Agreement.DIFFERENT

    def meant(self, reading: UnitReading, is_title: bool = False) -> tuple[Unit, ...]:
        """Return the units that a reading means beside these values: 't' is 'tCO2e' for emissions."""
        if reading.multiple:
            scaled = multiply_unit(reading.multiple, self.given, self.table)
            return (scaled,) if scaled else ()
        return tuple(self._as_gas(unit) for unit in reading.units)

    def _is_settled(self, units: tuple[Unit, ...]) -> bool:
        """Return whether the description says which of several units is meant."""
        return self.is_declared or self.given.dimension == "currency" or all(u.equals(self.given) for u in units)

    def _is_noun(self, unit: Unit) -> bool:
        """Return whether a unit is a word for what is counted, such as 'employees', which names no unit."""
        if unit.dimension not in _COUNTS:
            return False
        return (unit.symbol != "FTE" and unit.size == 1) or self.given.dimension not in _COUNTS

    def _as_gas(self, unit: Unit) -> Unit:
        """Return a mass as that of the gas that the values measure, where they do."""
        over, given = unit.over or unit, self.given.over or self.given
        if (
            over.dimension != "mass"
            or given.dimension not in _GAS_DIMENSIONS
            or bool(unit.over) != bool(self.given.over)
        ):
            return unit
        gas = (given.base or given.symbol).removeprefix("t")
        symbol = f"million t{gas}" if over.symbol == "Mt" else f"{over.symbol}{gas}"
        return self.table.find("/".join([symbol, *unit.symbol.split("/")[1:]])) or unit

    def find_error(
        self, rule: str, subject: str, reading: UnitReading, where: Location, is_title: bool = False
    ) -> Finding | None:
        """Return the finding for a unit in the file that is not, or may not be, the one in which values are read.

        `subject` names the text in the message, such as "the header 'Energy (MWh)'".
        """
        agreement, units = self.compare(reading, is_title), self.meant(reading, is_title)
        if agreement in (Agreement.SAME, Agreement.UNRELATED):
            return None
        names = listed(f"'{unit.symbol}'" for unit in units[:3])
        if agreement is Agreement.AMBIGUOUS:
            message = f"{subject} may mean {names}; its values are read in '{self.given.symbol}'"
            hint = f"say which is meant: add beside 'file': unit: {spell(self.given)}"
            return warning("ambiguous-unit", message, where, hint)
        message = f"{subject} names the unit {names}, but its values are read in '{self.given.symbol}'"
        if is_title and reading.multiple and self.given.dimension not in _SCALABLE:
            return warning("ambiguous-unit", message, where, f"if it is about them, {self.advise(units)}")
        if is_title and self.is_declared:
            return warning("ambiguous-unit", message, where, "check the unit beside 'file'")
        return error(rule, message, where, self.advise(units))

    def advise(self, units: tuple[Unit, ...]) -> str:
        """Return what to write so that values in one of some units are read."""
        convertible = [unit for unit in units if unit.converts_to(self.wanted)]
        if convertible:
            first, *others = convertible
            more = "".join(f", or unit: {spell(unit)}" for unit in others[:2])
            verb = "write" if self.is_declared else "add"
            return f"{verb} beside 'file': unit: {spell(first)}{more}"
        first = units[0]
        return (
            f"'{first.symbol}' can't be converted into '{self.wanted.symbol}': if the header is right, write "
            f"'unit: {spell(first)}' in the series; or read another column"
        )


def are_both_counts(unit: Unit, other: Unit) -> bool:
    """Return whether two units count single things or people: 'count' in a file may be 'headcount'."""
    return all(each.dimension in _COUNTS and each.size == 1 and each.symbol != "FTE" for each in (unit, other))


def spell(unit: Unit) -> str:
    """Return a symbol as it is written in YAML."""
    return f'"{unit.symbol}"' if unit.symbol[:1] in "%°#&*!|>'\"@`" else unit.symbol


def quote(kind: str, text: str) -> str:
    """Return a text of the file as the subject of a message: the header 'Energy (MWh)'."""
    return f"the {kind} '{shorten(text)}'"
