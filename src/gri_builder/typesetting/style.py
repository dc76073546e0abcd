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
from gri_builder.model.color import BLACK, MIN_SHAPE_CONTRAST, WHITE, Color, mix, parse_color, readable_on
from gri_builder.model.report import PageSize
from gri_builder.model.rich_text import Alignment
from gri_builder.model.theme import CoverStyle, Density, OpenerStyle, Pattern, Theme
from gri_builder.typesetting.grounds import Ground, make_ground

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

    def scaled(self, factor: float) -> TextStyle:
        """Return the style in another size."""
        return replace(self, size=self.size * factor, leading=self.leading * factor)


PAGE_SIZES: Mapping[PageSize, tuple[float, float]] = {"A4": (595.276, 841.89), "letter": (612.0, 792.0)}
"""Width and height in points."""
MARGIN_COLUMN = 84.0
"""Width of the margin column, for disclosure codes and side notes."""
GUTTER = 14.0
"""Space between the margin column and the text, and between two columns of text."""
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
    bottom: float = 64
    margin: float = 48
    """Left edge of the margin column, and of everything that uses the whole width."""
    right: float = 48

    @property
    def left(self) -> float:
        """Left edge of the text column."""
        return self.margin + MARGIN_COLUMN + GUTTER

    @property
    def text_width(self) -> float:
        """Width of the text column."""
        return self.width - self.left - self.right

    @property
    def full_width(self) -> float:
        """Width of the text column and the margin column."""
        return self.width - self.margin - self.right

    @property
    def landscape(self) -> Page:
        """The page in landscape."""
        return replace(self, width=self.height, height=self.width, top=self.top - 10, bottom=self.bottom - 12)


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
        """Return the colour of a chapter; an unknown name has the primary one."""
        return self.chapters.get(name, self.primary)

    def ground(self, color: Color | None = None) -> Ground:
        """Return the ground of a chapter, given its colour on white; by default that of the main colour."""
        color = color or self.primary
        return self.grounds.get(color) or make_ground(color, self.text, self.accent)

    def ink_on(self, background: Color) -> Color:
        """Return the colour of text on a ground of that colour."""
        return make_ground(background, self.text).ink


DENSITIES: Mapping[Density, tuple[float, float]] = {"compact": (9.0, 12.6), "normal": (9.5, 13.8), "airy": (10.0, 15.2)}
"""Size and leading of running text in points; all other sizes are proportional to them."""


def make_style(
    theme: Theme, page_size: PageSize = "A4", categories: tuple[str, ...] = (), direction: Direction = "ltr"
) -> Style:
    """Return the style of a theme for a page size ('A4' or 'letter'); `categories` are ids in the framework's order.

    `direction` is that of the report's language: lines start at the right where it is 'rtl'.
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
        page=Page(*PAGE_SIZES[page_size]),
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
        **_type_scale(theme, ink, quiet, direction),
    )


def _type_scale(theme: Theme, ink: Color, quiet: Color, direction: Direction) -> dict[str, Any]:
    """Return the text styles by name: sizes are proportional to that of the running text."""
    size, leading = DENSITIES[theme.density]
    text, display = find_family(theme.text_font), find_family(theme.heading_font)
    align: TextAlignment = "justify" if theme.text == "justified" else "left"
    body = TextStyle(size, leading, ink, after=leading / 2, align=align, family=text, direction=direction)
    plain = replace(body, align="left", hyphenate=False, after=0.0)
    # Small print and tables are for scanning: a sans serif at any density.
    small = replace(plain, size=size * 0.8, leading=leading * 0.755, color=quiet, after=2)
    head = replace(plain, bold=True, family=display)
    white = replace(head, color=WHITE)
    return {
        "body": body,
        "item": replace(body, after=3.5),
        "small": small,
        "note": replace(small, color=ink, hyphenate=True),
        "aside": replace(small, color=ink, hyphenate=True, size=size * 0.82, leading=leading * 0.8),
        "cell": replace(plain, size=size * 0.865, leading=leading * 0.79, hyphenate=True),
        "caption": replace(plain, size=size * 0.9, leading=leading * 0.84, bold=True, before=5, after=5),
        "mark": replace(plain, size=7, leading=9, bold=True),
        "marks": replace(plain, size=7, leading=10, bold=True, after=5),
        "chart": replace(plain, size=size * 0.78, leading=leading * 0.68, color=quiet),
        "label": replace(plain, size=size * 0.78, leading=leading * 0.76, bold=True, after=3),
        "quote": replace(plain, size=size * 1.25, leading=leading * 1.27, italic=True, after=4, family=display),
        "pull_quote": replace(plain, size=size * 1.6, leading=leading * 1.52, after=4, family=display),
        "lead": replace(plain, size=size * 1.32, leading=leading * 1.3, after=leading * 0.7),
        "title": replace(white, size=size * 4.2, leading=size * 4.65),
        "subtitle": replace(white, size=15, leading=21, bold=False, family=text),
        "chapter_title": replace(white, size=size * 3, leading=size * 3.5),
        "big": replace(head, size=size * 3, leading=size * 3.3),
        "header_footer": replace(plain, size=7.6, leading=10, color=quiet),
        "headings": {
            2: replace(head, size=size * 1.7, leading=leading * 1.45, before=leading * 1.5, after=leading * 0.5),
            3: replace(head, size=size * 1.18, leading=leading * 1.08, before=leading, after=leading * 0.3),
            4: replace(plain, bold=True, leading=leading, before=leading * 0.6, after=2),
        },
    }


def deep(value: Color) -> Color:
    """Return a darker shade of a colour, for large backgrounds."""
    return mix(value, BLACK, 0.18)


def tint(value: Color, share: float = 0.9) -> Color:
    """Return a pale tint of a colour, by default with nine parts of white."""
    return mix(value, WHITE, share)
