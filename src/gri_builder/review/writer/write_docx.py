"""Write a composed document as a review copy: one paragraph after the other, each with a bookmark of its source."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import docx
from docx.shared import Emu, Pt

from gri_builder._version import VERSION
from gri_builder.compose.blocks import children, plain, walk
from gri_builder.fonts.scripts import text_direction
from gri_builder.model.document import (
    Block,
    Callout,
    Chapter,
    Cover,
    DisclosureSpan,
    Document,
    IndexNote,
    InLanguage,
    KeyFigure,
    KeyFigures,
    Letter,
    Matrix,
    PullQuote,
    QrCode,
    SideNote,
    Signature,
    Timeline,
)
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.diagrams import OrganizationChart, Process, SiteMap
from gri_builder.model.finding import Location
from gri_builder.model.rich_text import (
    Definitions,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
    Table,
)
from gri_builder.review.figures import FigurePart, Figures, figure_number, shrink_photograph
from gri_builder.review.source_map import SourceBlock, SourceMap, name_bookmark
from gri_builder.review.writer.elements import make, value
from gri_builder.review.writer.package import finish_package
from gri_builder.review.writer.runs import RunWriter
from gri_builder.review.writer.styles import (
    BOX,
    CODE,
    NOTE_MARK_ID,
    NOTE_TEXT_ID,
    SMALL,
    TERM,
    add_numbered_list,
    add_numbering,
    set_styles,
)
from gri_builder.review.writer.tables import write_table

EMU = 12_700
"""Units of Word's drawings in a point."""
TEXT_WIDTH = 453.0
"""Points of a line."""
PAGE_SIZES = {"A4": (595.3, 841.9), "letter": (612.0, 792.0)}
"""Width and height in points."""


def write_docx(
    figures: Figures,
    name: str,
    pages: Mapping[str, str],
    fact_places: Mapping[str, tuple[str, int | None]],
) -> tuple[bytes, SourceMap]:
    """Return a review copy and its source map; `name` is that of the report.

    `pages` are printed page numbers by anchor and id, `fact_places` those of series by the keys of facts.
    """
    writer = _Writer(figures, pages)
    writer.write_all()
    source_map = SourceMap(
        name, VERSION, writer.blocks, {key: fact_places[key] for key in sorted(writer.facts & fact_places.keys())}
    )
    return finish_package(writer.word, figures.document, source_map, writer.notes), source_map


