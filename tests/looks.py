"""Checks of looks on a finished PDF: no page empty, no heading alone at a page's foot, no text beyond its edges."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdf

from tests.tag_tree import Node, read_tree

NOT_BODY = {"Note", "Lbl"}


def find_faults(data: bytes) -> list[str]:
    """Return what a designer would send back, a line each."""
    return [*_stranded_headings(data), *_text_outside(data)]


def _stranded_headings(data: bytes) -> Iterator[str]:
    last: dict[int, tuple[int, Node]] = {}
    total = len(pypdf.PdfReader(io.BytesIO(data)).pages)
    for node in _body(read_tree(data)):
        for page, mcid in node.content:
            if page not in last or mcid > last[page][0]:
                last[page] = (mcid, node)
    for page in range(1, total + 1):
        if page not in last:
            yield f"page {page} is empty"
        elif last[page][1].role in {"H2", "H3", "H4", "H5", "H6"}:
            yield f"page {page} ends with the heading {last[page][1].text!r}"


def _body(node: Node) -> Iterator[Node]:
    """Yield the elements of the page's body: all but footnotes."""
    yield node
    for kid in node.kids:
        if isinstance(kid, Node) and kid.role not in NOT_BODY:
            yield from _body(kid)


def _text_outside(data: bytes) -> Iterator[str]:
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages, 1):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        found: list[str] = []

        def visit(text: str, _cm: object, tm: list[float], *_: object) -> None:
            inside = 0 <= tm[4] <= width and 0 <= tm[5] <= height  # noqa: B023  # called at once
            if text.strip() and not inside:
                found.append(text.strip())  # noqa: B023  # called at once

        page.extract_text(visitor_text=visit)
        yield from (f"page {number} has text outside: {text!r}" for text in found)
