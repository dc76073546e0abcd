"""Faces of font families: widths, kerning, fallback, and the codes under which documents embed their characters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from itertools import groupby, repeat
from operator import add

from msgspec import Struct

from gri_builder.fonts.glyph_coverage import INVISIBLE, SPACES
from gri_builder.fonts.kerning import PairKerning
from gri_builder.fonts.own_fonts import DIGITS, SOFT_HYPHEN, SPACE, add_variable_faces, regularize_font
from gri_builder.fonts.scripts import needs_shaping
from gri_builder.model.texts.readable_text import without_inner_hyphens
from gri_builder.model.theme import FontFamily
from gri_builder.pdf.reportlab_adapter.fonts import EmbeddableFont, load_font
from gri_builder.pdf.reportlab_adapter.objects import ObjectRegistry
from gri_builder.resources.bundled_fonts import FIRA_GO, SOURCE_SERIF, load_bundled_font


class Family(Struct, frozen=True):
    """A font family: a bundled one by name, or a custom one with its files."""

    name: str
    files: tuple[tuple[str, bytes], ...] = ()
    """TrueType files by face, for a custom family."""

    def nearest(self, bold: bool, italic: bool) -> tuple[bool, bool]:
        """Return the nearest face (bold, italic) that the family has; bundled families have all."""
        files = dict(self.files)
        wanted = ((bold, italic), (bold, False), (False, italic))
        return next((face for face in wanted if not files or FACES[face] in files), (False, False))

    def data(self, bold: bool, italic: bool) -> bytes:
        """Return the file of a face, or of the nearest one; a custom one maps only what it shows."""
        face = FACES[self.nearest(bold, italic)]
        files = dict(self.files)
        return regularize_font(files[face], bold, italic) if files else load_bundled_font(self.name, face)


FACES = {
    (False, False): "regular",
    (True, False): "bold",
    (False, True): "italic",
    (True, True): "bold_italic",
}
"""Names of a family's faces, by bold and italic."""
UNDRAWN = frozenset(map(ord, INVISIBLE)) - {SOFT_HYPHEN}
"""Characters that are never drawn, and have no width."""
FIRA, SERIF = Family(FIRA_GO), Family(SOURCE_SERIF)


def find_family(font: FontFamily) -> Family:
    """Return the family that a theme names, or whose files it contains."""
    return Family(font.name, tuple(sorted(add_variable_faces(font.faces).items())))


NAMES = {FIRA.name: "FiraGO", SERIF.name: "SourceSerif"}
MOST_WORDS = 20_000
"""Words that are kept with what was measured or encoded; then all are forgotten, as those of a whole book are rare."""