class _Writer:
    """The document that is written, with what paragraphs are numbered by."""

    def __init__(self, figures: Figures, pages: Mapping[str, str]) -> None:
        self.figures, self.document = figures, figures.document
        self.word = docx.Document()
        self.body: Any = self.word.element.body
        for child in list(self.body)[:-1]:
            self.body.remove(child)
        self.blocks: dict[str, SourceBlock] = {}
        self.facts: set[str] = set()
        self.notes: list[tuple[int, list[Any]]] = []
        self.noted: set[str] = set()
        names = _name_anchors(self.document)
        self.anchors = dict(names)
        """Anchors that are not placed yet, with the names of their bookmarks."""
        self.runs = RunWriter(self.word.part, self.document.language, names, self._note, pages)
        is_rtl = text_direction(self.document.language) == "rtl"
        set_styles(self.word, self.document.theme.primary, self.document.language, is_rtl)
        self.numbering = add_numbering(self.word)
        section = self.word.sections[0]
        size = PAGE_SIZES[self.document.page_size]
        section.page_width, section.page_height = Pt(size[0]), Pt(size[1])
        section.left_margin = section.right_margin = Pt((size[0] - TEXT_WIDTH) / 2)
        section.top_margin = section.bottom_margin = Pt(66)
        self.ids = 0
        self.pictures = 0
        self.waiting: list[str] = []
        """Anchors that lead to the next paragraph."""
        self.where: Location | None = None
        """Where the paragraph that is written comes from."""

    def write_all(self) -> None:
        """Write the cover, the pages before the chapters, and the chapters."""
        document = self.document
        self._write_cover(document.cover)
        for blocks in (document.imprint, document.inside_cover):
            self.write(blocks)
        parts = {part.chapters[0]: part for part in document.parts if part.chapters}
        for place, chapter in enumerate(document.chapters):
            if part := parts.get(place):
                self.paragraph((Run(part.title),), None, "Title", anchor=part.anchor, breaks=True)
                self.write(part.summary)
            self._write_chapter(chapter)

    def _write_cover(self, cover: Cover) -> None:
        self.paragraph(plain(cover.organization), None, "Normal")
        self.paragraph(plain(cover.title), Location("report.yaml"), "Title")
        self.paragraph(plain(cover.subtitle), Location("report.yaml"), "Subtitle")
        for text in (cover.period, *cover.labels):
            self.paragraph(plain(text), None, "Normal")

    def _write_chapter(self, chapter: Chapter) -> None:
        blocks = chapter.blocks
        self.write(blocks[:1], breaks=True)
        if chapter.opener.picture:
            self.write((chapter.opener.picture,))
        self.write(chapter.opener.summary)
        self.write(blocks[1:])

    def write(self, blocks: Iterable[Block], style: str = "Normal", level: int = 0, breaks: bool = False) -> None:
        """Write blocks; `level` is that of the list around them, `style` that of plain paragraphs."""
        for block in blocks:
            self._write_block(block, style, level, breaks)
            breaks = False

    def _write_block(self, block: Block, style: str, level: int, breaks: bool) -> None:
        match block:
            case Heading():
                self.paragraph(
                    block.runs, block.where, f"Heading {min(block.level, 9)}", anchor=block.anchor, breaks=breaks
                )
            case Paragraph() | IndexNote():
                where = block.where if isinstance(block, Paragraph) else None
                kind = style if isinstance(block, Paragraph) else SMALL
                self.paragraph(block.runs, where, kind, level=level, anchor=block_anchor(block))
            case ListBlock():
                self._write_list(block, style, level)
            case Table():
                self._write_table(block)
            case Image() | Chart() | Matrix() | SiteMap():
                self._write_figure(block)
            case Rule():
                line = make("w:bottom", {"w:val": "single", "w:sz": "6", "w:space": "1", "w:color": "999999"})
                self.body.insert(len(self.body) - 1, make("w:p", None, make("w:pPr", None, make("w:pBdr", None, line))))
            case _:
                self._write_box(block, style, level, breaks)

    def _write_box(self, block: Block, style: str, level: int, breaks: bool) -> None:
        """Write a block that holds others, with its own words."""
        match block:
            case DisclosureSpan():
                self.waiting += [id for id in block.disclosure_ids if id in self.anchors]
                self.paragraph(plain(", ".join(block.margin_codes)), None, CODE)
                self.write(block.blocks, style, level, breaks)
            case Callout() | Quote() | SideNote() | PullQuote() | Letter():
                self._write_set_off(block, level)
            case Signature():
                self._write_person(block.name, block.role, block.where)
            case Timeline() | Definitions():
                self._write_entries(block, style, level)
            case KeyFigures():
                for figure in block.figures:
                    self.paragraph(tuple(_key_figure_runs(figure)), block.where, BOX)
            case InLanguage():
                outer, self.runs.language = self.runs.language, block.language
                self.write(block.blocks, style, level)
                self.runs.language = outer
            case Process() | OrganizationChart() | QrCode():
                self._write_diagram(block, style, level)
            case _:
                for inner in children(block):
                    self.write(inner, style, level, breaks)

    def _write_set_off(self, block: Callout | Quote | SideNote | PullQuote | Letter, level: int) -> None:
        if isinstance(block, Callout):
            self.paragraph(plain(block.label), block.where, CODE)
            self.paragraph(tuple(_bold(block.title)), block.where, BOX)
            self.write((block.picture,) if block.picture else (), BOX)
        style = "Quote" if isinstance(block, Quote | PullQuote) else BOX
        for inner in children(block):
            self.write(inner, style, level)
        if isinstance(block, PullQuote | Letter):
            self._write_person(block.name, block.role, block.where)

    def _write_diagram(self, block: Process | OrganizationChart | QrCode, style: str, level: int) -> None:
        for inner in children(block):
            self.write(inner, style, level)
        if isinstance(block, QrCode):
            self.paragraph((Run(block.target, link=block.target),), None, SMALL)
        else:
            self.paragraph(block.caption, block.where, "Caption", anchor=block.anchor)

    def _write_person(self, name: str | None, role: str | None, where: Location | None) -> None:
        runs = (*_bold(plain(name)), *plain(f", {role}" if role and name else role))
        self.paragraph(runs, where, "Normal")

    def _write_entries(self, block: Timeline | Definitions, style: str, level: int) -> None:
        for term, meaning in block.entries:
            self.paragraph(plain(term) if isinstance(term, str) else term, block.where, TERM)
            self.write(meaning, style, level)  # type: ignore[arg-type]

    def _write_list(self, block: ListBlock, style: str, level: int) -> None:
        is_numbered = block.start is not None and not block.labels
        number = add_numbered_list(self.numbering, min(level, 8), block.start or 1) if is_numbered else 1
        for place, item in enumerate(block.items):
            for order, each in enumerate(item):
                if isinstance(each, Paragraph):
                    label = plain(f"{block.labels[place]}\t") if block.labels and not order else ()
                    listed = (number, min(level, 8)) if not order and not block.labels else None
                    self.paragraph((*label, *each.runs), each.where, style, listed=listed, level=level + 1)
                else:
                    self.write(cast("tuple[Block, ...]", (each,)), style, level + 1)

    def _write_table(self, table: Table) -> None:
        self.paragraph(table.caption, table.where, "Caption", anchor=table.anchor)
        element = write_table(table, self)
        if element is not None:
            self.body.insert(len(self.body) - 1, element)
        for note in table.notes:
            self.paragraph(note, table.where, SMALL)
        if not table.notes:
            spacing = make("w:spacing", {"w:before": "0", "w:after": "0", "w:line": "120", "w:lineRule": "exact"})
            self.body.insert(len(self.body) - 1, make("w:p", None, make("w:pPr", None, spacing)))

    def _write_figure(self, block: Image | Chart | Matrix | SiteMap) -> None:
        number = figure_number(block)
        where = self.figures.places.get(number) if number else block.where
        for place, part in enumerate(self._picture_parts(block, number)):
            alt = block.alt if not place else f"{block.alt} ({place + 1})"
            self._picture(part, alt, where, block_anchor(block) if not place else None)
        caption = (
            (*block.caption, *(plain(" ") if block.credit else ()), *block.credit)
            if isinstance(block, Image)
            else block.caption
        )
        self.paragraph(caption, where, "Caption")
        for note in block.notes if isinstance(block, Chart | SiteMap) else ():
            self.paragraph(note, where, SMALL)

    def _picture_parts(self, block: Image | Chart | Matrix | SiteMap, number: int | None) -> tuple[FigurePart, ...]:
        if number:
            return self.figures.parts.get(number, ())
        picture = self.document.pictures.get(block.path) if isinstance(block, Image) else None
        if picture is None or not picture.width or not picture.height:
            return ()
        width = min(TEXT_WIDTH, TEXT_WIDTH if picture.width >= 600 else picture.width * 0.75)
        return (FigurePart(shrink_photograph(picture), width, width * picture.height / picture.width),)

    def _picture(self, part: FigurePart, alt: str, where: Location | None, anchor: str | None) -> None:
        scale = min(1.0, TEXT_WIDTH / part.width, 640 / part.height)
        width, height = Emu(round(part.width * scale * EMU)), Emu(round(part.height * scale * EMU))
        inline: Any = self.word.part.new_pic_inline(io.BytesIO(part.data), width, height)
        self.pictures += 1
        for properties in (inline.docPr, inline.graphic.graphicData.pic.nvPicPr.cNvPr):
            properties.set("id", str(self.pictures))
            properties.set("name", f"Figure {self.pictures}")
            properties.set("descr", alt)
        run = make("w:r", None, make("w:drawing", None, inline))
        self._append([run], "", where, "Normal", anchor=anchor, keep=True, picture=alt)

    def paragraph(
        self,
        runs: Runs,
        where: Location | None,
        style: str,
        *,
        level: int = 0,
        listed: tuple[int, int] | None = None,
        anchor: str | None = None,
        breaks: bool = False,
    ) -> None:
        """Write a paragraph with its bookmark; nothing for one without words.

        `listed` are number and level of a list.
        """
        self.where = where
        elements = list(self.runs.write(runs))
        if elements:
            text = "".join(map(self.runs.text_of, runs)).replace("\u00ad", "")
            facts = tuple(
                (self.runs.text_of(run), run.printed.facts[0]) for run in runs if run.printed and run.printed.facts
            )
            self._append(elements, text, where, style, facts, level, listed, anchor, breaks)

    def _append(
        self,
        elements: list[Any],
        text: str,
        where: Location | None,
        style: str,
        facts: tuple[tuple[str, str], ...] = (),
        level: int = 0,
        listed: tuple[int, int] | None = None,
        anchor: str | None = None,
        breaks: bool = False,
        keep: bool = False,
        picture: str = "",
    ) -> None:
        parts = [
            value("w:pStyle", self._style_id(style)),
            make("w:keepNext") if keep else None,
            make("w:pageBreakBefore") if breaks else None,
            make("w:numPr", None, value("w:ilvl", listed[1]), value("w:numId", listed[0])) if listed else None,
            make("w:bidi") if self.runs.is_rtl(text) else None,
            make("w:ind", {"w:left": str(360 * level)}) if level and not listed else None,
        ]
        properties = make("w:pPr", None, *parts)
        marked = self.mark(elements, SourceBlock(text, *_place(where), picture, facts), anchor)
        self.body.insert(len(self.body) - 1, make("w:p", None, properties, *marked))

    def mark(self, elements: Iterable[Any], block: SourceBlock, anchor: str | None = None) -> Iterator[Any]:
        """Yield the elements between the ends of the block's bookmark, and of that of its anchor."""
        name = name_bookmark(len(self.blocks) + 1, block)
        self.blocks[name] = block
        self.facts.update(key for _, key in block.facts)
        leading = [each for each in (*self.waiting, anchor) if each in self.anchors]
        self.waiting = []
        names = [name, *(self.anchors.pop(each) for each in dict.fromkeys(leading) if each)]
        first = self.ids + 1
        self.ids += len(names)
        for number, each in enumerate(names, first):
            yield make("w:bookmarkStart", {"w:id": str(number), "w:name": each})
        yield from elements
        for number in range(first, first + len(names)):
            yield make("w:bookmarkEnd", {"w:id": str(number)})

    def _style_id(self, name: str) -> str:
        styles: Any = self.word.styles
        return str(styles[name].style_id)

    def _note(self, label: str) -> int | None:
        """Return the number of a new footnote; None for one that the text refers to again, or that is not there."""
        note = self.document.notes.get(label)
        if note is None or label in self.noted:
            return None
        self.noted.add(label)
        number = len(self.notes) + 1
        content: list[Any] = []
        self.notes.append((number, content))
        for place, runs in enumerate(note.paragraphs):
            reference = make("w:r", None, make("w:rPr", None, value("w:rStyle", NOTE_MARK_ID)), make("w:footnoteRef"))
            text = "".join(map(self.runs.text_of, runs))
            elements = list(
                self.mark(list(self.runs.write(runs)), SourceBlock(text, *_place(note.where or self.where)))
            )
            style = make(
                "w:pPr", None, value("w:pStyle", NOTE_TEXT_ID), make("w:bidi") if self.runs.is_rtl(text) else None
            )
            content.append(make("w:p", None, style, *([] if place else [reference]), *elements))
        return number


def block_anchor(block: Block) -> str | None:
    """Return the anchor that links to a block lead to; None without one."""
    anchor: str | None = getattr(block, "anchor", None)
    return anchor


def _place(where: Location | None) -> tuple[str, int | None]:
    return (where.file, where.line) if where else ("", None)


def _name_anchors(document: Document) -> dict[str, str]:
    """Return the name of a bookmark for each anchor that is in the document."""
    found = [part.anchor for part in document.parts]
    for chapter in document.chapters:
        for block in walk(chapter.blocks):
            found += filter(None, (block_anchor(block),))
            found += block.disclosure_ids if isinstance(block, DisclosureSpan) else ()
    return {anchor: f"_gba_{hashlib.sha256(anchor.encode()).hexdigest()[:16]}" for anchor in dict.fromkeys(found)}


def _bold(runs: Runs) -> Iterator[Run]:
    return (Run(**{**{f: getattr(run, f) for f in run.__struct_fields__}, "bold": True}) for run in runs)


def _key_figure_runs(figure: KeyFigure) -> Iterator[Run]:
    yield Run(f"{figure.value} ", bold=True, printed=figure.printed)
    rest = (figure.label, figure.change, figure.target, figure.progress)
    yield Run("; ".join(filter(None, rest)))
