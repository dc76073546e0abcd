"""Openings: the cover, the bands that begin chapters, and the lines of the contents."""

from __future__ import annotations

import io
from dataclasses import replace

from reportlab.lib.utils import ImageReader

from gri_builder.document import Cover
from gri_builder.produce.colour import BLACK, WHITE, Colour, mix
from gri_builder.produce.render.block import Block
from gri_builder.produce.render.canvas import Pen, ReportCanvas, box
from gri_builder.produce.render.fonts import load_face
from gri_builder.produce.render.style import BODY, Page, Style, TextStyle
from gri_builder.produce.render.tagging import Element
from gri_builder.produce.render.text import Line, Look, break_lines, make_words
from gri_builder.prose import Run

TITLE = TextStyle(38, 43, colour=WHITE, bold=True, hyphenate=False)
SUBTITLE = TextStyle(15, 21, colour=WHITE, hyphenate=False)
CHAPTER_TITLE = TextStyle(27, 32, colour=WHITE, bold=True, hyphenate=False)
BAND = 168
"""Height of a chapter's band from the page's upper edge, for a title of one line."""
BAND_GAP = 26


def fit_style(text: str, style: TextStyle, width: float, height: float, language: str) -> TextStyle:
    """Return the style, made smaller until the text needs no more than that height."""
    while len(break_lines(make_words((Run(text),), style), width, style, language)) * style.leading > height:
        style = replace(style, size=style.size * 0.85, leading=style.leading * 0.85)
    return style


def waves(page: Page, bottom: float, top: float, base: Colour, other: Colour) -> list[str]:
    """Return layered slopes over the whole width: a pattern that needs no photograph."""
    shapes, layers = [], 5
    for layer in range(layers):
        share, height = layer / (layers - 1), top - bottom
        left = bottom + height * (0.92 - 0.74 * share)
        right = bottom + height * (0.58 - 0.5 * share if layer % 2 else 0.98 - 0.86 * share)
        tone = mix(base, other, 0.14 + 0.5 * share)
        bend = f"{page.width * 0.36:.2f} {right + height * 0.16:.2f} {page.width * 0.62:.2f} {left - height * 0.2:.2f}"
        shapes.append(
            f"{tone} rg 0 {bottom:.2f} m 0 {left:.2f} l {bend} {page.width:.2f} {right:.2f} c "
            f"{page.width:.2f} {bottom:.2f} l h f"
        )
    return shapes


