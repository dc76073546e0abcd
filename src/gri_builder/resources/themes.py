"""Bundled themes: their tokens, read from the data files in `schemas/themes/`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from gri_builder.model.theme import FontFamily, Theme
from gri_builder.resources.bundled_fonts import FIRA_GO, SOURCE_SERIF
from gri_builder.resources.frameworks import schemas_folder

DEFAULT_THEME = "harbour"
"""Theme of a report that names none."""
FAMILIES = (FIRA_GO, SOURCE_SERIF)
"""Bundled font families."""
COLORS = ("primary", "accent", "ink", "quiet", "rule", "paper")
"""Tokens that are colours."""


@cache
def list_themes() -> tuple[str, ...]:
    """Return the names of the themes, the default first."""
    names = sorted(file.stem for file in (schemas_folder() / "themes").glob("*.json"))
    return (DEFAULT_THEME, *(name for name in names if name != DEFAULT_THEME))


def read_tokens(name: str) -> Mapping[str, Any]:
    """Return the tokens of a theme as in its file, with a description."""
    text = (schemas_folder() / "themes" / f"{name}.json").read_text(encoding="utf-8")
    tokens: dict[str, Any] = json.loads(text)
    return tokens


@cache
def load_theme(name: str = DEFAULT_THEME) -> Theme:
    """Return a bundled theme."""
    tokens = dict(read_tokens(name))
    del tokens["description"]
    categories = tuple(tokens.pop("categories"))
    text_font, heading_font = (FontFamily(tokens.pop(key)) for key in ("text_font", "heading_font"))
    return Theme(
        name=name,
        categories=categories,
        own_categories={},
        text_font=text_font,
        heading_font=heading_font,
        **tokens,
    )
