"""Bundled icons: the Lucide set, shipped in `lucide/` with its licence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from gri_builder.model.graphics import Drawing

_FILE = Path(__file__).parent / "lucide" / "icons.json"
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" '
    'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{content}</svg>'
)
"""The SVG element around the content of every icon."""


@cache
def _icons() -> Mapping[str, str]:
    """Return the content of each icon's SVG element by name."""
    icons: dict[str, str] = json.loads(_FILE.read_text(encoding="utf-8"))
    return icons


@cache
def icon_names() -> frozenset[str]:
    """Return the names of all icons."""
    return frozenset(_icons())


@cache
def load_icon(name: str) -> Drawing:
    """Return an icon; its strokes have the colour 'current'."""
    from gri_builder.graphics.svg.reader import read_svg  # takes time to load

    drawing = read_svg(_SVG.format(content=_icons()[name]).encode()).drawing
    assert drawing is not None, f"the icon {name} can't be drawn"
    return drawing