class CoverBlock(Block):
    """The whole first page."""

    def __init__(self, cover: Cover, parent: Element, style: Style, language: str) -> None:
        super().__init__()
        self.cover, self.style, self.language = cover, style, language
        self.parent = parent

    def measure(self, width: float) -> None:
        """Take the whole frame."""
        self.height = self.style.page.height - 2

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the ground and the slopes, then organization, title, subtitle and period."""
        page, primary = self.style.page, self.style.primary
        deep = mix(primary, BLACK, 0.18)
        canvas.decorate(
            f"{deep} rg {box(0, 0, page.width, page.height)} f",
            *waves(page, 0, page.height * 0.44, deep, self.style.accent),
        )
        y = page.height - 96
        if self.cover.logo:
            y = self._paint_logo(canvas, page.margin, page.height - 60)
        y = self._write(canvas, self.cover.organization, replace(SUBTITLE, bold=True), page.margin, y)
        y = self._write(canvas, self.cover.title, TITLE, page.margin, min(y - 26, page.height - 190))
        if self.cover.subtitle:
            y = self._write(canvas, self.cover.subtitle, SUBTITLE, page.margin, y - 12)
        y = self._write(canvas, self.cover.period, SUBTITLE, page.margin, y - (2 if self.cover.subtitle else 12))
        for label in self.cover.labels:
            y = self._write(canvas, label, replace(SUBTITLE, size=9.5, leading=14), page.margin, y - 10)

    def _write(self, canvas: ReportCanvas, text: str, style: TextStyle, x: float, top: float) -> float:
        """Write a text as a paragraph of its own; return where the next one begins."""
        width = self.style.page.width * 0.78
        style = fit_style(text, style, width, self.style.page.height * 0.3, self.language)
        element, pen = Element("P", self.parent), Pen(canvas)
        pen.tag(element)
        for line in break_lines(make_words((Run(text),), style), width, style, self.language):
            _show_line(pen, line, x, top - style.size)
            top -= style.leading
        pen.end()
        return top

    def _paint_logo(self, canvas: ReportCanvas, x: float, top: float) -> float:
        logo = self.cover.logo
        assert logo is not None
        height = min(44.0, logo.height * 72 / 150)
        width = min(200.0, height * logo.width / logo.height)
        height = width * logo.height / logo.width
        element = Element("Figure", self.parent, alt=self.cover.organization)
        bounds = f"{x:.2f} {top - height:.2f} {x + width:.2f} {top:.2f}"
        element.attributes = f"<</O/Layout/Placement/Block/BBox[{bounds}]>>"
        canvas.emit(canvas.begin(element))
        canvas.drawImage(ImageReader(io.BytesIO(logo.data)), x, top - height, width, height, mask="auto")
        canvas.emit("EMC")
        return top - height - 26


def _show_line(pen: Pen, line: Line, x: float, y: float) -> None:
    pen.move(x, y)
    for piece in line.pieces:
        pen.show(piece.text, piece.look)
    if not line.last:
        pen.show(" ", line.pieces[-1].look)


class ChapterTitle(Block):
    """The band of colour across the page's head that begins a chapter, its title in it."""

    keep_with_next = True

    def __init__(self, text: str, element: Element, colour: Colour, style: Style, language: str, inset: float) -> None:
        super().__init__()
        self.text, self.element, self.colour, self.style, self.language = text, element, colour, style, language
        self.inset = inset
        """How far the frame's left edge stands from the page's margin."""
        self.lines: list[Line] = []
        self.look = CHAPTER_TITLE

    def measure(self, width: float) -> None:
        """Break the title; the band grows with its lines, and a very long one is set smaller."""
        page = self.style.page
        self.look = fit_style(self.text, CHAPTER_TITLE, page.full, page.height * 0.4, self.language)
        self.lines = break_lines(make_words((Run(self.text),), self.look), page.full, self.look, self.language)
        self.height = BAND - page.top + (len(self.lines) - 1) * self.look.leading + BAND_GAP

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the band from the page's edge down, then the title."""
        page = self.style.page
        low = top - self.height + BAND_GAP
        canvas.decorate(
            f"{self.colour} rg {box(0, low, page.width, page.height - low)} f",
            f"{self.style.accent} rg {box(page.margin, low, 44, 4)} f",
        )
        pen, baseline = Pen(canvas), low + 30 + (len(self.lines) - 1) * self.look.leading
        pen.tag(self.element)
        for line in self.lines:
            _show_line(pen, line, page.margin, baseline)
            baseline -= self.look.leading
        pen.end()


class ContentsLine(Block):
    """One entry of the contents: text, and the page number that is known only at the end."""

    def __init__(self, level: int, text: str, target: str, parent: Element, style: Style, language: str) -> None:
        super().__init__(before=7 if level == 1 else 0, after=2)
        self.level, self.text, self.target, self.language = level, text, target, language
        self.element = Element("Link", Element("Reference", Element("TOCI", parent)))
        self.style = replace(
            BODY, bold=level == 1, leading=14.5, hyphenate=False, colour=style.primary if level == 1 else BODY.colour
        )
        self.lines: list[Line] = []
        self.keep_with_next = level == 1

    def measure(self, width: float) -> None:
        """Break the text, leaving room for the number."""
        self.lines = break_lines(make_words((Run(self.text),), self.style), width - 54, self.style, self.language)
        self.height = len(self.lines) * self.style.leading

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Write text and number as one link."""
        indent = 0 if self.level == 1 else 14
        pen, baseline = Pen(canvas), top - 10.5
        pen.tag(self.element)
        for number, line in enumerate(self.lines):
            _show_line(pen, line, x + indent, baseline - number * self.style.leading)
        look = Look(load_face(self.level == 1, tabular=True), self.style.size, self.style.colour)
        last = baseline - (len(self.lines) - 1) * self.style.leading
        pen.show(" ", look)
        pen.late(self.target, look, x + self.width, last)
        pen.end()
        canvas.link(self.element, (x, top - self.height, x + self.width, top), f"#{self.target}", self.text)
