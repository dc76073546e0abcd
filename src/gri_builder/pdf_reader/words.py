"""Words of pages with their places, by pdfium: ten times as fast as pypdf, and with the place of each character."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from gri_builder.pdf_reader.drawn_edges import read_edges
from gri_builder.pdf_reader.pdf_file import Word

NO_CHARACTER = frozenset({0, 0xFFFD, 0xFFFE, 0xFFFF})
"""Codes that pdfium gives for glyphs whose characters nobody knows."""
SPACES = frozenset({0xA0, 0x2002, 0x2003, 0x2009, 0x202F})
"""Codes of spaces beside the plain one."""
MOST_CHARACTERS = 100_000
"""Characters of a page that are read; a page of small print has a tenth of it."""
LOOSE = 1.25
"""Height of a font's box, as a multiple of its size."""
NUMBERS = re.compile(r"(?<!\S)\S*\d\S*|(?<!\S)[^\w\s]*[ivxlcdm]+[^\w\s]*(?!\S)", re.IGNORECASE)
"""Words that hold a digit, or can be Roman numbers."""
RAISED, SMALLER = 0.12, 0.85
"""How much higher, as a share of its size, a raised mark starts, and how small it is beside the text before it."""
GAP = 0.25
"""Space between two characters from which on they are of two words, as a share of the font's size."""


class _Character(NamedTuple):
    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


class WordReader:
    """Reads words of the pages of one PDF."""

    def __init__(self, data: bytes, password: str | None) -> None:
        self.document: Any = pypdfium2.PdfDocument(data, password=password)

    @property
    def count(self) -> int:
        """The number of its pages."""
        return len(self.document)

    def draw_annotations(self, index: int) -> None:
        """Draw the annotations of a page, counted from 0, as part of its content, so that their text is read too."""
        page = self.document[index]
        try:
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        finally:
            page.close()

    def can_load_all(self) -> bool:
        """Return whether each page is found; quick, as no content is read."""
        size = pdfium.FS_SIZEF()
        return all(pdfium.FPDF_GetPageSizeByIndexF(self.document, index, size) for index in range(self.count))

    def read(self, index: int, box: tuple[float, float, float, float], rotation: int) -> tuple[Word, ...]:
        """Return the words of a page, counted from 0, in the order of its content.

        `box` is what is shown of the page, in its own coordinates; `rotation` in degrees, clockwise.
        """
        page = self.document[index]
        text = page.get_textpage()
        try:
            return tuple(_turn(word, box, rotation) for word in _join(_characters(text.raw)))
        finally:
            text.close()
            page.close()

    def read_numbers(self, index: int, box: tuple[float, float, float, float], rotation: int) -> tuple[Word, ...]:
        """Return those words of a page, as `read` does, that hold a digit or can be Roman numbers; much quicker."""
        page = self.document[index]
        text = page.get_textpage()
        try:
            return tuple(_turn(word, box, rotation) for word in _join(_characters(text.raw, _find_numbers(text))))
        finally:
            text.close()
            page.close()

    def read_edges(
        self, index: int, box: tuple[float, float, float, float], rotation: int
    ) -> tuple[tuple[float, float, float, float], ...]:
        """Return the edges that a page draws, each as left, top, right and bottom as the page is shown."""
        page = self.document[index]
        try:
            return tuple(turn_box(edge, box, rotation) for edge in read_edges(page.raw))
        finally:
            page.close()

    def read_strip(self, index: int, box: tuple[float, float, float, float], height: float) -> str:
        """Return the text in the lowest strip of a page that is not turned, `height` points of it."""
        page = self.document[index]
        text = page.get_textpage()
        try:
            left, bottom, right, _ = box
            return str(text.get_text_bounded(left, bottom, right, bottom + height))
        finally:
            text.close()
            page.close()


def copy_file(data: bytes, password: str | None) -> bytes:
    """Return a PDF written anew by pdfium, which opens some that no other reader does."""
    out = io.BytesIO()
    pypdfium2.PdfDocument(data, password=password).save(out)
    return out.getvalue()


def _find_numbers(text: Any) -> Iterator[int]:
    """Yield the places of the characters of all words that hold a digit or can be Roman numbers, and the next ones."""
    whole = _read_whole(text)
    count = len(whole)
    for found in NUMBERS.finditer(whole):
        yield from range(found.start(), min(found.end() + 1, count))


