"""Answers that report.yaml gives: `from: report.yaml` takes them over, in all frameworks, and the PDF audits clean."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdf
import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.model.audit_result import CheckStatus
from gri_builder.model.coverage import Status
from gri_builder.model.finding import Severity
from gri_builder.pipeline.build import build_report, check_report
from gri_builder.resources.frameworks import load_framework
from tests.support.paths import TESTS

CASES = TESTS / "cases" / "given"
PRINTED = {
    "gri-g4": [
        "G4-3 Name of the reporting organization a Acme Ltd",
        "G4-19 List of material Aspects a • Energy • Water",
        "a • Energy: both mills • Water: one mill",
        "G4-21 Aspect Boundaries outside the organization a • Energy: the dam",
        "G4-28 Reporting period covered a 2015",
        "G4-30 Reporting cycle frequency a once a year",
        "G4-31 Contact point for questions a sus@acme.example",
        "The content index is on page 7.",
        "EY, limited assurance, ISAE 3000 The assurance statement is on page 6.",
        "Our policy.",
    ],
    "gri-2016": [
        "Acme Ltd",
        "a • Energy • Water and Effluents",
        "a 2019",
        "a once a year",
        "a sus@acme.example",
        "The content index is on page 7.",
        "EY, limited assurance, ISAE 3000",
    ],
    "gri-2021": [
        "Acme Ltd",
        "2023 once a year",
        "31 May 2024",
        "sus@acme.example",
        "EY, limited assurance, ISAE 3000",
        "• Energy • Water and Effluents",
    ],
}


@pytest.mark.parametrize("framework", PRINTED)
def test_they_are_printed_and_audit_clean(framework: str, tmp_path: Path) -> None:
    built = build_report(CASES / framework, tmp_path)
    assert [finding for finding in built.findings if finding.severity is Severity.ERROR] == []
    assert built.value is not None
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(built.value.files[0]).pages).split())
    for expected in PRINTED[framework]:
        assert expected in text
    audited = audit_pdf(built.value.files[0]).value
    assert audited is not None
    assert [check for check in audited.checks if check.status is CheckStatus.FAIL] == []


@pytest.mark.parametrize("framework", PRINTED)
def test_each_letter_that_report_yaml_gives_counts_as_answered(framework: str, tmp_path: Path) -> None:
    built = build_report(CASES / framework, tmp_path)
    assert built.value is not None
    given = {
        (disclosure.code, each.part)
        for disclosure in load_framework(framework).disclosures.values()
        for each in disclosure.requirements
        if each.given
    }
    answered = {
        (row.id, letter)
        for row in built.value.coverage.rows
        for letter, status in row.requirements.items()
        if status is Status.COVERED
    }
    assert given - answered == set()


def test_a_change_of_report_yaml_changes_the_answers(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(CASES / "gri-g4", folder)
    file = folder / "report.yaml"
    file.write_text(file.read_text("utf-8").replace("Acme Ltd", "'Acme & Sons {a} <b>'"), "utf-8")
    built = build_report(folder, tmp_path / "out")
    assert built.value is not None
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(built.value.files[0]).pages)
    assert "Acme & Sons {a} <b>" in text


def test_what_report_yaml_does_not_say_has_a_finding(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(CASES / "gri-g4", folder)
    file = folder / "report.yaml"
    file.write_text(file.read_text("utf-8").replace(", contact: sus@acme.example", ""), "utf-8")
    (found,) = (each for each in check_report(folder).findings if each.severity is Severity.ERROR)
    assert (found.rule, found.where.file, found.where.line) == ("empty-answer", "disclosures/a.yaml", 7)
    assert found.hint == "add organization: {contact: …} to report.yaml, or write the answer here"
    assert build_report(folder, tmp_path / "out", draft=True).value is not None


def test_another_source_than_report_yaml_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(CASES / "gri-g4", folder)
    (folder / "disclosures" / "a.yaml").write_text("G4-3: {from: raport.yaml}\nG4-4: {from: report.yaml}\n", "utf-8")
    found = [each for each in check_report(folder).findings if each.severity is Severity.ERROR]
    assert [(each.rule, each.where.line) for each in found] == [("wrong-value", 1), ("unknown-key", 2)]
