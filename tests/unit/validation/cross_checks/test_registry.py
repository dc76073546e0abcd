"""Cross-checks: inconsistent and implausible values are found, consistent reports have no findings."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from gri_builder.model.facts import Explanation, Fact, Series
from gri_builder.model.finding import Finding
from gri_builder.model.units import Unit
from gri_builder.resources.frameworks import framework_ids, load_framework
from gri_builder.resources.units import find_unit, units_of
from gri_builder.validation.cross_checks import registry as crosscheck
from gri_builder.validation.cross_checks.fact_index import load_rules
from gri_builder.validation.cross_checks.registry import check_facts, metric_ids
from tests.support.made_reports import HERE, series
from tests.support.paths import ROOT, TESTS

CASES = yaml.safe_load((TESTS / "cases" / "crosscheck" / "cases.yaml").read_text("utf-8"))


def exact(values: Any) -> Any:
    """Return values with their digits, and labels as texts."""
    if isinstance(values, dict):
        return {str(key): exact(value) for key, value in values.items()}
    return Decimal(str(values))


def make(described: dict[str, Any]) -> dict[str, Series]:
    made = {}
    for id, row in described.items():
        more = {key: row[key] for key in ("measures", "note", "method") if key in row}
        made[id] = series(id, unit(row["unit"]), exact(row["values"]), tuple(row.get("by", ())), **more)
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


@pytest.mark.parametrize("id", framework_ids())
def test_metrics_are_those_of_the_framework(id: str) -> None:
    framework = load_framework(id)
    for metric in load_rules(id).metrics:
        code, _, part = metric.asked_by.partition("/")
        disclosure = framework.disclosure(code)
        assert disclosure and part in disclosure.parts, metric.id
        assert metric.dimension == "intensity" or units_of(metric.dimension), metric.id
    for balance in load_rules(id).balances:
        assert {balance.total, *balance.plus, *balance.minus} <= set(metric_ids(id))
    for ratio in load_rules(id).ratios:
        assert {ratio.ratio, *ratio.numerators, *ratio.denominators} <= set(metric_ids(id))


def test_the_hint_is_an_explanation_that_answers() -> None:
    values = {"North, upper": {"2014": 100, "2015": 900}, "South": {"2014": 100, "2015": 105}}
    one = series("waste", unit("t"), values, ("Region",))
    (finding,) = check_facts("gri-g4", {"waste": one})
    assert finding.hint
    listed = yaml.safe_load(finding.hint.partition("say why: ")[2])["explanations"]
    assert listed == [
        {
            "rule": "year-on-year-jump",
            "period": 2015,
            "members": ["North, upper"],
            "value": 900,
            "because": "…",
            "by": "…",
        }
    ]
    answer = Explanation("year-on-year-jump", "waste[2015, North, upper]", Decimal(900), "A new pit", "Waste", HERE)
    assert check_facts("gri-g4", {"waste": one}, [answer]) == []


METRICS = (("energy-total", "GJ"), ("waste", "t"), ("employees", "headcount"), ("water-withdrawn", "m3"))
YEARS = ("2013", "2014", "2015")


def clean_series(dice: random.Random) -> dict[str, Series]:
    """Return totals with breakdowns, a balance, shares and an intensity that fit together, and change a little."""
    made: dict[str, Series] = {}
    for metric, symbol in METRICS:
        bases = [dice.randint(2000, 90000) for _ in range(4)]
        values = {
            f"Member {n}": {year: Decimal(round(base * dice.uniform(0.92, 1.08))) for year in YEARS}
            for n, base in enumerate(bases)
        }
        totals = {year: Decimal(sum(row[year] for row in values.values())) for year in YEARS}
        made[f"{metric}-total"] = series(f"{metric}-total", unit(symbol), totals, measures=metric)
        made[f"{metric}-parts"] = series(f"{metric}-parts", unit(symbol), values, ("kind",), measures=metric)
    made |= clean_value(dice) | clean_shares(made["employees-parts"], made["employees-total"])
    energy, staff = by_year(made["energy-total-total"]), by_year(made["employees-total"])
    ratio = {year: round(energy[year] / staff[year], 4) for year in YEARS}
    made["intensity"] = series("intensity", unit("GJ/employee"), ratio, measures="energy-intensity")
    return made


def clean_value(dice: random.Random) -> dict[str, Series]:
    generated = {year: Decimal(round(6100 * dice.uniform(0.95, 1.05))) / 10 for year in YEARS}
    retained = {year: Decimal(round(500 * dice.uniform(0.9, 1.1))) / 10 for year in YEARS}
    rows = {"generated": generated, "distributed": {y: generated[y] - retained[y] for y in YEARS}, "retained": retained}
    return {
        f"value-{name}": series(f"value-{name}", unit("EUR million"), row, measures=f"value-{name}")
        for name, row in rows.items()
    }


def clean_shares(parts: Series, total: Series) -> dict[str, Series]:
    whole = by_year(total)
    members = dict.fromkeys(fact.members[0] for fact in parts.facts)
    values = {
        member: {f.period: round(f.value / whole[f.period] * 100, 1) for f in parts.facts if f.members == (member,)}
        for member in members
    }
    return {"shares": series("shares", unit("%"), values, ("kind",), measures="employees-share")}


def by_year(one: Series) -> dict[str, Decimal]:
    return {fact.period: fact.value for fact in one.facts}


def unit(symbol: str) -> Unit:
    found = find_unit(symbol)
    assert found
    return found


def plant(dice: random.Random, made: dict[str, Series]) -> tuple[str, str, dict[str, Series]]:
    """Return what kind of error it is, in which series, and all series with it."""
    id = dice.choice(sorted(made))
    one = made[id]
    place = dice.randrange(len(one.facts))
    fact = one.facts[place]
    kind, value = dice.choice(
        [
            ("digit", fact.value + dice.choice((1000, -1000, 900, 90))),
            ("percent", fact.value * Decimal("1.03")),
            ("unit", fact.value * dice.choice((Decimal("3.6"), Decimal(1000), Decimal("0.001")))),
            ("sign", -fact.value),
            ("zero", Decimal(0)),
            ("transposed", Decimal(re.sub(r"(\d)(\d)", r"\2\1", str(fact.value), count=1))),
        ]
    )
    if value == fact.value:
        return plant(dice, made)
    facts: list[Fact] = [*one.facts[:place], replace(fact, value=value), *one.facts[place + 1 :]]
    return kind, id, {**made, id: replace(one, facts=tuple(facts))}


def test_planted_errors_are_found_and_clean_reports_are_left_alone() -> None:
    dice = random.Random(2013)
    missed, alarms = [], []
    for _ in range(300):
        made = clean_series(dice)
        alarms += [finding.message for finding in check_facts("gri-g4", made)]
        kind, id, wrong = plant(dice, made)
        if not any(about(finding, id) for finding in check_facts("gri-g4", wrong)):
            missed.append((kind, id))
    assert len(missed) <= 15, missed
    assert len(alarms) < 15, alarms


def about(finding: Finding, id: str) -> bool:
    """Whether a finding names the series."""
    return f"'{id}'" in finding.message or f"{id}[" in finding.message


PAGE = (ROOT / "docs" / "reference" / "cross-checks.md").read_text("utf-8")


def test_the_page_names_every_rule_and_metric() -> None:
    modules = sorted(Path(crosscheck.__file__).parent.glob("*.py"))
    calls = re.compile(r"\b(?:inconsistent|implausible|unexplained|warning)\(\s*\"([a-z0-9-]+)\"")
    rules = {rule for module in modules for rule in calls.findall(module.read_text("utf-8"))}
    assert len(rules) > 12
    assert {rule for rule in rules if f"`{rule}`" not in PAGE} == set()
    rows = [f"| `{metric.id}` | {metric.title} | {metric.asked_by}" for metric in load_rules("gri-g4").metrics]
    assert [row for row in rows if row not in PAGE] == []
