"""An opening: what the opener of a chapter or part says, and how every design measures and draws it."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.fonts.faces import load_face
from gri_builder.layout.blocks.background_pattern import draw_pattern
from gri_builder.layout.blocks.box import paint_stack, stack_height
from gri_builder.layout.blocks.paragraph import Paragraph, TextLines
from gri_builder.layout.blocks.pattern_variation import make_seed
from gri_builder.layout.blocks.picture import Painting
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.openers.plan import Area, Ground, Numeral, Plan, Slot
from gri_builder.model.color import Color, mix
from gri_builder.pdf.content_stream import fill, rectangle
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.grounds import Ground as ColorGround
from gri_builder.typesetting.line_breaking import Line, TextFormat
from gri_builder.typesetting.style import Page, Style
from gri_builder.typesetting.title_fitting import break_title, fit_title

SCALES = (0.6, 1.35)
"""Least and greatest factor by which pagination may change the height of the art."""


class Opening(LayoutBox):
    """A title with what is set beside it: art, a lead, the topics of a chapter, its number."""

    keep_with_next = True

    def __init__(
        self,
        text: str,
        element: StructureElement,
        color: Color,
        style: Style,
        language: str,
        kind: str = "band",
        picture: Painting | None = None,
        number: int = 0,
    ) -> None:
        super().__init__()
        self.text, self.element, self.color, self.style, self.language = text, element, color, style, language
        self.kind, self.picture, self.number = kind, picture, number
        """A kind of 'run-on' is set in the text frame, below the chapter before; a number of 0 is not printed."""
        self.lead: list[LayoutBox] = []
        self.topics: list[LayoutBox] = []
        self.is_wide = False
        """Whether its text uses the whole width of the page."""
        self.look = style.chapter_title
        self.lines: list[Line] = []
        self.plan: Plan | None = None

    @property
    def page(self) -> Page:
        """The page's geometry."""
        return self.style.page

    @property
    def ground(self) -> ColorGround:
        """The chapter's colour as it is, with the colours of what is set on it."""
        return self.style.ground(self.color)

    @property
    def soft_ink(self) -> Color:
        """The colour of quiet text on that ground."""
        return mix(self.ground.ink, self.ground.color, 0.08)

    @property
    def variant(self) -> int:
        """Which of the four placements of its design it has: neighbouring chapters have different ones."""
        return (self.number - 1) % 4 if self.number else 0

    @property
    def scale(self) -> float:
        """The factor by which pagination changes the height of its art."""
        least, greatest = SCALES
        return min(greatest, max(least, self.spread.opener))

    # -- measuring ----------------------------------------------------------------------------------------------------

    def fit(self, width: float, height: float, scale: float = 1.0) -> float:
        """Break the title for that width, smaller if it would be higher than that, and return its height."""
        self.look = fit_title(self.text, self.style.chapter_title.scaled(scale), width, height, self.language)
        self.lines = break_title(self.text, self.look, width, self.language)
        return self.look.size + (len(self.lines) - 1) * self.look.leading

    def lead_height(self, width: float) -> float:
        """Return the height of the lead at that width, 0 without one."""
        return stack_height(self.lead, width, self) if self.lead else 0.0

    def topics_height(self, width: float) -> float:
        """Return the height of the topics at that width, 0 without any."""
        return stack_height(self.topics, width, self) if self.topics else 0.0

    def color_texts(self, plan: Plan) -> None:
        """Set lead and topics in the colours of their slots."""
        for boxes, slot in ((self.lead, plan.lead), (self.topics, plan.topics)):
            for box in boxes:
                if slot and isinstance(box, Paragraph) and box.style.color != slot.color:
                    box.style = replace(box.style, color=slot.color, link=slot.color)
                    box.text.style = replace(box.text.style, color=slot.color, link=slot.color)
                    box.lines, box._measured = None, None

    # -- drawing ------------------------------------------------------------------------------------------------------

    def draw_plan(self, canvas: ReportCanvas, plan: Plan, origin: float) -> None:
        """Draw grounds, number and texts; `origin` is the height that the plan measures down from."""
        for ground in plan.grounds:
            self._draw_ground(canvas, ground, origin)
        if plan.numeral and self.number:
            self._draw_numeral(canvas, plan.numeral, origin)
        slot, look = plan.title, replace(self.look, color=plan.title.color)
        lines = break_title(self.text, look, slot.width, self.language)
        pen = Pen(canvas)
        baseline = origin - slot.down - self.look.size * 0.78
        TextLines(self.element, look, self.language).write(
            pen, lines, canvas.left(slot.x, slot.width), baseline, slot.width
        )
        pen.end()
        for boxes, place in ((self.lead, plan.lead), (self.topics, plan.topics)):
            if boxes and place:
                paint_stack(boxes, canvas, place.x, origin - place.down, place.width, self)

    def _draw_ground(self, canvas: ReportCanvas, ground: Ground, origin: float) -> None:
        area = ground.area
        shape = canvas.bleed(area.x, origin - area.down - area.height, area.width, area.height)
        if ground.color is not None:
            canvas.decorate(fill(rectangle(*shape), ground.color))
        elif self.picture:
            self.picture.paint(canvas, *shape)
        else:
            base, seed = self.ground.behind_art, make_seed(self.text, self.number)
            canvas.decorate(*draw_pattern(self.style.pattern, shape, base, self.ground.accent, seed))

    def _draw_numeral(self, canvas: ReportCanvas, numeral: Numeral, origin: float) -> None:
        family = self.style.chapter_title.family
        look = TextFormat(load_face(bold=True, family=family), numeral.size, numeral.color)
        text = str(self.number)
        width = look.face.width(text) * look.size
        x = numeral.x - width if numeral.ends_at_x else numeral.x
        pen = Pen(canvas)
        pen.tag(None)
        pen.move(canvas.left(x, width), origin - numeral.baseline)
        pen.show(text, look)
        pen.end()

    def numeral_width(self, size: float) -> float:
        """Return the width of the chapter's number in digits of that size, in points."""
        return load_face(bold=True, family=self.style.chapter_title.family).width(str(self.number)) * size


def rule(x: float, down: float, width: float, height: float, color: Color) -> Ground:
    """Return a ground that is a rule or a bar."""
    return Ground(Area(x, down, width, height), color)


def art(x: float, down: float, width: float, height: float) -> Ground:
    """Return a ground with the chapter's picture or the theme's pattern."""
    return Ground(Area(x, down, width, height))


def slot_below(slot: Slot, height: float, gap: float, color: Color | None = None) -> Slot:
    """Return the slot below a text of that height."""
    return Slot(slot.x, slot.down + height + gap, slot.width, color or slot.color)
