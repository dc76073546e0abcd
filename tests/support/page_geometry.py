"""Checks of looks on a PDF: no empty page, no heading alone at its foot, no text beyond its edges or over text."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdf
import pypdfium2

from tests.support.tag_tree import Node, read_tree

OVERLAP = 0.3
"""Share of the smaller of two stretches of text from which on one lies over the other."""
NOT_BODY = {"Note", "Lbl"}


def find_faults(data: bytes) -> list[str]:
    """Return what a designer would send back, a line each."""
    return [*stranded_headings(data), *_text_outside(data), *_text_over_text(data)]


def stranded_headings(data: bytes) -> Iterator[str]:
    """Yield each page that is empty or ends with a heading."""
    last: dict[int, tuple[int, Node]] = {}
    total = len(pypdf.PdfReader(io.BytesIO(data)).pages)
    tree = read_tree(data)
    filled = {page for node in tree.walk() for page in node.pages}
    for node in _body(tree):
        for page, mcid in node.content:
            if page not in last or mcid > last[page][0]:
                last[page] = (mcid, node)
    for page in range(1, total + 1):
        if page not in filled:
            yield f"page {page} is empty"
        elif page in last and last[page][1].role in {"H2", "H3", "H4", "H5", "H6"}:
            yield f"page {page} ends with the heading {last[page][1].text!r}"


def _body(node: Node) -> Iterator[Node]:
    """Yield the elements of the page's body: all but footnotes."""
    yield node
    for kid in node.kids:
        if isinstance(kid, Node) and kid.role not in NOT_BODY:
            yield from _body(kid)


def _text_outside(data: bytes) -> Iterator[str]:
    """Yield each stretch of text that crosses an edge of its page, as pdfium sees it."""
    pdf = pypdfium2.PdfDocument(data)
    for number, page in enumerate(pdf, 1):
        text, (width, height) = page.get_textpage(), page.get_size()
        for place in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(place)
            if left < 0 or bottom < 0 or right > width or top > height:
                found = text.get_text_bounded(left, bottom, right, top).strip()
                yield f"page {number} has text outside: {found!r}"


def _text_over_text(data: bytes) -> Iterator[str]:
    """Yield pairs of stretches of text that cover each other, as pdfium sees them."""
    pdf = pypdfium2.PdfDocument(data)
    for number in range(len(pdf)):
        text = pdf[number].get_textpage()
        boxes = sorted((text.get_rect(place) for place in range(text.count_rects())), key=lambda box: box[1])
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                if other[1] >= one[3]:
                    break
                if _covered(one, other) > OVERLAP:
                    said = (text.get_text_bounded(*box).strip() for box in (one, other))
                    yield f"page {number + 1} has text over text: {' / '.join(said)!r}"


def _covered(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return the part of the smaller box that the other one covers."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return width * height / smaller if width > 0 and height > 0 and smaller > 0.5 else 0.0
