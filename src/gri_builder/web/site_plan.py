"""The plan of a site: its pages in reading order, and the page of every anchor.

The anchors are those of the PDF. The page of a chapter has the name of its title's anchor, so that its address stays
when others are added.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from gri_builder.compose.blocks import walk
from gri_builder.model.document import Block, Chapter, DisclosureSpan, Document, IndexTables, Part
from gri_builder.model.provenance import Ledger
from gri_builder.model.rich_text import Heading, plain_text
from gri_builder.storage.file_names import find_name_flaw
from gri_builder.web.figure_plan import group_series

PageKind = Literal["start", "part", "chapter", "index", "figures", "imprint"]
START, INDEX, FIGURES, IMPRINT = "index.html", "content-index.html", "figures.html", "imprint.html"
LONGEST = 60
"""Letters of a file's name at most."""


class PlannedPage(Struct, frozen=True):
    """A page of the site."""

    file: str
    title: str
    kind: PageKind
    anchor: str | None = None
    """Of its title."""
    color: str = "primary"
    number: int = 0
    """Of its chapter, of its part, or of the chapter whose figures it lists, from 1; 0 for other pages."""
    part: str | None = None
    """Title of the part that it belongs to."""
    sections: tuple[tuple[str, str], ...] = ()
    """Texts and anchors of its sections."""

    @property
    def key(self) -> str:
        """Its name where all pages are in one file."""
        return "_page-" + self.file.removesuffix(".html")


class AnswerPlace(Struct, frozen=True):
    """A place that answers a disclosure."""

    anchor: str
    """Of the answer, or of the section that it is in."""
    title: str
    """Of the section."""


class SitePlan(Struct, frozen=True):
    """The pages of a site, and where everything is."""

    pages: tuple[PlannedPage, ...]
    """In the order of reading; figures and imprint last, pages of some figures before that of all."""
    files: Mapping[str, str]
    """File of each anchor."""
    places: Mapping[str, tuple[AnswerPlace, ...]]
    """Places of the answer to each disclosure, by id."""
    titles: Mapping[str, str]
    """Texts of headings, by their anchors."""
    figures: Mapping[str, str]
    """File of the page that lists a fact series, by its id; series without one are on the page of all figures."""

    @property
    def reading(self) -> tuple[PlannedPage, ...]:
        """The pages that are read one after the other."""
        return tuple(page for page in self.pages if page.kind not in ("figures", "imprint"))


def plan_site(document: Document, ledger: Ledger | None) -> SitePlan:
    """Return the plan of a document's site; without a ledger, one page lists all figures."""
    words = document.words
    names = _Names()
    pages = [PlannedPage(START, document.title, "start")]
    opened = {part.chapters[0]: (number, part) for number, part in enumerate(document.parts, 1)}
    parts = {place: part for part in document.parts for place in part.chapters}
    sections = _list_sections(document)
    files = {document.contents.anchor: START}
    files.update(
        (block.anchor, START) for block in document.inside_cover if isinstance(block, Heading) and block.anchor
    )
    places: dict[str, list[AnswerPlace]] = {}
    titles = {part.anchor: part.title for part in document.parts} | dict(_list_titles(document.inside_cover))
    for place, chapter in enumerate(document.chapters):
        if place in opened:
            number, part = opened[place]
            page = PlannedPage(names.choose(part.anchor, f"part-{number}"), part.title, "part", part.anchor, part.color)
            files[part.anchor] = page.file
            pages.append(page)
        page = _plan_chapter(names, chapter, place + 1, parts.get(place), sections)
        pages.append(page)
        titles.update(_list_titles(chapter.blocks))
        for anchor in _list_anchors(chapter):
            files.setdefault(anchor, page.file)
        _find_places(chapter.blocks, places, AnswerPlace(page.anchor or "", page.title))
    lists = dict(_plan_figures(names, document, ledger, pages)) if ledger else {}
    pages += [
        *lists,
        PlannedPage(FIGURES, words["web-figures"], "figures"),
        PlannedPage(IMPRINT, words["web-imprint"], "imprint"),
    ]
    figures = {id: page.file for page, series in lists.items() for id in series}
    return SitePlan(tuple(pages), files, {id: tuple(found) for id, found in places.items()}, titles, figures)


