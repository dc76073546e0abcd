"""Charts of answers: a kind alone, or the options of a directive."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.model.report import Figures
from tests.support.report_folders import CASES, judge


def ask(folder: Path, chart: str) -> tuple[ChartRequest | None, list[tuple[str, str | None]]]:
    """Return the request that an answer with a chart holds, and the rules and hints of findings about it."""
    shutil.copytree(CASES / "valid" / "kinds", folder)
    answers = folder / "disclosures" / "answers.yaml"
    text = answers.read_text(encoding="utf-8")
    answers.write_text(
        re.sub(r"\{figure: energy-total\}", f"{{figure: energy-total, chart: {chart}}}", text), encoding="utf-8"
    )
    report, findings = judge(folder)
    about = [(found.rule, found.hint) for found in findings if found.where.file.endswith("answers.yaml")]
    figures = report.answers["G4-EN3"].parts["e"][0] if report and "e" in report.answers["G4-EN3"].parts else None
    request = figures.chart if isinstance(figures, Figures) else None
    return replace(request, where=None) if request else None, about


@pytest.mark.parametrize(
    ("chart", "request_"),
    [
        ("bar", ChartRequest("bar")),
        ("{type: line}", ChartRequest("line")),
        ("{years: 2, labels: ends}", ChartRequest(latest=2, labelled="ends")),
        ("{type: line, axis: zero, sort: data}", ChartRequest("line", axis="zero", sort="data")),
        ("{target: false}", ChartRequest()),
    ],
)
def test_a_chart_is_a_kind_or_options(tmp_path: Path, chart: str, request_: ChartRequest) -> None:
    assert ask(tmp_path / "report", chart) == (request_, [])


def test_names_of_a_list_may_hold_commas(tmp_path: Path) -> None:
    request, _ = ask(tmp_path / "report", '{highlight: ["Gas, natural", 2015], base-year: 2005, target: true}')
    assert request == ChartRequest(highlighted=("Gas, natural", "2015"), base_period="2005", shows_target=True)


@pytest.mark.parametrize(
    ("chart", "rule", "hint"),
    [
        ("pie", "wrong-value", "did you mean 'donut'?"),
        ("{type: column}", "wrong-value", "did you mean 'bar'?"),
        ("{typ: bar}", "unknown-key", "did you mean 'type'?"),
        ("{years: 0}", "wrong-value", ""),
        ("[bar]", "wrong-type", ""),
    ],
)
def test_other_values_are_found(tmp_path: Path, chart: str, rule: str, hint: str) -> None:
    _, about = ask(tmp_path / "report", chart)
    assert any(found == rule and hint in (said or "") for found, said in about), about


@pytest.mark.parametrize(
    ("chart", "written"),
    [
        ("{type: bar, years: 99}", "leave 'years' out"),
        ("{type: bar, sort: name}", "leave 'sort' out"),
        ("{type: bar, axis: broken}", "delete 'axis=broken'"),
        ("{type: line, target: true}", "add the target"),
        ("{type: line, base-year: 1900}", "the periods are"),
        ("{type: line, highlight: Nowhere}", "write one of"),
        ("donut", "write 'lying' if you agree"),
    ],
)
def test_what_has_no_effect_is_found(tmp_path: Path, chart: str, written: str) -> None:
    request, about = ask(tmp_path / "report", chart)
    assert request
    assert [written in (hint or "") for rule, hint in about if rule.startswith("chart-")] == [True], about