class Face:
    """One face of a font family: widths at 1 pt, cached for whole words."""

    def __init__(
        self, font: EmbeddableFont, fallback: Face | None = None, data: bytes = b"", tabular: bool = False
    ) -> None:
        self.font, self.fallback = font, fallback
        self.file, self.tabular = data, tabular
        self.glyphs = font.glyphs
        self.advances: dict[int, float] = {code: width / 1000 for code, width in font.widths.items()}
        if fallback:
            self.advances = fallback.advances | self.advances
        self.advances.update(dict.fromkeys((*UNDRAWN, 0xFDD0), 0.0))  # the last one: layout's own mark
        self.advances.update({code: self.advances[ord(space)] for code, space in SPACES.items()})
        self.kerning: PairKerning = PairKerning(data, self.has, tabular, fallback.kerning if fallback else None)
        self.default = font.default_width / 1000
        self.widths: dict[str, float] = {}
        self.parted = _PartedWords(self)
        self.ascent = font.ascent / 1000
        self.space = self.width(" ")

    def width(self, text: str) -> float:
        """Return the width of the text at 1 pt, with kerning."""
        width = self.widths.get(text)
        if width is None:
            if len(self.widths) >= MOST_WORDS:
                self.widths.clear()
            text = without_inner_hyphens(text)
            if needs_shaping(text):
                from gri_builder.fonts.shaping import shaped_width

                width = self.widths[text] = shaped_width(self, text)
                return width
            advances = map(self.advances.get, map(ord, text), repeat(self.default))
            width = self.widths[text] = sum(advances) - sum(self._nearer(text)) / 1000
        return width

    def parts(self, text: str) -> list[tuple[Face, str]]:
        """Return the text in parts, each with the face that has its characters: this one or its fallback."""
        other = self.fallback
        if other is None or all(map(self.has, text)):
            return [(self, text)]
        groups = groupby(text, key=lambda char: self.has(char) or not other.has(char))
        return [(self if has_glyphs else other, "".join(chars)) for has_glyphs, chars in groups]

    def kerned(self, text: str) -> list[tuple[str, int]]:
        """Return the text in parts, each with the kerning towards the next one, in thousandths of the size."""
        parts, start = list[tuple[str, int]](), 0
        for place, nearer in enumerate(self._nearer(text), 1):
            if nearer:
                parts.append((text[start:place], nearer))
                start = place
        return [*parts, (text[start:], 0)] if text else parts

    def _nearer(self, text: str) -> Iterator[int]:
        """Return the kerning of each character towards the next one."""
        return map(self.kerning.__getitem__, map(add, text, text[1:]))

    def has(self, char: str) -> bool:
        """Return whether the face has a character, or the character is never drawn."""
        code = ord(char)
        if code in SPACES:
            return SPACE in self.glyphs
        return code in self.glyphs or (char in INVISIBLE and code != SOFT_HYPHEN)


def load_face(bold: bool = False, italic: bool = False, tabular: bool = False, family: Family = FIRA) -> Face:
    """Return a face; a `tabular` one has digits of equal width, by the font's 'tnum' feature."""
    bold, italic = family.nearest(bold, italic) if family.files else (bold, italic)
    return _load_face(bold, italic, tabular, family)


def find_face(face: Face, family: Family, text: str) -> Face:
    """Return the face for a sign: that of the text, or the bold one of the bundled serif family if Fira has none."""
    if family not in (FIRA, SERIF) and all(map(face.has, text)):
        return face
    if all(map(load_face().has, text)):
        return face
    other = load_face(bold=True, family=SERIF)
    return other if all(map(other.has, text)) else face


@cache
def _load_face(bold: bool, italic: bool, tabular: bool, family: Family) -> Face:
    data = family.data(bold, italic)
    if tabular:
        font = _load_tabular_font(load_face(bold, italic, family=family).font, data)
    else:
        font = _load_own_font(data) if family.files else load_font(_font_name(family, bold, italic), data)
    return Face(font, load_face(bold, italic, tabular) if family != FIRA else None, data, tabular)


def _font_name(family: Family, bold: bool, italic: bool) -> str:
    """Return a unique name for a face of a bundled family."""
    style = f"{'Bold' if bold else ''}{'Italic' if italic else ''}" or "Regular"
    return f"{NAMES[family.name]}-{style}"


@cache
def _load_own_font(data: bytes) -> EmbeddableFont:
    """Return the font of a custom file, one for all faces that name it; two files may have one PostScript name."""
    digest = hashlib.sha256(data).hexdigest()[:8]
    return load_font(f"Own-{digest}", data, f"-{digest}")


