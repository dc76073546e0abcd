"""PDFs that other programs made: their content index read, whatever it looks like, and judged."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.index_reading.codes import CodeReader
from gri_builder.model.audit_result import AuditClaim, AuditResult, CheckStatus
from gri_builder.resources.frameworks import load_framework
from tests.support import index_pdfs as index_pdfs
from tests.support.index_pdfs import LAYOUTS, Layout, make_pdf, make_spreads
from tests.support.paths import ROOT, TESTS

CASES = TESTS / "cases" / "audit"
CODES = yaml.safe_load((CASES / "codes.yaml").read_text(encoding="utf-8"))
KNOWN = ["G4-1", "G4-3", "G4-9", "G4-10", "G4-17", "G4-32", "G4-DMA:energy", "G4-EN3", "G4-EN5", "G4-LA6"]


@pytest.mark.parametrize("text", CODES)
def test_codes(text: str) -> None:
    found = [
        code.code + (f" ({' '.join(code.parts)})" if code.parts else "") + ("" if code.known else "?")
        for code in CodeReader(load_framework(), names_approach=True).find(text)
    ]
    assert found == CODES[text]


def audit(data: bytes, folder: Path) -> AuditResult:
    file = folder / "fjord.pdf"
    file.write_bytes(data)
    checked = audit_pdf_bytes(file)
    assert checked.value, checked.findings
    return checked.value


def claim_of(result: AuditResult, id: str) -> AuditClaim:
    return next(claim for claim in result.claims if claim.id == id)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_says_the_same(name: str, tmp_path: Path) -> None:
    result = audit(make_pdf(LAYOUTS[name]), tmp_path)
    assert (result.producer, result.recognized) == ("other", "gri-g4")
    assert result.claimed_option == ("comprehensive" if name == "comprehensive" else "core")
    assert [claim.id for claim in result.claims] == KNOWN
    assert [page.page for page in result.index_pages] == [8]
    assert claim_of(result, "G4-9").pages == (4, 5)
    assert claim_of(result, "G4-10").pages == (5, 6)
    assert claim_of(result, "G4-3").answer == "Fjord Foods AS"
    assert claim_of(result, "G4-17").references[0].outside
    assert claim_of(result, "G4-EN3").omission == "c: not measured yet"
    assert (claim_of(result, "G4-10").assured, claim_of(result, "G4-9").assured) == (True, False)


def test_the_checks_on_a_third_party_pdf(tmp_path: Path) -> None:
    result = audit(make_pdf(), tmp_path)
    ended = {(check.rule, check.id): check for check in result.checks}
    assert ended["page-exists", "G4-EN5"].message == "the PDF has no page '99'"
    assert ended["subject-on-page", "G4-EN3"].status is CheckStatus.PASS
    assert ended["subject-on-page", "G4-LA6"].status is CheckStatus.FAIL
    assert ended["reference-outside", "G4-17"].status is CheckStatus.SKIPPED
    assert ended["omission", "G4-EN3"].message == (
        "the omission of c does not count, as it does not say why, what is being done to obtain the data and "
        "when the data will be available: 'c: not measured yet'"
    )
    assert claim_of(result, "G4-EN3").omissions[0].reason == "information-unavailable"
    assert "G4-LA99" in next(f.message for f in result.findings if f.rule == "code-unknown")
    assert claim_of(result, "G4-EN3").assurance_page == 7
    assert "Energy consumption" in claim_of(result, "G4-EN3").evidence.text
    assert result.coverage
    assert "criterion" in {finding.rule for finding in result.findings}


def test_two_codes_in_one_cell_share_their_references(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (*index_pdfs.ROWS[:8], ("G4-EN5/\nG4-EN6", "Intensity and reduction", "6", "", "No"), *index_pdfs.ROWS[9:])
    monkeypatch.setattr(index_pdfs, "ROWS", rows)
    result = audit(make_pdf(), tmp_path)
    assert claim_of(result, "G4-EN5").pages == claim_of(result, "G4-EN6").pages == (6,)


def test_an_index_that_contradicts_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (*index_pdfs.ROWS[:10], ("G4-9", "Scale of the organization", "7", "", "No"))
    monkeypatch.setattr(index_pdfs, "ROWS", rows)
    result = audit(make_pdf(), tmp_path)
    assert [
        check.id for check in result.checks if check.rule == "listed-twice" and check.status is CheckStatus.FAIL
    ] == ["G4-9"]


@pytest.mark.parametrize(
    ("framework", "index", "seems", "rule", "severity"),
    [
        (
            "Prepared in accordance with the GRI Standards: Core option. GRI 102: General",
            False,
            "gri-2016",
            "no-index",
            "error",
        ),
        ("We report by the G3.1 guidelines, level B.", False, "gri-g3", "other-framework", "info"),
        ("We like our work.", False, None, "no-framework", "info"),
        ("In accordance with the GRI G4 Guidelines, Core option.", False, "gri-g4", "no-index", "error"),
    ],
)
def test_what_claims_nothing(
    framework: str, index: bool, seems: str | None, rule: str, severity: str, tmp_path: Path
) -> None:
    result = audit(make_pdf(Layout(), index, framework), tmp_path)
    assert (result.recognized, result.claims, result.coverage) == (seems, (), None)
    assert [(finding.rule, finding.severity) for finding in result.findings] == [(rule, severity)]


def test_the_sample_of_the_documentation_is_made_here() -> None:
    sample = ROOT / "docs" / "samples" / "fjord-foods-2015.pdf"
    assert sample.read_bytes() == make_pdf()


def test_spreads_hold_two_printed_pages(tmp_path: Path) -> None:
    result = audit(make_spreads(), tmp_path)
    assert [claim.id for claim in result.claims] == KNOWN
    assert [page.page for page in result.index_pages] == [4]
    assert claim_of(result, "G4-9").pages == (2, 3)
    assert claim_of(result, "G4-10").pages == (3,)
    assert claim_of(result, "G4-1").pages == (2,)
