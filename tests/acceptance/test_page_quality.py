"""The measures of pages find what they are for, in PDFs and lines that are made to have it."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.pages.frames import Frame, find_frames, measure_fillings
from benchmarks.pages.lines import measure_text
from benchmarks.pages.paragraphs import Line, Paragraph
from benchmarks.pages.quality import Quality, measure_pages
from benchmarks.pages.runs import PageRuns, Word
from benchmarks.pages.splits import Split

from gri_builder.layout.render import render_pdf
from gri_builder.model.document import Document
from tests.support.documents import chapter, document, paragraph, table

SIZE, SPACE, LETTER = 10.0, 2.5, 5.0
"""Of words that are made: their size, the width of a space and of a letter."""

PLAIN = ("Document", "Sect", "P")


def line(text: str, page: int = 1, baseline: float = 700.0, gap: float = SPACE) -> Line:
    """Return a line whose letters all have the same width."""
    words, left = [], 100.0
    for part in text.split(" "):
        right = left + LETTER * len(part)
        words.append(Word(part, left, right, baseline, SIZE, "Font", SPACE, True, 0.0, 0))
        left = right + gap
    return Line(page, tuple(words))


def text(
    *lines: str, page: int = 1, path: tuple[str, ...] = ("Document", "Sect", "P"), gap: float = SPACE
) -> Paragraph:
    """Return a paragraph with these lines, 14 points apart; '---' turns the page."""
    found: list[Line] = []
    baseline = 700.0
    for each in lines:
        if each == "---":
            page, baseline = page + 1, 700.0
            continue
        found.append(line(each, page, baseline, gap if each is not lines[-1] else SPACE))
        baseline -= 14
    return Paragraph(path, tuple(found))


LONG = "this is a line of running text that has some fifty letters"


def test_full_lines_are_counted_without_last_ones() -> None:
    measured = measure_text([text(LONG, LONG, "end of it")])
    assert (measured.lines, measured.characters) == (2, len(LONG))


def test_lines_in_boxes_and_tables_are_no_running_text() -> None:
    boxed = text("short line", "short line", "end", path=("Document", "Sect", "Div", "P"))
    assert measure_text([text(LONG, LONG, "end of it"), boxed]).characters == len(LONG)


def test_spaces_are_measured_where_lines_are_justified() -> None:
    justified = text(*[LONG] * 12, "end of it", gap=SPACE * 1.5)
    assert measure_text([justified]).spaces == pytest.approx((1.5, 1.5, 1.5))
    ragged = text(*[LONG[:-n] for n in range(1, 13)], "end of it")
    assert measure_text([ragged]).spaces == (0.0, 0.0, 0.0)


def test_a_short_word_alone_on_the_last_line_is_a_runt() -> None:
    assert measure_text([text(LONG, "too.")]).runts == ("p. 1 'too.'",)
    assert measure_text([text(LONG, "responsibilities.")]).runts == ()
    assert measure_text([text(LONG, "two words")]).runts == ()
    assert measure_text([text("narrow", "too.")]).runts == ()


def test_hyphens_before_a_page_turns_are_found() -> None:
    assert measure_text([text(LONG, "is respon-", "---", "sible for it")]).hyphens_at_turns == ("p. 1 'respon-'",)
    assert measure_text([text(LONG, "is respon-", "sible for it")]).hyphens_at_turns == ()


def test_a_single_line_before_or_after_a_page_turns_is_a_stray() -> None:
    assert measure_text([text(LONG, "---", LONG, "end of it")]).strays == (f"p. 1 '{LONG[:24]}'",)
    assert measure_text([text(LONG, LONG, "---", "end of it")]).strays == ("p. 2 'end of it'",)
    assert measure_text([text(LONG, LONG, "---", LONG, "end of it")]).strays == ()


def test_three_hyphens_in_a_row_are_a_stack() -> None:
    hyphenated = f"{LONG} and so-"
    assert len(measure_text([text(*[hyphenated] * 3, "end")]).stacks) == 1
    assert measure_text([text(hyphenated, hyphenated, LONG, "end")]).stacks == ()


def test_baselines_are_compared_with_the_grid_of_most_of_them() -> None:
    even = text(*[LONG] * 9)
    off = Paragraph(even.path, tuple(line(LONG, 2, 705.0 - 14 * n) for n in range(3)))
    assert measure_text([even]).on_grid == 1.0
    assert measure_text([even, off]).on_grid == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("split", "bad"),
    [
        (Split("box", 1, (8, 9)), False),
        (Split("box", 1, (5, 4)), True),
        (Split("table", 1, (8, 4)), False),
        (Split("table", 1, (12, 2)), True),
        (Split("table", 1, (4, 4)), True),
    ],
)
def test_small_boxes_and_tables_should_be_whole(split: Split, bad: bool) -> None:
    assert split.bad is bad


def measured(tmp_path: Path, of: Document) -> Quality:
    path = tmp_path / "made.pdf"
    path.write_bytes(render_pdf(of).pdf)
    return measure_pages(path)


def test_a_chapter_of_few_lines_leaves_most_of_its_page_blank(tmp_path: Path) -> None:
    long = [paragraph(120, start) for start in range(12)]
    found = measured(tmp_path, document(chapter("Long", "long", *long), chapter("Short", "short", paragraph(30))))
    assert [each.title for each in found.chapters] == ["Long", "Short"]
    assert found.chapters[-1].blank > 0.3 or found.chapters[-1].runs_on
    assert found.blank == pytest.approx(found.blank_by_chapter) or any(each.runs_on for each in found.chapters)


def test_a_long_table_is_split_and_its_rows_are_counted(tmp_path: Path) -> None:
    rows = [[f"row {number}", str(number)] for number in range(90)]
    found = measured(tmp_path, document(chapter("One", "one", paragraph(30), table(["What", "Count"], rows))))
    splits = [split for split in found.splits if split.kind == "table"]
    assert len(splits) == 1
    assert sum(splits[0].parts) == 90


def test_text_ends_where_the_frame_of_its_page_size_does() -> None:
    def page(top: float, foot: float) -> PageRuns:
        ends = [Word("a", 100, 105, y, SIZE, "Font", SPACE, True, 0.0, 0) for y in (top, foot)]
        return PageRuns(600, 800, ends)

    frames = find_frames([page(720, 70), page(720, 71), page(720, 400), page(722, 70), page(500, 10)])
    assert set(frames) == {Frame(722 + 0.75 * SIZE, 70 - 0.25 * SIZE)}


def test_what_is_drawn_fills_a_page(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(render_pdf(document(chapter("One", "one", *[paragraph(120, n) for n in range(12)]))).pdf)
    fillings = measure_fillings(path, [Frame(760, 65)] * 4)
    assert fillings[3].filled > 0.5
