"""WeasyPrint, as PDF/UA-1: `weasyprint_peer.py JSON FONTS OUT`."""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import weasyprint
from benchmarks.peers import look

FACES = {"regular": "", "bold": "font-weight: bold", "italic": "font-style: italic"}
TAGS = {"bold": "b", "italic": "i"}


def main(data: str, fonts: str, out: str) -> None:
    report = json.loads(Path(data).read_text(encoding="utf-8"))
    html = weasyprint.HTML(string="".join(write_html(report, Path(fonts))))
    html.write_pdf(out, pdf_variant="pdf/ua-1")


def write_html(report: dict[str, Any], fonts: Path) -> Iterator[str]:
    title, organization = escape(report["title"]), escape(report["organization"])
    yield f'<html lang="en"><head><title>{title}</title><meta name="author" content="{organization}">'
    yield f"<style>{style(f'{organization} · {title}', fonts)}</style></head><body>"
    yield f'<p class="cover">{title}</p><p>{organization}, 2015</p><h1>Contents</h1><nav>'
    topic = None
    for section in report["sections"]:
        if section["topic"] != topic:
            topic = section["topic"]
            yield f'<a href="#t-{section["code"]}">{escape(topic)} </a>'
        yield f'<a class="second" href="#{section["code"]}">{escape(section["title"])} </a>'
    yield "</nav>"
    topic = None
    for section in report["sections"]:
        if section["topic"] != topic:
            topic = section["topic"]
            yield f'<h1 id="t-{section["code"]}">{escape(topic)}</h1>'
        yield from write_section(section)
    yield "<h1>Content index</h1><table><thead><tr><th>Code<th>Section<th>Page</thead><tbody>"
    for section in report["sections"]:
        code = section["code"]
        yield f'<tr><td>{code}</td><td>{escape(section["title"])}</td><td><a class="page" href="#{code}"></a></td></tr>'
    yield "</tbody></table></body></html>"


def write_section(section: dict[str, Any]) -> Iterator[str]:
    yield f'<h2 id="{section["code"]}">{escape(section["title"])}</h2>'
    for paragraph in section["paragraphs"]:
        yield f"<p>{' '.join(write_run(run) for run in paragraph)}</p>"
    header = "".join(f"<th>{cell}</th>" for cell in section["header"])
    yield f'<p class="caption">{escape(section["caption"])}</p><table><thead><tr>{header}</tr></thead><tbody>'
    for row in section["rows"]:
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table>"
    if section["chart"]:
        yield f'<p class="caption">{escape(section["chart"]["caption"])}</p>{write_chart(section["chart"])}'


def write_run(run: dict[str, str]) -> str:
    text = escape(run["text"])
    if run["kind"] == "link":
        return f'<a href="{run["url"]}">{text}</a>'
    tag = TAGS.get(run["kind"])
    return f"<{tag}>{text}</{tag}>" if tag else text


def write_chart(chart: dict[str, Any]) -> str:
    width = look.WIDTH - look.LEFT - look.RIGHT
    slot = width / len(chart["categories"])
    bar = slot * 0.8 / len(chart["series"])
    shapes = []
    for place, category in enumerate(chart["categories"]):
        for number, values in enumerate(chart["values"]):
            left, height = place * slot + slot * 0.1 + number * bar, values[place]
            colour = look.COLOURS[number]
            shapes.append(
                f'<rect x="{left:.1f}" y="{130 - height}" width="{bar - 1:.1f}" height="{height}" fill="{colour}"/>'
                f'<text x="{left + bar / 2:.1f}" y="{128 - height}" text-anchor="middle">{values[place]}</text>'
            )
        shapes.append(f'<text x="{(place + 0.5) * slot:.1f}" y="144" text-anchor="middle">{category}</text>')
    for number, name in enumerate(chart["series"]):
        shapes.append(f'<rect x="{number * 90}" y="0" width="7" height="7" fill="{look.COLOURS[number]}"/>')
        shapes.append(f'<text x="{number * 90 + 11}" y="7">{name}</text>')
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}pt" height="148pt" viewBox="0 0 {width:.1f} 148" '
        f'font-family="FiraGO" font-size="7.4">{"".join(shapes)}</svg>'
    )
    alternative = f"Bar chart: {escape(chart['caption'])}"  # only an <img> passes it on to the PDF (ISO 14289-1, 7.3)
    return f'<img alt="{alternative}" src="data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}">'


def style(head: str, fonts: Path) -> str:
    faces = "".join(
        f"@font-face {{ font-family: FiraGO; src: url({(fonts / f'FiraGO-{name}.ttf').as_uri()}); {more} }}\n"
        for name, more in FACES.items()
    )
    return f"""{faces}
@page {{ size: A4; font-family: FiraGO; margin: {look.TOP}pt {look.RIGHT}pt {look.BOTTOM}pt {look.LEFT}pt;
  @top-left {{ content: "{head}"; font-size: 7.6pt }} @bottom-right {{ content: counter(page); font-size: 7.6pt }} }}
body {{ font: {look.BODY}pt/{look.LEADING}pt FiraGO; margin: 0; hyphens: auto }}
p {{ margin: 0 0 {look.AFTER}pt; orphans: 2; widows: 2 }} a {{ color: {look.LINK}; text-decoration: none }}
.cover {{ font-size: 30pt; line-height: 36pt; font-weight: bold; margin-top: 200pt }}
h1 {{ font-size: 24pt; line-height: 30pt; break-before: page; break-after: avoid; margin: 0 0 16pt; bookmark-level: 1 }}
h2 {{ font-size: {look.HEADING}pt; line-height: 20pt; break-after: avoid;
  margin: {look.HEADING_BEFORE}pt 0 {look.HEADING_AFTER}pt; bookmark-level: 2 }}
.caption {{ font-size: {look.CAPTION}pt; line-height: 11.6pt; font-weight: bold; break-after: avoid; margin: 5pt 0 }}
table {{ border-collapse: collapse; width: 100%; font-size: {look.CELL}pt; line-height: 11pt; margin-bottom: 12pt }}
th, td {{ padding: {(look.ROW - 11) / 2:.2f}pt 5pt; border-bottom: .4pt solid {look.RULE};
  text-align: left; vertical-align: top }}
td:nth-child(n+3), th:nth-child(n+3) {{ text-align: right }} tr, img {{ break-inside: avoid }}
nav a {{ display: block; color: black }} nav .second {{ margin-left: 14pt }}
nav a::after {{ content: leader('.') target-counter(attr(href), page) }}
.page::after {{ content: target-counter(attr(href), page) }}"""


if __name__ == "__main__":
    main(*sys.argv[1:4])
