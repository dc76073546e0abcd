"""Elements of HTML and SVG from text: whatever is not markup already is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup

VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta"})
"""Elements of HTML that have no end tag."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that no page may hold (HTML, 13.2.3.5)."""
_PLAIN = re.compile(r"[\w \-.,;:/#%()+=*!?@\[\]{}|·–—’‘“”\u00a0]*")
"""Text that is written as it is."""
_REFERENCES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;"))
_FRAGMENT = "!$&'()*+,;=:@/?"
"""Characters of a fragment that are written as they are (RFC 3986, 3.5)."""
Value = str | int | float | bool | None
"""Of an attribute: False and None leave it out, True is an attribute without a value."""


def text(value: str) -> Markup:
    """Return text as it is written in a page."""
    return Markup(_escape(value))  # noqa: S704 (it is escaped)


def element(name: str, *content: str, **attributes: Value) -> Markup:
    """Return an element with its content and attributes.

    The names of attributes are written with `_` for `-`, and with an `_` at the end where Python has the word.
    """
    inside = "".join([part if type(part) is Markup else _escape(part) for part in content])
    end = "" if name in VOID else f"{inside}</{name}>"
    return Markup(f"<{name}{write_attributes(attributes)}>{end}")  # noqa: S704 (names are the program's)


def write_attributes(attributes: dict[str, Value]) -> str:
    """Return attributes as a start tag has them, each behind a space."""
    parts = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        name = key.rstrip("_").replace("_", "-")
        parts.append(f" {name}" if value is True else f' {name}="{_escape(str(value))}"')
    return "".join(parts)


def join(parts: Iterable[str], separator: str = "") -> Markup:
    """Return parts as one, those that are text escaped."""
    between = separator if type(separator) is Markup else _escape(separator)
    return Markup(between.join([part if type(part) is Markup else _escape(part) for part in parts]))  # noqa: S704


def _escape(value: str) -> str:
    """Return text with references for what would be markup, and without what no page may hold."""
    if not _PLAIN.fullmatch(value):
        value = _FORBIDDEN.sub("\ufffd", value)
        for char, reference in _REFERENCES:
            value = value.replace(char, reference)
    return str(value)


def fragment(name: str) -> str:
    """Return the part of an address that leads to the element of that name: '#energy'."""
    return "#" + quote(name, safe=_FRAGMENT)


def element_id(name: str) -> str:
    """Return a name as an id of an element, which has no white space."""
    return "-".join(name.split()) or "-"
