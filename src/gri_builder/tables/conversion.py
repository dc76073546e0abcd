"""Convert values from the unit of a file to that of the series: by definition, or by a factor with its source."""

from __future__ import annotations

from decimal import Decimal, localcontext

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.limits.numbers import describe_excess, describe_out_of_range, is_in_range
from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.model.units import Unit
from gri_builder.resources.units import UnitTable, ambiguous_units, convert
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of
from gri_builder.tables.series_context import SeriesContext
from gri_builder.tables.units.comparison import UnitCheck

CONVERSION_DIGITS = 60
"""Precision of products, enough to lose no digit."""


class Conversion(Struct, frozen=True):
    """Converts the values of a file into the unit of a series."""

    given: Unit
    """Unit of the file."""
    wanted: Unit
    """Unit of the series."""
    factor: Decimal | None = None
    per: Unit | None = None
    """Denominator of the factor's unit, e.g. m3."""
    product: Unit | None = None
    """Numerator of the factor's unit, e.g. kWh: the unit of a value times the factor."""
    column: Node | None = None
    """Header of the column that names the unit of each row; then `given` is only a first assumption."""
    is_declared: bool = False
    """Whether the description states the unit of the file."""

    @property
    def target(self) -> Unit:
        """The unit into which values convert by definition: that of the series, or the one that the factor takes."""
        return self.per or self.wanted

    def check(self, table: UnitTable) -> UnitCheck:
        """Return the check of units that the file names against the unit in which its values are read."""
        return UnitCheck(self.given, self.target, table, self.is_declared)

    def of_rows_in(self, unit: Unit) -> Conversion | None:
        """Return the conversion for rows in a unit that their column names; None where it does not convert."""
        return replace(self, given=unit) if unit.converts_to(self.target) else None

    @property
    def is_needed(self) -> bool:
        """Whether the conversion changes values."""
        return self.factor is not None or not self.given.equals(self.wanted)

    def __call__(self, value: Decimal) -> Decimal:
        """Return a value in the unit of the series."""
        if not self.is_needed:
            return value
        unit = self.given
        with localcontext(prec=CONVERSION_DIGITS):
            if self.factor is not None and self.per and self.product:
                value, unit = (convert(value, unit, self.per) or Decimal(0)) * self.factor, self.product
            return convert(value, unit, self.wanted) or Decimal(0)


def read_conversion(series: SeriesContext, node: Node) -> tuple[Conversion | None, list[Finding]]:
    """Return the conversion that 'unit' and 'factor' of a node describe; None where it can't be made."""
    found = _read_conversion(series, node)
    return (None, [found]) if isinstance(found, Finding) else (found, [])


def _read_conversion(series: SeriesContext, node: Node) -> Conversion | Finding | None:
    written, factor = node.get("unit"), node.get("factor")
    column = written.get("column") if written is not None else None
    symbol = text_of(written)
    given = series.units.find(symbol) if symbol else series.unit
    if given is None:
        if written is None or not symbol:
            return None
        return unknown_unit(symbol, written, series.units, None if factor else series.unit.dimension)
    if factor is not None:
        return _read_factor(series, given, factor, column, written is not None)
    if convert(Decimal(1), given, series.unit) is None and written is not None:
        message = f"'{given.symbol}' can't be converted into '{series.unit.symbol}', the unit of '{series.id}'"
        hint = "they measure different things; give a factor between them: factor: {value: …, unit: …, …}"
        return error("wrong-unit", message, written.where, hint)
    return Conversion(given, series.unit, column=column, is_declared=written is not None)


def unknown_unit(symbol: str, node: Node, units: UnitTable, dimension: str | None = None) -> Finding:
    """Return the finding for an unknown unit, with similar units, of one dimension if given, as a hint."""
    if meant := ambiguous_units(symbol):
        hint = f"write {listed(f'{each!r}' for each in meant)}, whichever is meant"
        return error("unknown-unit", f"'{symbol}' is used for several units", node.where, hint)
    near = units.suggest(symbol, dimension) or (units.suggest(symbol) if dimension else ())
    hint = f"did you mean {listed(f'{each!r}' for each in near)}?" if near else "write a unit such as kWh, t or m3"
    return error("unknown-unit", f"unknown unit '{shorten(symbol)}'", node.where, hint)


def ambiguous_unit(unit: Unit, node: Node) -> list[Finding]:
    """Return a warning about a known unit whose symbol others use for another unit: 'MtCO2e'."""
    meant = ambiguous_units(unit.symbol)
    if not meant:
        return []
    names = listed(f"'{each}'" for each in meant)
    message = f"'{unit.symbol}' is used for {names}; it is read as '{meant[-1]}'"
    return [warning("ambiguous-unit", message, node.where, f"write {names}, whichever is meant")]


def _read_factor(
    series: SeriesContext, given: Unit, node: Node, column: Node | None, is_declared: bool
) -> Conversion | Finding | None:
    """Return a conversion by a factor such as 10.55 kWh/m3; None where the schema rejects it."""
    value, unit = node.get("value"), node.get("unit")
    text, symbol = spelling_of(value), text_of(unit)
    if value is None or unit is None or text is None or symbol is None:
        return None
    excess, number = describe_excess(text), None
    if excess is None and (number := _to_decimal(text)) is not None and not is_in_range(number):
        excess = describe_out_of_range()
    if excess:
        return error("number-out-of-range", f"'{shorten(text)}' {excess[0]}", value.where, excess[1])
    if number is None or number == 0:
        hint = "write digits with a decimal point, such as 10.55"
        return error("wrong-value", f"'{shorten(text)}' is not a valid factor", value.where, hint)
    numerator, _, denominator = symbol.partition("/")
    product, per = series.units.find(numerator), series.units.find(denominator)
    if product is None or per is None:
        hint = "write one unit per another, such as kWh/m3"
        return error("unknown-unit", f"'{shorten(symbol)}' is not a valid unit of a factor", unit.where, hint)
    if column is not None:
        given = per
    if convert(Decimal(1), given, per) is None or convert(Decimal(1), product, series.unit) is None:
        message = f"a factor in '{symbol}' does not convert '{given.symbol}' into '{series.unit.symbol}'"
        hint = f"write a factor in '{series.unit.symbol}/{given.symbol}', or correct the units"
        return error("wrong-unit", message, unit.where, hint)
    return Conversion(given, series.unit, number, per, product, column, is_declared)


def _to_decimal(text: str) -> Decimal | None:
    """Return a plain number as written in YAML; None for other texts."""
    digits = text.strip().removeprefix("-")
    return Decimal(text.strip()) if digits.replace(".", "", 1).isdecimal() and digits[-1:] != "." else None
