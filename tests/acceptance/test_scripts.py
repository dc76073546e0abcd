"""Reports in several scripts: built, judged, audited, and read back from the page."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

import pypdfium2
import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pipeline.build import build_report
from tests.judges.test_foreign import assert_accessible
from tests.support.report_folders import CASES, lay_out

STORY = "# Energy\n\n## Using less\n\n"
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HEBREW = "שלום עולם, זהו דוח הקיימות שלנו, וכאן טקסט ארוך די הצורך כדי שהשורה תישבר לפחות פעם אחת באמצע המשפט הזה."
ARABIC = (
    "السلام عليكم، هذا تقرير الاستدامة الأول لشركتنا، وهو مكتوب وفقًا للمعايير، ونشكر محمّدًا على عمله شكرًا جزيلًا هنا."
)
HINDI = "क्षेत्र में हिन्दी पाठ को सही ढंग से दिखाना आवश्यक है, जिसमें संयुक्ताक्षर और मात्राएँ सही स्थान पर हों; यह कई पंक्तियों का है।"


def build(folder: Path, story: str, language: str = "en-GB") -> Path:
    """Build the smallest report with that text and language; return its PDF."""
    report = (
        lay_out(CASES / "valid" / "minimal", folder / "report")
        if not (folder / "report").exists()
        else folder / "report"
    )
    (chapter,) = (report / "chapters").glob("*.md")
    chapter.write_text(STORY + story + "\n", encoding="utf-8")
    settings = report / "report.yaml"
    settings.write_text(re.sub("language: .*", f"language: {language}", settings.read_text("utf-8")), encoding="utf-8")
    built = build_report(report, folder / "out")
    assert built.value is not None, built.findings
    return next(file for file in sorted((folder / "out").iterdir()) if file.suffix == ".pdf")


def text_of(file: Path) -> str:
    """Return the text of a PDF, without the controls that pdftotext puts around text read from right to left."""
    found = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(_MARKS.sub("", found).split())


def words(text: str) -> str:
    """Return a text without punctuation, which pdftotext takes for numbers in text read from right to left."""
    return " ".join(re.sub(r"[.,;:،()]", " ", text).split())


def lefts(file: Path, wanted: str) -> list[float]:
    """Return the left edges of characters on the page that has all of them, in their order."""
    for page in pypdfium2.PdfDocument(file):
        text = page.get_textpage()
        places = [text.get_text_range(index, 1) for index in range(text.count_chars())]
        if set(wanted) <= set(places):
            return [text.get_charbox(places.index(char))[0] for char in wanted]
    raise AssertionError(wanted)


@pytest.mark.parametrize(("language", "story"), [("he", HEBREW), ("ar", ARABIC), ("hi", HINDI)])
def test_paragraphs_are_found_by_readers_and_hold_both_standards(language: str, story: str, tmp_path: Path) -> None:
    written = "\n\n".join([story] * 6)  # poppler orders the parts of a line as most of the page is read
    for number, used in enumerate((language, "en-GB")):
        passage = written if used == language else f"::: lang {language}\n{written}\n:::"
        file = build(tmp_path / str(number), passage, used)
        assert words(story) in words(text_of(file))
        result = audit_pdf(file).value
        assert result is not None
        assert [check for check in result.checks if check.status == CheckStatus.FAIL] == []
        assert_accessible(file.read_bytes(), tmp_path)


def test_hebrew_and_arabic_run_from_right_to_left(tmp_path: Path) -> None:
    file = build(tmp_path, "Hebrew: שלט. Arabic: بتس.")
    shin, lamed, tet = lefts(file, "שלט")
    assert shin > lamed > tet
    beh, teh, seen = lefts(file, "بتس")
    assert beh > teh > seen


def test_numbers_latin_words_and_brackets_keep_their_order_in_hebrew(tmp_path: Path) -> None:
    file = build(tmp_path, "אב (7) Zq אחרי −8% גד", "he")
    alef, seven, z, q, minus, eight, gimel = lefts(file, "א7Zq−8ג")
    assert alef > seven > z
    assert z < q
    assert minus < eight < z
    assert gimel < minus


def test_hebrew_begins_at_the_right_edge(tmp_path: Path) -> None:
    """A word and a whole line end at the same edge, right of the middle of the column."""
    document = pypdfium2.PdfDocument(build(tmp_path, f"שלט\n\n{HEBREW}", "he"))
    pages = [(each, each.get_textpage()) for each in document]
    (page, text), *_ = [(page, text) for page, text in pages if "שלט" in text.get_text_range()]
    rights = [text.get_charbox(i)[2] for i in range(text.count_chars()) if text.get_text_range(i, 1) == "ש"]
    word, line = rights[:2]
    assert word == pytest.approx(line, abs=1)
    assert word > page.get_width() / 2


def test_soft_hyphens_are_not_printed_within_lines(tmp_path: Path) -> None:
    assert "Our sustainability report." in text_of(build(tmp_path, "Our sustain\u00adability report."))


@pytest.mark.parametrize("letters", ["abcdefghij", "שלום", "الس"])
def test_a_word_of_200000_letters_takes_linear_time(letters: str, tmp_path: Path) -> None:
    start = time.process_time()
    build(tmp_path, letters * (200_000 // len(letters)))
    assert time.process_time() - start < 20
