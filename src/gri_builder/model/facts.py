"""Facts: values of metrics, each for one period, with their origin."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, get_args

from msgspec import Struct, field

from gri_builder.model.finding import Location
from gri_builder.model.periods.period import find_latest, find_previous_label, sort_periods
from gri_builder.model.sign_off.approval import Approval
from gri_builder.model.units import Unit

FactStatus = Literal["measured", "estimated", "restated"]
"""How a value was obtained: measured, estimated, or changed since an earlier report published it."""
FACT_STATUSES: tuple[FactStatus, ...] = get_args(FactStatus)


AdjustmentKind = Literal["correction", "below", "negative", "ignored", "currency"]
"""Why a cell counts as another number than its text states by itself."""


class CellAdjustment(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What the text of a cell counts as, by the description of its series."""

    kind: AdjustmentKind
    text: str
    """Text in the file; of the first cell, where there are several."""
    value: str
    """What it counts as."""
    cell: str
    """The first such cell, e.g. 'D17', also of a CSV file."""
    mark: str | None = None
    """What was left out of the text, e.g. '*' or 'EUR'."""
    reason: str | None = None
    """Reason that the description states."""
    cells: int = 1
    """Number of cells."""


class Pulled(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A query of a warehouse, whose result is kept in the report folder."""

    source: str
    """Connection and table, or the connection of a query in SQL."""
    engine: str
    query: str
    """The SQL that the warehouse ran."""
    time: str
    """When, in UTC, such as 2016-02-01T08:30:00Z."""
    rows: int
    """Rows of the warehouse that the result was made of."""
    content: str
    """Hash of the rows of the result, in hexadecimal."""


class Origin(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Origin of a value: its place in a source file, or the calculation that derived it."""

    file: str
    """Path in the report folder."""
    sha256: str
    """Hash of the file's bytes, in hexadecimal."""
    sheet: str | None = None
    cell: str | None = None
    """Cell of a spreadsheet, e.g. 'D17'; None for a line of a text file or for several rows."""
    line: int | None = None
    """Line of a YAML or CSV file, from 1."""
    formula: str | None = None
    """Formula of the cell as stored in the workbook, e.g. '=SUM(D4:D16)'."""
    query: str | None = None
    """SQL that calculated the value from the rows of the file."""
    rows: int | None = None
    """Number of rows of the file that the value was calculated from."""
    inputs: tuple[str, ...] = field(default=(), name="of")
    """Keys of the facts that it was calculated from, in the order of the formula."""
    source_value: str | None = field(default=None, name="given")
    """Value and unit in the source, if it was converted, e.g. '1204 MWh'."""
    encoding: str | None = None
    """Encoding of the file, where it is not UTF-8."""
    adjustments: tuple[CellAdjustment, ...] = field(default=(), name="adjusted")
    """Cells that count as another number than their text states."""
    pulled: Pulled | None = None
    """Where the rows of the file are from, if they were pulled from a warehouse."""


class Restatement(Struct, frozen=True):
    """A change of a value that an earlier report published."""

    before: Decimal
    """The value as published before, in the unit of the series."""
    reason: str
    where: Location


class Target(Struct, frozen=True):
    """A target value."""

    period: str
    """Label of the period by which it should be reached, e.g. '2020'."""
    value: Decimal
    where: Location
    base: str | None = None
    """Label of the period that progress is measured from; None for the first of the series."""
    members: tuple[str, ...] = ()
    note: str | None = None


class Explanation(Struct, frozen=True):
    """A named person's explanation of a value that a cross-check questions; it expires when the value changes."""

    rule: str
    """Rule of the finding that it explains."""
    fact: str
    """Key of the fact that it is about."""
    value: Decimal
    """The value that was explained, in the unit of the series."""
    text: str
    by: str
    """Name of the responsible person."""
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
    """Where the value comes from; None only in tests."""
    restated: Restatement | None = None
    digits: int | None = None
    """Digits after the decimal sign that its source shows, if fewer or more than the value has."""
    named: tuple[str, ...] | None = None
    """Its members as the data names them, where `members` are what an edition in another language prints."""
    written: str | None = None
    """Its period as the data labels it, where `period` is what an edition in another language prints."""

    @property
    def key(self) -> str:
        """Its key in placeholders, data and trace, the same in every language: 'women[2015, Norway]'."""
        return f"{self.metric}[{', '.join((self.written or self.period, *(self.named or self.members)))}]"


Direction = Literal["lower", "higher"]
"""Which change of a value is an improvement."""
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)


