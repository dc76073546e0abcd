"""Shaping: the glyphs of text whose letters are joined, reordered or placed by the font (OpenType GSUB and GPOS).

Each glyph has the characters that it prints, so that readers of the PDF find the text again. Where a sequence of glyphs
can't say its characters in order, the word has them beside it (ISO 32000-1, 14.9.4). Characters read from right to left
are not written beside their glyphs: readers turn them around by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import uharfbuzz
from msgspec import Struct
from msgspec.structs import replace

from gri_builder.fonts.faces import Face
from gri_builder.fonts.itemization import Stretch, itemize
from gri_builder.fonts.scripts import has_rtl

SOFT_HYPHEN, HYPHENS = "\u00ad", "\u2010-"
"""The character of a hyphen at a line's end, and those whose glyphs it may have."""
JOINER = "\u200d"
"""What a glyph prints that is only a part of a letter."""
CACHED = 50_000
_WORD = re.compile(r" +|[^ ]+ *")
_CONTROLS = re.compile("[\ufdd0\u200b\u200e\u200f\u2060\u061c\u202a-\u202e\u2066-\u2069]")
"""Characters that only order text or break lines, and the mark that layout has for a soft hyphen."""
_LATIN_FEATURES = {"kern": True, "liga": False, "clig": False, "dlig": False}
"""Features of scripts that are set letter by letter elsewhere too."""
_PLAIN_SCRIPTS = frozenset({"Latn", "Grek", "Cyrl", "Zyyy"})


class Glyph(Struct, frozen=True):
    """A glyph with its place; lengths at 1 pt."""

    id: int
    text: str
    """The characters that it prints."""
    advance: float
    dx: float = 0.0
    dy: float = 0.0
    marks: tuple[tuple[int, float, float], ...] = ()
    """Glyphs that are drawn on it, each with its place from this one's."""


class GlyphRun(Struct, frozen=True):
    """Glyphs of one face, from left to right."""

    face: Face
    glyphs: tuple[Glyph, ...]


class ShapedWord(Struct, frozen=True):
    """A word with the spaces after it: its glyph runs from left to right; lengths at 1 pt."""

    face: Face
    runs: tuple[GlyphRun, ...]
    spaces: int
    """How many spaces follow it, which are on its left if it is read from right to left."""
    width: float
    actual: str | None
    """Its characters, where the glyphs do not give them in order."""


class HarfBuzzFace:
    """A face as HarfBuzz reads it."""

    def __init__(self, data: bytes) -> None:
        self.font: Any = uharfbuzz.Font(uharfbuzz.Face(data))
        self.units: int = self.font.face.upem
        blanks = (glyph for glyph in range(1, self.font.face.glyph_count) if self._is_blank(glyph))
        self.blank: int | None = next(blanks, None)
        """A glyph without an outline and a width."""
        self.scripts = frozenset(map(str, self.font.face.get_table_script_tags("GSUB")))
        """Tags of the scripts that the font has rules for."""

    def _is_blank(self, glyph: int) -> bool:
        if self.font.get_glyph_h_advance(glyph):
            return False
        extents = self.font.get_glyph_extents(glyph)
        return extents is None or not (extents.width or extents.height)


@lru_cache(maxsize=64)
def read_face(data: bytes) -> HarfBuzzFace:
    """Return a font file as HarfBuzz reads it."""
    return HarfBuzzFace(data)


def shaped_width(face: Face, text: str) -> float:
    """Return the width of a text at 1 pt; it does not depend on the direction."""
    return sum(word.width for word in shape_words(face, text, has_rtl(text)))


@lru_cache(maxsize=CACHED)
def shape_words(face: Face, text: str, rtl: bool) -> tuple[ShapedWord, ...]:
    """Return the words of a text of one direction, in the order of the text."""
    return tuple(_shape_word(face, found[0], rtl) for found in _WORD.finditer(_CONTROLS.sub("", text)))


def _shape_word(face: Face, text: str, rtl: bool) -> ShapedWord:
    """Return a word; the spaces after it are those that the face has for any script."""
    word = text.rstrip(" ")
    runs = [GlyphRun(each.face, tuple(_shape(each, rtl, face.tabular))) for each in itemize(word, face)]
    glyphs = [glyph for run in runs for glyph in run.glyphs]
    spaces = len(text) - len(word)
    width = sum(glyph.advance for glyph in glyphs) + spaces * face.space
    shown = tuple(runs[::-1] if rtl else runs)
    return ShapedWord(face, shown, spaces, width, word if not rtl and _needs_actual(glyphs, word) else None)


def _needs_actual(glyphs: Sequence[Glyph], word: str) -> bool:
    """Return whether readers would not find the characters of a word by its glyphs: in other order, or moved."""
    moved = any(not glyph.advance or glyph.dx or glyph.dy for glyph in glyphs)
    return moved or "".join(glyph.text for glyph in glyphs) != word