def _plan_figures(
    names: _Names, document: Document, ledger: Ledger, pages: Iterable[PlannedPage]
) -> Iterator[tuple[PlannedPage, tuple[str, ...]]]:
    """Yield the pages that list the figures of one chapter, each with its fact series."""
    chapters = {page.number: page for page in pages if page.kind in ("chapter", "index")}
    counts: dict[int, int] = {}
    for group in group_series(document, ledger):
        chapter = chapters[group.chapter + 1]
        count = counts[chapter.number] = counts.get(chapter.number, 0) + 1
        title = f"{document.words['web-figures']} · {chapter.title}" + (f" · {count}" if count > 1 else "")
        file = names.choose(f"figures-{chapter.file.removesuffix('.html')}", f"figures-{chapter.number}")
        yield PlannedPage(file, title, "figures", None, chapter.color, chapter.number), group.series


def _list_titles(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    heads = (block for block in walk(blocks) if isinstance(block, Heading) and block.anchor)
    return ((head.anchor or "", plain_text(head.runs)) for head in heads)


def is_index(chapter: Chapter) -> bool:
    """Return whether a chapter is the content index."""
    return any(isinstance(block, IndexTables) for block in chapter.blocks)


def _plan_chapter(
    names: _Names, chapter: Chapter, number: int, part: Part | None, sections: Mapping[str, tuple[tuple[str, str], ...]]
) -> PlannedPage:
    head = next(block for block in chapter.blocks if isinstance(block, Heading))
    anchor, title = head.anchor or "", plain_text(head.runs)
    kind: PageKind = "index" if is_index(chapter) else "chapter"
    file = INDEX if kind == "index" else names.choose(anchor, f"chapter-{number}")
    part_title = part.title if part else None
    return PlannedPage(file, title, kind, anchor, chapter.color, number, part_title, sections.get(anchor, ()))


def _list_sections(document: Document) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the sections of each chapter, as the table of contents lists them, by the chapter's anchor."""
    found: dict[str, list[tuple[str, str]]] = {}
    chapter: list[tuple[str, str]] = []
    for level, text, anchor in document.contents.entries:
        if level <= 1:
            chapter = found.setdefault(anchor, [])
        else:
            chapter.append((text, anchor))
    return {anchor: tuple(sections) for anchor, sections in found.items()}


def _list_anchors(chapter: Chapter) -> Iterator[str]:
    for block in walk(chapter.blocks):
        if isinstance(block, DisclosureSpan):
            yield from block.disclosure_ids
        for name in ("anchor", "row"):
            if anchor := getattr(block, name, None):
                yield anchor


def _find_places(blocks: tuple[Block, ...], found: dict[str, list[AnswerPlace]], inside: AnswerPlace) -> AnswerPlace:
    """Add the places of the answers in some blocks; return the section that the last of them is in."""
    for block in blocks:
        if isinstance(block, Heading) and block.anchor:
            inside = AnswerPlace(block.anchor, plain_text(block.runs))
        elif isinstance(block, DisclosureSpan):
            head = block.blocks[0] if block.blocks else None
            own = (
                AnswerPlace(head.anchor, plain_text(head.runs)) if isinstance(head, Heading) and head.anchor else inside
            )
            for id in block.disclosure_ids:
                known = found.setdefault(id, [])
                if own.title not in [each.title for each in known]:
                    known.append(AnswerPlace(own.anchor if known else id, own.title))
        inner = getattr(block, "blocks", ())
        if isinstance(inner, tuple) and not isinstance(block, IndexTables):
            inside = _find_places(inner, found, inside)
    return inside


class _Names:
    """Chooses names of files, each once whatever the case of its letters."""

    def __init__(self) -> None:
        self.taken = {START, INDEX, FIGURES, IMPRINT}

    def choose(self, anchor: str, fallback: str) -> str:
        """Return a name for the page of that anchor."""
        plain = unicodedata.normalize("NFKD", anchor).encode("ascii", "ignore").decode().lower()
        name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-") or fallback
        name = fallback if find_name_flaw(name) else name
        number, file = 1, f"{name}.html"
        while file in self.taken:
            number, file = number + 1, f"{name}-{number + 1}.html"
        self.taken.add(file)
        return file
