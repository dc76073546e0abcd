"""Cross-checks: what is false is found, what is doubtful is asked about, and what is fine is left alone."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from gri_builder.crosscheck import check_facts, metric_ids
from gri_builder.crosscheck.book import load_rules
from gri_builder.finding import Finding
from gri_builder.framework import load_framework
from gri_builder.report import Explanation, Fact, Series
from gri_builder.unit import find_unit, units_of
from tests.made_reports import HERE, series

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "crosscheck" / "cases.yaml").read_text("utf-8"))


def exact(values: Any) -> Any:
    """Return values with their digits, and labels as texts."""
    if isinstance(values, dict):
        return {str(key): exact(value) for key, value in values.items()}
    return Decimal(str(values))


def make(described: dict[str, Any]) -> dict[str, Series]:
    made = {}
    for id, row in described.items():
        more = {key: row[key] for key in ("measures", "note", "method") if key in row}
        unit = find_unit(row["unit"])
        assert unit
        made[id] = series(id, unit, exact(row["values"]), tuple(row.get("by", ())), **more)
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    made = make(case["series"])
    explanations = [
        Explanation(rule, fact, Decimal(value), "It was a wet year", "Head of Water", HERE)
        for rule, fact, value in case.get("explanations", ())
    ]
    limit = case.get("year_on_year")
    found = check_facts("gri-g4", made, explanations, None if limit is None else Decimal(limit))
    assert [fact_of(finding, made) for finding in found] == case["found"]
    for finding in found:
        assert finding.hint
        assert not finding.message.endswith(".")


def fact_of(finding: Finding, made: dict[str, Series]) -> str:
    """Return rule and fact: the one that the message names, else the first of the series' period that it names."""
    named = re.search(r"([a-z0-9-]+\[[^\]]+\])", finding.message)
    if named:
        return f"{finding.rule} {named[1]}"
    ids = re.findall(r"'([a-z0-9-]+)'", finding.message)
    period = re.search(r"\b(20\d\d)\b", finding.message)
    assert period
    fact = next(fact for fact in made[ids[0]].facts if fact.period == period[1])
    return f"{finding.rule} {fact.key}"


def test_metrics_are_those_of_the_framework() -> None:
    framework = load_framework()
    for metric in load_rules("gri-g4").metrics.values():
        code, _, part = metric.asked_by.partition("/")
        disclosure = framework.disclosure(code)
        assert disclosure and part in disclosure.parts, metric.id
        assert metric.dimension == "intensity" or units_of(metric.dimension), metric.id
    for balance in load_rules("gri-g4").balances:
        assert {balance.total, *balance.plus, *balance.minus} <= set(metric_ids("gri-g4"))


METRICS = (("energy-total", "GJ"), ("waste", "t"), ("employees", "headcount"), ("water-withdrawn", "m3"))
YEARS = ("2013", "2014", "2015")


def clean_series(dice: random.Random) -> dict[str, Series]:
    """Return totals with breakdowns that fit together, and change a little from year to year."""
    made: dict[str, Series] = {}
    for metric, symbol in METRICS:
        unit = find_unit(symbol)
        assert unit
        bases = [dice.randint(2000, 90000) for _ in range(4)]
        values = {
            f"Member {n}": {year: Decimal(round(base * dice.uniform(0.92, 1.08))) for year in YEARS}
            for n, base in enumerate(bases)
        }
        totals = {year: sum(row[year] for row in values.values()) for year in YEARS}
        made[f"{metric}-total"] = series(f"{metric}-total", unit, totals, measures=metric)
        made[f"{metric}-parts"] = series(f"{metric}-parts", unit, values, ("kind",), measures=metric)
    return made


def plant(dice: random.Random, made: dict[str, Series]) -> tuple[str, dict[str, Series]]:
    """Return the series with one error, and what kind of error it is."""
    id = dice.choice(sorted(made))
    one = made[id]
    place = dice.randrange(len(one.facts))
    fact = one.facts[place]
    kind, value = dice.choice(
        [
            ("digit", fact.value + dice.choice((1000, -1000, 900, 90))),
            ("unit", fact.value * dice.choice((Decimal("3.6"), Decimal(1000), Decimal("0.001")))),
            ("sign", -fact.value),
            ("zero", Decimal(0)),
            ("transposed", Decimal(str(fact.value)[1] + str(fact.value)[0] + str(fact.value)[2:])),
        ]
    )
    if value == fact.value:
        return plant(dice, made)
    facts: list[Fact] = [*one.facts[:place], replace(fact, value=value), *one.facts[place + 1 :]]
    return kind, {**made, id: replace(one, facts=tuple(facts))}


def test_planted_errors_are_found_and_clean_reports_are_left_alone() -> None:
    dice = random.Random(2013)
    missed, alarms = [], 0
    for number in range(300):
        made = clean_series(dice)
        alarms += bool(check_facts("gri-g4", made)) if number % 3 == 0 else 0
        kind, wrong = plant(dice, made)
        if not check_facts("gri-g4", wrong):
            missed.append(kind)
    assert len(missed) <= 15, missed
    assert alarms < 5
