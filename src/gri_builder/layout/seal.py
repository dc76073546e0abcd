"""The seal of a digital signature: a few lines, drawn as a page of its own with the fonts that the program brings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from gri_builder._version import NAME, VERSION
from gri_builder.fonts.scripts import text_direction
from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.model.rich_text import Run
from gri_builder.model.theme import FontFamily
from gri_builder.pdf.reportlab_adapter.settings import document_settings
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.pdf.xmp import Metadata
from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.line_breaking import Line
from gri_builder.typesetting.style import TextStyle, make_style

LARGEST, SMALLEST, STEP = 9.0, 4.5, 0.5
"""Sizes of the text, in points: the largest that fits."""
LEADING = 1.25
INSET = 3.0


def draw_seal(lines: Sequence[str], size: tuple[float, float], language: str, font: FontFamily | None = None) -> bytes:
    """Return a PDF whose one page, of that size in points, shows the lines, the first one bold.

    Lines that don't fit are broken, and their text becomes smaller.
    """
    theme = load_theme()
    chosen = replace(theme, text_font=font, heading_font=font) if font else theme
    style = make_style(chosen, direction=text_direction(language))
    canvas = ReportCanvas(size, language, tagged=False)
    moment = datetime(1970, 1, 1, tzinfo=UTC)
    canvas.describe(Metadata("Seal", "", "", language, NAME, moment, f"{NAME} {VERSION}"))
    with document_settings():
        _write(canvas, lines, size, replace(style.note, color=style.text, hyphenate=False), language)
        canvas.save()
    return canvas.data


def _write(
    canvas: ReportCanvas, lines: Sequence[str], size: tuple[float, float], style: TextStyle, language: str
) -> None:
    """Write the lines in the largest size in which they fit, in the middle of the height."""
    width, height = size[0] - 2 * INSET, size[1] - 2 * INSET
    point = LARGEST
    while True:
        look = replace(style, size=point, leading=point * LEADING)
        broken = _break(lines, look, language, width)
        high = sum(len(each) for _, each in broken) * look.leading
        if high <= height or point <= SMALLEST:
            break
        point -= STEP
    baseline = size[1] - INSET - max(0.0, (height - high) / 2) - look.first_baseline
    pen = Pen(canvas)
    for text, each in broken:
        text.write(pen, each, INSET, baseline, width)
        baseline -= len(each) * look.leading
    pen.end()


def _break(lines: Sequence[str], look: TextStyle, language: str, width: float) -> list[tuple[TextLines, list[Line]]]:
    found = []
    for number, line in enumerate(lines):
        text = TextLines(StructureElement("P", None), look, language)
        found.append((text, text.break_runs((Run(line, bold=number == 0),), width)))
    return found
