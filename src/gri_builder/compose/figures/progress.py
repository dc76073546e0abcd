"""Progress towards targets: how much of the way is gone, and how much should be by now.

The way that is expected is straight: from the end of the base period to that of the target's period, by way of interim
targets. Organizations report targets with base year, target year and progress (ISO 14064-1; GRI disclosures on goals).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.fact_values import find_fact
from gri_builder.compose.text.numbers import MISSING, format_number, format_percent
from gri_builder.model.facts import Fact, Series, Target
from gri_builder.model.periods.period import parse_period, sort_periods
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.model.placeholder import LATEST
from gri_builder.model.rich_text import FactReference

Status = Literal["reached", "ahead", "on-course", "behind", "away", "level", "unknown", ""]
"""How the progress compares with what is expected: 'away' is further from the target than the base was; 'level' a
target that equals the base value; 'unknown' one without a base value; '' where time does not tell what is expected."""


class Progress(Struct, frozen=True):
    """The progress of a series, or of one of its members, towards its last target."""

    series: Series
    target: Target
    status: Status
    base: Fact | None = None
    latest: Fact | None = None
    share: Decimal | None = None
    """Share of the way from base to target: 1 when reached; None where it can't be measured."""
    expected: Decimal | None = None
    """The share on a straight way, at the end of the latest value's period."""
    interim: tuple[tuple[Target, Decimal], ...] = ()
    """Earlier targets, each with its share of the way."""

    def name(self, context: ComposeContext) -> str:
        """Return the title of the series, with its members."""
        return context.join(self.series.title, *self.target.members)


def list_progress(context: ComposeContext, series: Series) -> list[Progress]:
    """Return the progress towards the last target of a series, and of each of its members with targets."""
    groups: dict[tuple[str, ...], list[Target]] = {}
    for target in series.targets:
        groups.setdefault(target.members, []).append(target)
    latest = {members: find_fact(series, LATEST, members) for members in groups}
    return [measure(context, series, targets, latest[members]) for members, targets in groups.items()]


def measure(context: ComposeContext, series: Series, targets: Sequence[Target], latest: Fact | None) -> Progress:
    """Return the progress towards the last of several targets for the same members, as of one value."""
    order = sort_periods({target.period for target in targets})
    *before, last = sorted(targets, key=lambda target: order.index(target.period))
    base = series.base_of(last)
    if base is None or latest is None:
        return Progress(series, last, "unknown", base, latest)
    way = last.value - base.value
    if not way:
        return Progress(series, last, _compare_level(series, last, latest), base, latest)
    share = (latest.value - base.value) / way
    interim = tuple((target, (target.value - base.value) / way) for target in before)
    expected = _expect(context, base, latest, [*interim, (last, Decimal(1))])
    return Progress(series, last, _compare(share, expected), base, latest, share, expected, interim)


def _expect(
    context: ComposeContext, base: Fact, latest: Fact, stations: Sequence[tuple[Target, Decimal]]
) -> Decimal | None:
    """Return the share of the way that is expected when the latest value's period ends; None if time is not clear."""
    years = ReportingYears(context.report.start, context.report.end)
    start, now = _end(base.period, years), _end(latest.period, years)
    ends = [(_end(target.period, years), share) for target, share in stations]
    known = [(end, share) for end, share in ends if end]
    if start is None or now is None or len(known) < len(ends):
        return None
    points = [(start, Decimal(0)), *known]
    for (first, low), (last, high) in pairwise(points):
        if first < last and now <= last:
            gone = max(0, (now - first).days)
            return low + (high - low) * gone / (last - first).days
    return Decimal(1)


def _end(label: str, years: ReportingYears) -> date | None:
    period = parse_period(label, years)
    return period.last if period else None


def to_percent(share: Decimal) -> Decimal:
    """Return a share in whole per cents, as it is printed."""
    return (share * 100).quantize(Decimal(1), ROUND_HALF_UP)


def _compare(share: Decimal, expected: Decimal | None) -> Status:
    """Return the status of a progress, by the whole per cents that are printed."""
    gone = to_percent(share)
    if share >= 1:
        return "reached"
    if gone < 0:
        return "away"
    if expected is None:
        return ""
    wanted = to_percent(expected)
    if gone == wanted:
        return "on-course"
    return "ahead" if gone > wanted else "behind"


def _compare_level(series: Series, target: Target, latest: Fact) -> Status:
    """Return the status of a target that equals its base value: to hold a level."""
    beyond = (latest.value < target.value) == (series.better == "lower")
    if latest.value == target.value or (series.better and beyond):
        return "reached"
    return "away" if series.better else "level"


def print_share(context: ComposeContext, found: Progress) -> tuple[str, FactReference | None]:
    """Return the share of the way that is gone, in whole per cents, and the facts that it is calculated from."""
    if found.share is None or found.base is None or found.latest is None:
        return MISSING, None
    return print_percent(context, found.share), FactReference((found.latest.key, found.base.key), "progress")


def print_percent(context: ComposeContext, share: Decimal) -> str:
    """Return a share in whole per cents."""
    return format_percent(format_number(to_percent(share), 0, context.locale), context.locale)
