"""Placeholders: whether `{{ … }}` picks a value that there is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from gri_builder.model.facts import Fact, Series
from gri_builder.model.finding_text import listed
from gri_builder.model.placeholder import Placeholder
from gri_builder.model.suggestions import find_nearest
from gri_builder.resources.units import convert, find_unit, suggest_units


class PlaceholderError(NamedTuple):
    """Why a placeholder picks no value."""

    rule: str
    message: str
    hint: str
    text: str
    """The part of the placeholder that is meant."""


class FactIndex(Struct, frozen=True):
    """The facts of one series, by members and period."""

    series: Series
    periods: tuple[str, ...]
    """Ascending."""
    members: tuple[tuple[str, ...], ...]
    """Members of each dimension, in alphabetical order."""
    facts: Mapping[tuple[str, ...], Mapping[str, Fact]]

    def judge(self, expression: Placeholder) -> PlaceholderError | None:
        """Return why an expression picks no value; None when it does."""
        if expression.field in ("unit", "title"):
            return None
        if expression.field in ("target", "progress"):
            return self._judge_target(expression) or self._judge_filters(expression)
        if not self.periods:
            return PlaceholderError(
                "unknown-period", f"'{self.series.id}' has no values", "add some in figures/", self.series.id
            )
        labels = [each for each in (expression.period, *expression.members) if each in self.periods]
        members = tuple(each for each in expression.members if each not in self.periods)
        if expression.period and expression.period not in self.periods:
            return self._no_period(expression.period, f"'{self.series.id}'", self.periods)
        fault = self._judge_members(members) or self._judge_filters(expression)
        return fault or self._judge_value(labels[0] if labels else None, members, expression.field)

    def _judge_target(self, expression: Placeholder) -> PlaceholderError | None:
        """Return why there is no target to print, or no progress towards it."""
        id, periods = self.series.id, [target.period for target in self.series.targets]
        if not periods:
            hint = "add 'targets: [{period: 2020, value: …}]' to the series"
            return PlaceholderError("unknown-target", f"'{id}' has no target", hint, expression.field)
        if expression.period and expression.period not in periods:
            message = f"'{id}' has no target for {expression.period}"
            return PlaceholderError(
                "unknown-target", message, f"there are targets for {listed(periods, 'and')}", expression.period
            )
        return None

    def _judge_filters(self, expression: Placeholder) -> PlaceholderError | None:
        """Return why a value can't be printed in the way that the filters say."""
        unit = self.series.unit
        if expression.unit is None:
            return None
        wanted = find_unit(expression.unit)
        if wanted is None:
            near = suggest_units(expression.unit, unit.dimension)
            hint = f"did you mean {listed(f'{each!r}' for each in near)}?" if near else "schemas/units.json lists them"
            return PlaceholderError("unknown-unit", f"'{expression.unit}' is not a unit", hint, expression.unit)
        if convert(Decimal(1), unit, wanted) is None:
            message = f"'{unit.symbol}' of '{self.series.id}' can't be converted into '{wanted.symbol}'"
            hint = f"name a unit of the same kind, such as {unit.symbol}"
            return PlaceholderError("wrong-unit", message, hint, expression.unit)
        return None

    def _judge_members(self, members: tuple[str, ...]) -> PlaceholderError | None:
        id, dimensions = self.series.id, self.series.dimensions
        if len(members) > len(dimensions):
            extra = members[len(dimensions)]
            by = f"by {listed(dimensions, 'and')} only" if dimensions else "by nothing"
            hint = "name one member for each dimension" if dimensions else f"write {{{{ {id} }}}}"
            return PlaceholderError("unknown-member", f"'{id}' is broken down {by}; '{extra}' is too much", hint, extra)
        for member, dimension, known in zip(members, dimensions, self.members, strict=False):
            if member not in known:
                nearest = find_nearest(member, known)
                hint = f"did you mean '{nearest}'?" if nearest else f"there are {listed(known, 'and')}"
                return PlaceholderError("unknown-member", f"'{member}' is not a {dimension} of '{id}'", hint, member)
        if len(members) < len(dimensions):
            example = ", ".join(known[0] if known else "…" for known in self.members)
            message = f"'{id}' is broken down by {listed(dimensions, 'and')}; one value must be picked"
            return PlaceholderError(
                "unknown-member", message, f"name its members, such as {{{{ {id}[{example}] }}}}", id
            )
        return None

    def _judge_value(self, period: str | None, members: tuple[str, ...], asked: str) -> PlaceholderError | None:
        facts = self.facts.get(members, {})
        what = f"'{self.series.id}'" + (f" ({', '.join(members)})" if members else "")
        if period is None and facts:
            period = max(facts)
        if period is None or period not in facts:
            return self._no_period(period, what, sorted(facts))
        earlier = [each for each in self.periods if each < period]
        if asked in ("change", "difference") and (not earlier or earlier[-1] not in facts):
            missing = f"'{earlier[-1]}'" if earlier else f"a period before '{period}'"
            hint = "add that value, or say it in words"
            return PlaceholderError(
                "unknown-period", f"{what} has no value for {missing}, to tell the {asked}", hint, asked
            )
        return None

    def _no_period(self, period: str | None, what: str, known: tuple[str, ...] | list[str]) -> PlaceholderError:
        message = f"{what} has no value" + (f" for the period '{period}'" if period else "")
        hint = f"there are values for {listed(known, 'and')}" if known else "add the value in figures/"
        return PlaceholderError("unknown-period", message, hint, period or self.series.id)


def index_facts(series: Series) -> FactIndex:
    """Return the facts of a series for looking up."""
    facts: dict[tuple[str, ...], dict[str, Fact]] = {}
    for fact in series.facts:
        facts.setdefault(fact.members, {})[fact.period] = fact
    levels = range(len(series.dimensions))
    members = tuple(tuple(sorted({key[level] for key in facts if len(key) > level})) for level in levels)
    return FactIndex(series, series.periods, members, facts)
