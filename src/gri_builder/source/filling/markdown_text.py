"""Values in Markdown: printed as they are, with a backslash before what would be markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gri_builder.source.filling.parameters import TOKEN, ListRow
from gri_builder.source.filling.segments import Piece

_MARKUP = re.compile(
    r"""[\\`*_\[\]<>{}|~^]
    |&(?=\#?\w+;)          # an entity
    |:(?=:|//)             # a directive, an address
    |(?<=www)\.
    |^[-+\#=>:](?=[\s\#=:>+-]|$)|^\d+(?P<dot>[.)])(?=\s|$)  # at the start of a line
    """,
    re.VERBOSE | re.IGNORECASE,
)


def escape_markdown(value: str) -> str:
    """Return a text of one line as Markdown that prints it (CommonMark 0.31, 2.4)."""
    return _MARKUP.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", value)


def fill_markdown(text: str, row: ListRow) -> Iterator[Piece]:
    """Yield the pieces of a Markdown text with the values of a row; what names no column is left as it is."""
    last = 0
    for match in TOKEN.finditer(text):
        parameter = row.find(match[1])
        if parameter is None or text[: match.start()].endswith("\\"):
            continue
        before = text[last : match.start()]
        yield from _whole_lines(before)
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        is_code = line.count("`") % 2 == 1
        value = parameter.text.replace("`", "'") if is_code else escape_markdown(parameter.text)
        yield Piece(match[0], value, (parameter.name,))
        last = match.end()
    yield from _whole_lines(text[last:])


def find_in_links(text: str, row: ListRow) -> Iterator[tuple[int, int, str]]:
    """Yield line, column and value of each value within the address of a link or picture that is more than a name."""
    for match in TOKEN.finditer(text):
        parameter = row.find(match[1])
        start = text.rfind("\n", 0, match.start()) + 1
        if parameter and _IN_LINK.search(text, start, match.start()) and not is_name(parameter.text):
            yield text.count("\n", 0, start) + 1, match.start() - start + 1, parameter.text


def is_name(value: str) -> bool:
    """Return whether a value is the name of one file or folder within a path, or of one step of a web address."""
    return re.fullmatch(r"[\w][\w.~-]*", value) is not None


_IN_LINK = re.compile(r"\]\([^)\s]*\Z")
"""What precedes a place in the address of a link or picture."""


def _whole_lines(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(text, text)
