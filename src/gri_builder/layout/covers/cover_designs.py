"""Designs of the first page: each places the same texts in another way, and the art clear of them.

Grounds, art and pictures reach to the page's edges; texts are inside the margins. A design is planned at a scale of its
texts, and planned anew at a smaller one until all of them have room.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.layout.blocks.background_pattern import Area
from gri_builder.layout.covers.cover_plan import (
    MAX_SHARE,
    Column,
    CoverPlan,
    CoverText,
    raise_to,
    set_text,
    stack_texts,
)
from gri_builder.model.color import WHITE, Color, contrast, mix
from gri_builder.model.document import Cover
from gri_builder.typesetting.grounds import Ground
from gri_builder.typesetting.style import Page, Style, TextStyle
from gri_builder.typesetting.title_fitting import break_title, enlarge_word, inner_ends

CLEARANCE = 30.0
"""Space between texts and art."""
TOP = 54.0
"""Distance of the logo, or the first text, from the page's upper edge."""
FOOT = 50.0
"""Free height below the last text."""
SMALLER = 0.9
"""Factor by which all texts are set smaller until they have room."""
MIN_SCALE = 0.25
LARGE, LARGE_LINES = 1.35, 3
"""Size of a short title relative to that of others, and how many lines it may have."""
HEAD_SHARES = (0.62, 0.33)
"""Widths of organization and period at the head, relative to the width of both."""
MIN_ART = 60.0
"""Height in points that a pattern needs."""
PANELS = (0.46, 0.58, 0.7)
"""Heights of the area below a picture, relative to the page's: the first that holds the texts is taken."""
BAND, HAIRLINE = 7.0, 0.8
"""Thickness of a band of colour and of a rule."""
NAME_SIZE, SMALL_SIZE = 13.0, 9.5
YEAR_CONTRAST = 3.0
"""Contrast of very large text with its ground (WCAG 2, 1.4.3)."""
MAX_YEAR = 0.3
"""Largest size of the year relative to the page's height."""
DIGIT_HEIGHT = 0.74
"""Height of a digit relative to the size of its font, with a little air."""


class Desk(Struct, frozen=True):
    """What a design works with."""

    cover: Cover
    style: Style
    language: str
    logo: tuple[float, float]
    """Width of the logo, and height that it takes with its plate and the space below it; zeros without one."""
    scale: float = 1.0

    @property
    def page(self) -> Page:
        """The page's geometry."""
        return self.style.page

    @property
    def ground(self) -> Ground:
        """The ground of the main colour."""
        return self.style.ground()

    def column(self, left: float, width: float) -> Column:
        """Return a column of that place and width."""
        return Column(left, width, self.page.height * MAX_SHARE)

    @property
    def dark(self) -> Color:
        """The colour of large text on white: the main one, or that of running text where the main one is pale."""
        return self.style.text if self.ground.is_pale else self.style.primary

    @property
    def whole(self) -> Column:
        """The column between the margins."""
        return self.column(self.page.margin, self.page.full_width)

    def title(self, color: Color, top: float, column: Column) -> CoverText:
        """Return the title: large where it is short, and larger still where it is a single word."""
        text, style = self.cover.title, replace(self.style.title.scaled(self.scale), color=color)
        single = enlarge_word(text, style, column.width, self.language)
        if single == style:
            large = set_text(text, style.scaled(LARGE), column, top, self.language, even=True)
            if len(large.lines) <= LARGE_LINES and not any(inner_ends(text, list(large.lines))):
                return large
        return set_text(text, single, column, top, self.language, even=True)

    def narrowest(self, left: float, edges: Sequence[float]) -> tuple[float, Column]:
        """Return the first of some right edges that leaves the words of the title whole, with the column up to it."""
        for edge in edges:
            column = self.column(left, min(edge - left - CLEARANCE, self.page.full_width))
            title = self.title(self.ground.ink, 0.0, column)
            if not any(inner_ends(self.cover.title, list(title.lines))):
                break
        return edge, column

    def name(self, color: Color, top: float, column: Column) -> CoverText:
        """Return the organization's name."""
        style = self._plain(color, NAME_SIZE, True)
        return set_text(self.cover.organization, style, column, top, self.language, even=True)

    def period(self, color: Color, top: float, column: Column) -> CoverText:
        """Return the reporting period, at the end of its lines."""
        style = replace(self._plain(color, NAME_SIZE, True), align="end")
        return set_text(self.cover.period, style, column, top, self.language, even=True)

    def subtitle(self, color: Color, title: CoverText) -> list[CoverText]:
        """Return the subtitle, if there is one, clear of the title's descenders, which some scripts have deep."""
        style = replace(self.style.subtitle.scaled(self.scale), color=color)
        gap = 8.0 + title.style.size * 0.16
        texts = [(self.cover.subtitle, style, gap)] if self.cover.subtitle else []
        return stack_texts(texts, title.column, title.bottom, self.language)

    def foot(self, color: Color, column: Column, floor: float = FOOT, with_period: bool = False) -> list[CoverText]:
        """Return the short lines on the report itself, the last one ending at that height."""
        lines = [(label, self._plain(color, SMALL_SIZE), 0.0) for label in self.cover.labels]
        if with_period:
            lines.insert(0, (self.cover.period, self._plain(color, NAME_SIZE, True), 0.0))
        return raise_to(stack_texts(lines, column, 0.0, self.language), floor)

    def head(self, color: Color, top: float, column: Column) -> tuple[CoverText, CoverText]:
        """Return organization and period, side by side below the logo, the period beside the logo if there is one."""
        first, last = (share * column.width for share in HEAD_SHARES)
        side = self.column(column.left + column.width - last, last)
        below = top - self.logo[1]
        return self.name(color, below, self.column(column.left, first)), self.period(color, top, side)

    def _plain(self, color: Color, size: float, bold: bool = False) -> TextStyle:
        size *= max(self.scale, 0.5)
        return replace(self.style.subtitle, size=size, leading=size * 1.4, color=color, bold=bold)


