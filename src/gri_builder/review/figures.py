"""Pictures of charts, maps, matrices and drawings, cut out of pages on which they are laid out alone."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.compose.blocks import map_blocks
from gri_builder.layout.render import render_pdf
from gri_builder.layout.source_boxes import SourceBox
from gri_builder.model.document import Block, Callout, Chapter, Contents, Document, Matrix
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.diagrams import SiteMap
from gri_builder.model.finding import Location
from gri_builder.model.graphics import Picture
from gri_builder.model.rich_text import Heading, Image, Run

Figure = Image | Chart | Matrix | SiteMap
F = TypeVar("F", Image, Chart, Matrix, SiteMap)
SCALE = 2.5
"""Pixels per point."""
WIDEST = 1400
"""Pixels of a photograph, at most."""
LARGEST = 400_000
"""Bytes of a photograph that is not made smaller."""
_PLACE = "\x00figure"
_MARGIN = 3.0


class FigurePart(Struct, frozen=True):
    """A picture of a figure, or of its part on one page."""

    data: bytes
    """A PNG or JPEG file."""
    width: float
    """Points, as printed."""
    height: float


class Figures(Struct, frozen=True):
    """A document whose figures are drawn."""

    document: Document
    """Its figures have the numbers of their pictures as their places."""
    parts: Mapping[int, tuple[FigurePart, ...]]
    """Pictures of each figure, by its number."""
    places: Mapping[int, Location | None]
    """Where each figure was written."""


def figure_number(block: Figure) -> int | None:
    """Return the number of a figure in `Figures`; None for a photograph."""
    return block.where.line if block.where is not None and block.where.file == _PLACE else None


def draw_figures(document: Document) -> Figures:
    """Return a document with the pictures of its figures."""
    places: dict[int, Location | None] = {}
    drawn: list[Figure] = []

    def number(block: F) -> F:
        if isinstance(block, Image) and _is_photograph(document, block.path):
            return block
        places[len(places) + 1] = block.where
        numbered = replace(block, where=Location(_PLACE, len(places)))
        drawn.append(numbered)
        return numbered

    def change(block: Block) -> Block:
        if isinstance(block, Callout) and block.picture:
            return replace(block, picture=number(block.picture))
        return cast(Block, number(cast(Any, block))) if isinstance(block, Figure) else block

    chapters = []
    for each in document.chapters:
        picture = number(each.opener.picture) if each.opener.picture else None
        opener = replace(each.opener, picture=picture)
        chapters.append(replace(each, opener=opener, blocks=map_blocks(each.blocks, change)))
    return Figures(replace(document, chapters=tuple(chapters)), _draw(document, drawn), places)


def _draw(document: Document, figures: Sequence[Figure]) -> dict[int, tuple[FigurePart, ...]]:
    """Return the pictures of figures, without their captions and notes, which are text in the copy."""
    if not figures:
        return {}
    chapter = Chapter((Heading(1, (Run("-"),)), *map(_without_words, figures)))
    alone = replace(
        document,
        chapters=(chapter,),
        contents=Contents("-", ()),
        parts=(),
        imprint=(),
        inside_cover=(),
        back_cover=None,
        notes={},
        draft=None,
    )
    rendered = render_pdf(alone, tagged=False)
    boxes: dict[int, list[SourceBox]] = {}
    for box in rendered.landed.sources:
        if box.where.file == _PLACE and box.where.line:
            boxes.setdefault(box.where.line, []).append(box)
    return _cut_out(rendered.pdf, rendered.landed.sizes, boxes)


def _without_words(figure: Figure) -> Figure:
    if isinstance(figure, Chart | SiteMap):
        return replace(figure, caption=(), notes=())
    return replace(figure, caption=(), credit=()) if isinstance(figure, Image) else replace(figure, caption=())


def _is_photograph(document: Document, path: str) -> bool:
    picture = document.pictures.get(path)
    return picture is not None and picture.drawing is None and bool(picture.data)


def _cut_out(
    pdf: bytes, sizes: Sequence[tuple[float, float]], boxes: Mapping[int, Sequence[SourceBox]]
) -> dict[int, tuple[FigurePart, ...]]:
    from gri_builder.pdf_reader.page_renderer import PageRenderer

    renderer = PageRenderer(pdf, None)

    def cut(box: SourceBox) -> FigurePart:
        width, height = sizes[box.page - 1]
        left, right = max(0.0, box.left - _MARGIN), min(width, box.left + box.width + _MARGIN)
        top = max(0.0, height - box.bottom - box.height - _MARGIN)
        bottom = min(height, height - box.bottom + _MARGIN)
        image = renderer.draw(box.page - 1, (left, top, right, bottom), SCALE)
        stream = io.BytesIO()
        image.quantize(128).save(stream, "PNG", optimize=True)
        return FigurePart(stream.getvalue(), right - left, bottom - top)

    return {number: tuple(map(cut, parts)) for number, parts in sorted(boxes.items())}


def shrink_photograph(picture: Picture) -> bytes:
    """Return a photograph as a PNG or JPEG file that is small enough to be sent."""
    from PIL import Image as Photograph

    with Photograph.open(io.BytesIO(picture.data)) as opened:
        if opened.format in ("PNG", "JPEG") and opened.width <= WIDEST and len(picture.data) < LARGEST:
            return picture.data
        image = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    image.thumbnail((WIDEST, WIDEST))
    stream = io.BytesIO()
    if image.mode == "RGBA":
        image.save(stream, "PNG", optimize=True)
    else:
        image.save(stream, "JPEG", quality=82)
    return stream.getvalue()
