"""Document to PDF, in one pass: the story is told, it is laid out, late page numbers are filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from gri_builder._version import NAME
from gri_builder.layout.blocks.front_matter import CoverBlock
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.chapter_opening import build_contents
from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.layout.footnotes import FootnoteStore
from gri_builder.layout.keep_rules import keep_headings
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.page_break import PageBreak
from gri_builder.layout.pagination import Pagination
from gri_builder.layout.style import Style, make_style
from gri_builder.model.document import Attachment, Document, Opener
from gri_builder.model.finding import Finding
from gri_builder.model.profiling import Profiler
from gri_builder.model.provenance import PageLocation
from gri_builder.pdf.page_map import PageMap
from gri_builder.pdf.reportlab_adapter.settings import document_settings
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.pdf.xmp import Metadata


class LayoutResult(Struct, frozen=True):
    """Where everything landed on the pages."""

    pages: int
    places: Mapping[str, tuple[int, ...]]
    """Physical pages, from 1, by disclosure id, requirement ('id/letter') and heading anchor."""
    facts: Mapping[str, tuple[PageLocation, ...]]
    """Where each fact is printed, by its key, in reading order."""
    seals: tuple[str, ...]
    """SHA-256 of the content stream of each page, in hexadecimal."""


class Rendered(Struct, frozen=True):
    """A finished PDF, and where everything landed in it."""

    pdf: bytes
    landed: LayoutResult
    findings: tuple[Finding, ...] = ()
    """What a designer would send back."""

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return self.landed.pages

    @property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """Physical pages by name, as in `LayoutResult`."""
        return self.landed.places


def render_pdf(
    document: Document,
    time: datetime | None = None,
    progress: Callable[[int], None] | None = None,
    attach: Callable[[LayoutResult], Sequence[Attachment]] | None = None,
    tagged: bool = True,
    name: str = "report.pdf",
    watch: Profiler | None = None,
) -> Rendered:
    """Return the document as a tagged, archival PDF.

    `time` is the file's own time, by default the start of the day of publication (UTC). `progress` is told the number
    of each page that is finished. `attach` is told where everything landed, and returns the files to embed.
    `name` is what findings call the file, `watch` is told how long everything takes. `tagged` False leaves the
    structure out, so that benchmarks can tell what that costs.
    """
    style = make_style(document.theme, document.page_size, document.palette)
    canvas = ReportCanvas((style.page.width, style.page.height), document.language, tagged)
    canvas.describe(_metadata(document, time))
    if attach:
        canvas.attach = lambda places: attach(_landed(places))
    canvas.layout_warnings.name = name
    book = FootnoteStore(style)
    watch = watch or Profiler()
    with document_settings():
        pagination = Pagination(canvas, style, book, document.running_head, document.draft, progress, watch)
        with watch.stage("lay out"):
            pagination.lay_out(_tell(document, style, canvas, book))
        with watch.stage("write"):
            canvas.save()
    return Rendered(canvas.data, _landed(canvas.page_map), tuple(canvas.layout_warnings.found.values()))


def _landed(places: PageMap) -> LayoutResult:
    return LayoutResult(places.pages, list_pages(places), places.facts, places.page_digests)


def list_pages(places: PageMap) -> dict[str, tuple[int, ...]]:
    """Return the pages of everything that has a name; a heading's is the page on which it stands."""
    found = {key: tuple(pages) for key, pages in places.found.items()}
    return {key: (page,) for key, (page, _) in places.destinations.items()} | found


def _metadata(document: Document, time: datetime | None) -> Metadata:
    published = document.published
    when = time or datetime(published.year, published.month, published.day, tzinfo=UTC)
    return Metadata(document.title, document.author, document.subject, document.language, NAME, when)


def _tell(document: Document, style: Style, canvas: ReportCanvas, book: FootnoteStore) -> Iterator[LayoutBox]:
    """Yield the blocks of the whole document, with the pages that begin between them; each chapter is told in turn."""
    story = FlowBuilder(document, style, canvas, book)
    yield CoverBlock(document.cover, StructureElement("Sect", canvas.tree.document), style, document.language)
    if document.imprint:
        story.parent = StructureElement("Sect", canvas.tree.document)
        story.tell(document.imprint)
        yield PageBreak("text", ends_chapter=True)
        yield from _taken(story)
    if document.inside_cover:
        story.parent, story.wide = StructureElement("Sect", canvas.tree.document), True
        story.opener = Opener("half" if style.opener == "page" else None)
        story.tell(document.inside_cover)
        yield PageBreak("inside", ends_chapter=True)
        yield from _taken(story)
        story.wide = False
    build_contents(story)
    yield PageBreak("wide-opening", ends_chapter=True)
    yield from _taken(story)
    for chapter in document.chapters:
        story.chapter(chapter)
        opening = "wide-opening" if chapter.tabular else "opening"
        yield PageBreak(opening, ends_chapter=True)
        yield from _taken(story)


def _taken(story: FlowBuilder) -> list[LayoutBox]:
    """Return the blocks told since the last time."""
    blocks, story.blocks = keep_headings(story.blocks), []
    return blocks
