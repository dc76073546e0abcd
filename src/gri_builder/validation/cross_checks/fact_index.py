"""Cross-check rules of a framework, and the fact series of a report by the metric that they measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import msgspec
from msgspec import Struct

from gri_builder.model.facts import Fact, Series, rounding_tolerance
from gri_builder.model.periods.period import period_key
from gri_builder.model.units import Unit
from gri_builder.resources.frameworks import frameworks_folder
from gri_builder.resources.units import convert

ADDITIVE = frozenset({"energy", "mass", "volume", "area", "emissions", "headcount", "count", "currency", "time"})
"""Dimensions whose values can be added over members."""


class Metric(Struct, frozen=True):
    """A quantity that a disclosure of the framework asks for."""

    id: str
    title: str
    dimension: str
    asked_by: str
    """Disclosure and letter, e.g. 'CODE/a'."""
    signed: bool = False
    """Whether it may be negative."""
    whole: bool = False
    """Whether its members are the parts of one whole, so that their shares add up to 100 %."""
    unbounded: bool = False
    """Whether a share of it may exceed 100 %."""


class Balance(Struct, frozen=True):
    """A total, and the metrics that it is the sum of."""

    total: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    why: str


class Ratio(Struct, frozen=True):
    """A metric that is one metric divided by another."""

    ratio: str
    numerators: tuple[str, ...]
    """Metrics of which one is divided."""
    denominators: tuple[str, ...]
    """Metrics of which one is the divisor."""
    certain: bool
    """Whether no other calculation is possible, so that a difference is an error."""
    why: str


class Thresholds(Struct, frozen=True):
    """Thresholds above which a value requires an explanation."""

    year_on_year: Decimal
    """Change in per cent."""
    unit_factors: tuple[Decimal, ...]
    """Factors between units that are often confused."""
    small_count: Decimal
    """Counts below this may change by any factor."""


class Rules(Struct, frozen=True):
    """The content of a framework's `cross_checks.json`."""

    metrics: tuple[Metric, ...]
    balances: tuple[Balance, ...]
    ratios: tuple[Ratio, ...]
    thresholds: Thresholds


@cache
def load_rules(framework: str) -> Rules:
    """Return the rules of a framework."""
    return msgspec.json.decode((frameworks_folder() / framework / "cross_checks.json").read_bytes(), type=Rules)


class Total(NamedTuple):
    """The total of a series in a period."""

    value: Decimal
    tolerance: Decimal
    """Largest difference that the rounding of its values explains."""
    fact: Fact
    """The fact for a finding to point at: the first of the period."""


class FactIndex(Struct, frozen=True):
    """The series of a report, with the rules that they are checked by."""

    rules: Rules
    thresholds: Thresholds
    metrics: Mapping[str, Metric]
    series: Mapping[str, Series]

    def measuring(self, metric: str) -> list[Series]:
        """Return the series that measure a metric; those without dimensions first."""
        found = [one for one in self.series.values() if one.measures == metric and one.facts]
        return sorted(found, key=lambda one: len(one.dimensions))

    def metric(self, series: Series) -> Metric | None:
        """Return the metric that a series measures."""
        return self.metrics.get(series.measures or "")

    def total(self, series: Series, period: str, unit: Unit) -> Total | None:
        """Return the total of a series in a period, in a unit; None if a member has no value for the period."""
        facts = [fact for fact in series.facts if fact.period == period]
        members = {fact.members for fact in series.facts}
        if not facts or (series.dimensions and len(facts) < len(members)):
            return None
        values = [convert(fact.value, series.unit, unit) for fact in facts]
        tolerances = [convert(rounding_tolerance(series, fact), series.unit, unit) for fact in facts]
        if any(value is None for value in values):
            return None
        return Total(sum(filter(None, values), Decimal(0)), sum(filter(None, tolerances), Decimal(0)), facts[0])


def time_series(series: Series) -> Iterator[list[Fact]]:
    """Yield the facts of each combination of members, by period ascending; plain years only."""
    by_members: dict[tuple[str, ...], list[Fact]] = {}
    for fact in series.facts:
        if fact.period.isdecimal():
            by_members.setdefault(fact.members, []).append(fact)
    yield from (sorted(facts, key=lambda fact: period_key(fact.period)) for facts in by_members.values())
