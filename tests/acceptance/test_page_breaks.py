"""Page breaks, side notes and long footnotes: each chapter of tests/cases/layout builds, and audits clean."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdf
import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.model.audit_result import CheckStatus
from gri_builder.model.finding import Severity
from gri_builder.pipeline.build import build_report
from tests.support.page_geometry import find_faults
from tests.support.paths import TESTS
from tests.support.report_folders import MINIMAL

CASES = sorted((TESTS / "cases" / "layout").glob("*.md"))
SENTENCE = "Our mills ground more grain with less power"


def build(case: Path, folder: Path) -> Path:
    """Build the minimal report with the case as its story; return the PDF."""
    shutil.copytree(MINIMAL, folder / "report")
    first, *others = re.split(r"(?m)^(?=# )", case.read_text(encoding="utf-8"))[1:]
    (folder / "report" / "chapters" / "story.md").write_text(first, encoding="utf-8")
    for number, text in enumerate(others, 2):
        (folder / "report" / "chapters" / f"story-{number}.md").write_text(text, encoding="utf-8")
    paths = ["chapters/story.md", *(f"chapters/story-{number}.md" for number in range(2, len(others) + 2))]
    settings = folder / "report" / "report.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[chapters/story.md]", f"[{', '.join(paths)}]"), encoding="utf-8")
    built = build_report(folder / "report", folder / "out")
    assert built.value is not None, built.findings
    assert [finding for finding in built.findings if finding.severity is Severity.ERROR] == []
    return built.value.files[0]


def pages_of(pdf: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(pdf).pages]


def is_landscape(pdf: Path) -> list[bool]:
    sizes = [(page.cropbox.width, page.cropbox.height) for page in pypdf.PdfReader(pdf).pages]
    return [width > height for width, height in sizes]


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_it_builds_and_audits_clean(case: Path, tmp_path: Path) -> None:
    pdf = build(case, tmp_path)
    assert find_faults(pdf.read_bytes()) == []
    result = audit_pdf(pdf).value
    assert result is not None
    assert [check.rule for check in result.checks if check.status is CheckStatus.FAIL] == []
    text, source = " ".join(pages_of(pdf)), case.read_text(encoding="utf-8")
    assert text.count(SENTENCE.split()[-1] + ",") == source.count(SENTENCE), "no sentence is lost"


def test_a_heading_moves_to_the_landscape_page_of_its_table(tmp_path: Path) -> None:
    pdf = build(CASES[[case.stem for case in CASES].index("heading-before-landscape")], tmp_path)
    (page,) = [n for n, turned in enumerate(is_landscape(pdf)) if turned]
    assert "Energy by site Site 2014 2015 Leeds" in pages_of(pdf)[page]


@pytest.mark.parametrize("name", ["notes-from-landscape", "notes-to-landscape"])
def test_footnotes_continue_at_the_width_of_the_next_page(name: str, tmp_path: Path) -> None:
    pdf = build(TESTS / "cases" / "layout" / f"{name}.md", tmp_path)
    texts = pages_of(pdf)
    noted = [turned for text, turned in zip(texts, is_landscape(pdf), strict=True) if SENTENCE in text]
    assert set(noted) == {True, False}


def test_footnotes_stay_in_their_chapter(tmp_path: Path) -> None:
    pdf = build(TESTS / "cases" / "layout" / "notes-at-chapter-end.md", tmp_path)
    texts = pages_of(pdf)
    (second,) = [n for n, text in enumerate(texts) if "The second chapter." in text]
    noted = [n for n, text in enumerate(texts) if SENTENCE in text]
    assert noted == list(range(noted[0], second))
    assert "Story" in texts[noted[-1]], "the header names the chapter to its end"


def test_a_side_note_longer_than_its_page_becomes_a_box(tmp_path: Path) -> None:
    """A box is set between the paragraphs, so that the text beside the note follows it."""
    text = " ".join(pages_of(build(TESTS / "cases" / "layout" / "side-note-longer-than-page.md", tmp_path)))
    before = text[: text.index("The text beside it.")]
    assert before.count(SENTENCE) == 3 + 28


def test_dates_of_a_timeline_are_broken_into_lines(tmp_path: Path) -> None:
    text = " ".join(pages_of(build(TESTS / "cases" / "layout" / "narrow-boxes.md", tmp_path)))
    assert "From January 1921 to the end of February 1922" in text


def test_side_notes_without_room_are_named(tmp_path: Path) -> None:
    shutil.copytree(MINIMAL, tmp_path / "report")
    case = TESTS / "cases" / "layout" / "side-notes-one-after-another.md"
    shutil.copy(case, tmp_path / "report" / "chapters" / "story.md")
    findings = build_report(tmp_path / "report", tmp_path / "out").findings
    lines = [each.where.line for each in findings if each.rule == "long-aside"]
    notes = [n for n, line in enumerate(case.read_text("utf-8").splitlines(), 1) if line == "::: aside"]
    assert lines == notes[2:], "two have room beside the text"
