"""Fonts of drawings that are not here, and are replaced."""

from __future__ import annotations

from collections.abc import Iterable

from gri_builder.graphics.svg.reading import FontSubstitute
from gri_builder.model.finding import Finding, Location, warning


def note_fonts(path: str, fonts: Iterable[FontSubstitute], where: Location) -> tuple[Finding, ...]:
    """Return a warning for each font that is replaced in a drawing."""
    hint = "look at it on the page; to keep the font, turn the text into paths in the drawing program"
    return tuple(
        warning(
            "svg-font",
            f"{path}:{one.line} has text in the font '{one.family}', which is not here; another font is used",
            where,
            hint,
        )
        for one in fonts
    )
