"""Letters of requirements behind a code, as people write them; not the first word of a description."""

from __future__ import annotations

import re

from msgspec import Struct

_LETTER = "[a-h]"
_LIST = rf"{_LETTER}(?:\s?(?:,|;|/|&|\+|-|and|und|y|et|e|en|och|og|to|bis)\s?{_LETTER}(?!\w)){{0,15}}"
_ATTACHED = re.compile(rf"(?P<letters>{_LIST})(?!\w)")
_BRACKETED = re.compile(rf"\s?(?P<letters>[(\[]\s?{_LIST}\s?[)\]](?:\s?[,/]?\s?\(\s?{_LETTER}\s?\))*)")
_BEHIND = re.compile(
    rf"(?:\s|\s?[-.]\s?)(?P<letters>{_LIST})"
    r"(?=[.)]?\s*(?:$|[\n\r])|\s*[,;:](?!\w)|\)|\s+[A-ZÀ-Þ(\d])(?!\w)[.)]?"
)
_DESCRIBED = re.compile(rf"\s?[-.]?\s?(?P<letter>{_LETTER})[.)]\s+(?=[^\W\d])")
_CAPITAL = re.compile(r"(?P<letters>[A-H])(?!\w)")
_GLUED = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]")
"""The first letters of a title that directly follows the code."""
_RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹"


class BehindCode(Struct, frozen=True):
    """What is directly behind a code."""

    parts: tuple[str, ...] = ()
    """Letters of requirements."""
    end: int = 0
    """Where the code ends, with its letters."""
    follows: int = 0
    """Where the text continues behind letters and space."""
    described: str = ""
    """Letter that opens a description."""


def read_letters(text: str, end: int, explicit: bool) -> BehindCode | None:
    """Return the letters behind a code that ends there; None if what follows shows that it is not a code.

    `explicit` says that the code is written with its edition, so that a title may follow without a space.
    """
    if described := _DESCRIBED.match(text, end):
        return BehindCode((), end, end, described["letter"])
    for pattern in (_ATTACHED, _BRACKETED, _BEHIND, *((_CAPITAL,) if explicit else ())):
        if found := pattern.match(text, end):
            follows = re.compile(r"\s*").match(text, found.end())
            return BehindCode(_expand(found["letters"].lower()), found.end(), follows.end() if follows else end)
    return BehindCode((), end, end) if _may_follow(text, end, explicit) else None


def _expand(letters: str) -> tuple[str, ...]:
    """Return the letters of a list; a range yields all from its first to its last."""
    letters = re.sub(r"and|und|et|en|och|og|(?<=\s)[ye](?=\s)", ",", letters)
    if found := re.fullmatch(r"\W*([a-h])\s?(?:-|to|bis)\s?([a-h])\W*", letters):
        return tuple(chr(code) for code in range(ord(found[1]), ord(found[2]) + 1))
    return tuple(dict.fromkeys(re.findall("[a-h]", letters)))


def _may_follow(text: str, end: int, explicit: bool) -> bool:
    follows = text[end : end + 2]
    if not follows or follows[0] in _RAISED:
        return True
    if follows[0] == "%" or re.match(r"\.\d", follows):
        return False
    return not (follows[0].isalnum() or follows[0] == "_") or (explicit and bool(_GLUED.match(follows)))
