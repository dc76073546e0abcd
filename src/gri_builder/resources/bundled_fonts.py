"""Bundled fonts: the faces of FiraGO and Source Serif, shipped in `fonts/` with their licences."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gri_builder.graphics.svg.reading import FontFile

FIRA_GO, SOURCE_SERIF = "fira-go", "source-serif"
"""Names of the families, as in `theme.yaml`, and their folders."""
_FOLDER = Path(__file__).parent / "fonts"


@cache
def load_bundled_font(family: str, face: str) -> bytes:
    """Return the TrueType file of a face: 'regular', 'bold', 'italic' or 'bold_italic'."""
    return (_FOLDER / family / f"{face}.ttf").read_bytes()


def list_font_files() -> tuple[Path, ...]:
    """Return the TrueType files of all faces, sorted."""
    return tuple(sorted(_FOLDER.glob("*/*.ttf")))


_FAMILIES = {
    "firago": FIRA_GO,
    "fira go": FIRA_GO,
    "fira-go": FIRA_GO,
    "fira sans": FIRA_GO,
    "sans-serif": FIRA_GO,
    "system-ui": FIRA_GO,
    "ui-sans-serif": FIRA_GO,
    "-apple-system": FIRA_GO,
    "source serif": SOURCE_SERIF,
    "source serif 4": SOURCE_SERIF,
    "source serif pro": SOURCE_SERIF,
    "serif": SOURCE_SERIF,
    "ui-serif": SOURCE_SERIF,
}
"""Bundled families by the names under which pictures ask for them, in lower case; generic ones are any family."""


NAMES_IN_FILES = {FIRA_GO: "FiraGO", SOURCE_SERIF: "Source Serif Pro"}
"""Family names in the font files."""


def choose_bundled_family(families: tuple[str, ...]) -> str:
    """Return the bundled family for text of a picture that asks for families, best first; FiraGO if none is bundled."""
    return next((_FAMILIES[name.lower()] for name in families if name.lower() in _FAMILIES), FIRA_GO)


def find_bundled_font(families: tuple[str, ...], bold: bool, italic: bool) -> FontFile:
    """Return the bundled face for text of a picture that asks for families, best first; FiraGO if none is bundled."""
    face = "_".join(filter(None, ("bold" * bold, "italic" * italic))) or "regular"
    asked = families[0] if families and families[0].lower() in _FAMILIES else ""
    return FontFile(asked, load_bundled_font(choose_bundled_family(families), face))
