"""The values of printed figures: what a machine reads in place of the printed text."""

from __future__ import annotations

from decimal import Decimal, DecimalException

from gri_builder.model.provenance import FactRecord, Ledger
from gri_builder.model.rich_text import FactReference
from gri_builder.resources.units import convert, unit_table

PERCENT = 100
PRECISION = 12
"""Significant digits of a calculated number."""


class FactValues:
    """Calculates what printed figures show, from the facts of a ledger; remembers what is printed where."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.units = ledger, unit_table(ledger.units)
        self.printed: dict[str, dict[str, None]] = {}
        """Anchors of the sections that print each fact, in the order of reading."""

    def note(self, printed: FactReference, section: str) -> None:
        """Remember that a section prints facts."""
        for key in printed.facts:
            self.printed.setdefault(key, {})[section] = None

    def value(self, printed: FactReference) -> str | None:
        """Return the number that a figure shows, not rounded, as a plain decimal; None where it has none."""
        entries = [self.ledger.entries[key] for key in printed.facts if key in self.ledger.entries]
        if len(entries) != len(printed.facts) or not entries:
            return None
        try:
            number = self._calculate(printed, entries)
        except DecimalException:
            return None
        return None if number is None else write_number(number)

    def _calculate(self, printed: FactReference, entries: list[FactRecord]) -> Decimal | None:
        first, values = entries[0], [entry.value for entry in entries]
        match printed.kind:
            case "value":
                return self._convert(first.value, first.unit, printed.unit)
            case "sum":
                return sum(values, Decimal(0))
            case "difference" if len(values) > 1:
                return self._convert(values[0] - values[1], first.unit, printed.unit)
            case "change":
                return self._change(first, values)
            case "share":
                return self._share(first, values)
            case _:
                return None  # progress needs the target, which is no fact

    def _convert(self, value: Decimal, given: str, wanted: str | None) -> Decimal | None:
        if wanted is None or wanted == given:
            return value
        one, other = self.units.find(given), self.units.find(wanted)
        return convert(value, one, other) if one and other else None

    def _change(self, first: FactRecord, values: list[Decimal]) -> Decimal | None:
        """Return a change in per cent, in percentage points of a share; of a sum, the first half are the new values."""
        unit, half = self.units.find(first.unit), len(values) // 2
        new, old = sum(values[:half], Decimal(0)), sum(values[half:], Decimal(0))
        if half == 1 and unit and unit.printed == "%":
            return new - old
        return (new - old) / abs(old) * PERCENT if old else None

    def _share(self, first: FactRecord, values: list[Decimal]) -> Decimal | None:
        unit = self.units.find(first.unit)
        if len(values) > 1 or (unit and unit.dimension not in ("share", "ratio")):
            total = sum(values, Decimal(0))
            return values[0] / total * PERCENT if total else None
        return values[0] * (PERCENT if unit and unit.dimension == "ratio" else 1)


def write_number(number: Decimal) -> str:
    """Return a number as a plain decimal, without an exponent or zeros at its end."""
    if len(number.as_tuple().digits) > PRECISION * 2:
        number = number.normalize().__round__(PRECISION - number.adjusted()) if number else number
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
