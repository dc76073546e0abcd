"""Attributes: the words and `key="value"` pairs after a directive's name and in the braces of a heading."""

from __future__ import annotations

import re
from typing import NamedTuple

# A value without a closing quote extends to the end of the text, so that it gives only one finding.
_WORD = re.compile(
    r"""(?xs) (?=\S)
        (?: (?P<key>[A-Za-z][\w-]*) = )?
        (?: ["“”„] (?P<quoted>[^"“”„]*) (?: (?P<end>["“”„])(?!\S) | .* ) | (?P<plain>\S*) )"""
)


class Word(NamedTuple):
    """A word, or an option with its value."""

    raw: str
    """As written."""
    key: str | None
    """Name of the option; None for a plain word."""
    value: str
    closed: bool
    """False for a value without a closing quote, or without a space after it."""


def split_words(text: str) -> list[Word]:
    """Return the words and options of a text; values may be in straight or typographic double quotes."""
    return [_read_word(match) for match in _WORD.finditer(text)]


def _read_word(match: re.Match[str]) -> Word:
    quoted = match["quoted"] is not None
    return Word(match[0], match["key"], match["quoted" if quoted else "plain"], not quoted or match["end"] is not None)
