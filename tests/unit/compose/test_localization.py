"""Data chapters in the report's language: what each letter asks for, titles and choices."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pipeline.build import build_report
from gri_builder.resources.frameworks import frameworks_folder, load_framework, schemas_folder
from gri_builder.resources.localized_frameworks import translate_framework
from gri_builder.validation.own_words import list_choices, list_titles
from tests.support.report_folders import CASES, lay_out

FRAMEWORK = load_framework()
ANSWERS = """\
G4-10:
  d: All work in Leeds.
  e: {choice: a substantial part}
  f: None.
G4-3: Acme Holding plc.
"""


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


@pytest.mark.parametrize("language", ["de", "fr"])
def test_translations_are_whole_and_of_known_things(language: str) -> None:
    file = frameworks_folder() / "gri-g4" / "translations" / f"{language}.json"
    data = json.loads(file.read_text("utf-8"))
    titles = list_titles(FRAMEWORK)
    assert set(data["titles"]) <= set(titles)
    assert set(data["requirements"]) <= {title for title in titles if "/" in title}
    assert sorted({*data["choices"], "Core", "Comprehensive"}) == sorted({*list_choices(FRAMEWORK)})
    general = {code for code in FRAMEWORK.disclosures if code.startswith("G4-")}
    sectors = {code for sector in FRAMEWORK.sectors.values() for code in sector.disclosures}
    assert general - sectors <= set(data["titles"])
    several = (each for each in FRAMEWORK.disclosures.values() if len(each.requirements) > 1)
    asked = {f"{each.code}/{one.part}" for each in several if each.code not in sectors for one in each.requirements}
    assert set(data["requirements"]) == asked
    assert all(text.strip() == text and text for part in ("titles", "choices") for text in data[part].values())


@pytest.mark.parametrize("language", ["es", "pt", "it", "nl", "pl", "sv", "ja", "zh"])
def test_titles_and_choices_are_whole_in_further_languages(language: str) -> None:
    """Own words, which say of themselves that no native speaker has read them."""
    file = frameworks_folder() / "gri-g4" / "translations" / f"{language}.json"
    data = json.loads(file.read_text("utf-8"))
    german = json.loads(file.with_name("de.json").read_text("utf-8"))
    assert list(data["titles"]) == list(german["titles"])
    assert list(data["choices"]) == list(german["choices"])
    texts = [*data["titles"].values(), *data["choices"].values()]
    assert all(text.strip() == text and text for text in texts)
    assert "no native speaker" in data["evidence"]
    codes = [title for id, title in data["titles"].items() if id.startswith("G4-")]
    assert len(set(codes)) == len(codes)


EUROPEAN = r"ómic|ónic|\bgéner|aspeto|contacto|governaç|rácio|comités|gestão de topo|laborai|controlo|ozono"
SPANISH = r"(?:ilidad|ción|ciones)\b|\b(?:y|los|las|del)\b"


def test_portuguese_is_brazilian_everywhere() -> None:
    """Messages say "arquivo" and "bilhões", so titles say "econômico" and "governança"."""
    files = [schemas_folder() / "messages" / "pt.json", *frameworks_folder().glob("*/translations/pt.json")]
    files += frameworks_folder().glob("*/words/pt.json")
    texts = [file.read_text("utf-8") for file in sorted(files)]
    statements = json.loads((schemas_folder() / "statements" / "omissions.json").read_text("utf-8"))
    assert [found for text in texts for found in re.findall(EUROPEAN, text, re.IGNORECASE)] == []
    assert [text for text in _texts_in("pt", statements) if re.search(SPANISH, text)] == []


def _texts_in(language: str, data: object) -> list[str]:
    """Return the texts of a language, wherever a file lists them by language."""
    if not isinstance(data, dict):
        return []
    found = [text for text in data.get(language, ()) if isinstance(text, str)]
    return found + [text for value in data.values() for text in _texts_in(language, value)]


def test_traditional_chinese_is_not_printed_in_simplified_characters() -> None:
    for language, title in (("zh-CN", "水"), ("zh-TW", "Water")):
        assert translate_framework(FRAMEWORK, language).aspects["water"].display_name == title


def test_an_english_report_keeps_the_framework() -> None:
    assert translate_framework(FRAMEWORK, "en-US") is FRAMEWORK
