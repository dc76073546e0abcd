"""What is heard, unit by unit: of a composed document, and of the structure tree of the PDF made from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from gri_builder.charts.maps.draw_map import draw_map
from gri_builder.charts.space import ChartSpace
from gri_builder.layout.chapter_opening import MAX_LEAD
from gri_builder.model.claim import page_ranges
from gri_builder.model.document import (
    BackCover,
    Block,
    Callout,
    Chapter,
    Columns,
    DisclosureSpan,
    Document,
    IndexNote,
    IndexSection,
    IndexTables,
    InLanguage,
    KeyFigures,
    Landscape,
    Letter,
    Matrix,
    Part,
    PullQuote,
    QrCode,
    SideNote,
    Signature,
    Timeline,
)
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.diagrams import OrganizationChart, Process, SiteMap
from gri_builder.model.rich_text import Block as ProseBlock
from gri_builder.model.rich_text import (
    Definitions,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Runs,
    Table,
    plain_text,
)
from gri_builder.typesetting.style import make_style
from tests.support.tag_tree import Node

UNITS = {"H1", "H2", "H3", "H4", "H5", "H6", "P", "Caption", "TH", "TD", "Lbl", "Reference"}
"""Roles whose text is one unit, with all that stands inside; a Reference is one only in the contents."""

Places = Mapping[str, tuple[int, ...]]


def normal(text: str) -> str:
    """Return the text without spaces and the hyphens of broken words: what a line break may change."""
    return re.sub(r"[\s\u00ad]", "", text)


def heard_in_tree(root: Node) -> list[str]:
    """Return the units of a structure tree, in its order; a figure is heard as its alternative text."""
    return [unit for unit in map(normal, _units(root)) if unit]


def _units(node: Node) -> Iterator[str]:
    if node.role == "Figure":
        yield node.attributes["Alt"]
    elif node.role in UNITS:
        yield node.text
    else:
        for kid in node.kids:
            if isinstance(kid, Node):
                yield from _units(kid)
            else:
                assert not kid.strip(), f"text directly in {node.role}: {kid!r}"


def heard_in_document(document: Document, places: Places, pages: int) -> list[str]:
    """Return the units of a document of that many pages, in its order; `places` gives the pages that it prints."""
    if (back := document.back_cover) and back.least_pages >= pages:
        document = replace(document, back_cover=None)
    return [unit for unit in map(normal, _Reader(document, places).document_units()) if unit]


@dataclass
class _Reader:
    """Reads a document out; a footnote is read where it is first referred to."""

    document: Document
    places: Places
    read: set[str] = field(default_factory=set)

    def document_units(self) -> Iterator[str]:
        cover, contents = self.document.cover, self.document.contents
        if cover.logo:
            yield cover.organization
        yield from (cover.organization, cover.title, cover.subtitle or "", cover.period, *cover.labels)
        yield from self.blocks(self.document.imprint)
        yield from self.blocks(self.document.inside_cover)
        yield contents.title
        yield from (f"{text}{self.places[anchor][0]}" for _, text, anchor in contents.entries)
        opened = {part.chapters[0]: part for part in self.document.parts}
        for place, chapter in enumerate(self.document.chapters):
            if part := opened.get(place):
                yield from self.part(part)
            yield from self.blocks(chapter.blocks[:1])
            yield from self.opener(chapter)
            yield from self.blocks(chapter.blocks[1:])
        if self.document.back_cover:
            yield from self.back_cover(self.document.back_cover)

    def back_cover(self, back: BackCover) -> Iterator[str]:
        """Yield logo and sender, where the organization is reached, the code with its text, then the facts."""
        if back.logo:
            yield back.organization
        yield back.organization
        yield from self.passages(back.lines)
        if back.code:
            yield from self.element(back.code)
        yield from back.facts

    def part(self, part: Part) -> Iterator[str]:
        """Yield the title and the summary of a part, then its chapters with their pages."""
        yield part.title
        yield from self.blocks(part.summary)
        for place in part.chapters:
            first = self.document.chapters[place].blocks[0]
            if isinstance(first, Heading) and first.anchor:
                yield f"{plain_text(first.runs)}{self.places[first.anchor][0]}"

    def opener(self, chapter: Chapter) -> Iterator[str]:
        """Yield the summary of a chapter, then what it covers; a long summary is text below them."""
        opener = chapter.opener
        topics = [self.document.words["in-this-chapter"], *(name for name, _ in opener.topics)] if opener.topics else []
        length = sum(len(plain_text(block.runs)) for block in opener.summary if isinstance(block, Paragraph))
        if length <= MAX_LEAD:
            yield from self.blocks(opener.summary)
        yield from topics
        if length > MAX_LEAD:
            yield from self.blocks(opener.summary)

    def blocks(self, blocks: Iterable[Block | ProseBlock]) -> Iterator[str]:
        for block in blocks:
            yield from self.block(block)

    def block(self, block: object) -> Iterator[str]:
        match block:
            case Heading(level=1):
                yield plain_text(block.runs)
            case Heading() | Paragraph() | IndexNote():
                yield from self.passage(block.runs)
            case ListBlock():
                for number, item in enumerate(block.items, block.start or 1):
                    yield "•" if block.start is None else f"{number}."
                    yield from self.blocks(item)
            case Quote() | InLanguage() | SideNote() | Columns() | Landscape() | IndexTables() | IndexSection():
                yield from self.blocks(block.blocks)
            case SiteMap() | Process() | OrganizationChart():
                yield from self.diagram(block)
            case KeyFigures() | PullQuote() | Letter() | Signature() | QrCode() | Timeline() | Definitions() | Matrix():
                yield from self.element(block)
            case Callout():
                yield (block.label or "").upper()
                yield from self.passage(block.title)
                yield from self.blocks(block.blocks)
            case Table() | Chart() | Image():
                yield from self.captioned(block)
            case DisclosureSpan():
                yield from self.covering(block)
            case _:
                assert isinstance(block, Rule), f"nobody knows how to read {type(block)}"

    def captioned(self, block: Table | Chart | Image) -> Iterator[str]:
        match block:
            case Table():
                yield from self.table(block)
            case Chart():
                yield from self.passage(block.caption)
                yield block.alt
                yield from self.passages(block.notes)
            case Image():
                yield block.alt
                yield from self.passage((*block.caption, *block.credit))

    def diagram(self, block: SiteMap | Process | OrganizationChart) -> Iterator[str]:
        yield from self.passage(block.caption)
        if isinstance(block, SiteMap):
            yield block.alt
            if self.has_numbers(block):
                for number, site in enumerate(block.sites, 1):
                    named, kind = site.site.name, site.site.kind
                    said = self.document.words["map-kind"].format(name=named, kind=kind) if kind else named
                    yield from (str(number), said)
            yield from self.passages(block.notes)
            return
        for listed in block.blocks:
            yield from self.bare_items(listed)
        yield from self.passage(block.legend if isinstance(block, Process) else ())

    def has_numbers(self, block: SiteMap) -> bool:
        """Return whether a map in the text column has numbers in place of names."""
        style = make_style(self.document.theme, self.document.page_size, self.document.palette)
        space = ChartSpace(style.page.text_width, 400.0, style, ())
        return draw_map(block, space, style.primary, self.document.language).is_numbered

    def bare_items(self, listed: ListBlock) -> Iterator[str]:
        """Yield the items of a list, whose numbers are printed, but no bullets."""
        for number, item in enumerate(listed.items, listed.start or 1):
            yield f"{number}." if listed.start is not None else ""
            for block in item:
                yield from self.bare_items(block) if isinstance(block, ListBlock) else self.block(block)

    def element(self, block: object) -> Iterator[str]:
        match block:
            case PullQuote() | Letter() | Signature():
                yield from self.personal(block)
            case KeyFigures():
                yield from self.key_figures(block)
            case QrCode():
                yield block.alt
                yield from self.blocks(block.blocks)
            case Matrix():
                yield from self.passage(block.caption)
                yield block.alt
            case Timeline():
                for when, what in block.entries:
                    yield when
                    yield from self.blocks(what)
            case Definitions():
                for term, meaning in block.entries:
                    yield self.text(term)
                    yield from self.blocks(meaning)

    def key_figures(self, block: KeyFigures) -> Iterator[str]:
        for one in block.figures:
            yield "".join(filter(None, (one.value, one.label, one.change, one.target, one.progress)))
            if one.trend:
                yield one.trend.alt

    def personal(self, block: PullQuote | Letter | Signature) -> Iterator[str]:
        """Yield what a person says, with name and picture."""
        match block:
            case PullQuote():
                yield from self.blocks(block.blocks)
                yield f"{block.name or ''}{block.role or ''}"
            case Letter():
                if block.portrait:
                    yield from (block.portrait.alt, f"{block.name}{block.role or ''}")
                yield from self.blocks(block.blocks)
            case Signature():
                if block.picture:
                    yield block.picture.alt
                yield f"{block.name}{block.role or ''}"

    def table(self, table: Table) -> Iterator[str]:
        """Yield caption and cells, then the footnotes of the cells, then the small print."""
        yield self.text(table.caption)
        paragraphs = [cell.paragraphs for row in (*table.header, *table.body) for cell in row]
        yield from ("".join(map(self.text, each)) for each in paragraphs)
        for runs in (runs for each in paragraphs for runs in each):
            yield from self.notes(runs)
        yield from self.passages(table.notes)

    def covering(self, block: DisclosureSpan) -> Iterator[str]:
        """Yield the marks behind the heading, or before what has none; not those that the heading says itself."""
        first = block.blocks[0] if block.blocks else None
        headed = isinstance(first, Heading)
        title = plain_text(first.runs) if isinstance(first, Heading) else ""
        marks = [mark for mark in block.margin_codes if mark not in title]
        yield from self.blocks(block.blocks[:headed])
        yield from ["".join(marks)] if len(marks) > 8 else marks
        yield from self.blocks(block.blocks[headed:])

    def passages(self, lines: tuple[Runs, ...]) -> Iterator[str]:
        for runs in lines:
            yield from self.passage(runs)

    def passage(self, runs: Runs) -> Iterator[str]:
        """Yield the text of the runs, then the footnotes that it is the first to refer to."""
        yield self.text(runs)
        yield from self.notes(runs)

    def notes(self, runs: Runs) -> Iterator[str]:
        for label in (run.note for run in runs if run.note):
            if label not in self.read:
                self.read.add(label)
                note = self.document.notes[label]
                yield str(note.number)
                *before, last = map(self.text, note.paragraphs)
                yield from (*before, f"{last}↑")

    def text(self, runs: Runs) -> str:
        return "".join(page_ranges(self.places[run.page_of]) if run.page_of else run.spoken or run.text for run in runs)
