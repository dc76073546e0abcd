"""Six small reports in German, French, Arabic, Hebrew, Hindi and Japanese: without findings, and audited clean."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pipeline.build import build_report
from tests.judges.test_foreign import assert_accessible
from tests.support.page_geometry import find_faults
from tests.support.paths import TESTS

LANGUAGES = TESTS / "cases" / "languages"
TAGS = ("ar", "de", "fr", "he", "hi", "ja")
RIGHT_TO_LEFT = ("ar", "he")
PHRASES = {
    "ar": ("تعيش واحتنا على الماء قبل أي شيء آخر", "المحتويات", "الجدول 1", "نبذة عن المنظمة"),
    "de": ("Die Abwärme der Öfen heizt jetzt auch die Läden.", "Inhalt", "Tabelle 1"),
    "fr": ("Le feu coûte cher", "Sommaire", "Tableau 1"),
    "he": ("המספרים לא תמיד החמיאו לנו", "תוכן העניינים", "טבלה 1", "פרופיל הארגון"),
    "hi": ("बिना कीटनाशक की कपास", "विषय-सूची", "तालिका 1", "संगठन का परिचय"),
    "ja": ("和紙は水でできています", "目次", "表1", "組織の概要"),
}
"""Texts of the author and of the program that readers must find."""


@pytest.fixture(scope="module", params=TAGS)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    tag = str(request.param)
    built = build_report(LANGUAGES / tag / "report", tmp_path_factory.mktemp(tag))
    assert [str(finding) for finding in built.findings] == []
    assert built.value is not None
    return tag, built.value.files[0]


def test_it_audits_clean(report: tuple[str, Path]) -> None:
    result = audit_pdf(report[1]).value
    assert result is not None
    assert [check.rule for check in result.checks if check.status is CheckStatus.FAIL] == []


def test_no_page_is_empty_and_no_text_lies_over_another(report: tuple[str, Path]) -> None:
    """Vowel signs of Arabic are set over their letters, which counts for text over text."""
    faults = find_faults(report[1].read_bytes())
    assert [fault for fault in faults if not re.search("[\u064b-\u0652]", fault)] == []


def test_it_meets_both_standards(report: tuple[str, Path], tmp_path: Path) -> None:
    assert_accessible(report[1].read_bytes(), tmp_path)


def test_readers_find_its_words(report: tuple[str, Path]) -> None:
    """What `pdftotext` extracts holds the words in the order in which they are read."""
    tag, file = report
    run = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True)
    text = _plain(run.stdout.decode("utf-8"))
    assert [phrase for phrase in PHRASES[tag] if _plain(phrase) not in text] == []


def _plain(text: str) -> str:
    """Return a text without spaces, and without marks of direction that extraction adds."""
    return re.sub(r"[\s\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u00ad]", "", text)


def test_the_document_names_its_language_and_direction(report: tuple[str, Path]) -> None:
    """In its structure (ISO 32000-1, 14.8.5.4); not in ViewerPreferences, as PDFium would turn English lines around."""
    tag, file = report
    with pikepdf.open(file) as pdf:
        top = pdf.Root.StructTreeRoot.K[0]
        assert str(pdf.Root.Lang) == tag
        assert "/Direction" not in pdf.Root.ViewerPreferences
        assert ("/A" in top and str(top.A.WritingMode) == "/RlTb") is (tag in RIGHT_TO_LEFT)


def test_page_numbers_are_at_the_end_of_lines(report: tuple[str, Path]) -> None:
    """The number of a page is at its outer edge: at the left where lines are read leftwards."""
    tag, file = report
    for number, page in enumerate(pypdfium2.PdfDocument(file), 1):
        text, (width, _) = page.get_textpage(), page.get_size()
        places = [text.get_rect(index) for index in range(text.count_rects())]
        foot = [box for box in places if box[1] < 45]
        if number > 1:
            assert len(foot) == 1
            assert (foot[0][0] < width / 2) is (tag in RIGHT_TO_LEFT)


def test_the_cover_is_set_from_the_side_where_lines_start(report: tuple[str, Path]) -> None:
    tag, file = report
    page = pypdfium2.PdfDocument(file)[0]
    text, (width, _) = page.get_textpage(), page.get_size()
    boxes = [text.get_rect(index) for index in range(text.count_rects())]
    starts = [width - box[2] if tag in RIGHT_TO_LEFT else box[0] for box in boxes]
    margin = min(starts)
    assert 30 < margin < 80
    assert sum(start - margin < 8 for start in starts) >= 3


def test_passages_in_another_direction_say_so(report: tuple[str, Path]) -> None:
    """Each report has a passage written the other way, or in another language; the former are marked."""
    tag, file = report
    modes = set(re.findall(rb"/WritingMode/(\w+)", _structure(file)))
    opposite = {"ar": b"LrTb", "he": b"LrTb", "de": b"RlTb", "fr": b"RlTb", "hi": b"RlTb"}
    assert (opposite.get(tag) in modes) is (tag in opposite)


def _structure(file: Path) -> bytes:
    with pikepdf.open(file) as pdf:
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=True)
    return re.sub(rb"\s*/", b"/", out.getvalue())


def test_it_has_a_few_pages(report: tuple[str, Path]) -> None:
    assert 8 <= len(pypdf.PdfReader(report[1]).pages) <= 17
