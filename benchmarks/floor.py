"""The floor: the operators of finished pages, replayed through ReportLab's canvas.

`floor.py JSON FONTS OUT`, where JSON holds the operators of each page. Nothing is laid out, tagged or linked: no
program that uses ReportLab's canvas can be faster.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from tests.support.page_operators import operators_of


def write_operators(pdf: Path, file: Path) -> None:
    """Write the operators of each page of a PDF as JSON."""
    pages = PdfReader(pdf).pages
    file.write_text(json.dumps([operators_of(page) for page in pages]), encoding="utf-8")


def main(data: str, fonts: str, out: str) -> None:
    pages = json.loads(Path(data).read_text(encoding="utf-8"))
    canvas = Canvas(out, pageCompression=1)
    for name in ("regular", "bold", "italic"):
        pdfmetrics.registerFont(TTFont(f"FiraGO-{name}", str(Path(fonts) / f"FiraGO-{name}.ttf")))
    for operators in pages:
        for name in ("regular", "bold", "italic"):
            canvas.setFont(f"FiraGO-{name}", 10)
            canvas.drawString(0, 0, "Aa1")  # embeds the fonts that the pages need
        canvas._code.append(operators)
        canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    main(*sys.argv[1:4])
