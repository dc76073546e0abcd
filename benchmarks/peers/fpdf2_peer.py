"""fpdf2, which can't tag: `fpdf2_peer.py JSON FONTS OUT`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.peers import look
from fpdf import FPDF, FontFace
from fpdf.outline import TableOfContents

LINE = 11.0
"""Height of a line in tables."""
STYLES = {"regular": "", "bold": "B", "italic": "I"}


class Report(FPDF):
    """Pages with a running head and a page number."""

    head = ""

    def header(self) -> None:
        self.set_font("FiraGO", size=7.6)
        self.set_y(36)
        self.cell(0, 10, self.head, new_x="LMARGIN", new_y="NEXT")
        self.set_y(look.TOP)

    def footer(self) -> None:
        self.set_y(-look.BOTTOM + 24)
        self.set_font("FiraGO", size=7.6)
        self.cell(0, 10, str(self.page_no()), align="R")


def main(data: str, fonts: str, out: str) -> None:
    report = json.loads(Path(data).read_text(encoding="utf-8"))
    pdf = Report(unit="pt", format="A4")
    pdf.head = f"{report['organization']} · {report['title']}"
    pdf.set_title(report["title"])
    pdf.set_lang("en")
    pdf.set_margins(look.LEFT, look.TOP, look.RIGHT)
    pdf.set_auto_page_break(True, look.BOTTOM)
    for name, style in STYLES.items():
        pdf.add_font("FiraGO", style, str(Path(fonts) / f"FiraGO-{name}.ttf"))
    write(pdf, report)
    pdf.output(out)


def write(pdf: Report, report: dict[str, Any]) -> None:
    pdf.add_page()
    pdf.set_font("FiraGO", "B", 30)
    pdf.set_y(250)
    pdf.multi_cell(0, 36, report["title"], new_x="LMARGIN", new_y="NEXT")
    pdf.add_page()
    pdf.set_font("FiraGO", size=look.BODY)
    pdf.insert_toc_placeholder(TableOfContents().render_toc, allow_extra_pages=True)
    links = {section["code"]: pdf.add_link() for section in report["sections"]}
    pages: dict[str, int] = {}
    topic = None
    for section in report["sections"]:
        if section["topic"] != topic:
            topic = section["topic"]
            if pdf.get_y() > look.TOP:
                pdf.add_page()
            heading(pdf, topic, 24, 0)
        elif pdf.will_page_break(80 + look.HEADING_BEFORE):
            pdf.add_page()
        else:
            pdf.ln(look.HEADING_BEFORE)
        pdf.set_link(links[section["code"]], page=pdf.page_no(), y=pdf.get_y())
        pages[section["code"]] = pdf.page_no()
        write_section(pdf, section)
    write_index(pdf, report, links, pages)


def heading(pdf: Report, text: str, size: float, level: int) -> None:
    pdf.start_section(text, level)
    pdf.set_font("FiraGO", "B", size)
    pdf.multi_cell(0, size * 1.25, text, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(look.HEADING_AFTER)


def write_section(pdf: Report, section: dict[str, Any]) -> None:
    heading(pdf, section["title"], look.HEADING, 1)
    for paragraph in section["paragraphs"]:
        for run in paragraph:
            pdf.set_font("FiraGO", {"bold": "B", "italic": "I"}.get(run["kind"], ""), look.BODY)
            pdf.write(look.LEADING, run["text"] + " ", run["url"])
        pdf.ln(look.LEADING + look.AFTER)
    caption(pdf, section["caption"])
    pdf.set_font("FiraGO", size=look.CELL)
    write_table(pdf, section["header"], section["rows"], (40, 15, 15, 15, 15), ("L", "L", "R", "R", "R"))
    if section["chart"]:
        write_chart(pdf, section["chart"])


def caption(pdf: Report, text: str) -> None:
    if pdf.will_page_break(70):
        pdf.add_page()
    pdf.set_font("FiraGO", "B", look.CAPTION)
    pdf.multi_cell(0, 14, text, new_x="LMARGIN", new_y="NEXT")


def write_table(pdf: Report, header: list[str], rows: list[list[str]], widths: tuple[int, ...], align: Any) -> None:
    bold = FontFace(emphasis="BOLD")
    with pdf.table(
        col_widths=widths,
        text_align=align,
        line_height=LINE,
        padding=(look.ROW - LINE) / 2,
        align="L",
        borders_layout="HORIZONTAL_LINES",
        headings_style=bold,
    ) as table:
        table.row(header)
        for row in rows:
            table.row(row)
    pdf.ln(12)


def write_chart(pdf: Report, chart: dict[str, Any]) -> None:
    if pdf.will_page_break(170):
        pdf.add_page()
    caption(pdf, chart["caption"])
    top, width = pdf.get_y() + 14, pdf.epw
    slot = width / len(chart["categories"])
    bar = slot * 0.8 / len(chart["series"])
    pdf.set_font("FiraGO", size=7.4)
    for place, category in enumerate(chart["categories"]):
        for number, values in enumerate(chart["values"]):
            pdf.set_fill_color(look.COLOURS[number])
            left = pdf.l_margin + place * slot + slot * 0.1 + number * bar
            pdf.rect(left, top + 110 - values[place], bar - 1, values[place], "F")
            pdf.text(left, top + 108 - values[place], str(values[place]))
        pdf.text(pdf.l_margin + place * slot + slot / 2, top + 122, category)
    for number, name in enumerate(chart["series"]):
        pdf.text(pdf.l_margin + number * 90, top - 4, name)
    pdf.set_fill_color(255)
    pdf.set_y(top + 136)


def write_index(pdf: Report, report: dict[str, Any], links: dict[str, Any], pages: dict[str, int]) -> None:
    pdf.add_page()
    heading(pdf, "Content index", 24, 0)
    pdf.set_font("FiraGO", size=look.CELL)
    with pdf.table(
        col_widths=(20, 65, 15),
        line_height=LINE,
        padding=(look.ROW - LINE) / 2,
        align="L",
        borders_layout="HORIZONTAL_LINES",
    ) as table:
        table.row(["Code", "Section", "Page"])
        for section in report["sections"]:
            row = table.row()
            row.cell(section["code"])
            row.cell(section["title"])
            row.cell(str(pages[section["code"]]), link=links[section["code"]])


if __name__ == "__main__":
    main(*sys.argv[1:4])
