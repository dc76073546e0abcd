"""The operators of pages, for tests that look at what is drawn."""

from __future__ import annotations

from pypdf import PageObject


def operators_of(page: PageObject) -> str:
    """Return the content stream of a page that has one."""
    content = page.get_contents()
    assert content is not None
    return content.get_data().decode("latin-1")
