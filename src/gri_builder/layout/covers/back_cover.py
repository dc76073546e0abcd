"""The back cover: the brand's colour, the organization with its addresses, and a code that leads to the web edition."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gri_builder.layout.blocks.background_pattern import draw_pattern
from gri_builder.layout.blocks.box import paint_stack, stack_height
from gri_builder.layout.blocks.paragraph import Paragraph
from gri_builder.layout.blocks.pattern_variation import make_seed
from gri_builder.layout.blocks.qr_code import paint_code
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.covers.cover_designs import FOOT, HAIRLINE, NAME_SIZE, SMALL_SIZE
from gri_builder.layout.covers.cover_logo import CoverLogo
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.color import WHITE
from gri_builder.model.document import BackCover
from gri_builder.model.rich_text import Paragraph as Prose
from gri_builder.model.rich_text import Run, Runs
from gri_builder.pdf.content_stream import fill, rectangle, rounded_rectangle
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.style import GUTTER, Style

CODE, QUIET = 62.0, 7.0
"""Side of the code, and of the white margin around it that readers of codes need."""
COLUMNS = (0.42, 0.3, 0.28)
"""Widths of the columns relative to the space for all."""
GAP = 16.0
"""Space between the rule and what is below or above it."""
PATTERNED = ("pattern", "split", "window")
"""Designs of the first page whose pattern comes back on the last one."""
ART = 0.3
"""Height of the pattern relative to the page's."""


class BackCoverBlock(LayoutBox):
    """The whole last page: all texts are at its foot, below a rule."""

    def __init__(self, back: BackCover, root: StructureElement, style: Style, language: str) -> None:
        super().__init__()
        self.back, self.root, self.style, self.language = back, root, style, language
        self.ground = style.ground()
        self.logo = CoverLogo.fit(back.logo) if back.logo else None

    def measure(self, width: float) -> None:
        """Take the whole frame."""
        self.height = self.style.page.height - 2

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the ground, then logo, sender, code and facts."""
        page, back = self.style.page, self.back
        section = StructureElement("Sect", self.root)
        widths = [share * (page.full_width - 2 * GUTTER) for share in COLUMNS]
        lefts = [page.margin, page.margin + widths[0] + GUTTER, page.margin + widths[0] + widths[1] + 2 * GUTTER]
        logo = StructureElement("Figure", section, alt=back.organization) if self.logo else None
        sender, contacts = self._sender(section), self._paragraphs(back.lines[1:], section)
        code = StructureElement("Figure", section, alt=back.code.alt) if back.code else None
        web = self._web(section)
        facts = self._paragraphs([(Run(text),) for text in back.facts], section)
        low = FOOT + stack_height(facts, page.full_width, self) + GAP
        heights = [
            stack_height(boxes, width, self) for boxes, width in zip((sender, contacts, web), widths, strict=True)
        ]
        heights[2] += CODE + 3 * QUIET if code else 0.0
        high = low + max(heights)
        self._paint_ground(canvas, high + GAP)
        if self.logo and logo:
            judged = self.logo.needs_plate(self.ground.color, self.style)
            foot = high + 2 * GAP + self.logo.height
            self.logo.paint(canvas, page.margin, foot, judged[1] if judged else None, self.style.radius, logo)
        paint_stack(sender, canvas, lefts[0], high, widths[0], self)
        paint_stack(contacts, canvas, lefts[1], high, widths[1], self)
        if back.code and code:
            self._paint_code(canvas, back.code.target, code, lefts[2], high)
            paint_stack(web, canvas, lefts[2], high - CODE - 3 * QUIET, widths[2], self)
        paint_stack(facts, canvas, page.margin, low - GAP, page.full_width, self)

    def _sender(self, section: StructureElement) -> list[LayoutBox]:
        """Return the organization's name and postal address."""
        style = replace(self.style.subtitle, size=NAME_SIZE, leading=NAME_SIZE * 1.4, color=self.ground.ink, bold=True)
        element = StructureElement("P", section)
        name = Paragraph((Run(self.back.organization),), replace(style, after=3), element, self.language)
        return [name, *self._paragraphs(self.back.lines[:1], section)]

    def _web(self, section: StructureElement) -> list[LayoutBox]:
        """Return what is printed below the code."""
        blocks = self.back.code.blocks if self.back.code else ()
        return self._paragraphs([block.runs for block in blocks if isinstance(block, Prose)], section)

    def _paragraphs(self, texts: Sequence[Runs], section: StructureElement) -> list[LayoutBox]:
        """Return short lines, in the colour of text on the ground."""
        ink = self.ground.ink
        style = replace(self.style.subtitle, size=SMALL_SIZE, leading=SMALL_SIZE * 1.45, color=ink, link=ink)
        return [Paragraph(runs, style, StructureElement("P", section), self.language) for runs in texts]

    def _paint_ground(self, canvas: ReportCanvas, rule: float) -> None:
        """Paint the colour of the brand, the cover's pattern at the head, and the rule over the texts."""
        page, ground = self.style.page, self.ground
        canvas.decorate(fill(rectangle(*canvas.bleed(0, 0, page.width, page.height)), ground.color))
        if self.style.cover in PATTERNED:
            area = canvas.bleed(0.0, page.height * (1 - ART), page.width, page.height * ART)
            seed = make_seed(self.back.facts[0] if self.back.facts else "", 1)
            canvas.decorate(*draw_pattern(self.style.pattern, area, ground.color, ground.accent, seed))
        canvas.decorate(fill(rectangle(page.margin, rule, page.full_width, HAIRLINE), ground.ink))

    def _paint_code(
        self, canvas: ReportCanvas, target: str, element: StructureElement, left: float, high: float
    ) -> None:
        """Paint the code on white."""
        side = CODE + 2 * QUIET
        canvas.decorate(fill(rounded_rectangle(left, high - side, side, side, self.style.radius), WHITE))
        at = (left + QUIET, high - side + QUIET)
        paint_code(canvas, target, element, at, CODE, self.style.text)
