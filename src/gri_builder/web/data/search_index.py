"""The search index: the text of each section, with the place that it leads to."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from gri_builder.web.written_page import WrittenPage

_HIDDEN = re.compile(r"<(svg|script|nav|form|template)\b.*?</\1>", re.DOTALL)
_START = re.compile(r'<h[1-6](?: id="([^"]*)")?[^>]*>(.*?)</h[1-6]>', re.DOTALL)
_SPOKEN = re.compile(r'<(?:sup\b|span class="spoken").*?</(?:sup|span)>', re.DOTALL)
_BLOCK = re.compile(r"</(?:p|li|td|th|dd|dt|figcaption|caption|summary|div)>|<(?:br|ul|ol|li|p|div)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def make_search_index(pages: Iterable[WrittenPage]) -> list[list[str]]:
    """Return file, anchor, title, title of the page, and text of each section, in the order of reading."""
    return [entry for page in pages if page.planned.kind != "figures" for entry in _list_sections(page)]


def _list_sections(page: WrittenPage) -> Iterator[list[str]]:
    """Yield the sections of a page; what is before its first heading belongs to the page."""
    written = _HIDDEN.sub(" ", page.content)
    parts = _START.split(written)
    title = page.planned.title
    yield from _entry(page, "", title, parts[0])
    for anchor, heading, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        yield from _entry(page, html.unescape(anchor or ""), _plain(heading), text)


def _entry(page: WrittenPage, anchor: str, title: str, written: str) -> Iterator[list[str]]:
    text = _plain(written)
    if text or anchor:
        yield [page.address, anchor, title, page.planned.title, text]


def _plain(written: str) -> str:
    text = _TAG.sub("", _BLOCK.sub(" ", _SPOKEN.sub("", written)))
    return " ".join(html.unescape(text).replace("\u00ad", "").split())
