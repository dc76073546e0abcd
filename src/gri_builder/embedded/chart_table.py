"""The values of all charts as a flat table: `charts.csv` in the PDF, for readers who do not see the charts.

A Figure has an alternative text, which says what is seen (ISO 14289-1, 7.3). The table has every value that is drawn,
also those without space for a label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gri_builder.compose.blocks import walk
from gri_builder.embedded.codec import decode_csv
from gri_builder.model.document import Document
from gri_builder.model.figures.chart import Chart
from gri_builder.model.rich_text import plain_text
from gri_builder.model.texts.readable_text import readable
from gri_builder.spreadsheets.writer import write_csv

NAME = "charts.csv"
DESCRIPTION = "Values of the charts"
COLUMNS = ("chart", "kind", "unit", "series", "category", "value", "printed", "fact")
"""'chart' is the caption with its number; 'value' is not rounded; 'fact' is the key of the fact that is the value."""


def make_chart_table(document: Document) -> bytes | None:
    """Return the values of all charts as a CSV file; None for a document without charts."""
    blocks = (block for chapter in document.chapters for block in walk((*chapter.opener.summary, *chapter.blocks)))
    rows = [row for block in blocks if isinstance(block, Chart) for row in _list_rows(block)]
    return write_csv(COLUMNS, rows, numbers=["value"]) if rows else None


def _list_rows(chart: Chart) -> Iterator[tuple[str, ...]]:
    caption = " ".join(readable(plain_text(chart.caption)).split())
    for series in chart.series:
        facts = series.facts or (None,) * len(series.values)
        cells = zip(chart.categories, series.values, series.labels, facts, strict=True)
        for category, value, label, fact in cells:
            if value is not None:
                given = (caption, chart.kind, chart.unit, series.name, category)
                yield (*map(readable, given), f"{value:.15g}", readable(label), fact or "")


def read_chart_table(data: bytes) -> tuple[Mapping[str, str], ...]:
    """Return the rows of such a file, by column; raises EmbeddedDataError where it is not such a file."""
    return decode_csv(data, ("value", "fact"))
