"""The cover: background, logo, organization, title, subtitle, period and labels."""

from __future__ import annotations

from PIL import Image

from gri_builder.layout.blocks.background_pattern import draw_pattern
from gri_builder.layout.blocks.pattern_variation import make_seed
from gri_builder.layout.blocks.picture import Painting
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.covers.cover_designs import Desk, plan_cover
from gri_builder.layout.covers.cover_logo import PLATE, CoverLogo, Plate, sample_behind
from gri_builder.layout.covers.cover_plan import CoverPlan
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.color import Color
from gri_builder.model.document import Cover
from gri_builder.pdf.content_stream import fill, rectangle
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.style import Style

BELOW_LOGO = 12.0
"""Space between the logo and what is below it."""
WITH_PICTURE = ("image", "photo")
"""Designs that need a picture; without one the cover has a pattern."""


class CoverBlock(LayoutBox):
    """The whole first page."""

    def __init__(self, cover: Cover, parent: StructureElement, style: Style, language: str) -> None:
        super().__init__()
        self.cover, self.style, self.language = cover, style, language
        self.parent = parent
        self.design = "pattern" if style.cover in WITH_PICTURE and not cover.picture else style.cover
        self.logo = CoverLogo.fit(cover.logo) if cover.logo else None

    def measure(self, width: float) -> None:
        """Take the whole frame."""
        self.height = self.style.page.height - 2

    def plan(self, plate: Plate | None = None) -> CoverPlan:
        """Return the places of everything, with space for the plate that the logo needs."""
        logo = (0.0, 0.0)
        if self.logo:
            logo = self.logo.width, self.logo.height + BELOW_LOGO + (2 * PLATE if plate else 0)
        return plan_cover(self.design, Desk(self.cover, self.style, self.language, logo))

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the background, then logo and texts."""
        plan = self.plan()
        if plate := self._choose_plate(canvas, plan):
            plan = self.plan(plate)
        self._paint_background(canvas, plan)
        if self.logo:
            element = StructureElement("Figure", self.parent, alt=self.cover.organization)
            self.logo.paint(canvas, *plan.logo, plate, self.style.radius, element)
        for text in plan.texts:
            text.write(canvas, self.parent, self.language)

    def _choose_plate(self, canvas: ReportCanvas, plan: CoverPlan) -> Plate | None:
        """Return the plate that the logo needs where it would fade, which is reported; None if it needs none."""
        logo = self.logo
        if logo is None:
            return None
        judged = logo.needs_plate(self._behind_logo(canvas, logo, plan), self.style)
        if judged is None:
            return None
        fading, plate = judged
        colors = (fading.color, fading.ground)
        canvas.layout_warnings.warn_of_logo(logo.picture, colors, fading.ratio, plate.name if plate else None)
        return plate

    def _behind_logo(self, canvas: ReportCanvas, logo: CoverLogo, plan: CoverPlan) -> Image.Image | Color:
        """Return what is behind the logo: the last ground that it is on, or else the picture."""
        x, top = plan.logo
        low = top - logo.height
        for (left, bottom, width, height), color in reversed(plan.grounds):
            if left <= x < left + width and bottom <= low < bottom + height:
                return color
        assert self.cover.picture
        assert plan.picture
        return sample_behind(
            self.cover.picture, canvas.bleed(*plan.picture), (canvas.left(x, logo.width), low, logo.width, logo.height)
        )

    def _paint_background(self, canvas: ReportCanvas, plan: CoverPlan) -> None:
        """Paint the picture, areas of colour, the pattern, and marks."""
        if plan.picture and self.cover.picture:
            Painting(self.cover.picture).paint(canvas, *canvas.bleed(*plan.picture))
        if plan.grounds:
            canvas.decorate(*(fill(rectangle(*canvas.bleed(*area)), color) for area, color in plan.grounds))
        if plan.art:
            ground, seed = self.style.ground(), make_seed(self.cover.title, 1)
            art = canvas.bleed(*plan.art)
            canvas.decorate(*draw_pattern(self.style.pattern, art, ground.color, ground.accent, seed))
        if plan.marks:
            canvas.decorate(*(fill(rectangle(*canvas.bleed(*area)), color) for area, color in plan.marks))
