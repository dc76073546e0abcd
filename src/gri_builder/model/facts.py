"""Facts: one value each of a metric, for a period, with where it came from."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, get_args

from msgspec import Struct, field

from gri_builder.model.finding import Location
from gri_builder.model.units import Unit

FactStatus = Literal["measured", "estimated", "restated"]
"""How a value was obtained: measured, estimated, or changed since an earlier report published it."""
FACT_STATUSES: tuple[FactStatus, ...] = get_args(FactStatus)


class Origin(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where a value stands, or how it was reckoned from what stands there: the way back from a number to its source."""

    file: str
    """Path in the report folder."""
    sha256: str
    """Hash of the file's bytes, in hexadecimal."""
    sheet: str | None = None
    cell: str | None = None
    """Cell of a spreadsheet, e.g. 'D17'; None where the place is a line of a text file, or many rows."""
    line: int | None = None
    """Line of a YAML or CSV file, from 1."""
    formula: str | None = None
    """Formula of the cell as the workbook holds it, e.g. '=SUM(D4:D16)'."""
    query: str | None = None
    """SQL that reckoned the value from the rows of the file."""
    rows: int | None = None
    """How many rows of the file the value was reckoned from."""
    inputs: tuple[str, ...] = field(default=(), name="of")
    """Keys of the facts that it was reckoned from, in the order of the formula."""
    source_value: str | None = field(default=None, name="given")
    """The value with its unit as it stands in the source, where it was converted, e.g. '1204 MWh'."""


class Restatement(Struct, frozen=True):
    """A change of a value that an earlier report published."""

    before: Decimal
    """The value as published before, in the unit of the series."""
    reason: str
    where: Location


class Target(Struct, frozen=True):
    """A value that is aimed at."""

    period: str
    """Label of the period by which it is to be reached, e.g. '2020'."""
    value: Decimal
    where: Location
    base: str | None = None
    """Label of the period that progress is measured from; the first of the series where none is given."""
    members: tuple[str, ...] = ()
    note: str | None = None


class Explanation(Struct, frozen=True):
    """A named person's word on a value that a cross-check doubts; it lapses when the value changes."""

    rule: str
    """Rule that it answers."""
    fact: str
    """Key of the fact that it is about."""
    value: Decimal
    """The value that was explained, in the unit of the series."""
    text: str
    by: str
    """Who answers for it."""
    where: Location


class Fact(Struct, frozen=True):
    """One value: of a metric, for a period, for a member of each dimension."""

    metric: str
    """Id of the fact series it belongs to."""
    period: str
    """Label of the period, e.g. '2015'."""
    members: tuple[str, ...]
    """One member for each dimension of the series, in their order; empty for a series without dimensions."""
    value: Decimal
    where: Location
    status: FactStatus = "measured"
    origin: Origin | None = None
    """Where the value comes from; None for one that a test makes up."""
    restated: Restatement | None = None

    @property
    def key(self) -> str:
        """Its name in placeholders, the data and the trace: 'energy-total[2015]', 'women[2015, Norway]'."""
        return f"{self.metric}[{', '.join((self.period, *self.members))}]"


class Series(Struct, frozen=True):
    """The facts of one metric over periods and dimensions."""

    id: str
    title: str
    unit: Unit
    facts: tuple[Fact, ...]
    where: Location
    dimensions: tuple[str, ...] = ()
    """Names of its dimensions, e.g. 'Gender'."""
    decimals: int | None = None
    """Digits printed after the decimal sign; None prints each value with the digits that it was given with."""
    significant: int | None = None
    """Significant digits that are printed, where `decimals` is not given."""
    measures: str | None = None
    """Id of the framework's metric that it reports, which ties it to the framework's cross-checks."""
    targets: tuple[Target, ...] = ()
    source: str | None = None
    method: str | None = None
    boundary: str | None = None
    owner: str | None = None
    note: str | None = None

    @property
    def periods(self) -> tuple[str, ...]:
        """Labels of its periods, ascending."""
        return tuple(sorted({fact.period for fact in self.facts}))

    def value(self, period: str, members: tuple[str, ...] = ()) -> Fact | None:
        """Return the fact of that period and those members, if there is one."""
        return next((fact for fact in self.facts if fact.period == period and fact.members == members), None)


HALF = Decimal("0.5")
COUNTED = ("headcount", "count")


def rounding_tolerance(series: Series, fact: Fact) -> Decimal:
    """Return half of the last digit that a value is given or printed with: by so much rounding may have changed it.

    Nothing for whole numbers of people and things, which are counted and not rounded.
    """
    if series.unit.symbol in COUNTED and fact.value == fact.value.to_integral_value():
        return Decimal(0)
    exponent = fact.value.as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    if series.decimals is not None:
        digits = min(digits, series.decimals)
    return HALF.scaleb(-digits)
