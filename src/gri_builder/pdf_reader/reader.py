"""Bytes to a PDF as it was read. The only importer of pypdf, for the file's objects, and pypdfium2, for its words.

Files may be broken, or made to do harm: trees are walked by walkers of our own that visit a node once, and what can't
be read is a finding, not an end.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from gri_builder.model.finding import Finding, Location, Result, error, warning
from gri_builder.pdf_reader.annotations import read_plain_annotations, shows_annotations
from gri_builder.pdf_reader.decrypted_copy import read_objects
from gri_builder.pdf_reader.destinations import Places
from gri_builder.pdf_reader.marked_content import Fonts, read_marked, read_properties
from gri_builder.pdf_reader.opening import OpenedPdf, open_pdf, report_damage
from gri_builder.pdf_reader.page_list import MOST_PAGES, ListedPage
from gri_builder.pdf_reader.pdf_file import Page, PdfFile, Word
from gri_builder.pdf_reader.structure import StructureReader
from gri_builder.pdf_reader.trees import as_list, as_mapping, read_labels, resolve, walk_names

MOST_ATTACHMENTS = 10_000
WIDEST_PAGE = 14_400.0
"""Points that a page may measure (ISO 32000-1, annex C)."""

T = TypeVar("T")
Box = tuple[float, float, float, float]
ReadWords = Callable[[int, Box, int], tuple[Word, ...]]
"""Reads words of a page, counted from 0, with its box and its rotation in degrees."""


def read_pdf(data: bytes, name: str, password: str | None = None) -> Result[PdfFile]:
    """Read a PDF; without a value where nothing of it can be read. `name` is the file's, for findings."""
    with _quiet_pypdf():
        return _read(data, Location(name), password)


@contextmanager
def _quiet_pypdf() -> Iterator[None]:
    """Silence pypdf's log, because findings report what is wrong with the file; restore its level afterwards."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _read(data: bytes, where: Location, password: str | None) -> Result[PdfFile]:
    opened = open_pdf(data, where, password)
    if opened.value is None:
        return Result(None, opened.findings)
    try:
        return _Assembly(opened.value, data, where, opened.findings).read()
    except Exception as fault:  # a broken file raises whatever its breaks lead to
        return Result(None, (report_damage(fault, where),))


class _Assembly:
    """Reads one PDF part by part; a part that can't be read is a finding, and left out."""

    def __init__(self, opened: OpenedPdf, data: bytes, where: Location, findings: tuple[Finding, ...]) -> None:
        self.opened, self.data, self.where = opened, data, where
        self.reader, self.words = opened.reader, opened.words
        self.root: Mapping[str, Any] = as_mapping(self.reader.trailer["/Root"])
        self.findings = list(findings)
        self.drawn: set[int] = set()

    def part(self, name: str, work: Callable[[], T]) -> T | None:
        """Return what the work reads; None, and a finding, where it breaks."""
        try:
            return work()
        except Exception as fault:
            said = str(fault).split("\n")[0][:80] or type(fault).__name__
            message = f"the PDF's {name} can't be read ({said})"
            self.findings.append(
                warning("pdf-section-unreadable", message, self.where, "what depends on it is not checked")
            )
            return None

    def read(self) -> Result[PdfFile]:
        """Return the PDF."""
        listed = self.opened.pages.pages
        if not listed:
            return Result(None, (report_damage(None, self.where),))
        if len(listed) > MOST_PAGES:
            message = f"the PDF has more than {MOST_PAGES} pages; the rest was not read"
            self.findings.append(error("too-many-pages", message, self.where))
            listed = listed[:MOST_PAGES]
        numbers = self.opened.pages.numbers
        boxes = [_shown(page) for _, page in listed]
        heights = tuple(box[3] - box[1] for box, _ in boxes)
        labels = self.part("page labels", lambda: read_labels(self.root, len(listed))) or ("",) * len(listed)
        places = Places(self.root, numbers, heights)
        pages = tuple(
            self._page(number, page, box, labels[number - 1], places)
            for number, ((_, page), box) in enumerate(zip(listed, boxes, strict=True), 1)
        )
        if not any(_has_text(page) for page in pages):
            message = (
                "the PDF has no text that can be read: its pages are pictures, or their fonts don't say what they show"
            )
            self.findings.append(
                error("no-text", message, self.where, "ask for a PDF that was not scanned, or run OCR on it")
            )
        marked = self._marked(listed) if "/StructTreeRoot" in self.root else {}
        attachments = self.part("attachments", lambda: dict(self._attachments())) or {}
        about = self.part("properties", lambda: as_mapping(self.reader.trailer.get("/Info"))) or {}
        file = PdfFile(
            name=self.where.file,
            sha256=hashlib.sha256(self.data).hexdigest(),
            pages=pages,
            title=_text(about.get("/Title")),
            author=_text(about.get("/Author")),
            producer=_text(about.get("/Producer")),
            creator=_text(about.get("/Creator")),
            language=_text(self.root.get("/Lang")),
            destinations=places.named,
            attachments={name: content for name, (content, _) in attachments.items()},
            checksums={name: stated for name, (_, stated) in attachments.items() if stated},
            structure=self.part(
                "structure", lambda: StructureReader(numbers, marked).read(self.root.get("/StructTreeRoot"))
            ),
            outline=self.part("bookmarks", lambda: tuple(places.outline(self.root))) or (),
            marked=marked,
            readable=self.opened.data,
            password=self.opened.password,
            read_objects=partial(read_objects, self.data, self.opened.reader),
        )
        return Result(file, tuple(self.findings))

    def _page(
        self,
        number: int,
        page: Mapping[str, Any],
        shown: tuple[tuple[float, float, float, float], int],
        label: str,
        places: Places,
    ) -> Page:
        box, rotation = shown
        sizes = box[2] - box[0], box[3] - box[1]
        width, height = sizes if rotation % 180 == 0 else sizes[::-1]
        links = self.part(f"links on page {number}", lambda: tuple(places.links(page, box, rotation))) or ()
        content = partial(self._content, number, page)
        words = partial(self._words, number, box, rotation, page)
        foot = partial(self._foot, number, box, rotation, page)
        numbers = partial(self._words, number, box, rotation, page, self.words.read_numbers)
        edges = partial(self._edges, number, box, rotation)
        return Page(number, label, width, height, links, content, words, foot, numbers, edges)

    def _content(self, number: int, page: Mapping[str, Any]) -> bytes:
        return self.part(f"content of page {number}", partial(_read_content, page)) or b""

    def _words(
        self, number: int, box: Box, rotation: int, page: Mapping[str, Any], read: ReadWords | None = None
    ) -> tuple[Word, ...]:
        """Return the words of a page, as `read` reads them; all words by default."""
        self._draw_annotations(number, page)
        try:
            return (*(read or self.words.read)(number - 1, box, rotation), *read_plain_annotations(page, box, rotation))
        except Exception:  # a page that pdfium can't load has no words
            return ()

    def _edges(self, number: int, box: Box, rotation: int) -> tuple[Box, ...]:
        try:
            return self.words.read_edges(number - 1, box, rotation)
        except Exception:  # as for its words
            return ()

    def _foot(self, number: int, box: Box, rotation: int, page: Mapping[str, Any], height: float) -> str:
        lowest = (box[2] - box[0] if rotation % 180 else box[3] - box[1]) - height
        if rotation:
            return " ".join(word.text for word in self._words(number, box, rotation, page) if word.top > lowest)
        self._draw_annotations(number, page)
        try:
            noted = [word.text for word in read_plain_annotations(page, box, rotation) if word.top > lowest]
            return " ".join([self.words.read_strip(number - 1, box, height), *noted])
        except Exception:  # as for its words
            return ""

    def _draw_annotations(self, number: int, page: Mapping[str, Any]) -> None:
        """Make the annotations of a page part of what pdfium reads; once is enough."""
        if number not in self.drawn and shows_annotations(page):
            self.words.draw_annotations(number - 1)
        self.drawn.add(number)

    def _marked(self, pages: Sequence[ListedPage]) -> dict[tuple[int, int], str]:
        fonts, found = Fonts(), {}
        for number, (_, page) in enumerate(pages, 1):
            read = partial(_read_marked, page, fonts)
            texts = self.part(f"marked content on page {number}", read) or {}
            found.update({(number, mcid): text for mcid, text in texts.items()})
        return found

    def _attachments(self) -> Iterator[tuple[str, tuple[bytes, str | None]]]:
        """Yield name, content and stated checksum of each embedded file (ISO 32000-1, 7.11.4)."""
        names = as_mapping(self.root.get("/Names")).get("/EmbeddedFiles")
        for (name, value), _ in zip(walk_names(names), range(MOST_ATTACHMENTS), strict=False):
            files = as_mapping(as_mapping(value).get("/EF"))
            stream = resolve(files.get("/UF", files.get("/F")))
            if not hasattr(stream, "get_data"):
                continue
            content = self.part(f"attachment '{name}'", stream.get_data)
            stated = resolve(as_mapping(stream.get("/Params")).get("/CheckSum"))
            if content is not None:
                yield str(name), (content, _digest(stated))


