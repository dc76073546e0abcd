"""The findings of an untouched `init` folder: each at its stub, counted by file, and filtered by rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from gri_builder.cli.main import main
from gri_builder.model.rule import Stage
from gri_builder.pipeline.build import load_and_check
from gri_builder.reporters.findings.grouped import MISSING
from gri_builder.resources.rules import load_rules


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert main(["init", str(tmp_path / "acme-2015"), "--aspect", "energy"]) == 0
    return tmp_path / "acme-2015"


def test_each_missing_answer_points_at_its_stub(folder: Path) -> None:
    findings = [each for each in load_and_check(folder).findings if each.disclosure]
    assert len(findings) == 32
    for finding in findings:
        assert finding.where.line
        line = (folder / finding.where.file).read_text("utf-8").splitlines()[finding.where.line - 1]
        assert line == f"# {finding.disclosure}:"


def test_without_a_stub_it_points_at_the_file(folder: Path) -> None:
    (folder / "disclosures" / "governance.yaml").unlink()
    places = {each.disclosure: each.where for each in load_and_check(folder).findings}
    assert (places["G4-34"].file, places["G4-34"].line) == ("disclosures/governance.yaml", None)


def test_filters_change_only_what_is_printed(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(folder), "--select", "option-not-met,missing-indicator"]) == 1
    shown = capfd.readouterr()
    assert shown.out.count("error[") == 2
    assert "39 errors; 37 of them not shown" in shown.err
    assert main(["validate", str(folder), "--ignore", "missing-disclosure", "--summary"]) == 1
    assert "1  missing-management-approach: 1 error" in capfd.readouterr().out
    assert main(["validate", str(folder), "--select", "missing-disclosur"]) == 2
    assert "did you mean 'missing-disclosure'?" in capfd.readouterr().err


def test_faults_come_first(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with (folder / "report.yaml").open("a", encoding="utf-8") as file:
        file.write("subtitel: x\n")
    main(["validate", str(folder)])
    out = capfd.readouterr().out
    assert out.startswith("report.yaml:") and "error[unknown-key]" in out.splitlines()[0]
    assert "disclosures/governance.yaml: 1 missing" in out


def test_what_is_missing_are_the_rules_of_coverage() -> None:
    assert {rule.id for rule in load_rules().values() if rule.stage is Stage.COVERAGE} == MISSING - {"to-fill-in"}
