"""Bytes to a PDF as it was read. The only importer of pypdf, for the file's objects, and pypdfium2, for its words.

Files may be broken, or made to do harm: trees are walked by walkers of our own that visit a node once, and what can't
be read is a finding, not an end.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from gri_builder.audit.pdf_reader.destinations import Places
from gri_builder.audit.pdf_reader.file_objects import read_file_objects
from gri_builder.audit.pdf_reader.marked_content import Fonts, read_marked, read_properties
from gri_builder.audit.pdf_reader.pdf_file import Page, PdfFile, Word
from gri_builder.audit.pdf_reader.structure import StructureReader
from gri_builder.audit.pdf_reader.trees import as_list, as_mapping, read_labels, resolve, walk_names, walk_pages
from gri_builder.audit.pdf_reader.words import WordReader
from gri_builder.model.finding import Finding, Location, Result, error, warning

HEADER_WITHIN = 1024
"""Leading bytes that must contain the header of a PDF (ISO 32000-2, annex I)."""
MOST_PAGES = 20_000
MOST_ATTACHMENTS = 10_000
WIDEST_PAGE = 14_400.0
"""Points that a page may measure (ISO 32000-1, annex C)."""

T = TypeVar("T")


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
    if b"%PDF-" not in data[:HEADER_WITHIN]:
        return Result(None, (_not_a_pdf(data, where),))
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and (fault := _decrypt(reader, password, where)):
            return Result(None, (fault,))
        words = WordReader(data, password)
        return _Assembly(reader, words, data, where).read()
    except FileNotDecryptedError:
        return Result(None, (_password_needed(where),))
    except DependencyError as fault:
        message = f"the PDF is encrypted in a way that can't be read here ({fault})"
        return Result(None, (error("damaged-pdf", message, where, "ask for a PDF without encryption"),))
    except Exception as fault:  # a broken file raises whatever its breaks lead to
        return Result(None, (_damaged(fault, where),))


def _not_a_pdf(data: bytes, where: Location) -> Finding:
    start = data[:HEADER_WITHIN].lstrip().lower()
    if not data:
        return error("not-a-pdf", "the file is empty", where, "download or copy it again")
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        message = "the file is a web page, not a PDF"
        return error("not-a-pdf", message, where, "open it in a browser: it may say why the download failed")
    message = "the file is not a PDF: it does not start with the header of a PDF"
    return error("not-a-pdf", message, where, "look at it in an editor: its first line tells what it is")


def _decrypt(reader: PdfReader, password: str | None, where: Location) -> Finding | None:
    """Open an encrypted PDF; return what is wrong where that fails."""
    if reader.decrypt(password or "") != PasswordType.NOT_DECRYPTED:
        return None
    if password is None:
        return _password_needed(where)
    return error("wrong-password", "the password does not open the PDF", where, "mind capitals, and spaces at its ends")


def _password_needed(where: Location) -> Finding:
    return error("password-needed", "the PDF is encrypted", where, "give its password with --password")


def _damaged(fault: Exception, where: Location) -> Finding:
    said = str(fault).split("\n")[0][:100] or type(fault).__name__
    message = f"the PDF is damaged, and can't be read ({said})"
    return error("damaged-pdf", message, where, "download or copy it again, or ask for the original")


class _Assembly:
    """Reads one PDF part by part; a part that can't be read is a finding, and left out."""

    def __init__(self, reader: PdfReader, words: WordReader, data: bytes, where: Location) -> None:
        self.reader, self.words, self.data, self.where = reader, words, data, where
        self.root: Mapping[str, Any] = as_mapping(reader.trailer["/Root"])
        self.findings: list[Finding] = []

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
        listed = [each for _, each in zip(range(MOST_PAGES + 1), walk_pages(self.root), strict=False)]
        if not listed:
            return Result(None, (error("damaged-pdf", "the PDF has no pages", self.where, "ask for the original"),))
        if len(listed) > MOST_PAGES:
            message = f"the PDF has more than {MOST_PAGES} pages; the rest was not read"
            self.findings.append(error("too-many-pages", message, self.where))
            listed = listed[:MOST_PAGES]
        numbers = {reference: number for number, (reference, _) in enumerate(listed, 1) if reference}
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
            language=_text(self.root.get("/Lang")),
            destinations=places.named,
            attachments={name: content for name, (content, _) in attachments.items()},
            checksums={name: stated for name, (_, stated) in attachments.items() if stated},
            structure=self.part(
                "structure", lambda: StructureReader(numbers, marked).read(self.root.get("/StructTreeRoot"))
            ),
            outline=self.part("bookmarks", lambda: tuple(places.outline(self.root))) or (),
            marked=marked,
            read_objects=partial(read_file_objects, self.data),
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
        words = partial(self._words, number, box, rotation)
        foot = partial(self._foot, number, box, rotation)
        edges = partial(self._edges, number, box, rotation)
        return Page(number, label, width, height, links, content, words, foot, edges)

    def _content(self, number: int, page: Mapping[str, Any]) -> bytes:
        return self.part(f"content of page {number}", partial(_read_content, page)) or b""

    def _words(self, number: int, box: tuple[float, float, float, float], rotation: int) -> tuple[Word, ...]:
        try:
            return self.words.read(number - 1, box, rotation)
        except Exception:  # a page that pdfium can't load has no words
            return ()

    def _edges(
        self, number: int, box: tuple[float, float, float, float], rotation: int
    ) -> tuple[tuple[float, float, float, float], ...]:
        try:
            return self.words.read_edges(number - 1, box, rotation)
        except Exception:  # as for its words
            return ()

    def _foot(self, number: int, box: tuple[float, float, float, float], rotation: int, height: float) -> str:
        if rotation:
            lowest = box[2] - box[0] if rotation % 180 else box[3] - box[1]
            return " ".join(w.text for w in self._words(number, box, rotation) if w.top > lowest - height)
        try:
            return self.words.read_strip(number - 1, box, height)
        except Exception:  # as for its words
            return ""

    def _marked(self, pages: list[tuple[tuple[int, int] | None, dict[str, Any]]]) -> dict[tuple[int, int], str]:
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
