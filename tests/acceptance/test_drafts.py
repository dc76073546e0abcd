"""Drafts: what a text refers to and the report does not have yet is a marked gap on the page, and a warning."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pypdf
import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.model.audit_result import CheckStatus
from gri_builder.model.finding import Severity
from gri_builder.pipeline.build import build_report
from tests.support.paths import TESTS

GAPS = TESTS / "cases" / "drafts" / "gaps"
EXPECTED = {
    *("energy[2012]", "water", "water.change", "late", "#G4-EN6", "#outlook", "images/wheel.jpg", "energy", "fuel"),
    "visits[2015]",
    *("G4-EN5", "visitors"),
}
"""Names of the gaps of the draft; 'energy' has no target."""
FOUND = {
    *("missing-file", "missing-image", "no-answer", "unknown-anchor", "unknown-fact", "unknown-period"),
    "unknown-target",
}


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = build_report(GAPS, tmp_path_factory.mktemp("draft"), draft=True)
    assert {finding.severity for finding in built.findings} == {Severity.WARNING}
    # what is missing leaves the last page of a chapter nearly empty
    assert {finding.rule for finding in built.findings} == {*FOUND, "thin-ending"}
    assert built.value is not None
    return built.value.files[0]


def test_each_gap_is_marked_with_its_name(draft: Path) -> None:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(draft).pages)
    marked = {re.sub(r"\s", "", name) for name in re.findall(r"\[([^\s:]+): missing\]", " ".join(text.split()))}
    assert marked == EXPECTED


def test_what_is_there_is_printed(draft: Path) -> None:
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(draft).pages).split())
    assert "We used 2,097 GJ, after [energy[2012]: missing]" in text
    assert "The new wheel" in text


def test_a_draft_audits_clean(draft: Path) -> None:
    result = audit_pdf(draft).value
    assert result is not None
    assert [check.rule for check in result.checks if check.status is CheckStatus.FAIL] == []


def test_a_frame_is_drawn_for_a_missing_picture(draft: Path) -> None:
    """Its element is a figure with the author's alternative text, and the frame is red."""
    reader = pypdf.PdfReader(io.BytesIO(draft.read_bytes()))
    content = b" ".join(page.get_contents().get_data() for page in reader.pages)  # type: ignore[union-attr]
    assert content.count(b"0.722 0.102 0.102 RG") >= 2


def test_a_final_version_is_refused(tmp_path: Path) -> None:
    built = build_report(GAPS, tmp_path)
    assert built.value is None
    assert {finding.rule for finding in built.findings if finding.severity is Severity.ERROR} == FOUND
    assert list(tmp_path.iterdir()) == []


def test_other_errors_stop_a_draft(tmp_path: Path) -> None:
    folder = tmp_path / "gaps"
    shutil.copytree(GAPS, folder)
    figures = folder / "figures" / "energy.yaml"
    figures.write_text(figures.read_text("utf-8").replace("unit: GJ", "unit: GJJ", 1), "utf-8")
    built = build_report(folder, tmp_path / "out", draft=True)
    assert built.value is None
    assert "unknown-unit" in {finding.rule for finding in built.findings if finding.severity is Severity.ERROR}
