"""Data chapters in the report's language: what each letter asks for, titles and choices."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdf
import pytest

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pipeline.build import build_report
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.localized_frameworks import translate_framework
from tests.support.report_folders import CASES, lay_out

FRAMEWORK = load_framework()
ANSWERS = """\
G4-10:
  d: All work in Leeds.
  e: {choice: a substantial part}
  f: None.
G4-3: Acme Holding plc.
"""
BY_THE_STANDARDS = """\
2-1: {a: Acme Holding plc.}
303-1: {a: Aus dem Fluss.}
"3-3:12.1": {c: Wir sparen.}
"""
SECTOR = """\
sector: coal
assessed_topics: [{topic: "12.5", influence: 2, impact: 3, reason: Keine Standorte}]
chapters: [chapters/matrix.md]"""


def build(folder: Path, language: str, added: str = "", words: str = "", answers: str = ANSWERS) -> str:
    """Return the text of a report with answers by letter, after an audit without failures."""
    lay_out(CASES / "valid" / "minimal", folder)
    for file in (folder / "disclosures").iterdir():
        file.unlink()
    (folder / "disclosures" / "answers.yaml").write_text(answers, "utf-8")
    if words:
        (folder / "words.yaml").write_text(words, "utf-8")
    report = folder / "report.yaml"
    text = report.read_text("utf-8").replace("language: en-GB", f"language: {language}")
    report.write_text(text + added, "utf-8")
    built = build_report(folder, folder / "out")
    assert built.value is not None, built.findings
    audited = audit_pdf_bytes(built.value.files[0]).value
    assert audited is not None
    assert [check.message for check in audited.checks if check.status is CheckStatus.FAIL] == []
    command = ["pdftotext", str(built.value.files[0]), "-"]
    return " ".join(subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())


def test_each_letter_says_what_it_asks_for(tmp_path: Path) -> None:
    text = build(tmp_path / "r", "en-GB")
    assert "d Workforce by region and gender All work in Leeds." in text
    assert "Significant variations in numbers, e.g. seasonal None." in text
    assert "G4-3 Name of the reporting organization Acme Holding plc." in text  # the title of a single letter says it


@pytest.mark.parametrize(
    ("language", "title", "letter", "choice"),
    [
        (
            "de-DE",
            "Belegschaft nach Art und Geschlecht",
            "Belegschaft nach Region und Geschlecht",
            "ein wesentlicher Teil",
        ),
        ("fr", "Effectifs par type et par sexe", "Effectif par région et par sexe", "une part importante"),
    ],
)
def test_titles_and_choices_are_in_the_reports_language(
    language: str, title: str, letter: str, choice: str, tmp_path: Path
) -> None:
    text = build(tmp_path / "r", language)
    assert f"G4-10 {title}" in text
    assert f"d {letter} All work in Leeds." in text
    assert choice in text
    assert "Workforce" not in text
    assert "substantial" not in text


def test_own_words_reach_titles_letters_and_choices(tmp_path: Path) -> None:
    own = 'titles:\n  G4-10: "Plantilla"\n  G4-10/d: "por región"\nchoices:\n  a substantial part: "una parte"\n'
    text = build(tmp_path / "r", "es", "words: words.yaml\n", own)
    assert "G4-10 Plantilla" in text
    assert "d Por región All work in Leeds." in text
    assert "una parte" in text
    assert "variations" not in text  # a letter without words in Spanish says nothing in English


@pytest.mark.parametrize(("language", "printed"), [("en-GB", "“well” and it’s"), ("de", "„well“ and it’s")])
def test_quotation_marks_are_those_of_the_language_if_asked_for(language: str, printed: str, tmp_path: Path) -> None:
    answers = ANSWERS.replace("None.", """'It went "well" and it''s `"code"`.'""")
    assert printed in build(tmp_path / "r", language, "typographic_quotes: true\n", answers=answers)
    assert '"well" and it\'s' in build(tmp_path / "s", language, answers=answers)


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


def test_traditional_chinese_is_not_printed_in_simplified_characters() -> None:
    for language, title in (("zh-CN", "水"), ("zh-TW", "Water")):
        assert translate_framework(FRAMEWORK, language).aspects["water"].display_name == title


def test_an_english_report_keeps_the_framework() -> None:
    assert translate_framework(FRAMEWORK, "en-US") is FRAMEWORK