def _read_whole(text: Any) -> str:
    """Return one character for each of a page, whether it is known or not; in one go, where pdfium leaves none out."""
    whole, count = str(text.get_text_range()), text.count_chars()
    if len(whole) == count:
        return whole[:MOST_CHARACTERS]
    codes = [pdfium.FPDFText_GetUnicode(text.raw, index) for index in range(min(count, MOST_CHARACTERS))]
    return "".join(
        ["\ufffd" if code in NO_CHARACTER else " " if 0xD800 <= code <= 0xDFFF else chr(code) for code in codes]
    )


def _characters(text: Any, places: Iterable[int] | None = None) -> Iterator[_Character | None]:
    """Yield the characters of a page, or those at some places; None for a space or the end of a line.

    Their boxes are those of the font, as high for each character, so that a line's words share top and bottom.
    """
    box, read_code, read_box = pdfium.FS_RECTF(), pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    reference = ctypes.byref(box)
    count = min(pdfium.FPDFText_CountChars(text), MOST_CHARACTERS)
    for index in range(count) if places is None else places:
        code = read_code(text, index)
        if code in NO_CHARACTER:
            continue
        if code <= 0x20 or code in SPACES or 0xD800 <= code <= 0xDFFF:
            yield None
            continue
        read_box(text, index, reference)
        bottom, top = box.bottom, box.top
        if bottom > top:
            bottom, top = top, bottom
        # The font's own size says little where the text is scaled.
        yield _Character(chr(code), box.left, bottom, box.right, top, (top - bottom) / LOOSE)


def _join(characters: Iterator[_Character | None]) -> Iterator[Word]:
    """Yield words: characters that follow each other on a line without a gap."""
    held: list[_Character] = []
    for character in characters:
        if held and (character is None or not _continues(held[-1], character)):
            yield _make_word(held)
            held = []
        if character:
            held.append(character)
    if held:
        yield _make_word(held)


def _continues(before: _Character, after: _Character) -> bool:
    """Return whether two characters are neighbours in a word, along the line or, in turned text, across it."""
    size = max(before.size, after.size, 1)
    reach = size * GAP
    across = abs((before.bottom + before.top) - (after.bottom + after.top)) / 2
    if across < size and -size < after.left - before.right < reach:
        return True
    along = abs((before.left + before.right) - (after.left + after.right)) / 2
    return along < size and max(after.bottom - before.top, before.bottom - after.top) < reach


def _make_word(characters: list[_Character]) -> Word:
    """Return a word in the page's own coordinates: top and bottom still counted from below."""
    return Word(
        "".join(character.text for character in characters),
        min(character.left for character in characters),
        max(character.top for character in characters),
        max(character.right for character in characters),
        min(character.bottom for character in characters),
        characters[0].size,
        _count_raised(characters),
    )


def _count_raised(characters: list[_Character]) -> int:
    """Return how many characters at the end are smaller than the first one, and start above its lower edge."""
    first, count = characters[0], 0
    for character in reversed(characters[1:]):
        behind = character.left > (first.left + first.right) / 2
        higher = character.bottom - first.bottom > RAISED * first.size
        tall = character.top > first.bottom + first.size / 2
        if not (behind and higher and tall and character.size < SMALLER * first.size):
            break
        count += 1
    return count


def _turn(word: Word, box: tuple[float, float, float, float], rotation: int) -> Word:
    """Return a word with its box as the page is shown."""
    left, top, right, bottom = turn_box((word.left, word.bottom, word.right, word.top), box, rotation)
    return Word(word.text, left, top, right, bottom, _turn_size(word, rotation), word.raised)


def _turn_size(word: Word, rotation: int) -> float:
    """Return the size of a word as the page is shown: on a page on its side, lines are as high as they were wide."""
    along = word.top - word.bottom
    is_level = len(word.text) > 1 and along < word.size * LOOSE + 0.1
    return word.size if rotation % 180 == 0 or is_level else (word.right - word.left) / LOOSE


def turn_box(
    inner: tuple[float, float, float, float], box: tuple[float, float, float, float], rotation: int
) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom as shown of a box (left, bottom, right, top) in a page's own coordinates."""
    left, bottom, right, top = inner
    corners = [_place(x, y, box, rotation) for x, y in ((left, bottom), (right, top))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _place(x: float, y: float, box: tuple[float, float, float, float], rotation: int) -> tuple[float, float]:
    left, bottom, right, top = box
    return {
        0: (x - left, top - y),
        90: (y - bottom, x - left),
        180: (right - x, y - bottom),
        270: (top - y, right - x),
    }[rotation % 360]
