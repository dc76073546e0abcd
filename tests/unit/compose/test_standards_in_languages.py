"""Reports by the GRI Standards in the report's language: their content index, with topics of a sector."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdf
import pytest

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pipeline.build import build_report
from tests.support.report_folders import CASES, lay_out

BY_THE_STANDARDS = """\
2-1: {a: Acme Holding plc.}
303-1: {a: Aus dem Fluss.}
"3-3:12.1": {c: Wir sparen.}
"""
SECTOR = """\
sector: coal
assessed_topics: [{topic: "12.5", influence: 2, impact: 3, reason: Keine Standorte}]
chapters: [chapters/matrix.md]"""
OF_THE_INDEX = {
    "de": (
        "GRI 1: Grundlagen 2021",
        "GRI 12: Kohlesektor 2022",
        "Die Organisation und ihre Berichterstattung 2-1 Wer die Organisation ist und wo sie tätig ist",
        "Wasser und Abwasser (nicht als wesentlich genannt) 303-1 Wasser als gemeinsam genutztes Gut",
        "12.5 Biodiversität Keine Standorte",
        "Themen der Branche",
        "Treibhausgasemissionen 3-3 Umgang mit jedem wesentlichen Thema",
    ),
    "fr": (
        "GRI 1 : Principes généraux 2021",
        "GRI 12 : Secteur du charbon 2022",
        "L’organisation et ses pratiques de reporting 2-1 Qui est l’organisation et où elle exerce ses activités",
        "Eau et effluents (non désigné comme pertinent) 303-1 L’eau, ressource partagée",
        "12.5 Biodiversité Keine Standorte",
        "Thèmes sectoriels",
        "Émissions de gaz à effet de serre 3-3 Gestion de chaque thème pertinent",
    ),
}
ENGLISH = ("Foundation", "Sector 2022", "Who the org", "Water", "Sector topics", "Biodiversity")


@pytest.mark.parametrize("language", OF_THE_INDEX)
def test_an_index_of_the_standards_is_in_the_reports_language(language: str, tmp_path: Path) -> None:
    folder = lay_out(CASES / "valid" / "used-numbers", tmp_path / "r")
    shutil.rmtree(folder / "chapters")
    (folder / "chapters").mkdir()
    (folder / "chapters" / "matrix.md").write_text("# Matrix\n\n::: matrix\n:::\n", "utf-8")
    (folder / "disclosures" / "answers.yaml").write_text(BY_THE_STANDARDS, "utf-8")
    report = folder / "report.yaml"
    text = report.read_text("utf-8").replace("en-GB", language).replace("option: none", "option: with-reference")
    text = text.replace("chapters: [chapters/story.md]", SECTOR)
    text = text.replace("aspect: energy, within", 'aspect: "12.1", reason')
    report.write_text(text, "utf-8")
    built = build_report(folder, tmp_path / "out")
    assert built.value is not None, built.findings
    audited = audit_pdf_bytes(built.value.files[0]).value
    assert audited is not None
    assert [check.message for check in audited.checks if check.status is CheckStatus.FAIL] == []
    pages = "\n".join(page.extract_text() for page in pypdf.PdfReader(built.value.files[0]).pages)
    printed = " ".join(pages.split())
    assert [expected for expected in OF_THE_INDEX[language] if expected not in printed] == []
    assert [english for english in ENGLISH if english in printed] == []
