"""Style tokens: the page's grid, the type scale, spacing and colours, as a theme sets them.

Lengths in points; a colour is its PDF operands, 'r g b' from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.fonts.faces import FIRA, Family, find_family
from gri_builder.fonts.scripts import Direction
from gri_builder.model.color import BLACK, MIN_SHAPE_CONTRAST, WHITE, Color, is_color, mix, parse_color, readable_on
from gri_builder.model.report import PageSize
from gri_builder.model.rich_text import Alignment
from gri_builder.model.texts.vocabulary import NO_WORDS, Vocabulary
from gri_builder.model.theme import (
    BoxStyle,
    CoverStyle,
    HeadingStyle,
    OpenerStyle,
    Pattern,
    TableStyle,
    Theme,
    TileStyle,
)
from gri_builder.typesetting.grounds import Ground, make_ground
from gri_builder.typesetting.line_measure import text_measure
from gri_builder.typesetting.type_scale import SCALES, TypeScale

TextAlignment: TypeAlias = Alignment | Literal["justify", "end"]
"""'left' is the side where lines start, 'end' the other one, and 'right' the right edge in either direction."""


class TextStyle(Struct, frozen=True):
    """How a paragraph is set; lengths in points."""

    size: float
    leading: float
    """From baseline to baseline."""
    color: Color = BLACK
    bold: bool = False
    italic: bool = False
    tabular: bool = False
    """Whether all digits have the same width."""
    align: TextAlignment = "left"
    before: float = 0
    after: float = 0
    hyphenate: bool = True
    link: Color = BLACK
    family: Family = FIRA
    direction: Direction = "ltr"
    """In which its lines are read."""
    vocabulary: Vocabulary = NO_WORDS
    """Which of its words are names, and so not hyphenated."""
    measure: float | None = None
    """Width of its lines at most, in points; None for that of its place."""

    @property
    def first_baseline(self) -> float:
        """Distance from the top of a paragraph to its first baseline: its capitals are in the middle of the line."""
        return (self.leading + self.size * 0.7) / 2

    def scaled(self, factor: float) -> TextStyle:
        """Return the style in another size."""
        return replace(self, size=self.size * factor, leading=self.leading * factor)


PAGE_SIZES: Mapping[PageSize, tuple[float, float]] = {"A4": (595.276, 841.89), "letter": (612.0, 792.0)}
"""Width and height in points."""
MARGIN_COLUMN = 132.0
"""Width of the margin column, for disclosure codes, side notes, portraits and small pictures."""
SLIM_MARGIN = 84.0
"""Width of the margin column beside text in two columns, which need the room."""
GUTTER = 16.0
"""Space between the margin column and the text, and between two columns of text."""
LEAST_EDGE = 40.0
"""Least width of the blank margins at the left and the right edge of a page."""
LEAST_MEASURE = 280.0
"""Least width of the text column, for typefaces that are very narrow."""
LEFT_SHARE = 0.47
"""Share of the blank margins that is at the left: codes there are lighter than text, and make it seem wider."""
MIN_TEXT = 72.0
"""Width that text needs: where a container would leave less, it puts above the text what is otherwise beside it."""


def limit_indent(indent: float, width: float) -> float:
    """Return the indent, or as much of it as leaves text enough of that width."""
    return max(0.0, min(indent, width - MIN_TEXT))


class Page(Struct, frozen=True):
    """A page's geometry in points: a text column, and a narrow margin column to its left."""

    width: float
    height: float
    top: float = 76
    bottom: float = 66
    margin: float = 48
    """Left edge of the margin column, and of everything that uses the whole width."""
    right: float = 48
    """Width of the blank margin at the right edge."""
    margin_width: float = MARGIN_COLUMN
    """Width of the margin column."""
    is_mirrored: bool = False
    """Whether the margin column is to the right of the text: on right pages of facing ones."""
    is_verso: bool = False
    """Whether it is the left one of facing pages, with its number at the left."""

    @property
    def left(self) -> float:
        """Left edge of the text column."""
        return self.margin if self.is_mirrored else self.margin + self.margin_width + GUTTER

    @property
    def text_width(self) -> float:
        """Width of the text column."""
        return self.full_width - self.margin_width - GUTTER

    @property
    def full_width(self) -> float:
        """Width of the text column and the margin column."""
        return self.width - self.margin - self.right

    @property
    def is_landscape(self) -> bool:
        """Whether it is wider than high."""
        return self.width > self.height

    @property
    def mirrored(self) -> Page:
        """The page with its sides exchanged."""
        return replace(self, margin=self.right, right=self.margin, is_mirrored=not self.is_mirrored)

    @property
    def landscape(self) -> Page:
        """The page in landscape, with equal margins."""
        return replace(
            self,
            width=self.height,
            height=self.width,
            top=self.top - 10,
            bottom=self.bottom - 12,
            margin=TURNED_EDGE,
            right=TURNED_EDGE,
            is_mirrored=False,
        )


