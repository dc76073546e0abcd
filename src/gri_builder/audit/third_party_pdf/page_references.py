"""References to pages as people write them: what is a page, what leads to another document, what is an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

LAST_PAGE = 1500
"""Numbers above are no pages."""
_DASH = r"[-\u2010\u2011\u2012\u2013\u2014\u2212]"
_RANGE = rf"\d{{1,4}}(?:\s*{_DASH}\s*\d{{1,4}})?"
_LIST = rf"{_RANGE}(?:\s*(?:,|;|/|&|\band\b|\bund\b|\by\b|\bet\b|\be\b|\s)\s*{_RANGE})*"
_WORD = r"(?:pages?|pgs?|pp?|páginas?|págs?|seiten?|s)\b\.?|(?:pages?|pgs?|pp?)(?=\d)"
_NAMED = re.compile(rf"(?<![\w.])(?:{_WORD})\s*(?P<list>{_LIST})", re.IGNORECASE)
_BARE = re.compile(rf"[(\[]?\s*(?P<list>{_LIST})\s*[)\]]?[.,;]?")
_IN_BRACKETS = re.compile(rf"\((?P<list>{_LIST})\)")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:AR|FR|IAR|10-?K|20-?F|annual\s+(?:and\s+\w+\s+)?(?:report|accounts)|financial\s+(?:report|statements?)|"
    r"web\s?site|homepage|geschäftsbericht|informe\s+anual|rapport\s+annuel|relatório\s+anual|form\s+10-?k)\b"
    r"(?:\s+(?:20\d\d(?:/\d\d)?))?",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;\n]|(?<!\bp)(?<!\bpp)(?<!\bpg)(?<!\bpgs)(?<!\bpág)(?<!\bs)(?<!\bno)\.\s", re.IGNORECASE)


class WrittenReference(Struct, frozen=True):
    """A reference as written."""

    text: str
    pages: tuple[int, ...] = ()
    """Printed page numbers."""
    outside: bool = False


def read_references(text: str) -> Iterator[WrittenReference]:
    """Yield the references of a cell; what is neither a page nor another document is an answer, and not among them."""
    rest = text
    for url in _URL.findall(text):
        yield WrittenReference(url.rstrip(".,;)"), (), outside=True)
        rest = rest.replace(url, ";", 1)
    for part in _BREAK.split(rest):
        yield from _read_part(part.strip(" ,"))


def _read_part(part: str) -> Iterator[WrittenReference]:
    """Yield the references of a stretch: pages of this report before the name of another document, its own behind."""
    other = _OTHER.search(part)
    if other:
        before = part[: other.start()].strip(" ,(&")
        before = re.sub(r"(?i)[,\s]*(?:see|refer to|in|and|our|the|of)$", "", before)
        yield from _read_pages(before)
        yield WrittenReference(part[other.start() :].strip(" ,"), (), outside=True)
    else:
        yield from _read_pages(part)


def _read_pages(part: str) -> Iterator[WrittenReference]:
    if whole := _BARE.fullmatch(part):
        yield from _make(part, whole["list"])
        return
    named = list(_NAMED.finditer(part)) or list(_IN_BRACKETS.finditer(part))
    for found in named:
        yield from _make(found.group().strip(), found["list"])


def _make(text: str, listed: str) -> Iterator[WrittenReference]:
    pages: dict[int, None] = {}
    for first, last in re.findall(rf"(\d{{1,4}})(?:\s*{_DASH}\s*(\d{{1,4}}))?", listed):
        start, end = int(first), int(last or first)
        if end < start and len(last) < len(first):
            end = int(first[: len(first) - len(last)] + last)
        if 0 < start <= end <= LAST_PAGE and end - start < 200:
            pages.update(dict.fromkeys(range(start, end + 1)))
    if pages:
        yield WrittenReference(text, tuple(pages))
