"""Chapter openings: the title of a chapter with its summary and topics, and the table of contents."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.layout.blocks.box import Columns
from gri_builder.layout.blocks.front_matter import ChapterTitle, ContentsEntry, choose_contents, contents_style
from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.layout.openers.designs import DESIGNS
from gri_builder.layout.openers.short_chapters import choose_head
from gri_builder.model.color import Color
from gri_builder.model.document import Opener
from gri_builder.model.rich_text import Paragraph, Run, plain_text
from gri_builder.pdf.structure_tree import StructureElement

MAX_LEAD = 520
"""Characters of a summary that is composed with the title; a longer one is set as text below it."""


def build_title(flow: FlowBuilder, text: str, anchor: str) -> None:
    """Add the start of a chapter: its title, its summary and the topics that it covers, as one picture."""
    opener, flow.opener = flow.opener, Opener()
    scope, style = flow.scope, flow.style
    kind = opener.style or style.opener
    element, picture = StructureElement("H1", scope.parent), flow.make_painting(opener.picture)
    number, flow.chapter_number = flow.chapter_number, 0
    title = ChapterTitle(text, element, scope.color, style, scope.language, kind, picture, number)
    title.heading, title.is_wide = text, scope.is_wide
    flow.add(title, anchor)
    has_room = sum(len(plain_text(block.runs)) for block in opener.summary if isinstance(block, Paragraph)) <= MAX_LEAD
    with flow.inside(body=replace(style.lead, color=scope.color)):
        if has_room:
            with flow.collected() as title.lead:
                flow.build(opener.summary)
        if opener.topics and not scope.is_wide:
            with flow.collected() as title.topics:
                _add_topics(flow, opener.topics, style.text)
        if title.fills_page:
            flow.break_page("text")
        if not has_room:
            flow.build(opener.summary)


def _add_topics(flow: FlowBuilder, topics: tuple[tuple[str, str | None], ...], color: Color) -> None:
    """Add the topics that a chapter covers, each a link."""
    heading = (Run(flow.document.words["in-this-chapter"]),)
    flow.add_paragraph(heading, replace(flow.style.label, color=color))
    style = replace(flow.style.aside, color=color, hyphenate=False, after=2)
    with flow.colored(color):
        for name, anchor in topics:
            flow.add_paragraph((Run(name, link=f"#{anchor}" if anchor else None),), style)


def build_contents(flow: FlowBuilder) -> None:
    """Add the table of contents; a chapter's sections are nested in its entry (ISO 32000-1, 14.8.4.3.2)."""
    contents = flow.document.contents
    kind = choose_head(flow.style)
    flow.start_chapter(flow.style.primary, is_wide=True, opener=Opener(kind))
    flow.open_section(1)
    build_title(flow, contents.title, contents.anchor)
    title = flow.last_box()
    head = DESIGNS[kind].plan(title).reach if isinstance(title, ChapterTitle) else 0.0
    flow.canvas.bookmark(0 if flow.document.parts else 1, contents.title, contents.anchor)
    count, scale, entries = choose_contents(contents.entries, flow.style, flow.scope.language, head)
    with flow.collected() as lines:
        _add_entries(flow, entries, scale)
    if lines:
        flow.add(Columns(lines, count))


def _add_entries(flow: FlowBuilder, entries: tuple[tuple[int, str, str], ...], scale: float) -> None:
    """Add the entries of the contents, each in the colour of its chapter."""
    top = StructureElement("TOC", flow.scope.parent)
    colors, color = flow.document.contents.colors, flow.scope.color
    open_lists = [(-1, top)]
    for number, (level, text, anchor) in enumerate(entries, 1):
        if level <= 1:
            color = flow.style.chapter(colors.get(anchor, "primary"))
        parent = _find_list(open_lists, level)
        style = contents_style(flow.style, level, scale, color)
        entry = ContentsEntry(level, text, anchor, parent, style, color, flow.scope.language)
        entry.keep_with_next = level <= 1 and number < len(entries) and entries[number][0] > level
        flow.add(entry)


def _find_list(open_lists: list[tuple[int, StructureElement]], level: int) -> StructureElement:
    """Return the list that holds entries of that level; one of a deeper level is nested in the last entry."""
    while len(open_lists) > 1 and open_lists[-1][0] > level:
        open_lists.pop()
    last_level, parent = open_lists[-1]
    if len(open_lists) == 1 and not parent.kids:
        open_lists[0] = (level, parent)
        return parent
    if last_level >= level:
        return parent
    last = parent.kids[-1] if parent.kids and isinstance(parent.kids[-1], StructureElement) else parent
    nested = StructureElement("TOC", last)
    open_lists.append((level, nested))
    return nested
