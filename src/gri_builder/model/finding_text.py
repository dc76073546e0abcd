"""How the text of a finding quotes and lists."""

from __future__ import annotations

from collections.abc import Iterable


def quoted(text: str) -> str:
    """Return a text as a quoted YAML scalar."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def shorten(text: str, most: int = 40) -> str:
    """Return a text on one line, cut to that many characters, to be quoted in a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def listed(words: Iterable[str], last: str = "or") -> str:
    """Return words as a sentence lists them: 'a, b or c'."""
    *first, end = list(words) or [""]
    return f"{', '.join(first)} {last} {end}" if first else end
