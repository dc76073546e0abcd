"""Openings told: what begins a chapter, and the contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gri_builder.layout.blocks.box import Columns
from gri_builder.layout.blocks.front_matter import ChapterTitle, ContentsEntry, choose_contents, contents_style
from gri_builder.layout.blocks.margin_note import MarginNote
from gri_builder.layout.page_break import PageBreak
from gri_builder.model.color import WHITE, Color
from gri_builder.model.document import Opener
from gri_builder.model.rich_text import Run
from gri_builder.pdf.structure_tree import StructureElement

if TYPE_CHECKING:
    from gri_builder.layout.flow_builder import FlowBuilder


def build_title(story: FlowBuilder, text: str, anchor: str) -> None:
    """Append what begins a chapter: its title on its ground, the summary, and what the chapter covers."""
    opener = story.opener
    kind = "band" if story.tabular else opener.style or story.style.opener
    element = StructureElement("H1", story.parent)
    painting = story.painting(opener.picture)
    block = ChapterTitle(text, element, story.colour, story.style, story.language, kind, painting)
    block.anchor, block.heading = anchor, text
    story.add(block)
    on_page = kind == "page"
    with story.inside(story.parent, body=replace(story.style.lead, colour=WHITE if on_page else story.colour)):
        if on_page:
            story.tell(opener.summary)
            _tell_topics(story, opener.topics, WHITE)
            story.blocks.append(PageBreak("text"))
        else:
            if opener.topics and not story.wide:
                with story.collected() as blocks:
                    _tell_topics(story, opener.topics, story.style.ink)
                story.add(MarginNote(blocks, story.style, None))
            story.tell(opener.summary)
    story.opener = Opener()


def _tell_topics(story: FlowBuilder, topics: tuple[tuple[str, str | None], ...], colour: Color) -> None:
    """Append what a chapter covers, each a link."""
    if not topics:
        return
    story.paragraph((Run(story.document.words["in-this-chapter"]),), replace(story.style.label, colour=colour))
    style = replace(story.style.aside, colour=colour, hyphenate=False, after=2)
    link_colour, story.colour = story.colour, colour
    for name, anchor in topics:
        story.paragraph((Run(name, link=f"#{anchor}" if anchor else None),), style)
    story.colour = link_colour


def build_contents(story: FlowBuilder) -> None:
    """Append the contents, the entries of a chapter nested in the chapter's own (ISO 32000-1, 14.8.4.3.2)."""
    contents = story.document.contents
    story.colour, story.wide, story.tabular = story.style.primary, True, True
    story.depth = 1
    story.open_section(1)
    build_title(story, contents.title, contents.anchor)
    story.canvas.bookmark(1, contents.title, contents.anchor)
    top = StructureElement("TOC", story.parent)
    count, scale, entries = choose_contents(contents.entries, story.style, story.language)
    colours = iter(contents.colors)
    colour, nested = story.colour, None
    with story.collected() as lines:
        for number, (level, text, anchor) in enumerate(entries, 1):
            if level == 1:
                colour, nested, owner = story.style.chapter(next(colours, "primary")), None, top
            else:
                if nested is None:
                    last = top.kids[-1] if top.kids and isinstance(top.kids[-1], StructureElement) else top
                    nested = StructureElement("TOC", last)
                owner = nested
            look = contents_style(story.style, level, scale, colour)
            line = ContentsEntry(level, text, anchor, owner, look, colour, story.language)
            line.keep_with_next = level == 1 and number < len(entries) and entries[number][0] > 1
            story.add(line)
    if lines:
        story.add(Columns(lines, count))
