"""Text that YAML changes without an error: folded lines, escapes that take letters away, commas that split a text.

Each function looks at one value as it is written, and says where YAML reads it otherwise than people mean it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gri_builder.model.texts.finding_text import quoted, shorten
from gri_builder.source.nodes import Node

COLONS = "：﹕︓∶꞉"
"""Characters that look like a colon, and are none to YAML."""
WRONG_COLON = re.compile(rf"[A-Za-z][\w.-]*[:{COLONS}]")
"""A key with a colon, at the start of a text that YAML reads as no entry."""
_LIST_ITEM = re.compile(r"(?:[-*+•] +\S|[-•](?=[^\W\d_])|\d{1,9}[.)] +\S)")
_SIGNED_NUMBER = re.compile(r"[-+] *[.,]?\d")
_ROW = re.compile(r"\|.*\|")
_FENCE = re.compile(r":::+(?: *[A-Za-z].*)?")
_HEADING = re.compile(r"#{1,6} +\S")
_INNER_BLOCK = re.compile(r"(?:#{2,6} +\S|# +[^\W\d_]|> *[^\W\d_]|`{3,}[^`]*$|~{3,}|: +[^\W\d_]|\[\^?[^\]\s]+\]: +\S)")
"""Start of a heading, quotation, code block, definition, footnote or address of a link below another line."""
_ESCAPE = re.compile(r"\\(?:\\|(?P<lost>[0abtvfer])|(?P<maybe>[nNLP_]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})|.|$)")
_PATH = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\(?!\\)")
_BREAK_IN_WORDS = re.compile(r"(?<!\\n)(?<=[a-z0-9])\\n(?=[a-z])")
_KEY_IN_TEXT = re.compile(rf"[a-z][a-z_]{{0,30}}:(?!//)\S.*|[A-Za-z][\w.-]{{0,40}}[{COLONS}]")
_PAIRS = (("(", ")"), ("“", "”"), ("«", "»"))
"""Signs that open a stretch of text, each with the one that closes it."""
_CONJUNCTION = re.compile(r"(?:and|or|und|oder|sowie|et|ou|y|e|o|och|og|en|of|ja|i|a)\s+\w", re.IGNORECASE)


class Surprise(NamedTuple):
    """A place where YAML changes a text."""

    rule: str
    line: int
    """Lines below the first line of the value."""
    column: int
    """Index in the line."""
    width: int
    message: str
    hint: str


class ScalarText(NamedTuple):
    """A scalar as it is written."""

    style: str
    lines: tuple[str, ...]
    """Its lines; the first one from its first character on, the last one up to its last."""
    indents: tuple[int, ...]
    """How many characters of each line precede them."""
    opens_line: bool
    """Whether only spaces precede it on its line."""
    is_value: bool
    """Whether it is the value of a key that is not in brackets."""


def find_scalar_surprises(scalar: ScalarText) -> Iterator[Surprise]:
    """Yield the places where YAML changes a scalar."""
    if len(scalar.lines) > 1 and scalar.style != "|":
        yield from _folded_lines(scalar)
    if scalar.style == '"' and any("\\" in line for line in scalar.lines):
        yield from _escapes(scalar)
    if not scalar.style and scalar.opens_line and scalar.is_value and (match := _KEY_IN_TEXT.match(scalar.lines[0])):
        message, hint = missing_space(scalar.lines[0])
        yield Surprise("yaml-syntax", 0, scalar.indents[0], len(match[0].rstrip()), message, hint)


def missing_space(text: str) -> tuple[str, str]:
    """Return message and hint for 'key:value', or for a key with a colon that is none to YAML."""
    match = re.match(rf"(?:- )?([A-Za-z][\w.-]*)([:{COLONS}])(.*)", text)
    key, colon, value = (match[1], match[2], match[3].strip()) if match else (text, ":", "")
    fix = f"write {key}: {value}".rstrip()
    if colon != ":":
        return f"'{colon}' after '{shorten(key)}' is not the colon ':' that YAML needs", f"{fix}, with ':' and a space"
    if match and match[3][:1].isspace():
        return f"the space after the colon of '{shorten(key)}:' is a no-break space", f"{fix}, with a plain space"
    return f"a space is missing after the colon of '{shorten(text)}'", fix


def _folded_lines(scalar: ScalarText) -> Iterator[Surprise]:
    """Yield the first line of a list, a table or another block that would run together with its neighbours."""
    start = 1 if scalar.style == ">" else 0
    for numbers in _paragraphs(scalar, start):
        lines = [scalar.lines[number].strip(" \t\"'") for number in numbers]
        index = _find_block(lines)
        if index is None or len(lines) < 2:
            continue
        number, line = numbers[index], lines[index]
        remedy = "write '|' in place of '>'"
        if scalar.style != ">":
            quotes = ", without the quotes" if scalar.style else ""
            remedy = f"write '|' after the colon, and all of the text on the lines below it, indented{quotes}"
        column = scalar.indents[number] + scalar.lines[number].find(line)
        message = f"'{shorten(line)}' and the lines around it would run together into one line of text"
        yield Surprise("lines-run-together", number, column, len(line), message, remedy)
        return


def _paragraphs(scalar: ScalarText, start: int) -> Iterator[list[int]]:
    """Yield the numbers of lines that YAML joins; in a folded text, deeper lines stay lines."""
    texts = [line for line in scalar.lines[start:] if line.strip()]
    base = min((len(line) - len(line.lstrip(" ")) for line in texts), default=0)
    paragraph: list[int] = []
    for number in range(start, len(scalar.lines)):
        line = scalar.lines[number]
        is_deeper = scalar.style == ">" and len(line) - len(line.lstrip(" \t")) > base
        if line.strip() and not is_deeper:
            paragraph.append(number)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _find_block(lines: Sequence[str]) -> int | None:
    """Return the index of the first line of a list, a table, a heading, a directive or another block."""
    if _HEADING.match(lines[0]):
        return 0
    fences = [number for number, line in enumerate(lines) if _FENCE.fullmatch(line) or _INNER_BLOCK.match(line)]
    rows = [number for number, line in enumerate(lines) if _ROW.fullmatch(line)]
    starts_list = _LIST_ITEM.match(lines[0]) is not None
    items = [
        number
        for number, line in enumerate(lines)
        if _LIST_ITEM.match(line) and (starts_list or not _SIGNED_NUMBER.match(line))
    ]
    found = [*fences, *(rows if len(rows) > 1 else ()), *(items if len(items) > 1 else ())]
    return min(found, default=None)


def _escapes(scalar: ScalarText) -> Iterator[Surprise]:
    """Yield the first backslash in double quotes that takes a letter away, or may do so."""
    is_path = any(_PATH.search(line) for line in scalar.lines)
    for number, line in enumerate(scalar.lines):
        for match in _ESCAPE.finditer(line):
            if match["lost"] or (match["maybe"] and is_path):
                message = f"'{match[0]}' in double quotes is not printed, as YAML reads it as a special character"
                hint = f"write the text in single quotes, or write \\{match[0]}"
                yield Surprise("text-read-as-escape", number, scalar.indents[number] + match.start(), 2, message, hint)
                return
    for number, line in enumerate(scalar.lines):
        if found := _BREAK_IN_WORDS.search(line):
            message = f"'\\n' in '{shorten(line.strip())}' is read as the end of a line"
            hint = "for a backslash and the letter n, write the text in single quotes; otherwise put a space before it"
            yield Surprise("line-break-in-quotes", number, scalar.indents[number] + found.start(), 2, message, hint)
            return


def find_split_item(items: Sequence[Node]) -> Node | None:
    """Return the first item of a list in brackets that continues the text or the number before it."""
    for before, item in pairwise(items):
        if before.style or item.style or before.line != item.line:
            continue
        gap = item.file.lines[item.line - 1][before.column - 1 + before.width : item.column - 1]
        if gap == "," and re.fullmatch(r"\d{3}", item.text) and re.fullmatch(r"[-+]?\d{1,3}", before.text):
            return item
        if gap == "," and item.kind == "text" and _splits_number(before.text, item.text):
            return item
        if "text" == item.kind == before.kind and _continues(items[0].text, before.text, item.text):
            return item
    return None


def _splits_number(before: str, text: str) -> bool:
    """Whether two texts are a number with a comma in it, and its unit: `1` and `5 t`."""
    return before[-1:].isdigit() and re.match(r"\d+[^\S\n]*[^\W\d_%]|\d+ *%", text) is not None


def _continues(first: str, before: str, text: str) -> bool:
    """Whether a text continues the one before it.

    It starts with 'and', or in lower case where the first does not; or a bracket or quotation is open before it.
    """
    if any(before.count(opening) > before.count(closing) for opening, closing in _PAIRS):
        return True
    has_words = " " in text.strip() or " " in before.strip()
    return _CONJUNCTION.match(text) is not None or (has_words and first[:1].isupper() and text[:1].islower())


def join_items(before: Node, item: Node) -> str:
    """Return how to write two items that belong together."""
    if item.text.isdigit():
        return f"write the number without the comma: {before.text}{item.text}"
    gap = "," if _splits_number(before.text, item.text) and before.column + before.width + 1 == item.column else ", "
    text = f"{before.text}{gap}{item.text}"
    return "put both in one pair of quotes" if shorten(text) != text else f"put them in quotes: {quoted(text)}"
