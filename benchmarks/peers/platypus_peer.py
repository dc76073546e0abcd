"""Plain Platypus with multiBuild, as ReportLab's own manual teaches it; untagged: `platypus_peer.py JSON FONTS OUT`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.peers import look
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, LongTable, PageBreak, PageTemplate, Paragraph, Spacer
from reportlab.platypus.tableofcontents import TableOfContents

WIDTH = look.WIDTH - look.LEFT - look.RIGHT
BODY = ParagraphStyle("body", fontName="FiraGO", fontSize=look.BODY, leading=look.LEADING, spaceAfter=look.AFTER)
CELL = ParagraphStyle("cell", BODY, fontSize=look.CELL, leading=11, spaceAfter=0)
RIGHT = ParagraphStyle("right", CELL, alignment=2)
CAPTION = ParagraphStyle("caption", BODY, fontName="FiraGO-bold", fontSize=look.CAPTION, keepWithNext=1)
TITLE = ParagraphStyle("title", BODY, fontName="FiraGO-bold", fontSize=24, leading=30, spaceAfter=16)
HEADING = ParagraphStyle(
    "heading",
    BODY,
    fontName="FiraGO-bold",
    fontSize=look.HEADING,
    leading=20,
    spaceBefore=look.HEADING_BEFORE,
    spaceAfter=look.HEADING_AFTER,
    keepWithNext=1,
)
TAGS = {"bold": "b", "italic": "i"}


class Template(BaseDocTemplate):
    """Tells the contents and the index where headings landed."""

    pages: dict[str, int]

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802  # ReportLab's name
        key = getattr(flowable, "key", None)
        if key:
            level = 0 if flowable.style is TITLE else 1
            text = flowable.getPlainText()
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(text, key, level)
            self.notify("TOCEntry", (level, escape(text), self.page, key))
            self.pages[key] = self.page


def main(data: str, fonts: str, out: str) -> None:
    report = json.loads(Path(data).read_text(encoding="utf-8"))
    for name in ("regular", "bold", "italic"):
        font = f"FiraGO-{name}" if name != "regular" else "FiraGO"
        pdfmetrics.registerFont(TTFont(font, str(Path(fonts) / f"FiraGO-{name}.ttf")))
    pdfmetrics.registerFontFamily("FiraGO", "FiraGO", "FiraGO-bold", "FiraGO-italic", "FiraGO-bold")
    template = Template(out, pagesize=(look.WIDTH, look.HEIGHT), title=report["title"])
    template.pages = {}
    frame = Frame(look.LEFT, look.BOTTOM, WIDTH, look.HEIGHT - look.TOP - look.BOTTOM, 0, 0, 0, 0)
    head = f"{report['organization']} · {report['title']}"

    def furnish(canvas: Any, document: Any) -> None:
        canvas.setFont("FiraGO", 7.6)
        canvas.drawString(look.LEFT, look.HEIGHT - 44, head)
        canvas.drawRightString(look.WIDTH - look.RIGHT, 32, str(document.page))

    template.addPageTemplates(PageTemplate(frames=[frame], onPage=furnish))
    template.multiBuild(list(tell(report, template)))


def tell(report: dict[str, Any], template: Template) -> Iterator[Any]:
    yield Spacer(1, 200)
    yield Paragraph(escape(report["title"]), TITLE)
    yield PageBreak()
    yield TableOfContents(levelStyles=[BODY, CELL])
    topic = None
    for section in report["sections"]:
        if section["topic"] != topic:
            topic = section["topic"]
            yield PageBreak()
            yield keyed(topic, TITLE, f"t-{section['code']}")
        yield from tell_section(section)
    yield PageBreak()
    yield Paragraph("Content index", TITLE)
    yield Index(report["sections"], template)


def keyed(text: str, style: ParagraphStyle, key: str) -> Paragraph:
    paragraph = Paragraph(escape(text), style)
    paragraph.key = key
    return paragraph


def tell_section(section: dict[str, Any]) -> Iterator[Any]:
    yield keyed(section["title"], HEADING, section["code"])
    for paragraph in section["paragraphs"]:
        yield Paragraph(" ".join(markup(run) for run in paragraph), BODY)
    yield Paragraph(escape(section["caption"]), CAPTION)
    yield table([section["header"], *section["rows"]], (0.4, 0.15, 0.15, 0.15, 0.15), 2)
    if section["chart"]:
        yield Paragraph(escape(section["chart"]["caption"]), CAPTION)
        yield chart(section["chart"])


def markup(run: dict[str, str]) -> str:
    text = escape(run["text"])
    if run["kind"] == "link":
        return f'<link href="{run["url"]}" color="{look.LINK}">{text}</link>'
    tag = TAGS.get(run["kind"])
    return f"<{tag}>{text}</{tag}>" if tag else text


def table(rows: list[list[str]], widths: tuple[float, ...], right: int) -> LongTable:
    cells = [[Paragraph(text, RIGHT if place >= right else CELL) for place, text in enumerate(row)] for row in rows]
    made = LongTable(cells, [WIDTH * width for width in widths], repeatRows=1, spaceAfter=12)
    everything, padding = ((0, 0), (-1, -1)), (look.ROW - CELL.leading) / 2
    made.setStyle([("LINEBELOW", *everything, 0.4, HexColor(look.RULE)), ("VALIGN", *everything, "TOP")])
    made.setStyle([(f"{side}PADDING", *everything, padding) for side in ("TOP", "BOTTOM")])
    return made


def chart(data: dict[str, Any]) -> Drawing:
    drawing = Drawing(WIDTH, 148)
    bars = VerticalBarChart()
    bars.x, bars.y, bars.width, bars.height = 24, 20, WIDTH - 24, 112
    bars.data = [tuple(values) for values in data["values"]]
    bars.categoryAxis.categoryNames = list(data["categories"])
    bars.categoryAxis.labels.fontName = bars.valueAxis.labels.fontName = bars.barLabels.fontName = "FiraGO"
    bars.barLabelFormat = "%d"
    for number, colour in enumerate(look.COLOURS):
        bars.bars[number].fillColor = HexColor(colour)
    drawing.add(bars)
    return drawing


class Index(LongTable):
    """The content index, made anew in each pass from where the headings landed in the one before."""

    def __init__(self, sections: list[dict[str, Any]], template: Template) -> None:
        self._sections, self._template = sections, template
        self._numbers: list[str] = []
        self._before: list[str] | None = None
        self.beforeBuild()

    def isSatisfied(self) -> bool:  # noqa: N802  # ReportLab's name
        return self._numbers == self._before

    def beforeBuild(self) -> None:  # noqa: N802  # ReportLab's name
        self._before = self._numbers
        pages = self._template.pages
        rows = [["Code", "Section", "Page"]]
        for section in self._sections:
            code = section["code"]
            number = f'<link href="#{code}">{pages[code]}</link>' if code in pages else "0"
            rows.append([code, escape(section["title"]), number])
        self.__dict__.update(table(rows, (0.2, 0.65, 0.15), 2).__dict__)
        self._numbers = [row[2] for row in rows]

    def split(self, width: float, height: float) -> list[LongTable]:
        """Return the parts as plain tables: those of this class are made otherwise than ReportLab expects."""
        plain = LongTable.__new__(LongTable)
        plain.__dict__.update(self.__dict__)
        return list(plain.split(width, height))

    def notify(self, kind: str, stuff: Any) -> None:
        """Take no notice: the template keeps the pages."""

    def afterBuild(self) -> None:  # noqa: N802  # ReportLab's name
        """Nothing is left to do."""

    def isIndexing(self) -> int:  # noqa: N802  # ReportLab's name
        return 1


if __name__ == "__main__":
    main(*sys.argv[1:4])
