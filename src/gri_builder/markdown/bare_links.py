"""Web addresses without markup: `https://…` and `www.…` in running text become links, and so do e-mail addresses.

Punctuation after an address, and a bracket that it does not open, are not part of it, as in GitHub Flavored Markdown,
6.9 (autolinks).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from markdown_it.rules_inline import StateInline

BARE = "bare"
"""Markup of the tokens of such a link."""
TEXT_END = re.compile(r"[\n\\`*_~^!\[\]<>&{}]|(?<![\w@/.-])(?=(?:https?://|www\.)\w)", re.IGNORECASE)
"""Characters at which an inline rule may start, and places at which an address does."""
_ADDRESS = re.compile(
    r"(?:https?://|www\.(?=[\w-]+\.\w))\w[^\s<>\[\]{}|\\^`*\"“”„«»、。，！？：；）】」』]*", re.IGNORECASE
)
_MAIL = re.compile(r"(?<![\w.+@/:-])[\w+-](?:[\w.+-]*[\w+-])?@\w[\w-]*(?:\.\w[\w-]*)+")
_TRAILING = ".,;:!?'’…)_~"


def read_text(state: StateInline, silent: bool) -> bool:
    """Inline rule: plain text up to the next character or address at which another rule may start."""
    match = TEXT_END.search(state.src, state.pos, state.posMax)
    end = match.start() if match else state.posMax
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def read_address(state: StateInline, silent: bool) -> bool:
    """Inline rule: a web address, outside of links."""
    match = _ADDRESS.match(state.src, state.pos, state.posMax) if state.src[state.pos] in "hHwW" else None
    if match is None or (state.pos and (state.src[state.pos - 1].isalnum() or state.src[state.pos - 1] in "@/.-_")):
        return False
    raw = _trim(match[0])
    if not silent:
        _push_link(state, raw)
    state.pos += len(raw)
    return True


def _push_link(state: StateInline, raw: str) -> None:
    address = html.unescape(raw)
    if not state.linkLevel:
        opening = state.push("link_open", "a", 1)
        opening.markup = BARE
        opening.attrs = {"href": address if "://" in address[:8] else f"https://{address}"}
    state.push("text", "", 0).content = address
    if not state.linkLevel:
        state.push("link_close", "a", -1).markup = BARE


def _trim(address: str) -> str:
    """Return an address without the punctuation after it."""
    end, surplus = len(address), address.count(")") - address.count("(")
    while address[end - 1] in _TRAILING and (address[end - 1] != ")" or surplus > 0):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def split_mail(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield the parts of a text in order, each with the target of its link if it is an e-mail address."""
    done = 0
    for match in _MAIL.finditer(text) if "@" in text else ():
        if match.start() > done:
            yield text[done : match.start()], None
        yield match[0], f"mailto:{match[0]}"
        done = match.end()
    if done < len(text) or not text:
        yield text[done:], None
