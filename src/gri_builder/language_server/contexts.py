"""What a place in a text expects or names: the part of a placeholder, a link, a directive, or a value of YAML."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from gri_builder.language_server.names import NameKind, Names
from gri_builder.markdown.directives import DIRECTIVES
from gri_builder.model.choices import find_choice
from gri_builder.model.rich_text import DIRECTIVE_NAMES

ContextKind = Literal["name", "selection", "field", "filter", "directive", "option", "choice"]

VALUES: dict[str, NameKind] = {
    **dict.fromkeys(
        ("figure", "key_figures", "sum", "difference", "ratio", "share", "product", "change-since", "total-of"),
        "series",
    ),
    **dict.fromkeys(("image", "portrait", "logo", "cover_image"), "image"),
    **dict.fromkeys(("chapters", "statement"), "chapter"),
    "file": "data",
    "aspect": "aspect",
    "owner": "owner",
    "unit": "unit",
}
"""What the values of keys in YAML name."""

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*)$")
_PLACEHOLDERS = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_LINK = re.compile(r"\]\(#([^)\s]*)$")
_IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s#]*)$")
_COVERS = re.compile(r"""covers=(?:"[^"]*?|'[^']*?)?([\w.:@/-]*)$""")
_DIRECTIVE = re.compile(r":{3,}\s*([a-z-]*)$")
_ARGUMENTS = re.compile(r":{3,}\s*([a-z-]+)\s(?:.*\s)?(?:([a-z-]+)=)?\"?([^\s\"]*)$")
_KEY = re.compile(r"\s*(?:-\s+)?([\w-]+):(?:\s|$)")
_VALUE = re.compile(r"(?:^|[\s,\[:])([^\s,\[\]{}:\"']*)$")
_WORD = re.compile(r"[\w./:@-]+")


class Context(Struct, frozen=True):
    """What is expected at a place."""

    kind: ContextKind
    typed: str
    """What is typed of it."""
    name: NameKind | None = None
    """What is named, for a name."""
    of: str = ""
    """Series of a selection or a field, directive of an option, directive and option of a choice."""


def find_context(lines: list[str], line: int, column: int, is_yaml: bool) -> Context | None:
    """Return what a place expects; `line` and `column` count from 0. None where any text may be."""
    before = lines[line][:column] if line < len(lines) else ""
    if match := _PLACEHOLDER.search(before):
        return _in_placeholder(match[1])
    for pattern, kind in ((_LINK, "anchor"), (_IMAGE, "image"), (_COVERS, "disclosure")):
        if match := pattern.search(before):
            return Context("name", match[1], kind)  # type: ignore[arg-type]
    if before.lstrip().startswith(":::"):
        return _in_directive(before.lstrip())
    return _in_yaml(lines, line, before) if is_yaml else None


def _in_placeholder(text: str) -> Context:
    if "|" in text:
        return Context("filter", text.rpartition("|")[2].lstrip())
    series, bracket, selection = text.partition("[")
    if bracket and "]" not in selection:
        return Context("selection", selection.rpartition(",")[2].lstrip(), of=series.strip())
    head, dot, field = text.partition(".")
    if dot:
        return Context("field", field, of=head.partition("[")[0].strip())
    return Context("name", text, "series")


def _in_directive(before: str) -> Context | None:
    if match := _DIRECTIVE.fullmatch(before):
        return Context("directive", match[1])
    match = _ARGUMENTS.fullmatch(before)
    name = find_choice(match[1], DIRECTIVE_NAMES) if match else None
    if match is None or name is None:
        return None
    if match[2]:
        kind = VALUES.get(match[2])
        return Context("name", match[3], kind) if kind else Context("choice", match[3], of=f"{name} {match[2]}")
    if name in ("kpi", "chart", "table", "targets", "map"):
        return Context("name", match[3], "series", name)
    if name == "disclosure":
        return Context("name", match[3], "disclosure", name)
    return Context("option", match[3], of=name) if DIRECTIVES[name].options else None


def _in_yaml(lines: list[str], line: int, before: str) -> Context | None:
    """Return what a value of YAML names, by its key, which may be on a line above."""
    typed = _VALUE.search(before)
    match = _KEY.match(before)
    indent = len(before) - len(before.lstrip())
    above = line
    while match is None and above > 0:
        above -= 1
        found, text = _KEY.match(lines[above]), lines[above]
        if found and len(text) - len(text.lstrip()) <= indent and found[0].strip() != "":
            match = found if not text[found.end() :].strip() or before.lstrip().startswith("-") else None
            break
    kind = VALUES.get(match[1]) if match else None
    return Context("name", typed[1] if typed else "", kind) if kind else None


class Mention(Struct, frozen=True):
    """A name in a text."""

    kind: NameKind
    name: str
    start: int
    """Column of its first character, from 0."""
    end: int
    selection: str = ""
    """For a series in a placeholder, its period and members as written."""


def find_mention(text: str, column: int, names: Names) -> Mention | None:
    """Return the name that is at a column, from 0, of a line; None for any other text."""
    for match in _PLACEHOLDERS.finditer(text):
        if match.start() <= column <= match.end():
            series, _, rest = match[1].partition("[")
            id = re.match(r"[a-z0-9-]*", series)
            name = id[0] if id else ""
            known = names.find("series", name)
            return Mention("series", name, match.start(), match.end(), rest.partition("]")[0]) if known else None
    for match in _WORD.finditer(text):
        if match.start() <= column <= match.end():
            return _find_word(text, match, names)
    return None


def _find_word(text: str, match: re.Match[str], names: Names) -> Mention | None:
    word = match[0].rstrip(".:")
    start, end = match.start(), match.start() + len(word)
    if text[:start].endswith("#"):
        kinds: tuple[NameKind, ...] = ("anchor", "disclosure")
    else:
        kinds = ("disclosure", "series", "chapter", "image", "data", "aspect")
    for kind in kinds:
        if names.find(kind, word):
            return Mention(kind, word, start, end)
    code = word.partition("/")[0]
    return Mention("disclosure", code, start, start + len(code)) if names.find("disclosure", code) else None
