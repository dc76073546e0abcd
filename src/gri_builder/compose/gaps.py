"""Gaps: a draft prints a marked gap with a name where it refers to what the report does not have yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from gri_builder.compose.context import ComposeContext
from gri_builder.model.document import Callout
from gri_builder.model.graphics import Drawing, Picture, Segment, Shape
from gri_builder.model.report import Items, Narrative, Report
from gri_builder.model.rich_text import Directive, Image, Paragraph, RichText, Run, directive_images, walk_blocks

_EDGES = ((0.0, 0.0), (300.0, 0.0), (300.0, 150.0), (0.0, 150.0))
_RED, _PALE = "#b81a1a", "#fbeeee"


def _outline() -> Shape:
    first, *others = _EDGES
    lines: list[Segment] = [("line", point) for point in others]
    segments: tuple[Segment, ...] = (("move", first), *lines, ("close", ()))
    return Shape(segments, fill=_PALE, stroke=_RED, thickness=2, dashes=(8, 5))


def _diagonal(start: tuple[float, float], end: tuple[float, float]) -> Shape:
    return Shape((("move", start), ("line", end)), stroke=_RED, thickness=0.6)


FRAME = Drawing(300, 150, (_outline(), _diagonal(_EDGES[0], _EDGES[2]), _diagonal(_EDGES[1], _EDGES[3])))
"""What is drawn in place of a picture: a crossed frame."""


def mark_gap(context: ComposeContext, name: str) -> Run:
    """Return the mark of a gap, with the name of what is missing there."""
    return Run(context.translate("gap", name=name), bold=True, gap=True)


def mark_gaps(context: ComposeContext, names: Iterable[str]) -> tuple[Callout, ...]:
    """Return a box with the marks of a draft's gaps, one for each name; nothing for a final version."""
    marks = tuple(Paragraph((mark_gap(context, name),)) for name in names) if context.draft else ()
    return (Callout(marks),) if marks else ()


def frame_missing_pictures(report: Report) -> Report:
    """Return the report with a crossed frame for each picture that it names and does not have."""
    shown = (report.theme.logo, report.theme.cover_image, *(part.image for part in report.parts))
    named = sorted({*(path for path in shown if path), *_picture_paths(report)} - report.pictures.keys())
    frames = {path: Picture(path, b"", FRAME.width, FRAME.height, FRAME) for path in named}
    return replace(report, pictures={**report.pictures, **frames})


def caption_frame(context: ComposeContext, image: Image) -> Image:
    """Return a picture whose caption starts with its name if a frame is drawn in its place."""
    picture = context.report.pictures.get(image.path)
    if picture is None or picture.drawing is not FRAME:
        return image
    space = (Run(" "),) if image.caption else ()
    return replace(image, caption=(mark_gap(context, image.path), *space, *image.caption))


def _picture_paths(report: Report) -> Iterator[str]:
    for text in _texts(report):
        for block in walk_blocks(text.blocks):
            if isinstance(block, Image):
                yield block.path
            elif isinstance(block, Directive):
                yield from directive_images(block)


def _texts(report: Report) -> Iterator[RichText]:
    """Yield all texts of the report."""
    yield from (chapter.prose for chapter in report.chapters)
    for answer in report.answers.values():
        for part in (part for parts in answer.parts.values() for part in parts):
            if isinstance(part, Narrative):
                yield part.prose
            elif isinstance(part, Items):
                yield from part.items
    if report.notice:
        yield report.notice
