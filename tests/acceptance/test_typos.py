"""Typos in a real report: each gives one finding, at its line, with a help that helps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from gri_builder.pipeline.build import check_report
from tests.support.paths import ROOT, TESTS

HALDEN = ROOT / "report_data" / "halden-2015"
CASES = yaml.safe_load((TESTS / "cases" / "typos" / "halden-2015.yaml").read_text(encoding="utf-8"))

UNTOUCHED = check_report(HALDEN).findings
"""What is noted about the sample without a typo: columns of the index that nobody compared with the Guidelines."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_one_typo_one_finding(case: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "halden-2015"
    shutil.copytree(HALDEN, folder)
    file = folder / case["file"]
    text = file.read_text(encoding="utf-8")
    assert case["old"] in text, "the sample has changed: this typo has nothing to hit"
    position = text.index(case["old"])
    file.write_text(text.replace(case["old"], case["new"], 1), encoding="utf-8")
    known = {(finding.rule, finding.message) for finding in UNTOUCHED}
    findings = [each for each in check_report(folder).findings if (each.rule, each.message) not in known]
    shown = "\n".join(f"{f.where.file}:{f.where.line} {f.rule}: {f.message} | {f.hint}" for f in findings)
    assert [finding.rule for finding in findings] == [case["rule"]], shown
    (finding,) = findings
    assert (finding.where.file, finding.where.line) == (case["file"], text.count("\n", 0, position) + 1), shown
    assert finding.hint, shown
    assert case["help"] in f"{finding.message} {finding.hint}", shown
