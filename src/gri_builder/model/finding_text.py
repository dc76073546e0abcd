"""Formats texts and lists for the messages of findings."""

from __future__ import annotations

from collections.abc import Iterable


def quoted(text: str) -> str:
    """Return a text as a quoted YAML scalar."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def shorten(text: str, most: int = 40) -> str:
    """Return a text on one line, shortened to `most` characters, to be quoted in a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def listed(words: Iterable[str], last: str = "or") -> str:
    """Join words as in a sentence: 'a, b or c'."""
    *first, end = list(words) or [""]
    return f"{', '.join(first)} {last} {end}" if first else end
