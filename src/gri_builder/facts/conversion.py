"""From the unit of a file to that of the series: within a dimension by definition, across by a factor that is cited."""

from __future__ import annotations

from decimal import Decimal, localcontext

from msgspec import Struct

from gri_builder.facts.series_context import SeriesContext
from gri_builder.model.finding import Finding, error
from gri_builder.model.finding_text import listed, shorten
from gri_builder.model.units import Unit
from gri_builder.resources.units import convert, find_unit, suggest_units
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of

DIGITS = 60
"""Digits in which products are reckoned, so that none is lost."""


class Conversion(Struct, frozen=True):
    """Turns the values of a file into those of a series."""

    given: Unit
    """Unit of the file."""
    wanted: Unit
    factor: Decimal | None = None
    per: Unit | None = None
    """What the factor is per, e.g. m3."""
    product: Unit | None = None
    """Unit of a value times the factor."""

    @property
    def is_needed(self) -> bool:
        """Whether values change at all."""
        return self.factor is not None or self.given != self.wanted

    def __call__(self, value: Decimal) -> Decimal:
        """Return a value in the unit of the series."""
        if not self.is_needed:
            return value
        unit = self.given
        with localcontext(prec=DIGITS):
            if self.factor is not None and self.per and self.product:
                value, unit = (convert(value, unit, self.per) or Decimal(0)) * self.factor, self.product
            return convert(value, unit, self.wanted) or Decimal(0)


def read_conversion(measure: SeriesContext, node: Node, findings: list[Finding]) -> Conversion | None:
    """Return the conversion that 'unit' and 'factor' of a node describe; None where it has a finding."""
    written = node.get("unit")
    symbol = text_of(written)
    given = find_unit(symbol) if symbol else measure.unit
    if given is None and written is not None and symbol:
        findings.append(unknown_unit(symbol, written))
        return None
    factor = node.get("factor")
    if given is None:
        return None
    if factor is not None:
        return _read_factor(measure, given, factor, findings)
    if convert(Decimal(1), given, measure.unit) is None and written is not None:
        message = f"'{given.symbol}' can't be converted into '{measure.unit.symbol}', which '{measure.id}' is in"
        hint = "they measure different things; a factor leads from one to the other: factor: {value: …, unit: …, …}"
        findings.append(error("wrong-unit", message, written.where, hint))
        return None
    return Conversion(given, measure.unit)


def unknown_unit(symbol: str, node: Node) -> Finding:
    """Return the finding for a unit that there is not, with those that are like it."""
    near = suggest_units(symbol)
    hint = f"did you mean {listed(f'{each!r}' for each in near)}?" if near else "units are written such as kWh, t, m3"
    return error("unknown-unit", f"'{shorten(symbol)}' is not a unit", node.where, hint)


def _read_factor(measure: SeriesContext, given: Unit, node: Node, findings: list[Finding]) -> Conversion | None:
    """Return a conversion by a factor such as 10.55 kWh/m3."""
    value, unit = node.get("value"), node.get("unit")
    text, symbol = spelling_of(value), text_of(unit)
    if value is None or unit is None or text is None or symbol is None:
        return None
    number = to_decimal(text)
    if number is None or number == 0:
        message = f"'{shorten(text)}' can't be a factor"
        findings.append(error("wrong-value", message, value.where, "write digits with a decimal point, such as 10.55"))
        return None
    top, _, below = symbol.partition("/")
    product, per = find_unit(top), find_unit(below)
    if product is None or per is None:
        message = f"'{shorten(symbol)}' is no unit of a factor"
        findings.append(error("unknown-unit", message, unit.where, "write one unit per another, such as kWh/m3"))
        return None
    fits = convert(Decimal(1), given, per) is not None and convert(Decimal(1), product, measure.unit) is not None
    if not fits:
        message = f"'{symbol}' does not lead from '{given.symbol}' to '{measure.unit.symbol}'"
        hint = f"write a factor in '{measure.unit.symbol}/{given.symbol}', or correct the units"
        findings.append(error("wrong-unit", message, unit.where, hint))
        return None
    return Conversion(given, measure.unit, number, per, product)


def to_decimal(text: str) -> Decimal | None:
    """Return a plain number as it is written in YAML."""
    digits = text.strip().removeprefix("-")
    return Decimal(text.strip()) if digits.replace(".", "", 1).isdecimal() and digits[-1:] != "." else None
