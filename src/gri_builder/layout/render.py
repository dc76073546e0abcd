"""Document to PDF, in one pass: blocks are built, boxes are set on pages, late page numbers are filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder._version import NAME, VERSION
from gri_builder.embedded.drawn_charts import DrawnChart
from gri_builder.embedded.printed_text import PrintedStream
from gri_builder.fonts.scripts import text_direction
from gri_builder.layout.block_builders import build_block
from gri_builder.layout.blocks.number_sizes import choose_number_size
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.chapter_opening import build_contents
from gri_builder.layout.covers.back_cover import BackCoverBlock
from gri_builder.layout.covers.cover import CoverBlock
from gri_builder.layout.covers.imprint import build_imprint
from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.layout.glance import build_glance
from gri_builder.layout.margins.side import MarginSide
from gri_builder.layout.openers.short_chapters import choose_kind
from gri_builder.layout.paging.flow_items import ChapterStart, FlowChapter, Group, PageKindName
from gri_builder.layout.paging.footnotes import FootnoteStore
from gri_builder.layout.paging.keep_rules import group_boxes
from gri_builder.layout.paging.page_kinds import make_both_kinds
from gri_builder.layout.paging.page_painter import PagePainter
from gri_builder.layout.paging.pagination import Pagination
from gri_builder.layout.part_opening import build_part
from gri_builder.layout.source_boxes import SourceBox
from gri_builder.model.document import Attachment, Chapter, Document, Part
from gri_builder.model.finding import Finding
from gri_builder.model.profiling import Profiler
from gri_builder.model.provenance import PageLocation
from gri_builder.model.texts.readable_text import readable
from gri_builder.pdf.page_map import PageMap
from gri_builder.pdf.reportlab_adapter.settings import document_settings
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.pdf.xmp import Metadata
from gri_builder.typesetting.style import Style, make_style


class LayoutResult(Struct, frozen=True):
    """Where everything landed on the pages."""

    pages: int
    places: Mapping[str, tuple[int, ...]]
    """Physical pages, from 1, by disclosure id, requirement ('id/letter') and heading anchor."""
    facts: Mapping[str, tuple[PageLocation, ...]]
    """Where each fact is printed, by its key, in reading order."""
    seals: tuple[str, ...]
    """SHA-256 of the content stream of each page, in hexadecimal."""
    sources: tuple[SourceBox, ...] = ()
    """Boxes whose source is known, in the order of drawing."""
    chapters: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """First and last page of each chapter, by its number from 1."""
    sizes: tuple[tuple[float, float], ...] = ()
    """Width and height of each page, in points."""
    characters: Mapping[str, tuple[Mapping[int, str], int]] = field(default_factory=dict)
    """Characters by the codes that the pages print, by font, with the number of bytes of a code."""
    printed: PrintedStream | None = None
    """What the pages print, element by element, for the files to embed; None without tags, and once they are."""
    charts: tuple[DrawnChart, ...] = ()
    """Charts, with the shapes that show values; none without tags."""


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
    attach: Callable[[LayoutResult], Iterable[Attachment]] | None = None,
    tagged: bool = True,
    name: str = "report.pdf",
    profiler: Profiler | None = None,
    chapters: list[Chapter] | None = None,
) -> Rendered:
    """Return the document as a tagged, archival PDF.

    `time` is the file's timestamp, by default the start of the day of publication (UTC). `progress` is called with the
    number of each finished page. `attach` is called with the page of everything, and returns the files to embed; each
    is compressed before the next one is asked for.
    `name` is what layout warnings call the file; `profiler` records how long everything takes. `tagged` False leaves
    out the structure tree, so that benchmarks can measure its cost. `chapters` are laid out in place of the document's:
    each is taken from the list when its turn comes, so that it is freed once its pages are drawn.
    """
    chapters = list(document.chapters) if chapters is None else chapters
    style = _make_style(document)
    canvas = _make_canvas(document, style, time, tagged)
    if attach:
        canvas.read_pages()
        canvas.attach = lambda places: attach(_make_result(canvas))
    canvas.layout_warnings.name = name

    def build(document: Document, flow: FlowBuilder) -> Iterator[FlowChapter]:
        return _build_flow(document, flow, chapters)

    return _render(document, style, canvas, build, progress, profiler or Profiler())


def render_chapters(document: Document, numbers: range, first_page: int, known: Mapping[str, int]) -> Rendered:
    """Return some chapters alone as a PDF without tags, for the preview.

    `numbers` are theirs, from 1; `first_page` is the physical page on which the first of them starts. `known` are the
    pages of what is in other chapters, by id and anchor.
    """
    style = _make_style(document)
    canvas = _make_canvas(document, style, None, tagged=False)
    canvas.start_at(first_page)
    canvas.page_map.known = known

    def build(document: Document, flow: FlowBuilder) -> Iterator[FlowChapter]:
        return _build_chapters(document, flow, ((number, document.chapters[number - 1]) for number in numbers), {})

    return _render(document, style, canvas, build, None, Profiler())


def _make_style(document: Document) -> Style:
    direction = text_direction(document.language)
    return make_style(document.theme, document.page_size, document.palette, direction, document.vocabulary)


def _make_canvas(document: Document, style: Style, time: datetime | None, tagged: bool) -> ReportCanvas:
    canvas = ReportCanvas((style.page.width, style.page.height), document.language, tagged)
    canvas.margin_side = MarginSide(style.page.margin_width)
    canvas.describe(_metadata(document, time))
    canvas.writer.is_facing = document.is_facing
    return canvas


def _render(
    document: Document,
    style: Style,
    canvas: ReportCanvas,
    build: Callable[[Document, FlowBuilder], Iterator[FlowChapter]],
    progress: Callable[[int], None] | None,
    profiler: Profiler,
) -> Rendered:
    """Lay out what `build` yields, and write it."""
    footnotes = FootnoteStore(style)
    with document_settings():
        painter = PagePainter(canvas, style, document.running_head, document.draft, progress, profiler)
        kinds = make_both_kinds(style, document.is_facing)
        pagination = Pagination(canvas, kinds, footnotes, painter, document.starts_right)
        with profiler.stage("lay out"):
            pagination.lay_out(build(document, FlowBuilder(document, style, canvas, footnotes, build_block)))
        with profiler.stage("write"):
            canvas.save()
    return Rendered(canvas.data, _make_result(canvas), tuple(canvas.layout_warnings.found.values()))


def _make_result(canvas: ReportCanvas) -> LayoutResult:
    places = canvas.page_map
    return LayoutResult(
        places.pages,
        list_pages(places),
        places.facts,
        places.page_digests,
        tuple(canvas.source_boxes),
        places.chapters,
        tuple(page.size for page in canvas.finished_pages),
        canvas.characters,
        canvas.printed_text,
        tuple(canvas.drawn_charts),
    )


def list_pages(places: PageMap) -> dict[str, tuple[int, ...]]:
    """Return the pages of everything that has a name; a heading has the page that it is on."""
    found = {key: tuple(pages) for key, pages in places.found.items()}
    return {key: (page,) for key, (page, _) in places.destinations.items()} | found


def _metadata(document: Document, time: datetime | None) -> Metadata:
    published = document.published
    when = time or datetime(published.year, published.month, published.day, tzinfo=UTC)
    title, author, subject = map(readable, (document.title, document.author, document.subject))
    return Metadata(title, author, subject, document.language, NAME, when, f"{NAME} {VERSION}")


def _build_flow(document: Document, flow: FlowBuilder, chapters: list[Chapter]) -> Iterator[FlowChapter]:
    """Yield the flow of the whole document; each chapter is taken from the list and built when its turn comes."""
    style, root = flow.style, flow.canvas.tree.document
    cover = CoverBlock(document.cover, StructureElement("Sect", root), style, document.language)
    yield FlowChapter("cover", (Group((), cover),))
    if document.imprint:
        flow.start_page(is_wide=True)
        build_imprint(flow, document.imprint, document.signature_places)
        yield _take_chapter(flow, "wide-chapter-opening")
    if document.inside_cover:
        flow.start_page(is_wide=True)
        flow.outline_level = 0 if document.parts else 1
        build_glance(flow, document.inside_cover)
        yield _take_chapter(flow, "inside-cover")
    build_contents(flow)
    yield _take_chapter(flow, "wide-chapter-opening")
    opened = {part.chapters[0]: part for part in document.parts}
    yield from _build_chapters(document, flow, enumerate(_take_chapters(chapters), 1), opened)
    if back := document.back_cover:
        last = BackCoverBlock(back, root, style, document.language)
        yield FlowChapter("back-cover", (Group((), last),), least_pages=back.least_pages, is_left=document.is_facing)


def _take_chapters(chapters: list[Chapter]) -> Iterator[Chapter]:
    chapters.reverse()
    while chapters:
        yield chapters.pop()


def _build_chapters(
    document: Document, flow: FlowBuilder, chapters: Iterable[tuple[int, Chapter]], opened: Mapping[int, Part]
) -> Iterator[FlowChapter]:
    """Yield the flow of some chapters, given with their numbers.

    `opened` are the parts to open, by the index of their first chapter.
    """
    inside = {place for part in document.parts for place in part.chapters}
    for number, chapter in chapters:
        if part := opened.get(number - 1):
            build_part(flow, part)
            yield _take_chapter(flow, "chapter-opening")
        elif number - 1 not in inside:
            flow.end_part()
        flow.outline_level = 1 if number - 1 in inside or not document.parts else 0
        opener = replace(chapter.opener, style=choose_kind(chapter, flow.style))
        flow.start_chapter(flow.style.chapter(chapter.color), chapter.tabular, opener)
        flow.chapter_number = number
        flow.number_size = choose_number_size(chapter.blocks, flow.style, chapter.tabular)
        flow.build(chapter.blocks)
        kind: PageKindName = "wide-chapter-opening" if chapter.tabular else "chapter-opening"
        yield replace(_take_chapter(flow, kind, _choose_start(chapter)), number=number)


def _choose_start(chapter: Chapter) -> ChapterStart:
    if chapter.continues:
        return "any"
    return "if-short" if chapter.opener.style is None else "new-page"


def _take_chapter(flow: FlowBuilder, kind: PageKindName, start: ChapterStart = "new-page") -> FlowChapter:
    """Return what was built since the last call as a chapter that starts on a page of that kind."""
    return FlowChapter(kind, tuple(group_boxes(flow.take_flow())), start)
