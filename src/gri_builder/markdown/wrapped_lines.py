"""Lines wrapped in the source: Chinese and Japanese have no spaces, so none is put where their lines are joined."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from markdown_it.token import Token

_STYLES = ("_open", "_close")


def joins_without_space(tokens: Sequence[Token], place: int) -> bool:
    """Return whether the line break at that place is between wide characters, but for Korean (CSS Text 3, 4.1.3)."""
    before = _nearest(tokens[index] for index in range(place - 1, -1, -1))
    after = _nearest(tokens[index] for index in range(place + 1, len(tokens)))
    return bool(before and after) and _is_wide(before[-1:]) and _is_wide(after[:1])


def _nearest(tokens: Iterable[Token]) -> str:
    """Return the text of the first token with some, passing over marks around text; an empty one for another kind."""
    token = next((each for each in tokens if each.content or not each.type.endswith((*_STYLES, "text"))), None)
    return token.content.strip() if token and token.type == "text" else ""


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in ("W", "F") and not unicodedata.name(char, "").startswith("HANGUL")
