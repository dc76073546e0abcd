"""Conservation: every letter and digit of a passage's source is in its tokens, as text or as known markup.

This holds whatever the rules of the dialect do. Text that they drop, such as words after the marks of a code block, is
found here and gets a finding, so that nothing is left out in silence.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markdown_it.token import Token
from msgspec import Struct, field

from gri_builder.markdown.bare_links import BARE

_LANGUAGE = re.compile(r"[A-Za-z][\w+#.-]*")
"""What may follow the marks of a block of code: the name of a programming language, which is not printed."""
_SIGNS = re.compile(r"[\W_]+")


class LostText(NamedTuple):
    """Text of the source that no token contains."""

    line: int
    """Index of its line, from 0."""
    text: str


class _Lines(Struct):
    """Consecutive lines, and what the tokens contain of them."""

    end: int = 0
    """Index after the last of the lines."""
    texts: list[str] = field(default_factory=list)


def find_lost_text(tokens: Sequence[Token], lines: Sequence[str], defined: frozenset[int]) -> Iterator[LostText]:
    """Yield the words of the source that are in no token; `defined` are the lines of link definitions."""
    contents = _read_contents(tokens)
    number = 0
    while number < len(lines):
        block = contents.get(number)
        end = max(block.end if block else 0, number + 1)
        if number not in defined:
            for other in range(number + 1, end):
                end = max(end, contents[other].end if other in contents else 0)
            texts = [text for each in range(number, end) if each in contents for text in contents[each].texts]
            yield from _compare(lines, range(number, min(end, len(lines))), "".join(texts))
        number = end


def _read_contents(tokens: Sequence[Token]) -> Mapping[int, _Lines]:
    """Return what the tokens contain, by the index of their first line."""
    contents: dict[int, _Lines] = {}
    for token in tokens:
        text = "".join(_texts_of(token))
        if token.map and (text or token.type in ("inline", "fence")):
            block = contents.setdefault(token.map[0], _Lines())
            has_lines = token.type in ("inline", "fence", "code_block", "html_block")
            block.end = max(block.end, token.map[1] if has_lines else 0)
            block.texts.append(text)
    return contents


def _texts_of(token: Token) -> Iterator[str]:
    """Yield the texts of a token that its source contains."""
    if token.type == "fence":
        yield token.info if _LANGUAGE.fullmatch(token.info.strip()) else ""
    elif token.type in ("list_item_open", "directive_open"):
        yield token.info
    if token.type in ("placeholder", "span_open"):
        yield token.markup
    elif token.type != "inline":
        yield token.content
    for child in token.children or ():
        yield from _texts_of(child)
    if token.type in ("link_open", "image") and token.markup not in (BARE, "autolink"):
        yield from (str(token.attrs.get(name, "")) for name in ("href", "src", "title"))
    yield from (str(token.meta.get(name, "")) for name in ("attributes", "label"))


def _compare(lines: Sequence[str], numbers: range, text: str) -> Iterator[LostText]:
    """Yield the words of some lines that a text does not contain."""
    kept = _SIGNS.sub("", text)
    source = _SIGNS.sub("", "".join(lines[number] for number in numbers))
    if source == kept or not _is_lost(source, kept):
        return
    if not _is_lost(_SIGNS.sub("", html.unescape("".join(lines[number] for number in numbers))), kept):
        return
    words = [(number, word) for number in numbers for word in _SIGNS.split(lines[number]) if word and word not in kept]
    number = words[0][0] if words else numbers[0]
    yield LostText(number, " ".join(word for line, word in words if line == number) or lines[number].strip())


def _is_lost(source: str, kept: str) -> bool:
    return bool(Counter(source) - Counter(kept))
