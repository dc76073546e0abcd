"""Printed page numbers found in the margins: plates, spreads, extracts, Roman numerals, and what can't be mapped."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

import pytest

from gri_builder.index_reading.located_references import is_extract
from gri_builder.index_reading.page_numbers import PageNumbering, read_page_numbering, refuse_page_rules
from gri_builder.model.audit_result import PageMap, PageRun
from gri_builder.pdf_reader.pdf_file import Page, Word
from gri_builder.reporters.audit.page_map import describe_page_map

Mark = tuple[str, float, float]
"""Text with its left and upper edge in points."""
FOOT = 810.0


def make_page(number: int, marks: Sequence[Mark], wide: float = 595.0, label: str = "") -> Page:
    words = []
    for text, left, top in marks:
        for word in text.split():
            words.append(Word(word, left, top, left + 5.0 * len(word), top + 9, 8.0))
            left += 5.0 * len(word) + 3
    held = tuple(words)
    return Page(
        number,
        label or str(number),
        wide,
        842.0,
        (),
        read_content=bytes,
        read_words=lambda: held,
        read_foot=lambda _: "",
    )


def make_pages(
    printed: Sequence[str], place: Callable[[int], tuple[float, float]] = lambda _: (290.0, FOOT)
) -> list[Page]:
    """Return pages that print a text in the margin, '' for none, above a paragraph with numbers."""
    body: list[Mark] = [("In 2015 we had 12 sites and 350 employees", 60, 400)]
    return [
        make_page(number, [*body, (text, *place(number))] if text else body) for number, text in enumerate(printed, 1)
    ]


def counted(numbers: Sequence[int], form: str = "{n}") -> list[str]:
    return [form.format(n=number) for number in numbers]


def runs(numbering: PageNumbering) -> list[tuple[int, int, int]]:
    return [(run.first, run.last, run.number) for run in numbering.page_map.runs]


@pytest.mark.parametrize(
    "form",
    (
        "{n}",
        "{n}.",
        "| {n}",
        "{n} |",
        "Page {n} of 96",
        "{n}/96",
        "{n} / 96",
        "- {n} -",
        "– {n} –",
        "[{n}]",
        "p. {n}",
        "Seite {n}",
        "Página {n}",
        "{n} Company Report 2015",
        "Company Report 2015 | {n}",
        "Company Report 2015 {n}",
        "0{n}",
        "04 Governance 31 December 2015 {n}",
        "Report2015|{n}",
        "Page{n}of96",
        "{n}ページ",
    ),
)
def test_numbers_are_read_with_what_is_beside_them(form: str) -> None:
    numbering = read_page_numbering(make_pages(["", "", *counted(range(1, 29), form)]))
    assert numbering.page_map == PageMap("printed", (PageRun(3, 30, 1),), 28, 28)
    assert (numbering.find(5), numbering.find(28), numbering.find(29)) == (7, 30, None)
    assert (numbering.names[0], numbering.names[6]) == ("", "5")


def test_plates_shift_the_rest() -> None:
    numbering = read_page_numbering(make_pages([*counted(range(1, 10)), "", "", "", *counted(range(10, 28))]))
    assert runs(numbering) == [(1, 9, 1), (13, 30, 10)]
    assert [numbering.find(page) for page in (3, 9, 10, 27)] == [3, 9, 13, 30]
    assert numbering.names[9:13] == ("", "", "", "10")
    said = describe_page_map(numbering.page_map)
    assert "printed 1–9 are pages 1–9; printed 10–27 are pages 13–30; 100 % of the 27" in said


def test_plates_are_the_pages_with_the_least_text() -> None:
    pages = make_pages([*counted(range(1, 10)), "", "", *counted(range(11, 20))])
    pages[9] = make_page(10, [("a picture", 60, 400)])
    assert runs(read_page_numbering(pages)) == [(1, 9, 1), (11, 20, 10)]


def test_pages_without_a_number_are_counted_between_others() -> None:
    printed = counted(range(1, 31))
    for unnumbered in (0, 1, 4, 11, 12, 29):
        printed[unnumbered] = ""
    numbering = read_page_numbering(make_pages(printed))
    assert numbering.page_map == PageMap("printed", (PageRun(1, 30, 1),), 24, 24)


def test_roman_numerals_come_first() -> None:
    printed = ["", "", "iii", "iv", "v", "vi", *counted(range(1, 20))]
    numbering = read_page_numbering(make_pages(printed))
    assert [(run.first, run.last, run.number, run.roman) for run in numbering.page_map.runs] == [
        (1, 6, 1, True),
        (7, 25, 1, False),
    ]
    assert (numbering.find_roman(4), numbering.find(4), numbering.names[3]) == (4, 10, "iv")


def test_spreads_hold_two_printed_pages() -> None:
    pages = [make_page(1, [("Annual review", 60, 300)])]
    for number in range(2, 16):
        marks = [(str(2 * number - 2), 30.0, FOOT), (str(2 * number - 1), 1150.0, FOOT), ("2015", 140.0, FOOT)]
        pages.append(make_page(number, marks if number != 5 else marks[1:], wide=1190))
    numbering = read_page_numbering(pages)
    assert numbering.page_map == PageMap("printed", (PageRun(1, 15, 0, each=2),), 14, 14)
    assert [numbering.find(page) for page in (2, 3, 8, 9, 29)] == [2, 2, 5, 5, 15]
    assert (numbering.names[0], numbering.names[4]) == ("1", "8–9")
    assert "two on each" in describe_page_map(numbering.page_map)


@pytest.mark.parametrize(
    "marks",
    (
        lambda n: [(f"{2 * n}", 30.0, FOOT)],
        lambda n: [(f"{2 * n + 1}", 1150.0, FOOT)],
        lambda n: [(f"{2 * n}-{2 * n + 1}", 600.0, FOOT)],
        lambda n: [(f"{2 * n} | {2 * n + 1}", 600.0, FOOT)],
    ),
)
def test_spreads_with_numbers_on_one_side_or_together(marks: Callable[[int], list[Mark]]) -> None:
    numbering = read_page_numbering([make_page(number, marks(number), wide=1190) for number in range(1, 16)])
    assert numbering.page_map == PageMap("printed", (PageRun(1, 15, 2, each=2),), 15, 15)


def test_landscape_pages_are_no_spreads() -> None:
    numbering = read_page_numbering([make_page(n, [(str(n), 1150.0, FOOT)], wide=1190) for n in range(1, 16)])
    assert numbering.page_map == PageMap("printed", (PageRun(1, 15, 1),), 15, 15)


def test_numbers_apart_from_words_go_before_dates() -> None:
    pages = [make_page(n, [(f"{n} March 2016", 60, FOOT), (str(n + 4), 290, 830)]) for n in range(1, 29)]
    assert runs(read_page_numbering(pages)) == [(1, 28, 5)]


def test_numbers_that_start_again_judge_nothing() -> None:
    assert not read_page_numbering(make_pages(counted([*range(1, 21), *range(1, 11)]))).page_map.trusted


def test_extracts_have_gaps() -> None:
    numbering = read_page_numbering(make_pages(counted([12, 13, 14, 40, 41, 42, 43, 77, 78, 116, 117, 118])))
    assert runs(numbering) == [(1, 3, 12), (4, 7, 40), (8, 9, 77), (10, 12, 116)]
    assert (numbering.find(41), numbering.find(15)) == (5, None)
    assert is_extract(numbering.page_map)


def test_numbers_in_outer_corners_and_at_sides() -> None:
    corners = read_page_numbering(make_pages(counted(range(5, 35)), lambda n: (40 if n % 2 else 545, FOOT)))
    sides = read_page_numbering(make_pages(counted(range(5, 35)), lambda n: (8 if n % 2 else 575, 421)))
    assert runs(corners) == runs(sides) == [(1, 30, 5)]


def test_other_numbers_in_margins_do_not_count() -> None:
    rng = random.Random(7)
    pages = []
    for number in range(1, 41):
        noise: list[Mark] = [(str(rng.randint(1, 99)), rng.uniform(60, 500), rng.uniform(5, 60)) for _ in range(4)]
        axis: list[Mark] = [(str(each), 100.0 + each, 760.0) for each in range(0, 100, 20)]
        years: list[Mark] = [("2014", 100, 20), ("2015", 200, 20), ("04", 60, 30)]
        pages.append(make_page(number, [*noise, *axis, *years, (str(number + 107), 500, FOOT)]))
    numbering = read_page_numbering(pages)
    assert (runs(numbering), numbering.page_map.trusted) == ([(1, 40, 108)], True)


def test_a_misprinted_number_is_outvoted() -> None:
    printed = counted(range(1, 31))
    printed[9], printed[19] = "1", "52"
    numbering = read_page_numbering(make_pages(printed))
    assert numbering.page_map == PageMap("printed", (PageRun(1, 30, 1),), 30, 28)
    assert "93 % of the 30" in describe_page_map(numbering.page_map)


@pytest.mark.parametrize("seed", range(5))
def test_numbers_that_do_not_agree_judge_nothing(seed: int) -> None:
    numbers = random.Random(seed).sample(range(1, 200), 30)
    page_map = read_page_numbering(make_pages(counted(numbers))).page_map
    assert not page_map.trusted
    assert set(refuse_page_rules(page_map)) == {"page-exists", "pages-elsewhere", "subject-on-page"}
    assert "can't be determined" in describe_page_map(page_map)


def test_fewer_than_four_in_five_are_too_few() -> None:
    half = [str(number if number % 3 else 200 - number) for number in range(1, 31)]
    numbering = read_page_numbering(make_pages(half))
    assert not numbering.page_map.trusted
    assert set(numbering.names) == {""}


def test_labels_where_nothing_is_printed() -> None:
    labels = ["C1", "C2", "i", "ii", *map(str, range(1, 9))]
    pages = [make_page(number, [("text", 60, 400)], label=label) for number, label in enumerate(labels, 1)]
    numbering = read_page_numbering(pages)
    assert [(run.first, run.last, run.number, run.roman) for run in numbering.page_map.runs] == [
        (3, 4, 1, True),
        (5, 12, 1, False),
    ]
    assert (numbering.page_map.basis, numbering.find(1), numbering.find_roman(2)) == ("labels", 5, 4)
    assert numbering.names == ()
    assert describe_page_map(numbering.page_map).startswith("By the page labels, printed i–ii are pages 3–4")


def test_pages_are_counted_where_nothing_else_is_known() -> None:
    numbering = read_page_numbering(make_pages([""] * 8))
    assert numbering.page_map == PageMap("none", (PageRun(1, 8, 1),))
    assert (numbering.find(8), numbering.find(9)) == (8, None)
    assert "counted from 1" in describe_page_map(numbering.page_map)
    assert describe_page_map(None) == ""


@pytest.mark.parametrize("size", (0, 1, 2, 3))
def test_any_number_of_pages(size: int) -> None:
    numbering = read_page_numbering(make_pages(counted(range(7, 7 + size))))
    found: Mapping[int, int] = numbering.arabic
    assert len(found) == size
    assert numbering.page_map.basis == ("printed" if size > 1 else "none")
