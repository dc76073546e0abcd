"""Frames: a draft draws a crossed frame in place of a picture, chart, map or matrix that is missing."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from gri_builder.compose.context import ComposeContext
from gri_builder.compose.drafts.marks import mark_gap, print_gap
from gri_builder.model.finding import Location
from gri_builder.model.graphics import Drawing, Picture, Segment, Shape
from gri_builder.model.report import Items, Narrative, Report
from gri_builder.model.rich_text import Directive, Image, RichText, Run, directive_images, walk_blocks
from gri_builder.model.texts.gap import Gap

_RED, _PALE = "#b81a1a", "#fbeeee"
_FIGURE = "/figure"
"""Path of the frame of charts, maps and matrices, which no picture of a report folder has."""


def _draw_frame(width: float, height: float) -> Drawing:
    """Return a crossed frame."""
    corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    lines: list[Segment] = [("line", corner) for corner in corners[1:]]
    outline = Shape((("move", corners[0]), *lines, ("close", ())), fill=_PALE, stroke=_RED, thickness=2, dashes=(8, 5))
    diagonals = (
        Shape((("move", start), ("line", end)), stroke=_RED, thickness=0.6)
        for start, end in ((corners[0], corners[2]), (corners[1], corners[3]))
    )
    return Drawing(width, height, (outline, *diagonals))


FRAME = _draw_frame(300, 150)
"""What is drawn in place of a picture."""
FIGURE_FRAME = Picture(_FIGURE, b"", 450, 135, _draw_frame(450, 135))
"""What is drawn in place of a chart, a map or a matrix, which are wider."""


def frame_missing_pictures(report: Report) -> Report:
    """Return the report with a crossed frame for each picture that it names and does not have."""
    named = sorted({path for path, _ in list_named_pictures(report)} - report.pictures.keys())
    frames = {path: Picture(path, b"", FRAME.width, FRAME.height, FRAME) for path in named}
    return replace(report, pictures={**report.pictures, **frames, _FIGURE: FIGURE_FRAME})


def list_picture_gaps(context: ComposeContext) -> Iterator[tuple[Gap, Location | None]]:
    """Yield the gap of each picture in whose place a frame is drawn, with the block that names it."""
    for path, where in list_named_pictures(context.report):
        if context.report.pictures[path].drawing is FRAME:
            yield find_picture_gap(context, path), where


def find_picture_gap(context: ComposeContext, path: str) -> Gap:
    """Return the gap of a picture."""
    return Gap("picture", context.translate("gap-picture", name=path), written=path)


def caption_frame(context: ComposeContext, image: Image) -> Image:
    """Return a picture that says what is missing: the picture itself, or the words that describe it."""
    gaps = _list_gaps(context, image)
    if not gaps:
        return image
    space = (Run(" "),) if image.caption else ()
    marks = tuple(run for gap in gaps for run in (mark_gap(context, gap), Run(" ")))[:-1]
    alt = image.alt or print_gap(context, gaps[-1])
    return replace(image, alt=alt, caption=(*marks, *space, *image.caption))


def _list_gaps(context: ComposeContext, image: Image) -> list[Gap]:
    if not context.draft:
        return []
    picture = context.report.pictures.get(image.path)
    gaps = [find_picture_gap(context, image.path)] if picture and picture.drawing is FRAME else []
    if not image.alt.strip():
        text = context.translate("gap-description", name=image.path)
        gaps.append(Gap("text", text, written=image.path))
    return gaps


def frame_figure(context: ComposeContext, gap: Gap, where: Location | None) -> Image:
    """Return a crossed frame in place of a chart, a map or a matrix."""
    return Image(_FIGURE, print_gap(context, gap), where, (mark_gap(context, gap),))


def list_named_pictures(report: Report) -> Iterator[tuple[str, Location | None]]:
    """Yield the paths of all pictures that a report names, as written, some several times, with the block of each."""
    shown = (report.theme.logo, report.theme.cover_image, *(part.image for part in report.parts))
    yield from ((path, None) for path in shown if path)
    for text in _list_texts(report):
        for block in walk_blocks(text.blocks):
            if isinstance(block, Image):
                yield block.path, block.where
            elif isinstance(block, Directive):
                yield from ((path, block.where) for path in directive_images(block))


def _list_texts(report: Report) -> Iterator[RichText]:
    yield from (chapter.prose for chapter in report.chapters)
    for answer in report.answers.values():
        for part in (part for parts in answer.parts.values() for part in parts):
            if isinstance(part, Narrative):
                yield part.prose
            elif isinstance(part, Items):
                yield from part.items
    if report.notice:
        yield report.notice
