"""A theme: colours, typefaces and layout options of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct, field

Pattern = Literal["waves", "contours", "arches", "facets", "dots"]
"""Patterns of covers and chapter openers."""
PATTERNS: tuple[Pattern, ...] = get_args(Pattern)
Density = Literal["compact", "normal", "airy"]
"""Size and spacing of the text."""
DENSITIES: tuple[Density, ...] = get_args(Density)
CoverStyle = Literal["field", "pattern", "split", "window", "type", "image", "photo"]
"""Design of the first page: see `layout.covers.cover_designs`."""
COVER_STYLES: tuple[CoverStyle, ...] = get_args(CoverStyle)
OpenerStyle = Literal["band", "half", "page", "side", "photo", "number", "frame"]
"""How a chapter opens: with a band, half a page, a full page in its colour, a column of colour, a picture, a
number, or art in a frame."""
OPENER_STYLES: tuple[OpenerStyle, ...] = get_args(OpenerStyle)
TextEdge = Literal["ragged", "justified"]
"""Right edge of running text."""
TEXT_EDGES: tuple[TextEdge, ...] = get_args(TextEdge)
HeadingStyle = Literal["plain", "rule", "bar", "block", "underline"]
"""What is drawn at the headings of sections."""
HEADING_STYLES: tuple[HeadingStyle, ...] = get_args(HeadingStyle)
TableStyle = Literal["lines", "bands"]
"""What keeps the rows of a table apart."""
TABLE_STYLES: tuple[TableStyle, ...] = get_args(TableStyle)
BoxStyle = Literal["filled", "outlined", "bar"]
"""How boxes are framed."""
BOX_STYLES: tuple[BoxStyle, ...] = get_args(BoxStyle)
TileStyle = Literal["filled", "ruled", "outlined"]
"""How key figures are framed."""
TILE_STYLES: tuple[TileStyle, ...] = get_args(TileStyle)
FontFace = Literal["regular", "bold", "italic", "bold_italic"]
FONT_FACES: tuple[FontFace, ...] = get_args(FontFace)


class FontFamily(Struct, frozen=True):
    """A typeface: the files of its four faces."""

    name: str
    """Name of a bundled family, or the path of the regular face."""
    faces: Mapping[str, bytes] = field(default_factory=dict)
    """TrueType files by face: 'regular', 'bold', 'italic', 'bold_italic'; empty for a bundled family."""


class Theme(Struct, frozen=True):
    """The report's design: the tokens of a bundled theme, with the report's overrides."""

    name: str
    """Name of the bundled theme."""
    primary: str
    """Colours as '#rrggbb'."""
    accent: str
    ink: str
    """Colour of running text."""
    quiet: str
    """Colour of small print."""
    rule: str
    """Colour of hairlines."""
    paper: str
    """Background of boxes and key figures."""
    categories: tuple[str, ...]
    """Colours of the framework's Categories, in the framework's order."""
    own_categories: Mapping[str, str]
    """The report's overrides of Category colours, by id."""
    pattern: Pattern
    text_font: FontFamily
    heading_font: FontFamily
    density: Density
    radius: float
    """Corner radius of boxes and key figures, in points."""
    cover: CoverStyle
    opener: OpenerStyle
    columns: int
    """Columns of running text: 1 or 2."""
    text: TextEdge
    heading: HeadingStyle = "plain"
    tables: TableStyle = "lines"
    boxes: BoxStyle = "filled"
    tiles: TileStyle = "filled"
    logo: str | None = None
    """Paths of pictures, as written."""
    cover_image: str | None = None
    back_cover: bool | None = None
    """Whether the last page is a cover; None for long reports only."""
