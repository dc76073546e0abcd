"""What rows of another program's index state beside pages, and what coverage and criteria make of it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.cli.main import main
from gri_builder.model.audit_result import AuditClaim, AuditResult, Check, CheckStatus
from gri_builder.model.coverage import Outcome, Status
from tests.support import index_pdfs
from tests.support.index_pdfs import LAYOUTS, Layout, make_pdf

ROWS = (
    ("G4-1", "Statement from the chair", "3", "", "No"),
    ("G4-3", "Name of the organization", "Fjord Foods AS", "", "No"),
    ("G4-9", "Scale of the organization", "4-5", "Net sales are confidential", "No"),
    ("G4-10", "Employees by contract and gender", "5, 6", "", "Yes, p. 7"),
    ("G4-17", "Entities in the statements", "TBC", "", "No"),
    ("G4-22", "Restatements", "Not applicable", "", "No"),
    ("G4-32", "Option and content index", "8", "", "No"),
    ("G4-DMA", "Energy", "6", "", "No"),
    ("G4-EN3", "Energy within the organization", "Not reported", "", "No"),
    ("G4-EN5", "Energy intensity", "6", "c: not measured yet", "Yes, p. 7"),
    ("G4-EN29", "Fines", "Nil", "", "No"),
    ("G4-LA6", "Injuries", "", "", "No"),
    ("G4-PR5", "Satisfaction of customers", "Not material", "", "No"),
)


@cache
def pdf() -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_pdfs, "ROWS", ROWS)
        return make_pdf()


@cache
def result() -> AuditResult:
    return audit(pdf())


def audit(data: bytes) -> AuditResult:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fjord.pdf"
        file.write_bytes(data)
        checked = audit_pdf_bytes(file)
    assert checked.value, checked.findings
    return checked.value


def claim(id: str) -> AuditClaim:
    return next(each for each in result().claims if each.id == id)


def check(rule: str, id: str) -> Check:
    return next(each for each in result().checks if each.rule == rule and each.id == id)


def test_what_is_omitted_answers_nothing() -> None:
    assert (claim("G4-EN3").omission, claim("G4-EN3").answer) == ("Not reported", "")
    assert claim("G4-EN3").omissions[0].reason == "not-reported"
    assert claim("G4-EN29").answer == "Nil"
    assert claim("G4-22").answer == "Not applicable"
    assert claim("G4-9").omissions[0].reason == "confidentiality-constraints"
    assert claim("G4-17").placeholder == "TBC"


def test_statuses_follow_from_omissions() -> None:
    coverage = result().coverage
    assert coverage
    status = {row.id: row.status for row in coverage.rows}
    assert status["G4-9"] is Status.PARTIAL
    assert status["G4-EN3"] is Status.MISSING
    assert status["G4-EN29"] is Status.COVERED
    assert {part for row in coverage.rows if row.id == "G4-EN5" for part in row.requirements} == set("abcd")
    assert "product-and-service-labeling" not in coverage.aspects


def test_rules_on_rows() -> None:
    assert check("placeholder-left", "G4-17").status is CheckStatus.FAIL
    assert check("row-empty", "G4-LA6").status is CheckStatus.FAIL
    assert check("row-empty", "G4-9").status is CheckStatus.PASS
    failed = check("omission", "G4-9")
    assert (failed.status, "'Net sales are confidential'" in failed.message) == (CheckStatus.FAIL, True)


def test_an_option_is_claimed_by_a_sentence() -> None:
    assert [(quote.page, quote.text) for quote in result().claimed_option_evidence] == [
        (2, "This report was prepared in accordance with the G4 Guidelines, Core option.")
    ]


def test_an_option_is_named_in_a_row() -> None:
    rows = tuple((code, title, "Core" if code == "G4-32" else page, *rest) for code, title, page, *rest in ROWS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_pdfs, "ROWS", rows)
        found = audit(make_pdf(Layout(claim="We follow the G4 Guidelines of the Global Reporting Initiative.")))
    assert found.claimed_option == "core"
    assert [(quote.page, quote.text) for quote in found.claimed_option_evidence] == [(8, "G4-32: Core")]


def test_options_that_differ_are_no_claim() -> None:
    found = audit(make_pdf(Layout(title="GRI G4 Content Index - Comprehensive option")))
    assert found.claimed_option is None
    assert [quote.page for quote in found.claimed_option_evidence] == [2, 8]
    message = next(finding.message for finding in found.findings if finding.rule == "option-differs")
    assert "'Core' on page 2" in message
    assert "'Comprehensive' on page 8" in message


def test_what_could_not_be_read_is_not_decided() -> None:
    rows = tuple((code, title, "990" if code == "G4-1" else page, *rest) for code, title, page, *rest in ROWS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_pdfs, "ROWS", rows)
        coverage = audit(make_pdf()).coverage
    assert coverage
    assert "G4-1" in coverage.unclear
    general = next(each for each in coverage.criteria if (each.option, each.criterion) == ("core", "general"))
    assert "G4-1" not in general.needs
    assert general.verdict is Outcome.OPEN
    assert "option-not-met" in {finding.rule for finding in coverage.findings}


def test_coverage_says_that_it_is_a_claim(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "fjord.pdf"
    file.write_bytes(pdf())
    assert main(["coverage", str(file), "--option", "core"]) == 1
    assert capsys.readouterr().out.startswith("What the organization claims in its content index")
    main(["coverage", str(file), "--format", "json"])
    assert json.loads(capsys.readouterr().out)["basis"] == "claims"
    main(["coverage", str(file), "--format", "csv"])
    first, second = capsys.readouterr().out.splitlines()[:2]
    assert first.lstrip("\ufeff").startswith("basis")
    assert second.startswith("claim of the organization")
    main(["coverage", str(file), "--format", "html"])
    assert "whether the pages answer it was not examined" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["plain"])
def test_nothing_claimed_meets_no_option(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "fjord.pdf"
    file.write_bytes(make_pdf(LAYOUTS[name], index=False, framework="We like our work."))
    assert main(["coverage", str(file), "--option", "core"]) == 1
    capsys.readouterr()
