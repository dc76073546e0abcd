"""Markup without effect: marks that CommonMark leaves in the text, where people mean them as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html.entities import html5
from itertools import pairwise
from typing import NamedTuple, get_args

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from gri_builder.markdown.placeholder import parse_placeholder
from gri_builder.model.rich_text import DirectiveName

_OPTIONAL_END = sorted((name for name in html5 if not name.endswith(";") and name.islower()), key=len, reverse=True)
"""Names of characters that browsers also read without the semicolon."""


class StrayMark(NamedTuple):
    """Markup that is probably a mistake if it is left as text."""

    pattern: re.Pattern[str]
    """What it looks like; its first group is the mark that is reported."""
    sign: str
    """What is in each text that it can be in: other texts need not be searched."""
    problem: str
    hint: str
    rule: str = "unclosed-emphasis"


_CODE = re.compile(r"(?<![`\\])(`)(?!`)([^`]*)(?<!`)`(?!`)")
_LOOSE_CODE = StrayMark(
    _CODE,
    "`",
    "starts code, so that it is not printed",
    "put it directly before the first and after the last letter of the code",
)
"""A single backtick that is paired with another across a space, as in `'the `90s and the `80s'`."""
_NOTE_MARK = StrayMark(
    re.compile(r"(?<=[^\s*])(?<!\()(\*\*)(?!\w)"),
    "**",
    "is never opened",
    "open the bold text with '**', directly before its first letter",
)
"""Two stars after a word: the end of bold text, or in a table the mark of a note."""
_NOTE_LINE = re.compile(r"(?m)^[ \t|]*(?:\\?\*){2}\s")
"""A line that explains such a mark."""
_MARKS: Sequence[StrayMark] = (
    StrayMark(
        re.compile(r"(?:(?<!\S)(\*\*)(?=[^\s*])|(?<=[^\s\w(*])(\*\*)(?=\w))"),
        "**",
        "is never closed",
        "close the bold text with '**', directly after its last letter",
    ),
    _NOTE_MARK,
    StrayMark(
        re.compile(r"(?:(?<!\S)|(?<=[(\[“‘„«]))(\*(?=[^\s*])(?!(?<=[(\[“‘]\*)[)\]”’])[^*\n]*[^\s*(\[“‘]\*)(?!\*)"),
        "*",
        "is not read as italic text",
        "put its '*' directly before its first and after its last letter, with a space or a comma around them",
    ),
    StrayMark(
        re.compile(r"(?<![\w_])(__)(?=[^\W_])"),
        "__",
        "is never closed",
        "close the bold text with '__', directly after its last letter",
    ),
    StrayMark(
        re.compile(r"(~~)"),
        "~~",
        "has no effect, as text cannot be struck out",
        "delete the text that is struck out",
    ),
    StrayMark(
        re.compile(rf"(?m)(?<!:)(:{{3,}}+)(?=[ \t]*(?:(?:{'|'.join(get_args(DirectiveName))})\b|$))"),
        ":::",
        "opens and closes nothing inside a line or a table",
        "put the directive on lines of its own, outside of tables",
        "directive-fence",
    ),
    StrayMark(re.compile(r"(\{#)"), "{#", "is not in a heading", "move it to the end of the heading"),
    StrayMark(
        re.compile(r"(?<!\{)(\{(?:[.:][A-Za-z]|(?!lang=)[\w-]+=))(?=[^{}]*\})"),
        "{",
        "has no effect here",
        "delete the braces",
    ),
    StrayMark(
        re.compile(r"(\{lang=)"),
        "{lang=",
        "must follow bracketed text",
        "put the passage in brackets directly before it: [texte]{lang=fr}",
    ),
    StrayMark(
        re.compile(r"(\]\()(?=[^\s)])"),
        "](",
        "makes no link",
        "close the address with ')', and write '%20' for each space in it",
        "broken-link",
    ),
)
"""What is searched for in texts, where escaped characters are gone."""
_SOURCE_MARKS: Sequence[StrayMark] = (
    StrayMark(
        re.compile(r"(?m)^([-+])(?=[^\W\d_])"),
        "",
        "needs a space after it to start a list",
        "put a space after it",
    ),
    StrayMark(
        re.compile(r"\[(?=[^\[\]\n]*[^\W\d_])[^\[\]\n]*+(?<!\\)(\]) \((?:https?://|mailto:|#\w)"),
        "] (",
        "makes no link",
        "delete the space between the brackets",
        "broken-link",
    ),
    StrayMark(
        re.compile(rf"(&(?:{'|'.join(_OPTIONAL_END)}))(?![\w;=])"),
        "&",
        "has no semicolon",
        "put a semicolon directly after it",
        "unknown-character-name",
    ),
)
"""What is searched for in the source of a text with code and escaped characters taken out."""
_HIDDEN = re.compile(r"(?s)\\.|(`++)(?P<code>.*?(?<!`)\1(?!`))?|(?:https?://|www\.)\S+")
_NAMED = re.compile(r"&[A-Za-z][A-Za-z0-9]*;")
_QUICK = re.compile(r"[*_~{&`\]\\]|:::|(?m:^[-+])")
_SINGLE_BRACES = re.compile(r"(?<![\\{])\{(?!\{)\s*([^{}\n]*?)\s*\}(?!\})")
_WORDS = re.compile(r"[^\W\d_][\w .|-]*")
_PATH = re.compile(r"(?<!\S)(?:\\\\(?=\w[\w.-]*\\)|[A-Za-z]:\\(?=\S*))\S*")
"""A path of Windows; a backslash before punctuation is left out of it (CommonMark 0.31, 2.4)."""
_LOST_BACKSLASH = re.compile(r"\\[!-/:-@\[-`{-~]")
_LOOSE_PATH = StrayMark(
    _PATH, "\\", "loses a backslash on the page", "write each backslash of the path twice", "text-left-out"
)
_TEXT_FIELDS = frozenset({"number", "page", "title"})
"""What braces in the text of a link may contain."""


def find_stray_marks(state: StateCore) -> None:
    """Core rule: record markup without effect in each text, while escaped characters are still distinguishable."""
    explained = "**" in state.src and _NOTE_LINE.search(state.src) is not None
    for before, token in pairwise(state.tokens):
        if token.children and _QUICK.search(token.content):
            is_noted = explained or before.type in ("th_open", "td_open")
            if found := [(text, mark) for text, mark in _find_marks(token) if not (is_noted and mark is _NOTE_MARK)]:
                token.meta["stray"] = found


def _find_marks(token: Token) -> Iterator[tuple[str, StrayMark]]:
    """Yield the marks of a text, each with what is wrong with it."""
    children = token.children or []
    texts = [child.content for child in children if child.type == "text"]
    for mark in _MARKS:
        match = next((match for text in texts if mark.sign in text and (match := mark.pattern.search(text))), None)
        if match:
            yield match[match.lastindex or 0], mark
    source = _HIDDEN.sub(_hide, token.content) if "`" in token.content or "\\" in token.content else token.content
    if texts:
        yield from (
            (match[1], mark) for mark in _SOURCE_MARKS if mark.sign in source for match in mark.pattern.finditer(source)
        )
        yield from _find_braces(children)
        paths = (match[0].rstrip(",.;:!?)") for match in _PATH.finditer(token.content)) if "\\" in token.content else ()
        yield from ((path, _LOOSE_PATH) for path in paths if _loses_backslash(path))
        if any(child.type == "code_inline" for child in children):
            codes = _CODE.finditer(token.content)
            yield from ((match[1], _LOOSE_CODE) for match in codes if _is_loose(match))
        unknown = (name for text in texts for name in _NAMED.findall(text))
        yield from ((name, _UNKNOWN_NAME) for name in unknown)


def _hide(match: re.Match[str]) -> str:
    """Return a space for code, an address or an escaped character; backticks that enclose nothing stay."""
    return match[0] if match[1] and match["code"] is None else " "


def _loses_backslash(path: str) -> bool:
    """Whether a path has a backslash before punctuation, and is not written with doubled ones."""
    doubled = path.replace("\\\\", "")
    starts_doubled = path.startswith("\\\\") and not path.startswith("\\\\\\\\")
    return starts_doubled or _LOST_BACKSLASH.search(doubled) is not None


def _is_loose(code: re.Match[str]) -> bool:
    """Whether two backticks are marks of words rather than of code, as in `'the `90s and the `80s'`."""
    before, after = code.string[code.start() - 1 : code.start()], code.string[code.end() : code.end() + 1]
    starts, ends = code[2][:1].isspace(), code[2][-1:].isspace()
    return not code[2].strip() or (ends and after.isalnum()) or (starts and before.isalnum())


def _find_braces(children: Sequence[Token]) -> Iterator[tuple[str, StrayMark]]:
    """Yield placeholders with single braces; in the text of a link, some are right."""
    inside = 0
    for child in children:
        inside += (child.type == "link_open") - (child.type == "link_close")
        for match in _SINGLE_BRACES.finditer(child.content) if child.type == "text" else ():
            if "=" in match[1] or match[1][:1] in (".", ":", "#"):
                continue
            is_placeholder = parse_placeholder(match[1]) is not None or _WORDS.fullmatch(match[1]) is not None
            if is_placeholder and not (inside and match[1] in _TEXT_FIELDS):
                yield match[0], _ONE_BRACE


_UNKNOWN_NAME = StrayMark(
    _NAMED, "&", "is not the name of a character", "write the character itself", "unknown-character-name"
)
_ONE_BRACE = StrayMark(
    _SINGLE_BRACES, "{", "has single braces", "write {{ id }} with the id of a fact", "unclosed-placeholder"
)
SEVERE = frozenset({"directive-fence", "unclosed-placeholder", "text-left-out"})
"""Rules of stray marks that are errors."""
ESCAPES: Mapping[str, str] = {"~~": "\\~\\~"}
"""How to write marks that one backslash does not suffice for."""