def plan_pattern(desk: Desk) -> CoverPlan:
    """Text in the upper half on the main colour, a pattern in the lower one."""
    page, ink = desk.page, desk.ground.ink
    name, period = desk.head(ink, page.height - TOP, desk.whole)
    title = desk.title(ink, min(page.height * 0.8, _end(name, period) - 34), desk.whole)
    subtitle = desk.subtitle(ink, title)
    labels = desk.foot(ink, desk.whole)
    labels = raise_to(labels, _end(title, *subtitle) - 16 - _height(labels))
    last = _end(title, *subtitle, *labels)
    return CoverPlan(
        (name, title, *subtitle, period, *labels),
        last - FOOT,
        grounds=((_full(page), desk.ground.color),),
        art=_art(0.0, 0.0, page.width, min(page.height * 0.52, last - CLEARANCE)),
        logo=(page.margin, page.height - TOP),
    )


def plan_field(desk: Desk) -> CoverPlan:
    """The sender on white, everything else in a field of the main colour, with a band of the accent between."""
    page, ink = desk.page, desk.ground.ink
    name, period = desk.head(desk.dark, page.height - TOP, desk.whole)
    edge = min(page.height * 0.8, _end(name, period) - 26)
    title = desk.title(ink, edge - 58, desk.whole)
    subtitle = desk.subtitle(ink, title)
    labels = desk.foot(ink, desk.whole)
    return CoverPlan(
        (name, title, *subtitle, period, *labels),
        _end(title, *subtitle) - _start(labels) - CLEARANCE,
        grounds=((_full(page), WHITE), ((0.0, 0.0, page.width, edge), desk.ground.color)),
        marks=(((0.0, edge, page.width, BAND), desk.style.accent),),
        logo=(page.margin, page.height - TOP),
    )


def plan_type(desk: Desk) -> CoverPlan:
    """Nothing but type: a large title at the head, the year as wide as the page at its foot."""
    page, ink = desk.page, desk.ground.ink
    year = _set_year(desk)
    name = desk.name(ink, page.height - TOP - desk.logo[1], desk.whole)
    title = desk.title(ink, name.bottom - 30, desk.whole)
    subtitle = desk.subtitle(ink, title)
    floor = year.top - year.style.size * (1 - DIGIT_HEIGHT) + CLEARANCE
    labels = desk.foot(ink, desk.whole, floor, with_period=bool(desk.cover.year))
    rule = _start(labels, floor) + 10
    return CoverPlan(
        (name, title, *subtitle, year, *labels),
        _end(title, *subtitle) - rule - CLEARANCE,
        grounds=((_full(page), desk.ground.color),),
        marks=(((page.margin, rule, page.full_width, HAIRLINE), ink),),
        logo=(page.margin, page.height - TOP),
    )


def _set_year(desk: Desk) -> CoverText:
    """Return the year in the largest size that fits the page's width, ending above the page numbers' strip."""
    page, text = desk.page, desk.cover.year or desk.cover.period
    style = replace(desk.style.title, color=_seen(desk.ground), leading=desk.style.title.size)
    lines = break_title(text, style, desk.whole.width, desk.language)
    if len(lines) == 1:
        style = style.scaled(min(desk.whole.width * 0.985 / lines[0].width, page.height * MAX_YEAR / style.size))
    year = set_text(text, style, desk.whole, 0.0, desk.language)
    return year.moved(max(page.margin, FOOT) + len(year.lines) * year.style.size)


def _seen(ground: Ground) -> Color:
    """Return the accent in a shade that is seen on the ground as large text."""
    shades = (mix(ground.accent, ground.ink, step / 20) for step in range(21))
    return next(shade for shade in shades if contrast(shade, ground.color) >= YEAR_CONTRAST)


