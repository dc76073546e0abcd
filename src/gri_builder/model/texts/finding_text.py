"""Quoting and listing in the text of a finding."""

from __future__ import annotations

from collections.abc import Iterable


def quoted(text: str) -> str:
    """Return a text as a quoted YAML scalar."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def shorten(text: str, limit: int = 40) -> str:
    """Return a text on one line, shortened to that many characters, for quoting in a message."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def listed(words: Iterable[str], last: str = "or") -> str:
    """Return words as listed in a sentence: 'a, b or c'."""
    *first, end = list(words) or [""]
    return f"{', '.join(first)} {last} {end}" if first else end


def with_article(noun: str) -> str:
    """Return a noun behind its indefinite article: 'an Aspect', 'a topic'."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
