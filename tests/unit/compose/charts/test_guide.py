"""The guide to charts: each of its examples is drawn as it is asked for."""

from __future__ import annotations

import re
import shutil

import pytest

from gri_builder.facts.charts.choice import choose_kind
from gri_builder.model.figures.chart import SERIES_CHART_KINDS
from gri_builder.model.figures.chart_request import read_chart_request
from gri_builder.model.report import Report
from gri_builder.model.rich_text import Directive
from tests.support.paths import ROOT
from tests.support.report_folders import MINIMAL, judge

GUIDE = (ROOT / "docs" / "guides" / "charts.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Return a report with the facts and charts of the guide; nothing is found about its charts."""
    folder = tmp_path_factory.mktemp("guide") / "report"
    shutil.copytree(MINIMAL, folder)
    data = [text for language, text in BLOCKS if language == "yaml"]
    (folder / "figures" / "guide.yaml").write_text(data[1], encoding="utf-8")
    chapter = next(path for path in sorted((folder / "chapters").iterdir()))
    charts = "\n".join(text for language, text in BLOCKS if language == "markdown")
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(f"{text}\n\n{charts}\n", encoding="utf-8")
    found, findings = judge(folder)
    about = [each for each in findings if each.rule.startswith(("chart-", "directive", "unknown-fact"))]
    assert not about
    assert found
    return found


def charts_of(report: Report) -> list[Directive]:
    """Return the charts of a report's chapters."""
    blocks = (block for chapter in report.chapters for block in chapter.prose.blocks)
    return [block for block in blocks if isinstance(block, Directive) and block.name == "chart"]


def test_examples_are_drawn_as_they_are_asked_for(report: Report) -> None:
    for directive in charts_of(report):
        if directive.arguments[0] in ("emissions", "energy", "intensity"):
            request = read_chart_request(directive.options, directive.where)
            choice = choose_kind([report.series[id] for id in directive.arguments], request)
            assert (choice.kind, choice.reason) == (request.kind, None), directive


def test_each_kind_has_an_example(report: Report) -> None:
    assert {directive.options.get("type") for directive in charts_of(report)} >= set(SERIES_CHART_KINDS)