def _shape(stretch: Stretch, rtl: bool, tabular: bool) -> Iterator[Glyph]:
    """Yield the glyphs of a stretch, from left to right."""
    read, text = read_face(stretch.face.file), stretch.text
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    if read.blank is not None:
        buffer.invisible_glyph = read.blank
    buffer.add_str(_with_hyphen(text, read))
    buffer.script, buffer.direction = stretch.script, "rtl" if rtl else "ltr"
    buffer.guess_segment_properties()
    features = {**(_LATIN_FEATURES if stretch.script in _PLAIN_SCRIPTS else {}), "tnum": tabular}
    uharfbuzz.shape(read.font, buffer, features)
    placed = [
        Glyph(info.codepoint, "", at.x_advance / read.units, at.x_offset / read.units, at.y_offset / read.units)
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]
    starts = [info.cluster for info in buffer.glyph_infos]
    named = [
        glyph
        for first, last, chars in _clusters(starts, text)
        for glyph in _name_glyphs(placed[first:last], chars, read, rtl)
    ]
    yield from _join_marks(named) if rtl else named


def _join_marks(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Yield glyphs with the marks on their left, which print nothing by themselves, drawn on them.

    Readers take a mark that is moved for the end of a word; and a small move behind blank glyphs, which are therefore
    set where the letter is.
    """
    waiting: list[Glyph] = []
    blanks: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.text:
            waiting.append(glyph)
        elif not glyph.advance:
            blanks.append(glyph)
        else:
            marks = tuple((each.id, each.dx - glyph.dx, each.dy - glyph.dy) for each in waiting)
            yield from (replace(each, dx=glyph.dx) for each in blanks)
            yield replace(glyph, marks=marks) if marks else glyph
            waiting, blanks = [], []
    yield from blanks
    yield from (replace(each, text=JOINER) for each in waiting)  # without a letter: each by itself


def _with_hyphen(text: str, read: HarfBuzzFace) -> str:
    """Return the text with a visible hyphen in place of a soft one at its end."""
    if not text.endswith(SOFT_HYPHEN):
        return text
    return text[:-1] + next((char for char in HYPHENS if read.font.get_nominal_glyph(ord(char))), SOFT_HYPHEN)


def _clusters(starts: Sequence[int], text: str) -> Iterator[tuple[int, int, str]]:
    """Yield first and last glyph of each cluster, from left to right, and its characters.

    `starts` holds the first character of each glyph's cluster.
    """
    if not starts:
        return
    ends = dict(pairwise([*sorted(set(starts)), len(text)]))
    edges = [i for i, start in enumerate(starts) if not i or start != starts[i - 1]]
    for first, last in pairwise([*edges, len(starts)]):
        yield first, last, text[starts[first] : ends[starts[first]]]


def _name_glyphs(glyphs: Sequence[Glyph], chars: str, read: HarfBuzzFace, rtl: bool) -> Iterator[Glyph]:
    """Yield the glyphs of a cluster with the characters that each prints.

    From right to left each glyph prints one character: readers would turn several of them around. The others are given
    to blank glyphs on its left, and so are those of marks.
    """
    if not rtl:
        texts = _share_text(chars, [glyph.id for glyph in glyphs], read, chars[-1])
        yield from (replace(glyph, text=text) for glyph, text in zip(glyphs, texts, strict=True))
        return
    letters = [glyph for glyph in glyphs if glyph.advance]
    if read.blank is not None and len(letters) <= 1:
        yield from (glyph for glyph in glyphs if not glyph.advance and glyph.id != read.blank)
        yield from (Glyph(read.blank, char, 0.0) for char in reversed(chars[len(letters) :]))
        yield from (replace(letter, text=chars[0]) for letter in letters)
        return
    texts = _share_text(chars, [glyph.id for glyph in reversed(glyphs)], read, JOINER)
    for glyph, text in zip(glyphs, reversed(texts), strict=True):
        if len(text) > 1 and read.blank is not None:
            yield from (Glyph(read.blank, char, 0.0) for char in text[:0:-1])
            text = text[0]
        yield replace(glyph, text=text)


def _share_text(chars: str, ids: Sequence[int], read: HarfBuzzFace, filler: str) -> list[str]:
    """Return the characters of a cluster shared among its glyphs: first to each its own, the rest to the next one."""
    if len(ids) == 1:
        return [chars]
    left, texts = list(chars), [""] * len(ids)
    for place, glyph in enumerate(ids):
        own = next((char for char in left if read.font.get_nominal_glyph(ord(char)) == glyph), None)
        if own is not None:
            texts[place] = own
            left.remove(own)
    if left:
        place = next((place for place, text in enumerate(texts) if not text), len(texts) - 1)
        texts[place] += "".join(left)
    return [text or filler for text in texts]
