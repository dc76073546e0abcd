"""Settings of all peers: the fonts and sizes of gri-builder, so that their pages hold about the same amount."""

from __future__ import annotations

from pathlib import Path

FONTS = Path(__file__).parents[2] / "src" / "gri_builder" / "resources" / "fonts" / "fira-go"
FACES = {"regular": "regular", "bold": "bold", "italic": "italic", "bolditalic": "bold_italic"}
WIDTH, HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, BOTTOM = 124.0, 51.0, 68.0, 62.0
"""Margins in points; the left margin is as wide as in gri-builder, where it holds the codes."""
BODY, LEADING, AFTER = 9.6, 14.2, 7.0
HEADING, CELL, CAPTION = 16.0, 8.3, 8.6
CHART_HEIGHT = 132.0
COLOURS = ("#1f5f8b", "#c7772b", "#5a8f4e")
RULE = "#c9d0d6"
LINK = "#1f4e8b"


def write_fonts(folder: Path) -> None:
    """Write the faces as TrueType files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, key in FACES.items():
        (folder / f"FiraGO-{name}.ttf").write_bytes((FONTS / f"{key}.ttf").read_bytes())
