"""Parts: the chapters that each opens, and its title, summary, colour and picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from gri_builder.compose.blocks import paragraph
from gri_builder.compose.context import ComposeContext
from gri_builder.model.document import Chapter, Part
from gri_builder.model.report import Chapter as ReportChapter
from gri_builder.model.report import Part as ReportPart
from gri_builder.model.rich_text import Image


def part_name(number: int) -> str:
    """Return the standard name of a part's anchor; `number` is counted from 1."""
    return f"part-{number}"


def compose_parts(
    context: ComposeContext, texts: Sequence[ReportChapter], anchors: Mapping[str, str]
) -> tuple[Part, ...]:
    """Return the parts that have chapters; `texts` are those of the first chapters of the document, in order."""
    composed = (
        _compose_part(number, part, [place for place, text in enumerate(texts) if text.path in part.chapters], anchors)
        for number, part in enumerate(context.report.parts, 1)
    )
    return tuple(part for part in composed if part.chapters)


def _compose_part(number: int, part: ReportPart, places: Sequence[int], anchors: Mapping[str, str]) -> Part:
    return Part(
        title=part.title,
        anchor=anchors[part_name(number)],
        number=number,
        chapters=tuple(places),
        color=part.color,
        summary=(paragraph(part.summary),) if part.summary else (),
        picture=Image(part.image, "", part.where) if part.image else None,
    )


def color_chapters(chapters: tuple[Chapter, ...], parts: tuple[Part, ...]) -> tuple[Chapter, ...]:
    """Return the chapters in the colours of their parts."""
    colors = {place: part.color for part in parts for place in part.chapters}
    return tuple(replace(chapter, color=colors.get(place, chapter.color)) for place, chapter in enumerate(chapters))
