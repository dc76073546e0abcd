"""Cross-checks: what must hold between the facts of a report, and what about them needs a word.

Which metrics there are and how they hang together stands in `cross_checks.json` of the framework; here are the kinds
of checks. What is arithmetically false is an error, what is doubtful a warning; a named explanation answers either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from gri_builder.model.facts import Explanation, Series
from gri_builder.model.finding import Finding, warning
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
    return tuple(load_rules(framework).metrics)


def check_facts(
    framework: str,
    series: Mapping[str, Series],
    explanations: Sequence[Explanation] = (),
    year_on_year: Decimal | None = None,
) -> list[Finding]:
    """Return what is wrong or doubtful about the facts, and not explained.

    `year_on_year` is the change in per cent from which on a value needs a word; the framework's where it is None.
    """
    rules = load_rules(framework)
    limits = rules.doubts if year_on_year is None else replace(rules.doubts, year_on_year=year_on_year)
    book = FactIndex(rules, limits, series)
    doubts = [doubt for check in CHECKS for doubt in check(book)]
    return list(_answer(doubts, explanations, {fact.key: fact.value for one in series.values() for fact in one.facts}))


def _answer(
    doubts: Iterable[CrossCheckResult], explanations: Sequence[Explanation], values: Mapping[str, Decimal]
) -> Iterator[Finding]:
    """Yield the findings of doubts that nobody explained, and of explanations that are out of place."""
    answers = {(each.rule, each.fact): each for each in explanations}
    used: set[tuple[str, str]] = set()
    for doubt in doubts:
        answer = answers.get((doubt.finding.rule, doubt.fact))
        if answer is None:
            yield doubt.finding
            continue
        used.add((answer.rule, answer.fact))
        if values.get(answer.fact) == answer.value:
            continue
        yield doubt.finding
        message = f"the explanation of {answer.fact} is for {answer.value}, but the value is {values[answer.fact]}"
        hint = "look at the new value, and explain that, or take the explanation out"
        yield warning("stale-explanation", message, answer.where, hint)
    for key, answer in answers.items():
        if key not in used:
            message = f"nothing about {answer.fact} needs the explanation '{answer.rule}'"
            yield warning("unneeded-explanation", message, answer.where, "take it out; or correct its rule or period")
