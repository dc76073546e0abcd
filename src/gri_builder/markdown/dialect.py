"""The Markdown dialect of reports: CommonMark with tables, footnotes, sub- and superscripts, heading attributes,
`::: directive` blocks and `{{ fact }}` placeholders. Text in, tokens out; validation happens later.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from gri_builder.limits.limits import TEXT_DEPTH
from gri_builder.markdown.bare_links import TEXT_END, read_address, read_text
from gri_builder.markdown.directives import DIRECTIVES
from gri_builder.markdown.inline_marks import read_script, read_star
from gri_builder.markdown.stray_marks import find_stray_marks
from gri_builder.markdown.tables import hide_bars, read_table, restore_bars

_PARSER_LIMIT = TEXT_DEPTH.most + 8
"""Level at which the parser stops. Above that limit, so that nothing is left out without a finding."""

_FENCE = re.compile(r"(?P<colons>:{2,})(?P<info>.*)")
_ITEM_MARKS = re.compile(r"(?:(?:[-+*:~]|\d{1,9}[.)])[ \t]+)+(?=:{2,}[^:])")
"""Marks of list items and definitions before a fence that opens a directive inside them."""
_CODE_FENCE = re.compile(r"(?:(?:[-+*:~]|\d{1,9}[.)])[ \t]+)*(?P<mark>`{3,}|~{3,})(?P<info>[^`]*)")
_ATTRIBUTES = re.compile(r"(?s)(?P<text>.*?)(?<![\\{])\{(?!\{)(?P<attributes>[^{}]*)(?P<end>\}?)\s*")
_NO_SPACE = re.compile(r"(?P<marks>#{1,6})(?P<text>[^\W\d_].*)")
_SPAN_ATTRIBUTES = re.compile(r"\{(?!\{)(?P<attributes>[^{}\n]*)(?P<end>\}?)")
_LABEL = re.compile(r"\[(?!\^)[^\[\]\n]*\]")
_FOOTNOTE = re.compile(r"\[\^(?:[^ \n\]\[]|\[(?!\^))+\]")
_PLACEHOLDER = re.compile(r"(?s)\{\{((?:(?!\{\{|\}\}).)*)\}\}")


class _Fence(NamedTuple):
    """A line of colons: it opens a directive if it names one, otherwise it closes one."""

    colons: str
    info: str


@lru_cache(maxsize=1)
def make_parser() -> MarkdownIt:
    """Return the parser of the dialect."""
    parser = MarkdownIt("commonmark", {"maxNesting": _PARSER_LIMIT, "store_labels": True}).enable("table")
    parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    parser.use(deflist_plugin)
    _use_colons_only(parser)
    _use_short_labels(parser)
    interrupts = ["paragraph", "reference", "blockquote", "list", "footnote_def"]
    parser.block.ruler.before("fence", "directive", _directive, {"alt": interrupts})
    parser.block.ruler.after("heading", "unspaced_heading", _unspaced_heading)
    parser.core.ruler.after("block", "heading_attributes", _heading_attributes)
    parser.core.ruler.before("block", "hide_bars", hide_bars)
    parser.core.ruler.after("block", "restore_bars", restore_bars)
    parser.block.ruler.at("table", read_table, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.at("inline", _inline)
    parser.core.ruler.after("inline", "stray_marks", find_stray_marks)
    parser.inline.ruler.at("text", read_text)
    parser.inline.ruler.after("text", "address", read_address)
    parser.inline.ruler.before("emphasis", "star", read_star)
    parser.inline.ruler.after("emphasis", "script", read_script)
    parser.inline.ruler.after("link", "missing_reference", _missing_reference)
    parser.inline.ruler.before("escape", "placeholder", _placeholder)
    parser.inline.ruler.before("link", "span", _span)
    parser.inline.ruler.before("placeholder", "image_attributes", _image_attributes)
    # Every target is accepted as written: a link that the library rejects would be printed as text without a finding.
    accept: dict[str, Callable[[str], object]] = {"validateLink": lambda url: True, "normalizeLink": str}
    for name, rule in accept.items():
        setattr(parser, name, rule)
    return parser


def _use_colons_only(parser: MarkdownIt) -> None:
    """Let definitions start with ':' alone: '~' at the start of a line is the sign for 'about'."""
    rules = parser.block.ruler.__rules__
    rule = next(rule for rule in rules if rule.name == "deflist")
    read_definitions = rule.fn

    def read_colons(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        line = start if silent else start + 1 + (start + 1 < end and state.isEmpty(start + 1))
        has_colon = line < end and state.src.startswith(":", state.bMarks[line] + state.tShift[line])
        return has_colon and bool(read_definitions(state, start, end, silent))

    parser.block.ruler.at("deflist", read_colons, {"alt": rule.alt})


def _use_short_labels(parser: MarkdownIt) -> None:
    """Let the label of a footnote hold no other one, which the library would search for to the end of a text."""
    rule = next(rule for rule in parser.inline.ruler.__rules__ if rule.name == "footnote_ref")
    read_reference = rule.fn

    def read_short(state: StateInline, silent: bool) -> bool:
        is_reference = state.src.startswith("[^", state.pos) and _FOOTNOTE.match(state.src, state.pos, state.posMax)
        return bool(is_reference) and bool(read_reference(state, silent))

    parser.inline.ruler.at("footnote_ref", read_short, {"alt": rule.alt})


def _read_fence(state: StateBlock, line: int, after: int = 0) -> _Fence | None:
    """Return the fence on a line; two colons are a fence if a directive's name or nothing follows.

    `after` is the length of the marks of list items that precede it.
    """
    match = _FENCE.fullmatch(_line(state, line)[after:])
    if match is None:
        return None
    fence = _Fence(match["colons"], match["info"].strip())
    short = len(fence.colons) == 2
    return None if short and fence.info and fence.info.split()[0] not in DIRECTIVES else fence


def _line(state: StateBlock, line: int) -> str:
    """Return a line without its indent."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _find_end(state: StateBlock, start: int, end: int) -> tuple[int, str]:
    """Return the line on which the directive at `start` ends, and the colons of its closing fence, or ''.

    A fence closes the innermost directive that was opened with as many colons, otherwise the innermost directive.
    Fences inside a block of code are its text; the indent of the others depends on the lists that they are in.
    """
    open_lengths: list[int] = []
    code = ""
    for line in range(start, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return line, ""
        was, code = code, _code_fence(_line(state, line), code)
        marks = _ITEM_MARKS.match(_line(state, line))
        fence = None if was else _read_fence(state, line, marks.end() if marks else 0)
        if fence is None:
            continue
        length = len(fence.colons)
        if fence.info:
            open_lengths.append(length)
        else:
            while length in open_lengths and open_lengths[-1] != length:
                open_lengths.pop()
            open_lengths.pop()
        if not open_lengths:
            return line, fence.colons
    return end, ""


def _code_fence(line: str, opened: str) -> str:
    """Return the mark of the block of code that is open after a line; '' for none (CommonMark 4.5)."""
    match = _CODE_FENCE.match(line)
    if match is None:
        return opened
    if not opened:
        return match["mark"]
    closes = match["mark"].startswith(opened) and not match["info"].strip()
    return "" if closes else opened


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: `::: name …` up to its closing fence, with the blocks inside; or a fence that closes nothing."""
    fence = None if state.is_code_block(start) else _read_fence(state, start)
    if fence is None or silent:
        return fence is not None
    if not fence.info:
        stray = state.push("stray_fence", "", 0)
        stray.map, stray.markup = [start, start + 1], fence.colons
        state.line = start + 1
        return True
    last, closing = _find_end(state, start, end)
    token = state.push("directive_open", "", 1)
    token.map, token.info, token.markup, token.meta = [start, last], fence.info, fence.colons, {"closing": closing}
    parent, limit = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", last
    state.md.block.tokenize(state, start + 1, last)
    state.parentType, state.lineMax = parent, limit
    state.push("directive_close", "", -1)
    state.line = last + bool(closing)
    return True


def _unspaced_heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: a heading without a space after its '#'; a single '#' counts only on the first line."""
    match = _NO_SPACE.fullmatch(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]])
    if match is None or (match["marks"] == "#" and state.tokens):
        return False
    tag, lines = f"h{len(match['marks'])}", [start, start + 1]
    heading = state.push("heading_open", tag, 1)
    heading.map, heading.markup = lines, match["marks"]
    heading.meta = {"unspaced": True}
    text = state.push("inline", "", 0)
    text.map, text.content, text.children = lines, match["text"].rstrip(), []
    state.push("heading_close", tag, -1)
    state.line = start + 1
    return True


