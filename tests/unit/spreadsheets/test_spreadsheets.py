"""Tables of people: each variation of a sheet is read right, or gives a finding that says what is wrong with it."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from gri_builder.model.finding import Finding, Severity
from gri_builder.reporters.findings.text import name_place
from tests.support.paths import TESTS
from tests.support.report_folders import MINIMAL, judge
from tests.support.workbooks import DAMAGES, change_cells, make_workbook

CROSS_CHECKS = {
    "year-on-year-jump",
    "negative-value",
    "zero-value",
    "unit-error",
    "exact-100-percent",
    "shares-near-100",
}
"""Doubts about values that are read right; they have cases of their own."""
CASES = TESTS / "cases" / "sheets"


def load_cases() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Return name, description and variation of each case."""
    found = []
    for file in sorted(CASES.glob("*.yaml")):
        base = yaml.safe_load(file.read_text("utf-8"))
        for variation in base["variations"]:
            found.append((f"{file.stem}: {variation['name']}", base, variation))
    return found


ALL = load_cases()


def lay_out(base: dict[str, Any], variation: dict[str, Any], folder: Path) -> Path:
    """Make the report folder of a variation."""
    shutil.copytree(MINIMAL, folder)
    figures = variation.get("figures", base["figures"])
    for old, new in variation.get("replace", {}).items():
        assert old in figures, f"{old} does not stand in the figures"
        figures = figures.replace(old, new)
    (folder / "figures" / "table.yaml").write_text(figures, "utf-8")
    if period := variation.get("period", base.get("period")):
        report = folder / "report.yaml"
        text = re.sub(r"^period:.*", f"period: {period}", report.read_text("utf-8"), flags=re.MULTILINE)
        report.write_text(text, "utf-8")
    if "sheets" in base:
        _lay_out_workbook(base, variation, folder)
    for name, text in {**base.get("files", {}), **variation.get("files", {})}.items():
        for old, new in variation.get("edit", {}).items():
            assert old in text, f"{old} does not stand in {name}"
            text = text.replace(old, new, 1)
        text = text.replace("\n", variation.get("newline", "\n"))
        (folder / name).write_bytes(text.encode(variation.get("encoding", "utf-8")))
    return folder


def _lay_out_workbook(base: dict[str, Any], variation: dict[str, Any], folder: Path) -> None:
    first = next(iter(base["sheets"]))
    sheets = {**base["sheets"], **variation.get("sheets", {})}
    sheets[first] = change_cells(sheets[first], variation.get("cells", {}))
    looks = ("hide_rows", "flat_rows", "hide_columns", "merge", "state", "filter")
    sheets[first] |= {key: variation[key] for key in looks if key in variation}
    data = make_workbook(sheets, variation.get("program", "xlsxwriter"))
    if "damage" in variation:
        data = DAMAGES[variation["damage"]](data)
    (folder / variation.get("file", base["file"])).write_bytes(data)


def shown(finding: Finding) -> str:
    """Return a finding as the cases state it."""
    return f"{name_place(finding.where)} {finding.rule}"


def values_of(report: Any, series: str) -> dict[str, Decimal]:
    found = report.series.get(series)
    return {fact.key.removeprefix(series): fact.value for fact in found.facts} if found else {}


@pytest.mark.parametrize(("name", "base", "variation"), ALL, ids=[name for name, _, _ in ALL])
def test_variation(name: str, base: dict[str, Any], variation: dict[str, Any], tmp_path: Path) -> None:
    report, findings = judge(lay_out(base, variation, tmp_path / "report"))
    findings = tuple(finding for finding in findings if finding.rule not in CROSS_CHECKS)
    assert [shown(finding) for finding in findings] == variation.get("findings", [])
    assert all(finding.hint for finding in findings)
    if not any(finding.severity is Severity.ERROR for finding in findings):
        assert report
        for series, facts in variation.get("facts", base["facts"]).items():
            truth = {key: Decimal(str(value)) for key, value in facts.items()}
            assert values_of(report, series) == truth


def test_there_are_variations_enough() -> None:
    assert len(ALL) >= 50
