"""What checks look things up in: the framework's metrics and rules, and the series of a report by metric."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from gri_builder.model.facts import Fact, Series, rounding_tolerance
from gri_builder.model.units import Unit
from gri_builder.resources.frameworks import schemas_folder
from gri_builder.resources.units import convert

ADDITIVE = frozenset({"energy", "mass", "volume", "area", "emissions", "headcount", "count", "currency", "time"})
"""Dimensions whose values add up over members."""


class Metric(Struct, frozen=True):
    """Something that the framework asks to be measured."""

    id: str
    title: str
    dimension: str
    asked_by: str
    signed: bool = False
    """Whether it may be negative."""
    whole: bool = False
    """Whether its members are all parts of one whole, so that their shares add to 100 %."""
    unbounded: bool = False
    """Whether a share of it may be over 100 %."""


class Balance(Struct, frozen=True):
    """A total that other metrics add up to."""

    total: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    why: str


class Ratio(Struct, frozen=True):
    """A metric that is one metric by another."""

    quotient: str
    of: tuple[str, ...]
    """Metrics of which one is divided."""
    per: tuple[str, ...]
    """Metrics of which one divides."""
    certain: bool
    """Whether it can be reckoned from nothing else, so that a difference is an error."""
    why: str


class Thresholds(Struct, frozen=True):
    """From where on a value needs a word."""

    year_on_year: Decimal
    """Change in per cent."""
    slips: tuple[Decimal, ...]
    """Factors between units that are taken for each other."""
    small_count: Decimal
    """Counts under which any change is usual."""


class Rules(Struct, frozen=True):
    """All that `cross_checks.json` says."""

    metrics: Mapping[str, Metric]
    balances: tuple[Balance, ...]
    quotients: tuple[Ratio, ...]
    doubts: Thresholds


@cache
def load_rules(framework: str) -> Rules:
    """Return the rules of a framework."""
    data = json.loads((schemas_folder() / framework / "cross_checks.json").read_text(encoding="utf-8"))
    metrics = (
        Metric(
            row["id"],
            row["title"],
            row["dimension"],
            row["asked_by"],
            row.get("signed", False),
            row.get("whole", False),
            row.get("unbounded", False),
        )
        for row in data["metrics"]
    )
    balances = (Balance(row["total"], tuple(row["plus"]), tuple(row["minus"]), row["why"]) for row in data["balances"])
    quotients = (
        Ratio(row["quotient"], tuple(row["of"]), tuple(row["per"]), row["certain"], row["why"])
        for row in data["quotients"]
    )
    doubts = data["doubts"]
    slips = tuple(map(Decimal, doubts["slips"]))
    limits = Thresholds(Decimal(doubts["year_on_year"]), slips, Decimal(doubts["small_count"]))
    return Rules({metric.id: metric for metric in metrics}, tuple(balances), tuple(quotients), limits)


class Total(NamedTuple):
    """What a series comes to in a period."""

    value: Decimal
    half: Decimal
    """By how much it may be off, as its values were rounded."""
    fact: Fact
    """The fact that a finding points at: the first of the period."""


class FactIndex(Struct, frozen=True):
    """The series of a report, with the rules that they are checked by."""

    rules: Rules
    limits: Thresholds
    series: Mapping[str, Series]

    def measuring(self, metric: str) -> list[Series]:
        """Return the series that measure a metric; those without dimensions first."""
        found = [one for one in self.series.values() if one.measures == metric and one.facts]
        return sorted(found, key=lambda one: len(one.dimensions))

    def metric(self, series: Series) -> Metric | None:
        """Return the metric that a series measures."""
        return self.rules.metrics.get(series.measures or "")

    def total(self, series: Series, period: str, unit: Unit) -> Total | None:
        """Return what a series comes to in a period, in a unit; None where a member has no value there."""
        facts = [fact for fact in series.facts if fact.period == period]
        members = {fact.members for fact in series.facts}
        if not facts or (series.dimensions and len(facts) < len(members)):
            return None
        values = [convert(fact.value, series.unit, unit) for fact in facts]
        halves = [convert(rounding_tolerance(series, fact), series.unit, unit) for fact in facts]
        if any(value is None for value in values):
            return None
        return Total(sum(filter(None, values), Decimal(0)), sum(filter(None, halves), Decimal(0)), facts[0])


def time_series(series: Series) -> Iterator[list[Fact]]:
    """Yield the facts of each combination of members, by period ascending; plain years only."""
    lines: dict[tuple[str, ...], list[Fact]] = {}
    for fact in series.facts:
        if fact.period.isdecimal():
            lines.setdefault(fact.members, []).append(fact)
    yield from (sorted(line, key=lambda fact: fact.period) for line in lines.values())
