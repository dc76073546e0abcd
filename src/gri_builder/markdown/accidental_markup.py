"""Signs at the start of a line that CommonMark reads as markup: a wrapped `- 7 %`, `> 50`, `# 1` or `: 1`.

Such a line is a list, a quotation, a heading or a definition, and its sign is not printed. Where people mean markup, an
empty line is above it or the text does not start with a number; the other cases get a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

_NUMBER = re.compile(r"(?:[~≈<>±+−–=≤≥]\s?)?(?:[$€£¥]|[A-Z]{2,3}\s)?\s?[.,]?\d")
_YEAR = re.compile(r"(?:19|20)\d\d\b(?![.,]?\d)(?!\s*(?:%|t\b|kg\b|GJ\b|[kM]Wh\b|k?m\b))")
_NOTE_MARK = re.compile(r"\w\*(?![\w*])")
"""A star after a word, which a line that starts with a star explains."""
_KEY = re.compile(r"[\w-]+:(?:\s|$)")
_MAX_TERM_WORDS = 8
"""Words of a term with its definition; what is longer is a sentence."""
_MAX_VALUE_WORDS = 2
"""Words of a number with its unit."""
_MAX_HEADING = 100
"""Characters of a heading with a line below it."""


_MIN_LINE = 3
"""Hyphens or equals signs that people write below the text of a heading."""


class Accident(NamedTuple):
    """A sign at the start of a line that may be meant as text."""

    line: int
    """Index of the line, from 0."""
    sign: str
    message: str
    """What becomes of the line; it follows the quoted line."""
    remedy: str
    """What to do if the markup is meant."""


class _Above(NamedTuple):
    """What precedes a block."""

    touches: bool
    """Whether the line directly above is text of a paragraph."""
    text: str
    """The paragraph's text."""
    nested: bool
    """Whether both are inside an item of a list."""


def find_accidents(tokens: Sequence[Token], lines: Sequence[str], in_yaml: bool = False) -> Iterator[Accident]:
    """Yield the signs of a passage that may be meant as text, in order; `lines` is its source."""
    noted = any("*" in token.content and _NOTE_MARK.search(token.content) for token in tokens)
    for number, token in enumerate(tokens):
        if token.type == "list_item_open" and tokens[number + 1].type == "list_item_close":
            sign = token.info + token.markup
            message = "starts an item of a list without text"
            yield Accident(_line_of(token), sign, message, "for an item, write its text")
        elif token.type == "bullet_list_open":
            yield from _bullets(tokens, number, _above(tokens, number), noted)
        elif token.type == "ordered_list_open":
            yield from _numbers(tokens, number, _above(tokens, number))
        elif token.type == "blockquote_open":
            yield from _quotation(tokens, number, _above(tokens, number))
        elif token.type == "heading_open":
            yield from _heading(tokens, number, lines, in_yaml)
        elif token.type == "hr" and _above(tokens, number).touches:
            message, remedy = "draws a line, and is not printed", "for a line, put an empty line above it"
            yield Accident(_line_of(token), token.markup[0], message, remedy)
        elif token.type == "dt_open":
            yield from _definition(tokens, number)


def _above(tokens: Sequence[Token], number: int) -> _Above:
    """Return what precedes the block that opens at an index."""
    if number < 3 or tokens[number - 1].type != "paragraph_close":
        return _Above(False, "", False)
    inline = tokens[number - 2]
    touches = bool(tokens[number].map and inline.map and inline.map[1] == _line_of(tokens[number]))
    return _Above(touches, inline.content, touches and _is_in_item(tokens, number))


def _is_in_item(tokens: Sequence[Token], number: int) -> bool:
    """Whether the block that opens at an index is directly inside an item of a list."""
    outer = tokens[number].level - 1
    before = (tokens[index] for index in range(number - 1, -1, -1))
    parents = (token for token in before if token.level == outer and token.nesting == 1)
    parent = next(parents, None) if outer >= 0 else None
    return parent is not None and parent.type == "list_item_open"


def _first_text(tokens: Sequence[Token], number: int) -> Token | None:
    """Return the text with which the block that opens at an index starts."""
    for token in tokens[number + 1 : number + 6]:
        if token.type == "inline":
            return token
        if token.nesting < 1:
            return None
    return None


def _items(tokens: Sequence[Token], number: int) -> list[int]:
    """Return the indexes of the items of the list that opens at an index."""
    level = tokens[number].level
    found = []
    for index in range(number + 1, len(tokens)):
        if tokens[index].level <= level:
            break
        if tokens[index].type == "list_item_open" and tokens[index].level == level + 1:
            found.append(index)
    return found


def _line_of(token: Token) -> int:
    return token.map[0] if token.map else 0


