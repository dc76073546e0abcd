"""The cross-checks of a report's facts, and the explanations that resolve their findings.

The framework's `cross_checks.json` defines its metrics and their relationships; the modules here define the kinds of
checks. An inconsistent value is an error, an implausible one a warning; a named person's explanation resolves either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from gri_builder.model.facts import Explanation, Series
from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.suggestions import suggest
from gri_builder.validation.cross_checks.fact_index import FactIndex, load_rules
from gri_builder.validation.cross_checks.plausibility import CrossCheckResult
from gri_builder.validation.cross_checks.ranges import check_ranges, check_signs
from gri_builder.validation.cross_checks.ratios import check_ratios
from gri_builder.validation.cross_checks.sums import check_balances, check_breakdowns, check_shares
from gri_builder.validation.cross_checks.time_series import (
    find_exact_100_percent,
    find_jumps,
    find_unit_errors,
    find_zeros,
)

CHECKS = (
    check_breakdowns,
    check_balances,
    check_shares,
    check_ratios,
    check_ranges,
    check_signs,
    find_unit_errors,
    find_jumps,
    find_zeros,
    find_exact_100_percent,
)


def metric_ids(framework: str) -> tuple[str, ...]:
    """Return the ids of the metrics that a series may measure."""
    return tuple(metric.id for metric in load_rules(framework).metrics)


def check_metrics(framework: str, series: Iterable[Series]) -> Iterator[Finding]:
    """Yield a finding for each series that measures a metric that the framework does not have."""
    known = metric_ids(framework)
    for one in series:
        if one.measures is not None and one.measures not in known:
            message = f"'{one.measures}' is not a metric of the framework"
            hint = suggest(one.measures, known) or f"the metrics are {', '.join(known)}"
            yield error("unknown-metric", message, one.where, hint)


def check_facts(
    framework: str,
    series: Mapping[str, Series],
    explanations: Sequence[Explanation] = (),
    year_on_year: Decimal | None = None,
) -> list[Finding]:
    """Return what is inconsistent or implausible about the facts and not explained.

    `year_on_year` is the change in per cent above which a value requires an explanation; None for the framework's.
    """
    rules = load_rules(framework)
    thresholds = rules.thresholds
    if year_on_year is not None:
        thresholds = replace(thresholds, year_on_year=year_on_year)
    index = FactIndex(rules, thresholds, {metric.id: metric for metric in rules.metrics}, series)
    results = [result for check in CHECKS for result in check(index)]
    values = {fact.key: fact.value for one in series.values() for fact in one.facts}
    return list(_apply_explanations(results, explanations, values))


def _apply_explanations(
    results: Iterable[CrossCheckResult], explanations: Sequence[Explanation], values: Mapping[str, Decimal]
) -> Iterator[Finding]:
    """Yield the findings that nobody explained, and the explanations that are stale or that nothing needs."""
    by_fact = {(each.rule, each.fact): each for each in explanations}
    used: set[tuple[str, str]] = set()
    for fact, finding in results:
        explanation = by_fact.get((finding.rule, fact))
        if explanation is None:
            yield finding
            continue
        used.add((finding.rule, fact))
        if values.get(fact) != explanation.value:
            yield finding
            message = f"the explanation of {fact} is for {explanation.value}, but the value is {values[fact]}"
            hint = "check the new value, and explain it; or remove the explanation"
            yield warning("stale-explanation", message, explanation.where, hint)
    for key, explanation in by_fact.items():
        if key not in used:
            message = f"no finding about {explanation.fact} needs the explanation '{explanation.rule}'"
            hint = "remove it, or correct its rule or period"
            yield warning("unneeded-explanation", message, explanation.where, hint)
