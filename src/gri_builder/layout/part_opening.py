"""Part openings: the page of a part, with its number, title and summary, and its chapters with their page numbers."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.layout.blocks.front_matter import ChapterTitle, ContentsEntry, contents_style
from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.model.color import mix
from gri_builder.model.document import Opener, Part
from gri_builder.pdf.structure_tree import StructureElement

MANY = 14
"""Chapters from which the list of a part's chapters is set smaller."""
MOST = 40
"""Chapters from which a part lists none: the contents do."""


def build_part(flow: FlowBuilder, part: Part) -> None:
    """Add the page of a part; the chapters that follow become children of its element (ISO 32000-1, 14.8.4.2)."""
    style = flow.style
    flow.start_chapter(style.chapter(part.color), is_wide=False, opener=Opener())
    element = flow.start_part(part.title)
    painting = flow.make_painting(part.picture)
    title = ChapterTitle(
        part.title,
        StructureElement("H1", element),
        flow.scope.color,
        style,
        flow.scope.language,
        "part",
        painting,
        part.number,
    )
    title.heading = part.title
    flow.add(title, part.anchor)
    flow.canvas.bookmark(0, part.title, part.anchor)
    lead = replace(style.lead, color=style.ground(flow.scope.color).ink)
    with flow.inside(body=lead), flow.collected() as title.lead:
        flow.build(part.summary)
    with flow.collected() as title.topics:
        _add_chapters(flow, part)


def _add_chapters(flow: FlowBuilder, part: Part) -> None:
    """Add the chapters of a part, each a link with its page number."""
    anchors = {anchor for level, _, anchor in flow.document.contents.entries if level == 0}
    entries = [entry for entry in flow.document.contents.entries if entry[0] < 2]
    start = next((place for place, entry in enumerate(entries) if entry[2] == part.anchor), len(entries))
    listed = []
    for _, text, anchor in entries[start + 1 :]:
        if anchor in anchors:
            break
        listed.append((text, anchor))
    if not listed or len(listed) > MOST:
        return
    top = StructureElement("TOC", flow.scope.parent)
    scale = (flow.style.lead if len(listed) <= MANY else flow.style.cell).size / flow.style.body.size
    ground = flow.style.ground(flow.scope.color)
    look = contents_style(flow.style, 1, scale, ground.ink)
    bar = mix(ground.ink, ground.color, 0.45)
    for text, anchor in listed:
        flow.add(ContentsEntry(1, text, anchor, top, look, bar, flow.scope.language))