TURNED_EDGE = 48.0
"""Width of the margins at the left and the right of a landscape page."""


def make_page(page_size: PageSize, family: Family, scale: TypeScale, columns: int = 1) -> Page:
    """Return the page whose text column suits the typeface of running text, and is whole lines of it high.

    Text in two columns is as wide as the page allows.
    """
    width, height = PAGE_SIZES[page_size]
    beside = (MARGIN_COLUMN if columns == 1 else SLIM_MARGIN) + GUTTER
    most = width - beside - 2 * LEAST_EDGE
    text = text_measure(family, scale.body, LEAST_MEASURE, most) if columns == 1 else most
    page = Page(width, height, margin_width=beside - GUTTER)
    edges = width - beside - text
    lines = int((height - page.top - page.bottom + scale.leading / 3) / scale.leading)
    return replace(
        page,
        bottom=height - page.top - lines * scale.leading,
        margin=edges * LEFT_SHARE,
        right=edges * (1 - LEFT_SHARE),
    )


class Style(Struct, frozen=True):
    """Everything that a theme decides."""

    page: Page
    primary: Color
    """Main colour in the shade that is read on white: headings, links, thin rules."""
    accent: Color
    text: Color
    """Colour of running text."""
    muted: Color
    """Colour of small print."""
    border: Color
    """Colour of hairlines."""
    surface: Color
    """Background of boxes and key figures."""
    chapters: Mapping[str, Color]
    """Chapter colours by name, in the shade that is read on white; 'primary' among them."""
    grounds: Mapping[Color, Ground]
    """Of large areas, by the shade that is read on white."""
    radius: float
    pattern: Pattern
    cover: CoverStyle
    opener: OpenerStyle
    columns: int
    heading: HeadingStyle
    """What is drawn at the headings of sections."""
    tables: TableStyle
    boxes: BoxStyle
    tiles: TileStyle
    body: TextStyle
    item: TextStyle
    """Of a list's items."""
    small: TextStyle
    """Of small print."""
    note: TextStyle
    """Of footnotes."""
    aside: TextStyle
    """Of side notes."""
    cell: TextStyle
    caption: TextStyle
    mark: TextStyle
    """Of codes beside the text."""
    marks: TextStyle
    """Of many codes, on a separate line."""
    chart: TextStyle
    label: TextStyle
    """Of small text above something: 'Case study', a date of a timeline."""
    quote: TextStyle
    pull_quote: TextStyle
    lead: TextStyle
    """Of a chapter's summary."""
    title: TextStyle
    """Of the report's title on its cover."""
    subtitle: TextStyle
    chapter_title: TextStyle
    big: TextStyle
    """Of key figures."""
    header_footer: TextStyle
    """Of headers and page numbers."""
    headings: Mapping[int, TextStyle]
    """By level, from 2 to 4."""

    def chapter(self, name: str) -> Color:
        """Return the colour of a chapter: that of its name, or '#rrggbb'; an unknown name has the primary one."""
        if is_color(name):
            return readable_on(parse_color(name), WHITE)
        return self.chapters.get(name, self.primary)

    def ground(self, color: Color | None = None) -> Ground:
        """Return the ground of a chapter, given its colour on white; by default that of the main colour."""
        color = color or self.primary
        return self.grounds.get(color) or make_ground(color, self.text, self.accent)

    def ink_on(self, background: Color) -> Color:
        """Return the colour of text on a ground of that colour."""
        return make_ground(background, self.text).ink