def _heading_attributes(state: StateCore) -> None:
    """Core rule: separate `{…}` from the end of each heading before its text is parsed."""
    for heading, inline in zip(state.tokens, state.tokens[1:], strict=False):
        match = _ATTRIBUTES.fullmatch(inline.content) if heading.type == "heading_open" else None
        if match:
            heading.meta |= {"attributes": match["attributes"], "closed": bool(match["end"])}
            inline.content = match["text"].rstrip()


def _inline(state: StateCore) -> None:
    """Core rule: parse the texts of all blocks; texts without markup, such as most cells, skip the parser."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = token.children or []
        if TEXT_END.search(token.content) or not token.content.strip():
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        else:
            token.children.append(Token("text", "", 0, content=token.content))


def _missing_reference(state: StateInline, silent: bool) -> bool:
    """Inline rule, after links: `[text][label]` or `[text][]` without a definition is text, behind an empty token."""
    start = state.pos
    if silent or state.src[start] != "[" or state.src.startswith("[^", start):
        return False
    end = state.md.helpers.parseLinkLabel(state, start)
    match = _LABEL.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if match is None or state.src[start + 1 : end].isdigit():
        return False
    state.push("missing_reference", "", 0).markup = state.src[start : match.end()]
    state.pending += "["
    state.pos += 1
    return True


def _span(state: StateInline, silent: bool) -> bool:
    """Inline rule: `[text]{attributes}`, a passage with attributes."""
    start, last = state.pos, state.posMax
    if state.src[start] != "[" or state.src.startswith("[^", start):
        return False
    end = state.md.helpers.parseLinkLabel(state, start)
    match = _SPAN_ATTRIBUTES.match(state.src, end + 1, last) if end >= 0 else None
    if match is None:
        return False
    if not silent:
        opening = state.push("span_open", "", 1)
        opening.meta, opening.markup = {"closed": bool(match["end"])}, match["attributes"]
        state.pos, state.posMax = start + 1, end
        state.md.inline.tokenize(state)
        state.push("span_close", "", -1)
    state.pos, state.posMax = match.end(), last
    return True


def _image_attributes(state: StateInline, silent: bool) -> bool:
    """Inline rule: `{attributes}` directly after an image."""
    if state.pending or not state.tokens or state.tokens[-1].type != "image" or "attributes" in state.tokens[-1].meta:
        return False
    match = _SPAN_ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if match is None or silent:
        return match is not None
    state.tokens[-1].meta |= {"attributes": match["attributes"], "closed": bool(match["end"])}
    state.pos = match.end()
    return True


def _placeholder(state: StateInline, silent: bool) -> bool:
    """Inline rule: `{{ expression }}`, or unmatched braces; after a backslash, they are plain text."""
    escaped = state.src.startswith("\\{{", state.pos)
    start = state.pos + escaped
    braces = state.src[start : start + 2]
    if braces not in ("{{", "}}"):
        return False
    match = _PLACEHOLDER.match(state.src, start, state.posMax)
    raw = match[0] if match else braces
    if escaped and not silent:
        state.pending += raw
    elif not silent:
        token = state.push("placeholder" if match else "unmatched_braces", "", 0)
        token.content, token.markup = match[1] if match else "", raw
    state.pos = start + len(raw)
    return True
