"""Inline rules for marks that are also signs: a mark between numbers or words is text, and stays on the page.

CommonMark reads `3*4*5` and `Kund*innen und Nutzer*innen` as emphasis (CommonMark 0.31, 6.2), and takes the stars away.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_OPENING, _CLOSING = "([{\"'“‘„«", ")]}\"'”’“»,;"
_AFTER_TEXT = ")]}”»%"
"""Signs after which stars before a letter or digit start no emphasis, as in `(a+b)*c`."""
_QUOTED = "([{“‘„«"
_RUN = re.compile(r"\*+")
_SCRIPT = re.compile(r"~(?P<sub>(?:\\.|[^\s\\~])+)~|\^(?P<sup>(?:\\.|[^\s\\^])+)\^")
_ESCAPED = re.compile(r"\\([ !-/:-@\[-`{-~])")
_SIGNED_NUMBER = re.compile(r"[-–−+]\d")
_OPERATOR = re.compile(r"[*/=]")
_MAX_DELIMITERS = 64
"""How many marks before a star are looked at."""
_BASE_ENDS = ")]}*_’'\"”`"
"""Signs that a subscript may follow, beside letters and digits."""


def read_star(state: StateInline, silent: bool) -> bool:
    """Inline rule: stars between letters or digits, or alone in brackets or quotes, are text.

    Stars that end an emphasis inside a word, as in `*Haupt*stadt`, are not; nor is bold type inside a word. Stars
    beside quotes or brackets inside a word mark an emphasis, as in `**“one”**word`; CommonMark prints those stars.
    """
    start = state.pos
    if silent or state.src[start] != "*" or start == 0:
        return False
    run = _RUN.match(state.src, start, state.posMax)
    end = run.end() if run else start
    before, after = state.src[start - 1], state.src[end : end + 1] if end < state.posMax else ""
    is_open = _is_open(state)
    if after.isalnum() and before not in _OPENING and not (before.isalnum() or before.isspace()) and is_open:
        _push_stars(state, end, is_opening=False)
    elif end - start == 2 and before.isalpha() and after in _QUOTED and after and not is_open:
        _push_stars(state, end, is_opening=True)
    elif _is_sign(before, after, end - start) and not (is_open and _is_last(state, end)):
        state.push("text", "", 0).content = state.src[start:end]
    else:
        return False
    state.pos = end
    return True


def _push_stars(state: StateInline, end: int, is_opening: bool) -> None:
    """Add stars that only start, or only end, an emphasis."""
    length = end - state.pos
    for _ in range(length):
        state.push("text", "", 0).content = "*"
        state.delimiters.append(Delimiter(ord("*"), length, len(state.tokens) - 1, -1, is_opening, not is_opening))


def _is_sign(before: str, after: str, length: int) -> bool:
    """Whether stars between two characters can be signs."""
    if before in _OPENING and after and after in _CLOSING:
        return True
    if before in _AFTER_TEXT and after.isalnum():
        return True
    between_digits = before.isdigit() and after.isdigit()
    return between_digits or (length == 1 and before.isalnum() and after.isalnum())


def _is_open(state: StateInline) -> bool:
    """Whether stars before this place start an emphasis that no others end."""
    opened = 0
    for each in state.delimiters[-_MAX_DELIMITERS:]:
        if each.marker == ord("*"):
            opened = max(0, opened - each.close + (each.open and not each.close))
    return opened > 0


def _is_last(state: StateInline, end: int) -> bool:
    """Whether no later stars can end an emphasis better than those inside a word."""
    later = _RUN.search(state.src, end, state.posMax)
    return later is None or state.src[later.start() - 1].isspace() or state.src[later.end() : later.end() + 1].isalnum()


def read_script(state: StateInline, silent: bool) -> bool:
    """Inline rule: `CO~2~` and `m^2^`; a subscript follows a letter, digit or bracket, so that `~100~` is text."""
    start = state.pos
    match = _SCRIPT.match(state.src, start, state.posMax) if state.src[start] in "~^" and not silent else None
    if match is None:
        return False
    before = state.src[start - 1] if start else ""
    mark = "sub" if match["sub"] else "sup"
    if not _is_script(mark, before, match[mark], state.src[match.end() : state.posMax]):
        return False
    state.push(f"{mark}_open", mark, 1).markup = match[0][0]
    state.push("text", "", 0).content = _ESCAPED.sub(r"\1", match[mark])
    state.push(f"{mark}_close", mark, -1).markup = match[0][0]
    state.pos = match.end()
    return True


def _is_script(mark: str, before: str, text: str, after: str) -> bool:
    """Whether text between two marks is a sub- or superscript; what follows a sign or a number is none."""
    follows = after[:1]
    if not any(character.isalnum() or character in "+-−–*†‡" for character in text):
        return False
    if _SIGNED_NUMBER.match(after) and (mark == "sub" or _SIGNED_NUMBER.search(text)):
        return False
    if mark == "sup":
        return not (follows.isdigit() or (follows.isalnum() and _OPERATOR.search(text)))
    if not before or not (before.isalnum() or before in _BASE_ENDS):
        return False
    return not (before.isdigit() and follows.isalnum())
