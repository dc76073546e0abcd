"""What reading an SVG file gives: a drawing, or the features that can't be drawn."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from gri_builder.model.graphics import Drawing

QUOTED = 60
"""Number of characters of the file that a feature quotes at most."""


class SvgError(ValueError):
    """A file that is not a usable SVG file; the message reads on after 'the file has'."""


class SvgRefusal(Struct, frozen=True):
    """A feature of a file that is not drawn."""

    feature: str
    """Its name, with its value if that is the reason."""
    line: int
    """Where it is first used, from 1."""
    reason: str
    """Why, as the rest of a sentence that starts with the feature."""


class FontSubstitute(Struct, frozen=True):
    """A font that a text asks for, and that is not available."""

    family: str
    line: int


class FontFile(Struct, frozen=True):
    """A face of a font family."""

    family: str
    """The family as a file asks for it, or '' if it is another one."""
    data: bytes
    """TrueType or OpenType file."""


FindFont = Callable[[tuple[str, ...], bool, bool], FontFile]
"""Returns the face for the families that a text asks for, best first, by whether it is bold, and italic."""


class SvgReading(Struct, frozen=True):
    """A file that was read."""

    width: float
    """Of the visible area, in the drawing's units."""
    height: float
    drawing: Drawing | None
    """None if anything is refused."""
    refusals: tuple[SvgRefusal, ...] = ()
    """All features that are not drawn, by line, each once."""
    fonts: tuple[FontSubstitute, ...] = ()
    """Font families that were replaced, each once."""


class Refusals:
    """Collects what is refused and replaced while a file is read; the first place of each counts."""

    def __init__(self) -> None:
        self._refusals: dict[str, SvgRefusal] = {}
        self._fonts: dict[str, FontSubstitute] = {}

    def add(self, feature: str, line: int, reason: str = "is not drawn") -> None:
        """Refuse a feature."""
        known = self._refusals.get(feature)
        if known is None or line < known.line:
            self._refusals[feature] = SvgRefusal(feature, line, reason)

    def add_font(self, family: str, line: int) -> None:
        """Note that a font family was replaced."""
        self._fonts.setdefault(family, FontSubstitute(family, line))

    @property
    def refusals(self) -> tuple[SvgRefusal, ...]:
        """All refusals, by line and name."""
        return tuple(sorted(self._refusals.values(), key=lambda one: (one.line, one.feature)))

    @property
    def fonts(self) -> tuple[FontSubstitute, ...]:
        """All replaced families, by line and name."""
        return tuple(sorted(self._fonts.values(), key=lambda one: (one.line, one.family)))


def quote(text: str) -> str:
    """Return text of the file for a message: on one line, in quotes, cut if it is long."""
    line = " ".join(text[: 4 * QUOTED].split())
    return f"'{line[:QUOTED]}…'" if len(line) > QUOTED or len(text) > 4 * QUOTED else f"'{line}'"
