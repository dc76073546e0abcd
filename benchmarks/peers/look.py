"""Settings of all peers: the fonts and sizes of gri-builder, so that their pages hold about the same amount."""

from __future__ import annotations

from pathlib import Path

FONTS = Path(__file__).parents[2] / "src" / "gri_builder" / "resources" / "fonts" / "fira-go"
FACES = {"regular": "regular", "bold": "bold", "italic": "italic", "bolditalic": "bold_italic"}
WIDTH, HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, BOTTOM = 206.15, 65.58, 78.0, 62.0
"""Margins in points, those of gri-builder's pages, where the left one holds codes and notes."""
BODY, LEADING, AFTER = 10.0, 14.5, 7.25
HEADING, HEADING_BEFORE, HEADING_AFTER = 16.0, 36.0, 14.0
CELL, ROW, CAPTION = 8.5, 18.07, 8.5
"""Size of text in tables, height of their rows, and size of captions."""
COLOURS = ("#1f5f8b", "#c7772b", "#5a8f4e")
RULE = "#c9d0d6"
LINK = "#1f4e8b"


def write_fonts(folder: Path) -> None:
    """Write the faces as TrueType files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, key in FACES.items():
        (folder / f"FiraGO-{name}.ttf").write_bytes((FONTS / f"{key}.ttf").read_bytes())