def make_style(
    theme: Theme,
    page_size: PageSize = "A4",
    categories: tuple[str, ...] = (),
    direction: Direction = "ltr",
    vocabulary: Vocabulary = NO_WORDS,
) -> Style:
    """Return the style of a theme for a page size ('A4' or 'letter'); `categories` are ids in the framework's order.

    `direction` is that of the report's language: lines start at the right where it is 'rtl'. `vocabulary` says which
    words are names.
    Colours of text are darkened if their contrast with white would be under 4.5, and the accent if its own would be
    under 3; grounds have the colours of the theme as they are.
    """
    bright = parse_color(theme.accent)
    second = readable_on(bright, WHITE, MIN_SHAPE_CONTRAST)
    brands = {"primary": parse_color(theme.primary)}
    for position, name in enumerate(categories):
        color = theme.own_categories.get(name, theme.categories[position % len(theme.categories)])
        brands[name] = parse_color(color)
    chapters = {name: readable_on(brand, WHITE) for name, brand in brands.items()}
    main = chapters["primary"]
    ink, paper = readable_on(parse_color(theme.ink), WHITE, 7), parse_color(theme.paper)
    # the first of two brands with one shade on white keeps its ground: the main colour
    grounds = {chapters[name]: make_ground(brand, ink, bright, second) for name, brand in reversed(brands.items())}
    quiet = readable_on(parse_color(theme.quiet), paper)
    return Style(
        page=make_page(page_size, find_family(theme.text_font), SCALES[theme.density], theme.columns),
        primary=main,
        accent=second,
        text=ink,
        muted=quiet,
        border=parse_color(theme.rule),
        surface=paper,
        chapters=chapters,
        grounds=grounds,
        radius=theme.radius,
        pattern=theme.pattern,
        cover=theme.cover,
        opener=theme.opener,
        columns=theme.columns,
        heading=theme.heading,
        tables=theme.tables,
        boxes=theme.boxes,
        tiles=theme.tiles,
        **_text_styles(theme, ink, quiet, direction, vocabulary),
    )


def _text_styles(
    theme: Theme, ink: Color, quiet: Color, direction: Direction, vocabulary: Vocabulary
) -> dict[str, Any]:
    """Return the text styles by name: six sizes, apart from the cover's; space is in halves of a line."""
    scale = SCALES[theme.density]
    text, display = find_family(theme.text_font), find_family(theme.heading_font)
    align: TextAlignment = "justify" if theme.text == "justified" else "left"
    half, line = scale.lines(0.5), scale.lines(1)
    # in a theme of two columns, text that is too short for them does not fill the width of both
    measure = text_measure(text, scale.body, LEAST_MEASURE, PAGE_SIZES["A4"][0]) if theme.columns > 1 else None
    body = TextStyle(scale.body, line, ink, after=half, align=align, family=text, direction=direction)
    body = replace(body, vocabulary=vocabulary)
    plain = replace(body, align="left", hyphenate=False, after=0.0)
    small = replace(plain, size=scale.small, leading=scale.lines(2 / 3))
    detail = replace(plain, size=scale.detail, leading=scale.lines(0.75))
    head = replace(plain, bold=True, family=display)
    white = replace(head, color=WHITE)
    return {
        "body": replace(body, measure=measure),
        "item": replace(body, measure=measure),
        "small": replace(small, color=quiet, after=2),
        "note": replace(small, hyphenate=True),
        "aside": replace(detail, hyphenate=True),
        "cell": replace(detail, hyphenate=True),
        "caption": replace(detail, bold=True, before=half, after=half / 2),
        "mark": replace(small, bold=True),
        "marks": replace(small, bold=True, after=half),
        "chart": replace(small, leading=scale.small * 1.25, color=quiet),
        "label": replace(detail, bold=True, after=half / 2),
        "quote": replace(plain, size=scale.lead, leading=scale.lines(1.25), italic=True, after=half, family=display),
        "pull_quote": replace(plain, size=scale.heading, leading=scale.lines(1.5), after=half, family=display),
        "lead": replace(plain, size=scale.lead, leading=scale.lines(1.25), after=half),
        "title": replace(white, size=scale.body * 4.2, leading=scale.body * 4.65),
        "subtitle": replace(white, size=15, leading=21, bold=False, family=text),
        "chapter_title": replace(white, size=scale.display, leading=scale.display * 1.15),
        "big": replace(head, size=scale.display, leading=scale.display * 1.1),
        "header_footer": replace(small, color=quiet),
        "headings": {
            2: replace(head, size=scale.heading, leading=scale.lines(1.25), before=scale.lines(2.25), after=half),
            3: replace(head, size=scale.lead, leading=line, before=scale.lines(1.5), after=half),
            4: replace(plain, bold=True, before=line),
        },
    }


def deep(value: Color) -> Color:
    """Return a darker shade of a colour, for large backgrounds."""
    return mix(value, BLACK, 0.18)


def tint(value: Color, share: float = 0.9) -> Color:
    """Return a pale tint of a colour, by default with nine parts of white."""
    return mix(value, WHITE, share)
