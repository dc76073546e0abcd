"""The state of a page that is being written: where its links lead, its headings, its notes, its names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from markupsafe import Markup
from msgspec.structs import replace

from gri_builder.compose.blocks import walk
from gri_builder.fonts.scripts import text_direction
from gri_builder.model.color import Color
from gri_builder.model.coverage import Status
from gri_builder.model.document import Block, Document, IndexNote
from gri_builder.model.rich_text import Directive
from gri_builder.typesetting.style import Style
from gri_builder.web.data.fact_values import FactValues
from gri_builder.web.drawing.scene_svg import SceneWriter
from gri_builder.web.markup import element_id, fragment
from gri_builder.web.pictures import PictureFiles
from gri_builder.web.site_plan import FIGURES, INDEX, PlannedPage, SitePlan

AnyBlock: TypeAlias = Block | Directive
"""A block of a document, or of rich text, in which compose has left no directive."""
RenderBlock = Callable[["PageContext", AnyBlock], Markup]


class SiteContext:
    """What all pages of an edition share."""

    def __init__(
        self,
        document: Document,
        plan: SitePlan,
        style: Style,
        scenes: SceneWriter,
        facts: FactValues,
        pictures: PictureFiles,
        pages: Mapping[str, tuple[int, ...]],
        statuses: Mapping[str, Status],
        report: str | None,
        is_single: bool,
    ) -> None:
        self.document, self.plan, self.style, self.scenes = document, plan, style, scenes
        self.facts, self.pictures = facts, pictures
        self.pages = pages
        """Pages of the PDF, by disclosure id and anchor."""
        self.statuses = statuses
        """Coverage of the disclosures, by id."""
        self.rows = {claim.id: claim.code for claim in document.claims}
        """Codes of the rows of the content index, by disclosure id."""
        self.maps = replace(scenes, is_mirrored=False)
        """Writes maps, on which east is at the right for all readers."""
        self.note_rows = dict(_list_note_rows(document))
        """Anchors of the first row that refers to a note of the content index, by the note's anchor."""
        self.report = report
        """Address of the PDF; None where it is not offered."""
        self.is_single = is_single
        """Whether all pages are in one file."""
        self.taken: set[str] = set()
        """Ids that a file of one page has already."""
        self.numbers = 0
        """Names without a meaning that were given."""

    def link_page(self, page: PlannedPage) -> str:
        """Return the address of a page."""
        return fragment(page.key) if self.is_single else page.file

    def find_figures(self, key: str) -> str:
        """Return the file of the page that lists a fact, by its key."""
        entry = self.facts.ledger.entries.get(key)
        return self.plan.figures.get(entry.series, FIGURES) if entry else FIGURES


def _list_note_rows(document: Document) -> Iterator[tuple[str, str]]:
    blocks = (block for chapter in document.chapters for block in walk(chapter.blocks))
    return ((block.anchor, block.row) for block in blocks if isinstance(block, IndexNote))


class PageContext:
    """The page that is being written."""

    def __init__(self, site: SiteContext, page: PlannedPage, color: Color, render: RenderBlock) -> None:
        self.site, self.page, self.color = site, page, color
        self._render = render
        self.words = site.document.words
        self.level = 1
        """Level of the last heading."""
        self.base = 1 if site.is_single else 0
        """How far the levels of headings are moved: one page of all has the report's title above them."""
        self.notes: list[str] = []
        """Labels of its footnotes, in the order of their marks."""
        self.patterns: set[str] = set()
        """Patterns that its charts use."""
        self.taken = site.taken if site.is_single else set[str]()
        self.language = site.document.language
        self.is_linked = False
        """Whether what is written is inside a link."""
        self.section = page.anchor or ""
        """Anchor of the section that is being written."""

    def render(self, blocks: Sequence[AnyBlock]) -> Markup:
        """Return blocks as elements, one a line."""
        return Markup("\n").join(self._render(self, block) for block in blocks)

    def take_id(self, name: str | None) -> str | None:
        """Return a name as an id; None without a name, or where the page has it already."""
        if not name:
            return None
        id = element_id(name)
        if id in self.taken:
            return None
        self.taken.add(id)
        return id

    def make_id(self, kind: str) -> str:
        """Return an id that nothing else has."""
        self.site.numbers += 1
        id = f"_{kind}-{self.site.numbers}"
        return self.take_id(id) or self.make_id(kind)

    def link(self, anchor: str) -> str:
        """Return the address of an anchor of the report."""
        file = self.site.plan.files.get(anchor)
        if file is None or self.site.is_single or file == self.page.file:
            return fragment(element_id(anchor))
        return file + fragment(element_id(anchor))

    def link_row(self, id: str) -> str:
        """Return the address of a row of the content index, by its disclosure id."""
        is_here = self.site.is_single or self.page.kind == "index"
        return ("" if is_here else INDEX) + fragment(element_id(f"_row-{id}"))

    def link_fact(self, key: str) -> str:
        """Return the address of what is known of a fact, by its key."""
        file, target = self.site.find_figures(key), fragment(element_id(f"_fact-{key}"))
        return target if self.site.is_single or file == self.page.file else file + target

    def link_pdf(self, name: str) -> str | None:
        """Return the address of the page of the PDF that has what is named; None where it has none."""
        pages = self.site.pages.get(name, ())
        return f"{self.site.report}#page={pages[0]}" if pages and self.site.report else None

    def heading(self, level: int) -> int:
        """Return the level of the next heading of a page, which never skips one."""
        self.level = min(level, self.level + 1, 6)
        return min(6, self.level + self.base)

    @contextmanager
    def inside_link(self) -> Iterator[None]:
        """Write what is inside a link, where no other link may be."""
        before, self.is_linked = self.is_linked, True
        try:
            yield
        finally:
            self.is_linked = before

    @contextmanager
    def in_language(self, language: str) -> Iterator[dict[str, str]]:
        """Write in another language; yields the attributes of the element around it."""
        before, self.language = self.language, language
        direction = text_direction(language)
        try:
            yield {"lang": language} | ({"dir": direction} if direction != text_direction(before) else {})
        finally:
            self.language = before
