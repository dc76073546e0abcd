"""Bundled fonts: the faces of FiraGO and Source Serif, shipped in `fonts/` with their licences."""

from __future__ import annotations

from functools import cache
from pathlib import Path

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
