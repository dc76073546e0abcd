"""The operators of pages, for tests that look at what is drawn."""

from __future__ import annotations

from typing import Any

import pikepdf
from pypdf import PageObject

SHOW = ("Tj", "TJ")
"""Operators that show text: a string, and strings with adjustments for kerning (ISO 32000-1, 9.4.3)."""


def shown_bytes(operands: Any) -> bytes:
    """Return the codes that an operator shows, without the adjustments between them."""
    shown = [operands[0]] if isinstance(operands[0], pikepdf.String) else operands[0]
    return b"".join(bytes(each) for each in shown if isinstance(each, pikepdf.String))


def shown_strings(page: pikepdf.Page) -> list[bytes]:
    """Return the codes that each showing operator of a page shows."""
    return [shown_bytes(each.operands) for each in pikepdf.parse_content_stream(page, " ".join(SHOW))]


def operators_of(page: PageObject) -> str:
    """Return the content stream of a page that has one."""
    content = page.get_contents()
    assert content is not None
    return content.get_data().decode("latin-1")