def _digest(stated: Any) -> str | None:
    """Return a checksum in hexadecimal."""
    if stated is None:
        return None
    data = stated if isinstance(stated, bytes) else getattr(stated, "original_bytes", b"")
    return data.hex()


def _shown(page: Mapping[str, Any]) -> tuple[tuple[float, float, float, float], int]:
    """Return what is shown of a page, in its own coordinates, and by how many degrees it is turned."""
    for name in ("/CropBox", "/MediaBox"):
        corners = [float(each) for each in map(resolve, as_list(page.get(name))) if isinstance(each, int | float)]
        if len(corners) == 4:
            left, right = sorted((corners[0], corners[2]))
            bottom, top = sorted((corners[1], corners[3]))
            if 0 < right - left <= WIDEST_PAGE and 0 < top - bottom <= WIDEST_PAGE:
                rotation = resolve(page.get("/Rotate", 0))
                return (left, bottom, right, top), (int(rotation) % 360 // 90 * 90 if isinstance(rotation, int) else 0)
    return (0.0, 0.0, 612.0, 792.0), 0


def _read_content(page: Mapping[str, Any]) -> bytes:
    """Return a page's content stream, put together of its parts."""
    value = resolve(page.get("/Contents"))
    streams = [resolve(each) for each in value] if isinstance(value, list) else [value]
    return b"\n".join(stream.get_data() for stream in streams if hasattr(stream, "get_data"))


def _read_marked(page: Mapping[str, Any], fonts: Fonts) -> dict[int, str]:
    return read_marked(_read_content(page), fonts.of_page(page), read_properties(page))


def _has_text(page: Page) -> bool:
    return any(character.isalnum() for word in page.words for character in word.text)


def _text(value: Any) -> str:
    value = resolve(value)
    return str(value) if isinstance(value, str) else ""
