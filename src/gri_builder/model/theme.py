"""A theme: colours, typefaces and layout options of a report."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class FontFamily(Struct, frozen=True):
    """A typeface: the files of its four faces."""

    name: str
    """Name of a family that comes along, or the path of the regular face."""
    faces: Mapping[str, bytes] = field(default_factory=dict)
    """TrueType files by face: 'regular', 'bold', 'italic', 'bold_italic'; empty for a family that comes along."""


class Theme(Struct, frozen=True):
    """The report's looks: the tokens of a theme that comes along, with the report's own in place of some."""

    name: str
    """Name of the theme that it starts from."""
    primary: str
    """Colours as '#rrggbb'."""
    accent: str
    ink: str
    """Of running text."""
    quiet: str
    """Of small print."""
    rule: str
    """Of hairlines."""
    paper: str
    """Ground of boxes and tiles."""
    categories: tuple[str, ...]
    """Colours of the framework's Categories, in their order."""
    own_categories: Mapping[str, str]
    """The report's own colours of Categories, by id."""
    pattern: str
    """Pattern of covers and openers."""
    text_font: FontFamily
    heading_font: FontFamily
    density: str
    """'compact', 'normal' or 'airy'."""
    radius: float
    """Radius of the corners of boxes and tiles, in points."""
    cover: str
    """'field', 'pattern' or 'image'."""
    opener: str
    """How chapters begin: 'band', 'half' or 'page'."""
    columns: int
    """Columns of running text: 1 or 2."""
    text: str
    """Right edge of running text: 'ragged' or 'justified'."""
    logo: str | None = None
    """Paths of pictures, as written."""
    cover_image: str | None = None
