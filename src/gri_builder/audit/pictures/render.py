"""Pictures of passages: found by their words, rendered as parts of their pages, within bounds."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.audit.pictures.places import choose_region, find_words
from gri_builder.model.audit_result import Passage, Picture
from gri_builder.model.finding import Result
from gri_builder.pdf_reader.page_renderer import PageRenderer
from gri_builder.pdf_reader.reader import read_pdf

MOST_PICTURES = 400
MOST_BYTES = 6_000_000
"""Bytes of all pictures together."""


def render_passages(
    data: bytes, name: str, password: str | None, passages: Sequence[Passage]
) -> Result[tuple[Picture | None, ...]]:
    """Return a picture of each passage; None where its words are not found, or the bounds are reached."""
    read = read_pdf(data, name, password)
    if read.value is None:
        return Result(None, read.findings)
    pages = {page.number: page for page in read.value.pages}
    renderer, size, count = PageRenderer(read.value.readable, read.value.password), 0, 0
    pictures: list[Picture | None] = []
    for passage in passages:
        page = pages.get(passage.page)
        words = find_words(page, passage) if page else ()
        region = choose_region(page, passage, words) if page else None
        picture = None
        if page and region and count < MOST_PICTURES and size < MOST_BYTES:
            boxes = [(word.left, word.top, word.right, word.bottom) for word in words]
            picture = _render(renderer, page.number - 1, (page.width, page.height), region, boxes)
        if picture:
            count, size = count + 1, size + len(picture.data)
        pictures.append(picture)
    return Result(tuple(pictures))


def _render(
    renderer: PageRenderer,
    index: int,
    size: tuple[float, float],
    region: tuple[float, float, float, float],
    boxes: Sequence[tuple[float, float, float, float]],
) -> Picture | None:
    try:
        return renderer.render(index, size, region, boxes)
    except Exception:  # a page that pdfium can't render has no picture
        return None