def _bullets(tokens: Sequence[Token], number: int, above: _Above, noted: bool) -> Iterator[Accident]:
    """Yield the items of a bulleted list whose mark may be the sign of a number, a dash, or a mark of a note."""
    sign = tokens[number].markup
    items = _items(tokens, number)
    texts = [(item, text) for item in items if (text := _first_text(tokens, item))]
    numeric = [(item, text) for item, text in texts if _is_number(text.content)]
    introduced = above.text.rstrip().endswith(":")
    touches = above.touches and not above.nested and not introduced
    message = "starts an item of a list, so that the sign is not printed"
    if touches:
        found = texts if len(items) == 1 else numeric
    elif sign == "+":
        found = numeric
    elif sign == "-" and introduced:
        found = [
            (item, text) for item, text in numeric if len(items) == 1 and len(text.content.split()) <= _MAX_VALUE_WORDS
        ]
    else:
        found = numeric if len(items) == 1 and sign == "-" else texts if len(items) == 1 and noted else []
    other = "*" if sign == "-" and len(items) == 1 else "-" if sign == "+" or noted else ""
    remedy = "put an empty line above it" + (f", and start its items with '{other}'" if other and other != sign else "")
    for item, _ in found:
        yield Accident(_line_of(tokens[item]), sign, message, f"if it is a list, {remedy}")


def _numbers(tokens: Sequence[Token], number: int, above: _Above) -> Iterator[Accident]:
    """Yield the number of a list with one item below a line of text."""
    items = _items(tokens, number)
    if above.touches and not above.nested and len(items) == 1 and not above.text.rstrip().endswith(":"):
        sign = tokens[items[0]].info + tokens[items[0]].markup
        message = "starts a numbered list"
        yield Accident(_line_of(tokens[number]), sign, message, "if it is a list, put an empty line above it")


def _quotation(tokens: Sequence[Token], number: int, above: _Above) -> Iterator[Accident]:
    """Yield the sign of a quotation that starts with a number, other than a year."""
    text = _first_text(tokens, number)
    if text and (_is_number(text.content) or (above.touches and _NUMBER.match(text.content))):
        message = "starts a quotation, so that the sign is not printed"
        remedy = "if it is a quotation, start it with a word"
        yield Accident(_line_of(tokens[number]), ">", message, remedy)


def _heading(tokens: Sequence[Token], number: int, lines: Sequence[str], in_yaml: bool) -> Iterator[Accident]:
    """Yield the sign of a heading that continues a sentence, and the line below a text that makes it a heading."""
    token, text = tokens[number], tokens[number + 1].content
    if token.markup.startswith("#"):
        touches = _above(tokens, number).touches
        if (touches or (in_yaml and token.tag == "h1")) and _NUMBER.match(text) and "unspaced" not in token.meta:
            remedy = "put an empty line above it" if touches else "write '##', and start it with a word"
            message = "starts a heading, so that the sign is not printed"
            yield Accident(_line_of(token), "#", message, f"if it is a heading, {remedy}")
        return
    below = token.map[1] - 1 if token.map else 0
    mark = lines[below].strip(" \t>") if below < len(lines) else ""
    if len(mark) < _MIN_LINE or _is_running_text(text) or _is_front_matter(tokens, number):
        message = "makes the text above it a heading"
        remedy = "put an empty line above it; for a heading, write '## ' before its text and delete this line"
        yield Accident(below, mark, message, remedy)


def _is_number(text: str) -> bool:
    """Whether a text starts with a number other than a year."""
    return _NUMBER.match(text) is not None and not _YEAR.match(text)


def _is_running_text(text: str) -> bool:
    return "\n" in text or len(text) > _MAX_HEADING or text.rstrip()[-1:] in (".", ",", ";")


def _is_front_matter(tokens: Sequence[Token], number: int) -> bool:
    """Whether a heading is `key: value` between lines of hyphens at the top of a file, as for other programs."""
    return tokens[0].type == "hr" and number == 1 and _KEY.match(tokens[number + 1].content) is not None


def _definition(tokens: Sequence[Token], number: int) -> Iterator[Accident]:
    """Yield the colon of a definition whose term is not one, but the line of a sentence."""
    opening = number + 3
    text = _first_text(tokens, opening) if opening < len(tokens) and tokens[opening].type == "dd_open" else None
    term = tokens[number + 1].content.split()
    if text is None or not term:
        return
    has_digit = any(character.isdigit() for character in term[-1])
    continues = len(term) > 2 or term[0][:1].islower() or (len(term) == 2 and term[1][:1].islower())
    if len(term) >= _MAX_TERM_WORDS or (_NUMBER.match(text.content) and (has_digit or continues)):
        message = "makes the line above it a term, so that the sign is not printed"
        remedy = "if it is a definition, write a shorter term, and start with a word"
        yield Accident(_line_of(text), ":", message, remedy)