@cache
def _load_tabular_font(font: EmbeddableFont, data: bytes) -> EmbeddableFont:
    """Return a copy of the font whose digits are the glyphs of its 'tnum' feature (OpenType GSUB)."""
    import uharfbuzz

    shaper, buffer = uharfbuzz.Font(uharfbuzz.Face(data)), uharfbuzz.Buffer()
    buffer.add_str(DIGITS)
    buffer.guess_segment_properties()
    uharfbuzz.shape(shaper, buffer, {"tnum": True, "kern": False})
    units = shaper.face.upem
    glyphs = {
        ord(digit): (info.codepoint, position.x_advance * 1000 // units)
        for digit, info, position in zip(DIGITS, buffer.glyph_infos, buffer.glyph_positions, strict=True)
        if ord(digit) in font.glyphs
    }
    return font.with_glyphs("-Tabular", glyphs)


def face_missing_glyphs(text: str, fonts: tuple[FontFamily, ...] = ()) -> frozenset[str]:
    """Return the characters of the text that some face of those families can't draw, and its fallback neither."""
    faces = [face for font in fonts for face in _faces_of(find_family(font))] or [load_face()]
    return frozenset(c for c in set(text) if not all(f.has(c) or (f.fallback and f.fallback.has(c)) for f in faces))


def _faces_of(family: Family) -> list[Face]:
    """Return the faces of a family whose sets of characters may differ."""
    wanted = FACES if family.files else [(False, False)]
    return [load_face(bold, italic, family=family) for bold, italic in wanted]


def even_spaces(text: str) -> str:
    """Return the text with spaces that the fonts have in place of rare ones."""
    return text if text.isascii() and "\t" not in text else text.translate(SPACES)


class Encoder(dict[int, str]):
    """Character code -> the PDF string literal of its code in the font's first subset, for `str.translate`.

    A TrueType font is embedded in subsets of up to 256 characters, each as a simple font. Nearly every text needs the
    first subset only; `segments` handles the others.
    """

    def __init__(self, face: Face, registry: ObjectRegistry) -> None:
        super().__init__(dict.fromkeys(UNDRAWN, "") | {0x28: "\\(", 0x29: "\\)", 0x5C: "\\\\"})
        self.update(dict.fromkeys((*SPACES, 0xA0), " "))  # one code for all of them, mapped to U+0020
        self.font, self.face, self.registry = face.font, face, registry
        self.font.encode(" ", registry)
        self.name = self.font.resource_name(0, registry)
        self.words = _KernedWords(self, face)

    def __missing__(self, code: int) -> str:
        if not 32 <= code < 127:
            subset, codes = self.font.encode(chr(code), self.registry)[0]
            if subset:
                raise OverflowError("not in the first subset")
            self[code] = f"\\{codes[0]:03o}"
        else:
            self[code] = chr(code)
        return self[code]

    def kerned_segments(self, text: str) -> list[tuple[str, str]]:
        """Return the text as pairs of font resource name and the inside of a literal or array with its kerning."""
        try:
            words = self.words
            return [(self.name, " ".join([words[word] for word in text.split(" ")]))]
        except OverflowError:
            return list(self._kerned_stretches(text))

    def _kerned_stretches(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the stretches between kerned pairs, each in the subsets that it needs."""
        for stretch, nearer in self.face.kerned(text):
            *segments, (name, codes) = self.segments(stretch)
            yield from segments
            yield name, f"{codes}){nearer}(" if nearer else codes

    def segments(self, text: str) -> list[tuple[str, str]]:
        """Return the text as pairs of font resource name and PDF string literal."""
        try:
            return [(self.name, text.translate(self))]
        except OverflowError:
            return [
                (self.font.resource_name(subset, self.registry), "".join(f"\\{code:03o}" for code in codes))
                for subset, codes in self.font.encode(even_spaces(text), self.registry)
            ]


class _PartedWords(dict[str, list[tuple[str, int]]]):
    """Words in parts with their kerning; all documents of a process share them. Too many are forgotten."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, word: str) -> list[tuple[str, int]]:
        if len(self) >= MOST_WORDS:
            self.clear()
        parts = self[word] = self._face.kerned(word)
        return parts


class _KernedWords(dict[str, str]):
    """Words as they are in an array with kerning (ISO 32000-1, 9.4.3), without its outer brackets: 'T)80(ext'.

    Too many are forgotten.
    """

    def __init__(self, encoder: Encoder, face: Face) -> None:
        super().__init__()
        self._encoder, self._face = encoder, face

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_WORDS:
            self.clear()
        parts = [(text.translate(self._encoder), nearer) for text, nearer in self._face.parted[word]]
        kerned = self[word] = "".join([f"{codes}){nearer}(" if nearer else codes for codes, nearer in parts])
        return kerned
