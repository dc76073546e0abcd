"""The cover: background, logo, organization, title, subtitle, period and labels."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace
from PIL import Image

from gri_builder.layout.blocks.background_pattern import draw_pattern
from gri_builder.layout.blocks.cover_logo import PLATE, Box, CoverLogo, Plate, sample_behind
from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.layout.blocks.picture import Painting
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.color import WHITE, Color
from gri_builder.model.document import Cover
from gri_builder.pdf.content_stream import fill, rectangle
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.style import Style, TextStyle, deep
from gri_builder.typesetting.title_fitting import break_title, fit_title

CLEARANCE = 24.0
"""Space between the last text and the art below it."""
BOTTOM = 48.0
"""Free height below the last label: the strip of page numbers is below it."""
SMALLER = 0.9
"""Factor by which texts are set smaller until all of them fit."""
MIN_SCALE = 0.35
FIELD, PANEL, ART = 0.8, 0.44, 0.5
"""Shares of the page's height: the coloured field, the panel below a picture, the pattern."""
LOGO_TOP = 54.0
"""Distance of the logo from the page's upper edge."""


class CoverText(Struct, frozen=True):
    """A text at its place."""

    text: str
    style: TextStyle
    top: float
    bottom: float


class CoverPlan(Struct, frozen=True):
    """Where everything is."""

    texts: tuple[CoverText, ...]
    edge: float
    """Upper edge of the field, or height of the line below the organization."""


class CoverBlock(LayoutBox):
    """The whole first page."""

    def __init__(self, cover: Cover, parent: StructureElement, style: Style, language: str) -> None:
        super().__init__()
        self.cover, self.style, self.language = cover, style, language
        self.parent = parent
        self.variant = "pattern" if style.cover == "image" and not cover.picture else style.cover
        self.logo = CoverLogo.fit(cover.logo) if cover.logo else None

    def measure(self, width: float) -> None:
        """Take the whole frame."""
        self.height = self.style.page.height - 2

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the background, then logo and texts, from top to bottom."""
        plate = self._choose_plate(canvas)
        plan = self._plan(2 * PLATE if plate else 0.0)
        self._paint_background(canvas, plan)
        if self.logo:
            element = StructureElement("Figure", self.parent, alt=self.cover.organization)
            page = self.style.page
            self.logo.paint(canvas, page.margin, page.height - LOGO_TOP, plate, self.style.radius, element)
        for text in plan.texts:
            self._write(canvas, text)

    def _choose_plate(self, canvas: ReportCanvas) -> Plate | None:
        """Return the plate that the logo needs where it would fade, which is reported; None if it needs none."""
        logo, page = self.logo, self.style.page
        if logo is None:
            return None
        left, low = canvas.left(page.margin, logo.width), page.height - LOGO_TOP - logo.height
        judged = logo.needs_plate(self._ground((left, low, logo.width, logo.height)), self.style)
        if judged is None:
            return None
        fading, plate = judged
        colors = (fading.color, fading.ground)
        canvas.layout_warnings.warn_of_logo(logo.picture, colors, fading.ratio, plate.name if plate else None)
        return plate

    def _ground(self, box: Box) -> Image.Image | Color:
        """Return what is behind the logo, given its box on the page."""
        if self.variant == "field":
            return WHITE
        if self.variant == "image" and self.cover.picture:
            return sample_behind(self.cover.picture, self._picture_area(), box)
        return deep(self.style.primary)

    def _picture_area(self) -> tuple[float, float, float, float]:
        page = self.style.page
        panel = page.height * PANEL
        return 0.0, panel, page.width, page.height - panel

    def _plan(self, gap: float) -> CoverPlan:
        """Return the places of all texts, set smaller until they fit; `gap` is more space below the logo."""
        scale = 1.0
        plan = self._place(scale, gap)
        while plan.texts[-1].bottom < BOTTOM and scale > MIN_SCALE:
            scale *= SMALLER
            plan = self._place(scale, gap)
        return plan

    def _top(self, gap: float) -> float:
        """Return the upper edge of the first text."""
        height = self.style.page.height
        if self.variant == "image":
            return height * PANEL - 34
        return height - LOGO_TOP - self.logo.height - 10 - gap if self.logo else height - 62

    def _place(self, scale: float, gap: float) -> CoverPlan:
        """Return the places of all texts at a scale of their sizes."""
        cover, style, height = self.cover, self.style, self.style.page.height
        sub = style.subtitle.scaled(scale)
        head = replace(sub, bold=True, color=style.primary if self.variant == "field" else WHITE)
        name = self._fit(cover.organization, head, self._top(gap))
        match self.variant:
            case "field":
                edge = min(height * FIELD, name.bottom - 20)
                start = edge - 44
            case "image":
                edge = height * PANEL
                start = edge - 78
            case _:
                edge = min(height - 134, name.bottom - 8)
                start = edge - 22
        title = self._fit(cover.title, style.title.scaled(scale), min(name.bottom - 18, start))
        return CoverPlan((name, title, *self._place_rest(title.bottom, sub)), edge)

    def _place_rest(self, top: float, sub: TextStyle) -> Iterator[CoverText]:
        """Yield subtitle, period and labels below the title."""
        if self.cover.subtitle:
            yield (text := self._fit(self.cover.subtitle, sub, top - 12))
            top = text.bottom + 10
        yield (text := self._fit(self.cover.period, sub, top - 12))
        top = text.bottom - 8
        for label in self.cover.labels:
            yield (text := self._fit(label, replace(sub, size=9.5, leading=14), top - 2))
            top = text.bottom

    def _fit(self, text: str, style: TextStyle, top: float) -> CoverText:
        """Return a text at its place, set smaller if it is very long."""
        width = self._width()
        style = fit_title(text, style, width, self.style.page.height * 0.3, self.language)
        lines = len(break_title(text, style, width, self.language))
        return CoverText(text, style, top, top - lines * style.leading)

    def _width(self) -> float:
        return self.style.page.width - self.style.page.margin * 2

    def _paint_background(self, canvas: ReportCanvas, plan: CoverPlan) -> None:
        """Paint what is behind logo and texts; pattern and accent end below the last text."""
        page, style, edge = self.style.page, self.style, plan.edge
        free = max(0.0, plan.texts[-1].bottom - CLEARANCE)
        base = deep(style.primary)
        match self.variant:
            case "image":
                assert self.cover.picture
                Painting(self.cover.picture).paint(canvas, *self._picture_area())
                accent = fill(rectangle(page.margin, edge - 3, 60, 6), style.accent)
                canvas.decorate(fill(rectangle(0, 0, page.width, edge), base), accent)
            case "field":
                accent = fill(rectangle(page.margin, 0, 60, min(page.height * 0.2, free)), style.accent)
                canvas.decorate(fill(rectangle(0, 0, page.width, edge), base), accent)
            case _:
                canvas.decorate(
                    fill(rectangle(0, 0, page.width, page.height), base),
                    *draw_pattern(style.pattern, (0, 0, page.width, min(page.height * ART, free)), base, style.accent),
                    fill(rectangle(page.margin, edge, 60, 4), style.accent),
                )

    def _write(self, canvas: ReportCanvas, text: CoverText) -> None:
        """Write a text as one paragraph."""
        width = self._width()
        pen, written = Pen(canvas), TextLines(StructureElement("P", self.parent), text.style, self.language)
        lines = break_title(text.text, text.style, width, self.language)
        written.write(pen, lines, canvas.left(self.style.page.margin, width), text.top - text.style.size, width)
        pen.end()