class Series(Struct, frozen=True, dict=True):
    """The facts of one metric over periods and dimensions."""

    id: str
    title: str
    unit: Unit
    facts: tuple[Fact, ...]
    where: Location
    dimensions: tuple[str, ...] = ()
    """Names of its dimensions, e.g. 'Gender'."""
    decimals: int | None = None
    """Digits printed after the decimal sign; None prints each value with the digits of the source."""
    significant: int | None = None
    """Significant digits to print if `decimals` is None."""
    measures: str | None = None
    """Id of the framework's metric that it reports, which selects its cross-checks."""
    targets: tuple[Target, ...] = ()
    better: Direction | None = None
    """Which change of its values is an improvement; None where changes are not judged."""
    source: str | None = None
    method: str | None = None
    boundary: str | None = None
    owner: str | None = None
    due: date | None = None
    """Day by which the owner gives the values of this report."""
    approved: Approval | None = None
    note: str | None = None
    own_period: str | None = None
    """Label of the report's own period; None where it has no value for it."""
    labels: Mapping[str, str] = {}
    """What an edition in another language prints for members, by their names in the data."""

    @property
    def periods(self) -> tuple[str, ...]:
        """Labels of its periods, in the order of time."""
        return sort_periods({fact.period for fact in self.facts})

    @cached_property
    def _facts(self) -> Mapping[tuple[str, tuple[str, ...]], Fact]:
        """The first fact of each period and members."""
        return {(fact.period, fact.members): fact for fact in reversed(self.facts)}

    @cached_property
    def _labels(self) -> frozenset[str]:
        """Labels of its periods."""
        return frozenset(fact.period for fact in self.facts)

    @property
    def latest_period(self) -> str | None:
        """Label of its latest period that is no target, forecast or budget."""
        return find_latest({fact.period for fact in self.facts})

    def latest(self, members: tuple[str, ...] = ()) -> Fact | None:
        """Return the latest fact of some members that is no target, forecast or budget."""
        label = find_latest({fact.period for fact in self.facts if fact.members == members})
        return self.value(label, members) if label is not None else None

    def previous(self, fact: Fact) -> Fact | None:
        """Return the fact of the period directly before, for the same members; None where that is missing."""
        label = find_previous_label(fact.period, self._labels)
        return self.value(label, fact.members) if label is not None else None

    def base_of(self, target: Target) -> Fact | None:
        """Return the fact that progress towards a target is measured from: of its base period, else the first one."""
        if target.base is not None:
            return self.value(target.base, target.members)
        found = (self.value(period, target.members) for period in self.periods)
        return next((fact for fact in found if fact), None)

    def value(self, period: str, members: tuple[str, ...] = ()) -> Fact | None:
        """Return the fact of that period and those members; None if it does not exist."""
        return self._facts.get((period, members))


class CollectedValue(Struct, frozen=True):
    """A value that a data owner returned in a workbook."""

    series: str
    """Id of its series."""
    period: str
    members: tuple[str, ...]
    value: Decimal
    unit: str
    """Symbol of the unit in which it was returned."""
    file: str
    """Path of the workbook in the report folder."""
    sha256: str
    """Hash of the workbook's bytes when the value was collected."""
    cell: str
    sheet: str | None = None
    """None for a CSV file."""
    status: FactStatus = "measured"
    typed: str | None = None
    """What the cell holds, where it is not the plain number: '1 204,5 MWh'."""
    formula: str | None = None
    note: str | None = None
    """What its owner wrote beside it; it is not printed."""
    owner: str | None = None
    """Who returned it."""
    listed: Location | None = None
    """Its entry in figures/collected/; None before it is written."""

    @property
    def key(self) -> str:
        """Key of the fact, as in trace: 'women[2015, Norway]'."""
        return f"{self.series}[{', '.join((self.period, *self.members))}]"

    @property
    def where(self) -> Location:
        """Its cell."""
        return Location(self.file, sheet=self.sheet, cell=self.cell)


WantedFrom = Literal["values", "from", "aggregate", "query"]
"""Where a missing value is to come from: typed in the series itself, a cell of a table, or the rows of a file."""


class WantedFact(Struct, frozen=True):
    """A fact that a series asks for in the report's own period and has no value of."""

    series: str
    """Id of its series."""
    title: str
    """Title of its series."""
    period: str
    """Label of the report's own period, as the series writes its periods."""
    dimensions: tuple[str, ...]
    members: tuple[str, ...]
    """One member for each dimension; empty as well where a series has not named its members yet."""
    unit: Unit
    where: Location
    """Location of its series."""
    wanted_from: WantedFrom = "values"
    owner: str | None = None
    """Who is asked for it."""
    due: date | None = None
    """Day by which it is asked for."""
    before: Fact | None = None
    """The value of the period before, such as last year's."""
    note: str | None = None
    """What the series says about its values: the method, else the note."""
    files: tuple[str, ...] = ()
    """The files that the series names, as written, where it takes its values from files."""

    named: tuple[str, ...] | None = None
    """Its members as the data names them, where `members` are what an edition in another language prints."""
    written: str | None = None
    """Its period as the data labels it, where `period` is what an edition in another language prints."""

    @property
    def key(self) -> str:
        """Its key, as that of a fact: 'women[2015, Norway]'."""
        return f"{self.series}[{', '.join((self.written or self.period, *(self.named or self.members)))}]"

    @property
    def are_members_known(self) -> bool:
        """Whether its members are named; if not, it means all members of a series without any value."""
        return len(self.members) == len(self.dimensions)


HALF = Decimal("0.5")
COUNTED = ("headcount", "persons", "count")


def rounding_tolerance(series: Series, fact: Fact) -> Decimal:
    """Return half a unit of the last digit given or printed: the largest change by rounding.

    0 for whole numbers of people and things, which are counted and not rounded.
    """
    if series.unit.symbol in COUNTED and fact.value == fact.value.to_integral_value():
        return Decimal(0)
    exponent = fact.value.as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    printed = fact.digits if series.decimals is None else series.decimals
    if printed is not None:
        digits = min(digits, printed)
    return HALF.scaleb(-digits)
