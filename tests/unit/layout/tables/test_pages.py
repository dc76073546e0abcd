"""Tables over pages: caption, header and the heading of a group are repeated, and heard once."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdf
import pytest

from gri_builder.layout.render import render_pdf
from gri_builder.model.rich_text import Cell, Table
from tests.support.documents import cell, chapter, document, paragraph, runs
from tests.support.tag_tree import read_tree

WORDS = {"en": "continued", "de": "Fortsetzung", "fr": "suite"}


def long_table(rows: int, groups: Sequence[int] = (), **more: object) -> Table:
    body: list[tuple[Cell, ...]] = []
    for number in range(rows):
        if number in groups:
            body.append((Cell((runs(f"Group {number}"),), columns=2, header=True),))
        else:
            body.append((cell(f"Row {number}"), cell(f"{number},000")))
    head = ((cell("Site"), cell("2015")),)
    return Table(head, tuple(body), ("left", "right"), caption=runs("Table 1. Energy"), groups=tuple(groups), **more)  # type: ignore[arg-type]


def pages_of(shown: Table, before: int = 0, words: dict[str, str] | None = None) -> tuple[bytes, list[str]]:
    blocks = (paragraph(before), shown) if before else (shown,)
    made = render_pdf(document(chapter("Tables", "t", *blocks), words=words or {}))
    texts = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.pdf)).pages)
    return made.pdf, [" ".join(text.split()) for text in texts if "Row" in text]


@pytest.mark.parametrize("language", WORDS)
def test_the_caption_is_repeated_as_continued_and_heard_once(language: str) -> None:
    pdf, pages = pages_of(long_table(90), words={"continued": WORDS[language]})
    assert len(pages) > 2
    assert f"({WORDS[language]})" not in pages[0]
    assert all(f"Table 1. Energy ({WORDS[language]})" in page and "Site 2015" in page for page in pages[1:])
    (element,) = read_tree(pdf).find("Table")
    assert [each.text.strip() for each in element.find("Caption")] == ["Table 1. Energy"]
    assert len(element.find("TR")) == 91
    assert [head.attributes.get("Scope") for head in element.find("TH")] == ["Column", "Column"]


def test_the_heading_of_a_group_is_repeated_where_it_continues() -> None:
    pdf, pages = pages_of(long_table(60, groups=(0, 10)))
    assert "Group 10" in pages[0]
    assert "Group 10" in pages[1]
    assert "".join(each.text for each in read_tree(pdf).find("TH")).count("Group 10") == 1


def test_a_total_is_not_on_a_page_with_one_member_only() -> None:
    for rows in range(42, 60):
        _, pages = pages_of(long_table(rows, totals=(rows - 1,)))
        assert len(pages) == 1 or pages[-1].count("Row") >= 3, rows


@pytest.mark.parametrize("rows", range(20, 60))
def test_no_last_row_and_no_heading_is_alone(rows: int) -> None:
    _, pages = pages_of(long_table(rows, groups=(0, rows - 2), totals=(rows - 1,)))
    for page in pages:
        assert page.count("Row") != 1
        ends = page.split("Row")[-1]
        assert "Group" not in ends
