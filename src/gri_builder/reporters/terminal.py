"""Text for a terminal: width, safe characters, colours."""

from __future__ import annotations

import re
import textwrap
import unicodedata

from gri_builder.model.texts.control_characters import show_controls

MAX_WIDTH = 100
"""Columns beyond which text is hard to read, even on a wider terminal."""

_COLORS = {"error": "1;31", "warning": "1;33", "info": "1;34", "good": "32", "strong": "1", "faint": "2"}


def sanitize(text: str) -> str:
    """Return the text on one line, with a replacement for each character that would control a terminal."""
    return show_controls(re.sub(r"[\t\n\r]", " ", text))


def measure(text: str) -> int:
    """Return the number of columns that the text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def colorize(text: str, color: str, wanted: bool = True) -> str:
    """Return the text in a color, if one is wanted."""
    return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if wanted else text


def wrap(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    """Return the text in lines of at most `width` characters; `first` and `others` are their indents."""
    lines = textwrap.wrap(
        sanitize(text),
        max(width, len(others) + 20),
        initial_indent=first,
        subsequent_indent=others,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return lines or [first.rstrip()]
