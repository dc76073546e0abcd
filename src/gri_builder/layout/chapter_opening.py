"""Chapter openings: the title of a chapter with its summary and topics, and the table of contents."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.layout.blocks.box import Columns
from gri_builder.layout.blocks.front_matter import ChapterTitle, ContentsEntry, choose_contents, contents_style
from gri_builder.layout.blocks.margin_note import MarginNote
from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.model.color import Color
from gri_builder.model.document import Opener
from gri_builder.model.rich_text import Run
from gri_builder.pdf.structure_tree import StructureElement


def build_title(flow: FlowBuilder, text: str, anchor: str) -> None:
    """Add the start of a chapter: its title on a coloured background, its summary, and the topics that it covers."""
    opener, flow.opener = flow.opener, Opener()
    scope, style = flow.scope, flow.style
    kind = opener.style or style.opener
    title = ChapterTitle(
        text,
        StructureElement("H1", scope.parent),
        scope.color,
        style,
        scope.language,
        kind,
        flow.make_painting(opener.picture),
    )
    title.heading = text
    flow.add(title, anchor)
    fills_page, ink = kind == "page", title.ground.ink
    with flow.inside(body=replace(style.lead, color=ink if fills_page else scope.color)):
        if fills_page:
            flow.build(opener.summary)
            _add_topics(flow, opener.topics, ink)
            flow.break_page("text")
            return
        if opener.topics and not scope.is_wide:
            with flow.collected() as boxes:
                _add_topics(flow, opener.topics, style.text)
            flow.add(MarginNote(boxes, style, None, scope.color))
        flow.build(opener.summary)


def _add_topics(flow: FlowBuilder, topics: tuple[tuple[str, str | None], ...], color: Color) -> None:
    """Add the topics that a chapter covers, each a link."""
    if not topics:
        return
    heading = (Run(flow.document.words["in-this-chapter"]),)
    flow.add_paragraph(heading, replace(flow.style.label, color=color))
    style = replace(flow.style.aside, color=color, hyphenate=False, after=2)
    with flow.colored(color):
        for name, anchor in topics:
            flow.add_paragraph((Run(name, link=f"#{anchor}" if anchor else None),), style)


def build_contents(flow: FlowBuilder) -> None:
    """Add the table of contents; a chapter's sections are nested in its entry (ISO 32000-1, 14.8.4.3.2)."""
    contents = flow.document.contents
    flow.start_chapter(flow.style.primary, is_wide=True, opener=Opener("band"))
    flow.open_section(1)
    build_title(flow, contents.title, contents.anchor)
    flow.canvas.bookmark(1, contents.title, contents.anchor)
    count, scale, entries = choose_contents(contents.entries, flow.style, flow.scope.language)
    with flow.collected() as lines:
        _add_entries(flow, entries, scale)
    if lines:
        flow.add(Columns(lines, count))


def _add_entries(flow: FlowBuilder, entries: tuple[tuple[int, str, str], ...], scale: float) -> None:
    """Add the entries of the contents, each in the colour of its chapter."""
    top = StructureElement("TOC", flow.scope.parent)
    colors = iter(flow.document.contents.colors)
    color, nested = flow.scope.color, None
    for number, (level, text, anchor) in enumerate(entries, 1):
        if level == 1:
            color, nested, parent = flow.style.chapter(next(colors, "primary")), None, top
        else:
            if nested is None:
                last = top.kids[-1] if top.kids and isinstance(top.kids[-1], StructureElement) else top
                nested = StructureElement("TOC", last)
            parent = nested
        style = contents_style(flow.style, level, scale, color)
        entry = ContentsEntry(level, text, anchor, parent, style, color, flow.scope.language)
        entry.keep_with_next = level == 1 and number < len(entries) and entries[number][0] > 1
        flow.add(entry)
