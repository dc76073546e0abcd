"""Web addresses without markup: `https://…` and `www.…` in running text become links."""

from __future__ import annotations

import html
import re

from markdown_it.rules_inline import StateInline

from gri_builder.model.texts.web_addresses import ADDRESS_START, match_address, target_of

BARE = "bare"
"""Markup of the tokens of such a link."""
TEXT_END = re.compile(rf"[\n\\`*_~^!\[\]<>&{{}}]|{ADDRESS_START}", re.IGNORECASE)
"""Characters at which an inline rule may start, and places at which an address does."""


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
    if state.src[state.pos] not in "hHwW":
        return False
    address = match_address(state.src, state.pos, state.posMax)
    if address is None or (state.pos and re.match(r"[\w@/.-]", state.src[state.pos - 1])):
        return False
    if not silent:
        _push_link(state, html.unescape(address))
    state.pos += len(address)
    return True


def _push_link(state: StateInline, address: str) -> None:
    if not state.linkLevel:
        opening = state.push("link_open", "a", 1)
        opening.markup = BARE
        opening.attrs = {"href": target_of(address)}
    state.push("text", "", 0).content = address
    if not state.linkLevel:
        state.push("link_close", "a", -1).markup = BARE
