"""Reports by the GRI Standards in other languages: titles in the language, and PDFs that audit clean."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdf
import pytest

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pipeline.build import build_report
from gri_builder.resources.frameworks import frameworks_folder, load_framework
from tests.support.paths import CASES

FILES = sorted((frameworks_folder() / "gri-2021" / "translations").glob("*.json"))
LANGUAGES = [file.stem for file in FILES if file.stem not in ("ja", "zh")]
"""Languages whose letters the shipped fonts have."""
TEXT = "\n\n".join(["2 x 2 = 4. " * 40] * 6)
CODES = [
    "2-1",
    "2-7",
    "3-1",
    "3-2",
    "302-1",
    "304-1",
    "3-3:energy",
    "3-3:biodiversity",
    "3-3:12.5",
    "12.2.4",
    "12.20.5",
]
REPORT = """\
format: 1
framework: gri-2021
name: r
title: Acme
organization: {name: Acme}
period: {start: 2023-01-01, end: 2023-12-31}
published: 2024-05-31
option: none
sector: coal
assurance: none
chapters: [chapters/own.md]
material_aspects: [{aspect: energy}, {aspect: biodiversity}, {aspect: "12.2"}, {aspect: "12.5"}, {aspect: "12.20"}]
"""


def write_report(folder: Path, language: str) -> Path:
    """Write a report on two topics of one name, 'Biodiversity', with a heading that is a code."""
    for name in ("chapters", "disclosures"):
        (folder / name).mkdir(parents=True)
    (folder / "report.yaml").write_text(f"{REPORT}language: {language}\n", "utf-8")
    (folder / "chapters" / "own.md").write_text("# 3-3\n\n2 x 2 = 4.\n", "utf-8")
    answers = {code: {"text": TEXT} for code in CODES}
    (folder / "disclosures" / "answers.yaml").write_text(json.dumps(answers), "utf-8")
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_are_in_the_reports_language_and_its_pdf_audits_clean(language: str, tmp_path: Path) -> None:
    built = build_report(write_report(tmp_path / "r", language), tmp_path / "out")
    assert built.value is not None, built.findings
    pdf = built.value.files[0]
    titles = json.loads((FILES[0].parent / f"{language}.json").read_text("utf-8"))["titles"]
    rows = {row["id"]: row for row in json.loads(pdf.with_name("r.index.json").read_text("utf-8"))["rows"]}
    assert set(rows) >= set(CODES)
    assert all(rows[id]["title"] == titles[id.partition(":")[0]] for id in CODES)
    printed = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages).split())
    framework = load_framework("gri-2021")
    for id in ("2-7", "302-1", "12.2.4"):
        assert framework.disclosures[id].title not in printed
    for id in ("energy", "12.20", "activities-and-workers", "material-topics", "environmental", "sector"):
        assert titles[id] in printed
    audited = audit_pdf_bytes(pdf).value
    assert audited is not None
    assert [check.message for check in audited.checks if check.status is CheckStatus.FAIL] == []


def test_the_mark_of_a_draft_is_in_a_font_that_has_its_letters(tmp_path: Path) -> None:
    """The bundled fonts have no Japanese; the draft's first word is printed large behind the text."""
    folder = tmp_path / "r"
    shutil.copytree(CASES / "languages" / "ja" / "report", folder)
    built = build_report(folder, tmp_path / "out", draft=True)
    assert built.value is not None, built.findings
    fonts: dict[str, str] = {}

    def note(text: str, _matrix: object, _place: object, font: dict[str, str] | None, _size: float) -> None:
        fonts[text.strip()] = font["/BaseFont"] if font else ""

    pypdf.PdfReader(built.value.files[0]).pages[3].extract_text(visitor_text=note)
    marks = {text: font for text, font in fonts.items() if text.startswith("草稿")}
    assert {"草稿", "草稿：未記入の回答があります"} <= set(marks)
    assert all("Fira" not in font for font in marks.values())