def plan_split(desk: Desk) -> CoverPlan:
    """Two columns over the whole height: text on the main colour, and the pattern."""
    page, ink = desk.page, desk.ground.ink
    edge, column = desk.narrowest(page.margin, (page.width * 0.66, page.width * 0.8))
    name = desk.name(ink, page.height - TOP - desk.logo[1], column)
    title = desk.title(ink, min(page.height * 0.7, name.bottom - 34), column)
    subtitle = desk.subtitle(ink, title)
    labels = desk.foot(ink, column, with_period=True)
    rule = _start(labels) + 10
    return CoverPlan(
        (name, title, *subtitle, *labels),
        _end(title, *subtitle) - rule - CLEARANCE,
        grounds=((_full(page), desk.ground.color),),
        art=_art(edge, 0.0, page.width - edge, page.height),
        marks=(((page.margin, rule, column.width, HAIRLINE), ink),),
        logo=(page.margin, page.height - TOP),
    )


def plan_window(desk: Desk) -> CoverPlan:
    """White paper with dark text, and the pattern as a window that reaches over one edge."""
    page, dark, text = desk.page, desk.dark, desk.style.text
    name, period = desk.head(dark, page.height - TOP, desk.whole)
    title = desk.title(dark, min(page.height * 0.845, _end(name, period) - 34), desk.whole)
    subtitle = desk.subtitle(text, title)
    labels = desk.foot(text, desk.whole)
    low, upper = _start(labels) + CLEARANCE, min(page.height * 0.66, _end(title, *subtitle) - CLEARANCE)
    return CoverPlan(
        (name, title, *subtitle, period, *labels),
        upper - low - page.height * 0.12,
        grounds=((_full(page), WHITE),),
        art=_art(page.margin, low, page.width - page.margin, upper - low),
        logo=(page.margin, page.height - TOP),
    )


def plan_image(desk: Desk) -> CoverPlan:
    """A picture over the upper part of the page, and the texts on the main colour below it."""
    plans = (_place_below(desk, desk.page.height * share) for share in PANELS)
    return next((plan for plan in plans if plan.spare >= 0), _place_below(desk, desk.page.height * PANELS[-1]))


def _place_below(desk: Desk, edge: float) -> CoverPlan:
    """Return the plan of a picture that ends at that height."""
    page, ink = desk.page, desk.ground.ink
    name, period = replace(desk, logo=(0.0, 0.0)).head(ink, edge - 32, desk.whole)
    title = desk.title(ink, _end(name, period) - 22, desk.whole)
    subtitle = desk.subtitle(ink, title)
    labels = desk.foot(ink, desk.whole)
    return CoverPlan(
        (name, title, *subtitle, period, *labels),
        _end(title, *subtitle) - _start(labels) - 14,
        grounds=(((0.0, 0.0, page.width, edge), desk.ground.color),),
        picture=(0.0, edge, page.width, page.height - edge),
        marks=(((0.0, edge, page.width, BAND), desk.ground.accent),),
        logo=(page.margin, page.height - TOP),
    )


def plan_photo(desk: Desk) -> CoverPlan:
    """A picture over the whole page, and a field of the main colour on it that holds all texts and the logo."""
    page, ink = desk.page, desk.ground.ink
    edge, column = desk.narrowest(page.margin, (page.width * 0.72, page.width))
    name = desk.name(ink, 0.0, column)
    title = desk.title(ink, name.bottom - 22, column)
    subtitle = desk.subtitle(ink, title)
    labels = desk.foot(ink, column, with_period=True)
    labels = raise_to(labels, _end(title, *subtitle) - 20 - _height(labels))
    texts = raise_to([name, title, *subtitle, *labels], FOOT)
    upper = texts[0].top + 32 + desk.logo[1]
    return CoverPlan(
        tuple(texts),
        page.height * 0.78 - upper,
        grounds=(((0.0, 0.0, edge, upper), desk.ground.color),),
        picture=_full(page),
        marks=(((0.0, upper, edge, BAND), desk.ground.accent),),
        logo=(page.margin, upper - 32),
    )


def _end(*texts: CoverText) -> float:
    """Return the lower edge of the lowest text."""
    return min(text.bottom for text in texts)


def _start(texts: Sequence[CoverText], default: float = FOOT) -> float:
    """Return the upper edge of texts at the foot."""
    return texts[0].top if texts else default


def _height(texts: Sequence[CoverText]) -> float:
    return texts[0].top - texts[-1].bottom if texts else 0.0


def _art(left: float, low: float, width: float, height: float) -> Area | None:
    """Return the area of a pattern; None where too little would be seen of it."""
    return (left, low, width, height) if height >= MIN_ART else None


def _full(page: Page) -> Area:
    return 0.0, 0.0, page.width, page.height


Design: TypeAlias = Callable[[Desk], CoverPlan]
DESIGNS: Mapping[str, Design] = {
    "field": plan_field,
    "pattern": plan_pattern,
    "split": plan_split,
    "window": plan_window,
    "type": plan_type,
    "image": plan_image,
    "photo": plan_photo,
}
"""Design of each cover."""


def plan_cover(design: str, desk: Desk) -> CoverPlan:
    """Return the places of everything on the first page, texts set smaller until they have room."""
    plan = DESIGNS[design](desk)
    while plan.spare < 0 and desk.scale > MIN_SCALE:
        desk = replace(desk, scale=desk.scale * SMALLER)
        plan = DESIGNS[design](desk)
    return plan
