"""Extremes: whatever the data holds, a PDF comes out, with every block on a page and nothing beyond its edges."""

from __future__ import annotations

import io
from typing import Any, cast

import pytest
from msgspec.structs import replace
from PIL import Image as Pillow

from gri_builder.layout.render import render_pdf
from gri_builder.model.document import (
    Block,
    Callout,
    Cover,
    DisclosureSpan,
    Document,
    Footnote,
    KeyFigure,
    KeyFigures,
)
from gri_builder.model.figures.chart import ChartSeries
from gri_builder.model.graphics import Picture
from gri_builder.model.rich_text import Cell, Heading, Image, ListBlock, Paragraph, Quote, Rule, Run, Table
from tests.support.documents import bar_chart, chapter, document, paragraph, runs, table
from tests.support.page_geometry import find_faults

LONG = "Sustainability" * 60
MARK = Run("1", note="n", script="sup")


def picture(width: int, height: int, mode: str = "RGB", kind: str = "PNG") -> Picture:
    data = io.BytesIO()
    Pillow.new(mode, (width, height)).save(data, kind)
    return Picture("p", data.getvalue(), width, height)


def nested_list(depth: int) -> ListBlock:
    return ListBlock(((paragraph(8), *((nested_list(depth - 1),) if depth else ())),))


def nested_quote(depth: int) -> Quote:
    return Quote((paragraph(8), *((nested_quote(depth - 1),) if depth else ())))


PICTURES = {
    "flat": picture(3000, 20),
    "tall": picture(20, 6000),
    "dot": picture(1, 1),
    "alpha": picture(300, 200, "RGBA"),
    "palette": picture(300, 200, "P"),
    "press": picture(300, 200, "CMYK", "JPEG"),
}
SERIES = tuple(ChartSeries(f"Series {n} with a long name", (1.0, 2.0), ("1", "2")) for n in range(60))
BOXED: tuple[Block, ...] = (paragraph(30), table(["A", "B"], [["x " * 50, "y"]] * 30), bar_chart([1, 2]))
CASES: dict[str, list[Block]] = {
    "list in list in list": [nested_list(25)],
    "quote in quote": [nested_quote(12)],
    "endless word": [Paragraph(runs(LONG))],
    "boxes in a list": [ListBlock(cast(Any, ((Callout((paragraph(30),)),), (Quote((paragraph(30),)),), BOXED, ())))],
    "a list in a box": [Callout((ListBlock(tuple((paragraph(60),) for _ in range(40))), *BOXED))],
    "table in a quote": [Quote((table(["A", "B"], [["x " * 500, "y"]] * 30),))],
    "forty columns": [table([f"Head{n}" for n in range(40)], [[str(n * 1000) for n in range(40)]] * 5, "right")],
    "header higher than a page": [table(["x " * 3000, "b"], [["a", "b"]] * 5)],
    "no rows": [table(["a", "b"], []), Table((), (), ())],
    "endless heading": [Heading(3, runs(LONG), anchor="h"), paragraph(20)],
    "empty heading": [Heading(2, runs(""), anchor="h"), paragraph(2)],
    "endless key figures": [KeyFigures((KeyFigure("1,234,567,890,123 t CO₂e", LONG, LONG),) * 4)],
    "empty key figure": [KeyFigures((KeyFigure("", "", ""),))],
    "charts of nothing": [replace(bar_chart([]), series=()), bar_chart([]), bar_chart([0, 0]), bar_chart([7], "line")],
    "charts of much": [bar_chart([-5, -1e9, 3]), bar_chart(list(range(200))), bar_chart(list(range(99)), "line")],
    "chart of huge numbers": [bar_chart([1e300, -1e300])],
    "chart of missing values": [replace(bar_chart([1, 2], "line"), series=(ChartSeries("x", (None, None), ("", "")),))],
    "sixty series": [replace(bar_chart([1, 2]), series=SERIES)],
    "eighty marks": [
        DisclosureSpan(tuple(f"X-{n}" for n in range(80)), tuple(f"X-{n}" for n in range(80)), (paragraph(3),))
    ],
    "covering of nothing": [DisclosureSpan(("X-1",), ("X-1",), ())],
    "odd pictures": [Image(name, "a picture", caption=runs("caption")) for name in PICTURES],
    "picture in a list": [ListBlock(((Image("alpha", "a picture"),),))],
    "odd characters": [Paragraph(runs("tab\tand\u2028line \u200b zero\u00ad soft ﷽ مرحبا 中文 😀 \x00\x1b"))],
    "footnotes everywhere": [
        Heading(2, (Run("Head"), MARK), anchor="q"),
        Quote((Paragraph((Run("word"), MARK)),)),
        Table((), ((Cell(((Run("x"), MARK),)),),) * 60, ("left",)),
        ListBlock(((Paragraph((Run("item"), MARK)),),)),
    ],
    "odd addresses": [Paragraph(tuple(Run("link ", link=f"https://example.org/(a)\\b{c}") for c in "aäб中") * 40)],
    "many breaks": [*(block for _ in range(30) for block in (Rule(), paragraph(9)))],
}


REFUSED = {"odd characters", "odd pictures"}
"""Cases that a report can't hold: validation refuses those characters, and converts the colours of print."""


def extreme_documents() -> dict[str, Document]:
    """Return each case that a report can hold as a document."""
    return {name: make_document(name, 330) for name in CASES if name not in REFUSED}


def make_document(name: str, filler: int) -> Document:
    """Return a case as a document, behind so many words."""
    before = [paragraph(filler)] if filler else []
    story = chapter("Story", "story", *before, *CASES[name], paragraph(5))
    return document(story, notes={"n": Footnote(1, (runs("A footnote."),))}, pictures=PICTURES)


@pytest.mark.parametrize("filler", [0, 330, 560])
@pytest.mark.parametrize("name", CASES)
def test_a_pdf_comes_out(name: str, filler: int) -> None:
    rendered = render_pdf(make_document(name, filler))
    assert rendered.pages < 40
    assert find_faults(rendered.pdf) == []


def test_long_titles_are_set_smaller() -> None:
    words = "Making less go further " * 9
    cover = Cover(words, words, words, words, (words,), PICTURES["alpha"])
    long = replace(document(chapter(LONG, "s", paragraph(3))), cover=cover, running_head=LONG)
    assert find_faults(render_pdf(long).pdf) == []
