"""Placeholders: whether `{{ … }}` selects a value that exists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from gri_builder.model.facts import Fact, Series
from gri_builder.model.periods.period import find_latest, find_previous_label, sort_periods
from gri_builder.model.placeholder import LATEST, Placeholder
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed
from gri_builder.resources.units import UnitTable, convert


class PlaceholderError(NamedTuple):
    """The reason why a placeholder selects no value."""

    rule: str
    message: str
    hint: str
    text: str
    """The part of the placeholder that is wrong."""


class SeriesIndex(Struct, frozen=True):
    """The facts of one series, by members and period."""

    series: Series
    periods: tuple[str, ...]
    """In ascending order."""
    members: tuple[tuple[str, ...], ...]
    """Members of each dimension, in alphabetical order."""
    facts: Mapping[tuple[str, ...], Mapping[str, Fact]]
    units: UnitTable

    def find_error(self, placeholder: Placeholder) -> PlaceholderError | None:
        """Return why a placeholder selects no value; None if it selects one."""
        if placeholder.field in ("unit", "title"):
            return None
        if placeholder.field in ("target", "progress"):
            return self._check_target(placeholder) or self._check_filters(placeholder)
        if not self.periods:
            return PlaceholderError(
                "unknown-period", f"'{self.series.id}' has no values", "add some in figures/", self.series.id
            )
        labels = [each for each in (placeholder.period, *placeholder.members) if each in (*self.periods, LATEST)]
        members = tuple(each for each in placeholder.members if each not in (*self.periods, LATEST))
        if placeholder.period and placeholder.period not in (*self.periods, LATEST):
            return self._no_period(placeholder.period, f"'{self.series.id}'", self.periods)
        problem = self._check_members(members) or self._check_filters(placeholder)
        return problem or self._check_value(labels[0] if labels else None, members, placeholder)

    def _check_target(self, placeholder: Placeholder) -> PlaceholderError | None:
        """Return why no target, or no progress towards it, can be printed."""
        id, periods = self.series.id, [target.period for target in self.series.targets]
        if not periods:
            hint = "add 'targets: [{period: 2020, value: …}]' to the series"
            return PlaceholderError("unknown-target", f"'{id}' has no target", hint, placeholder.field)
        if placeholder.period and placeholder.period not in periods:
            message = f"'{id}' has no target for {placeholder.period}"
            return PlaceholderError(
                "unknown-target", message, f"the targets are for {listed(periods, 'and')}", placeholder.period
            )
        return None

    def _check_filters(self, placeholder: Placeholder) -> PlaceholderError | None:
        """Return why a value can't be printed with the placeholder's filters."""
        unit = self.series.unit
        if placeholder.unit is None:
            return None
        wanted = self.units.find(placeholder.unit)
        if wanted is None:
            near = self.units.suggest(placeholder.unit, unit.dimension)
            hint = (
                f"did you mean {listed(f'{each!r}' for each in near)}?"
                if near
                else "schemas/units.json lists the units"
            )
            return PlaceholderError("unknown-unit", f"'{placeholder.unit}' is not a unit", hint, placeholder.unit)
        if convert(Decimal(1), unit, wanted) is None:
            message = f"'{unit.symbol}' of '{self.series.id}' can't be converted into '{wanted.symbol}'"
            hint = f"name a unit of the same kind, such as {unit.symbol}"
            return PlaceholderError("wrong-unit", message, hint, placeholder.unit)
        return None

    def _check_members(self, members: tuple[str, ...]) -> PlaceholderError | None:
        id, dimensions = self.series.id, self.series.dimensions
        if len(members) > len(dimensions):
            extra = members[len(dimensions)]
            by = f"broken down by {listed(dimensions, 'and')} only" if dimensions else "not broken down"
            hint = "name one member for each dimension" if dimensions else f"write {{{{ {id} }}}}"
            return PlaceholderError("unknown-member", f"'{id}' is {by}, so it has no member '{extra}'", hint, extra)
        for member, dimension, known in zip(members, dimensions, self.members, strict=False):
            if member not in known:
                nearest = find_nearest(member, known)
                hint = f"did you mean '{nearest}'?" if nearest else f"the members are {listed(known, 'and')}"
                return PlaceholderError("unknown-member", f"'{member}' is not a {dimension} of '{id}'", hint, member)
        if len(members) < len(dimensions):
            example = ", ".join(known[0] if known else "…" for known in self.members)
            message = f"'{id}' is broken down by {listed(dimensions, 'and')}; select one value"
            return PlaceholderError(
                "unknown-member", message, f"name its members, such as {{{{ {id}[{example}] }}}}", id
            )
        return None

    def _check_value(
        self, period: str | None, members: tuple[str, ...], placeholder: Placeholder
    ) -> PlaceholderError | None:
        facts, asked = self.facts.get(members, {}), placeholder.field
        what = f"'{self.series.id}'" + (f" ({', '.join(members)})" if members else "")
        if period is None and facts and self.series.own_period not in facts:
            return self._no_own_period(what, placeholder, members, facts)
        period = self.series.own_period if period is None else period
        if period == LATEST and LATEST not in facts:
            period = find_latest(facts)
        if period is None or period not in facts:
            return self._no_period(period, what, sort_periods(facts))
        previous = find_previous_label(period, self.periods)
        if asked in ("change", "difference") and previous not in facts:
            missing = f"'{previous}'" if previous else f"the period before '{period}'"
            hint = f"add that value, or write the {asked} in words"
            return PlaceholderError(
                "unknown-period",
                f"{what} has no value for {missing}, from which the {asked} is calculated",
                hint,
                asked,
            )
        return None

    def _no_own_period(
        self, what: str, placeholder: Placeholder, members: tuple[str, ...], facts: Mapping[str, Fact]
    ) -> PlaceholderError:
        """Return the error that a series has no value for the report's own period."""
        latest = find_latest(facts) or max(facts)
        selected = ", ".join((latest, *members))
        message = f"{what} has no value for the report's own period; the latest is of '{latest}'"
        id = self.series.id
        asked = re.sub(rf"^{id}(\[[^\]]*\])?", f"{id}[{selected}]", placeholder.source or id)
        hint = f"add the value in figures/; or ask for the older one, which the sentence should say: {{{{ {asked} }}}}"
        return PlaceholderError("missing-own-period", message, hint, self.series.id)

    def _no_period(self, period: str | None, what: str, known: tuple[str, ...] | list[str]) -> PlaceholderError:
        message = f"{what} has no value" + (f" for the period '{period}'" if period else "")
        hint = f"the values are for {listed(known, 'and')}" if known else "add the value in figures/"
        return PlaceholderError("unknown-period", message, hint, period or self.series.id)


def index_facts(series: Series, units: UnitTable) -> SeriesIndex:
    """Return an index of the facts of a series."""
    facts: dict[tuple[str, ...], dict[str, Fact]] = {}
    for fact in series.facts:
        facts.setdefault(fact.members, {})[fact.period] = fact
    levels = range(len(series.dimensions))
    members = tuple(tuple(sorted({key[level] for key in facts if len(key) > level})) for level in levels)
    return SeriesIndex(series, series.periods, members, facts, units)
