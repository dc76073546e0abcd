"""Small documents, for tests of the renderer."""

from __future__ import annotations

from datetime import date

from gri_builder.model.document import (
    Block,
    Chapter,
    Contents,
    Cover,
    Document,
    Footnote,
)
from gri_builder.model.figures.chart import Chart, ChartKind, ChartSeries
from gri_builder.model.rich_text import Cell, Heading, Paragraph, Run, Runs, Table
from gri_builder.resources.themes import load_theme

WORDS = [
    "Demand",
    "for",
    "energy",
    "fell",
    "again",
    "because",
    "the",
    "plants",
    "were",
    "refitted",
    "with",
    "heat",
    "pumps",
    "and",
    "the",
    "environmental",
    "management",
    "responsibilities",
    "of",
    "subsidiaries",
    "remain",
    "unchanged",
    "while",
    "commissioning",
    "continues",
    "throughout",
    "the",
    "organization",
]


def runs(text: str) -> Runs:
    """Return a text as one run."""
    return (Run(text),)


def paragraph(count: int, start: int = 0) -> Paragraph:
    """Return a paragraph of so many words."""
    return Paragraph(runs(" ".join(WORDS[(start + n) % len(WORDS)] for n in range(count)) + "."))


def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
    """Return a cell of one paragraph."""
    return Cell((runs(text),), columns, rows)


def table(header: list[str], rows: list[list[str]], align: str = "left", **more: object) -> Table:
    """Return a table without spans."""
    body = tuple(tuple(cell(text) for text in row) for row in rows)
    head = (tuple(cell(text) for text in header),) if header else ()
    return Table(head, body, (align,) * max(len(header), 1), **more)  # type: ignore[arg-type]


def bar_chart(values: list[float], kind: ChartKind = "bar") -> Chart:
    """Return a chart of one series."""
    names = tuple(str(2010 + n) for n in range(len(values)))
    series = ChartSeries("Total", tuple(values), tuple(f"{value:,.0f}" for value in values))
    return Chart(kind, runs("Energy by year"), names, (series,), "GJ", "Bar chart of energy in GJ")


def chapter(title: str, anchor: str, *blocks: Block, **more: object) -> Chapter:
    """Return a chapter with its heading."""
    return Chapter((Heading(1, runs(title), anchor=anchor), *blocks), **more)  # type: ignore[arg-type]


def document(*chapters: Chapter, notes: dict[str, Footnote] | None = None, **more: object) -> Document:
    """Return a document of those chapters, the contents listing them."""
    entries = tuple((1, "".join(r.text for r in c.blocks[0].runs), c.blocks[0].anchor) for c in chapters)  # type: ignore[union-attr]
    return Document(
        title="A small report",
        author="Test plc",
        subject="Sustainability report 2015",
        language="en-GB",
        published=date(2016, 5, 12),
        cover=Cover("A small report", "Test plc", "2015"),
        contents=Contents("Contents", entries),  # type: ignore[arg-type]
        chapters=chapters,
        running_head="Test plc",
        claims=(),
        notes=notes or {},
        **({"theme": load_theme()} | more),  # type: ignore[arg-type]
    )
