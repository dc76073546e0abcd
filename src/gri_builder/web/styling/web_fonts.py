"""The fonts of a theme for browsers: subsets of the characters that an edition prints, as WOFF2 files.

The bundled families may be published so (SIL Open Font License), and the report's own if their files say that any
reader may have them. Of others, pages name the family, which organizations often have installed, before a bundled one.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec import Struct

from gri_builder.fonts.faces import find_family
from gri_builder.fonts.family_titles import family_title
from gri_builder.fonts.publication import find_limit
from gri_builder.model.theme import FontFamily, Theme
from gri_builder.resources.bundled_fonts import FIRA_GO, SOURCE_SERIF, load_bundled_font

FACES = {"regular": ("400", "normal"), "bold": ("700", "normal"), "italic": ("400", "italic")}
"""Weight and style of the faces that are published; browsers slant the bold face, which is seldom needed."""
FEATURES = ("kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "init", "medi", "fina", "rlig")
NAMES = {FIRA_GO: "Report Sans", SOURCE_SERIF: "Report Serif"}
"""Names of the subsets: they have not all characters of the family, so that they must not have its name."""
GENERIC = {FIRA_GO: "system-ui,sans-serif", SOURCE_SERIF: "Georgia,serif"}


class WebFont(Struct, frozen=True):
    """A face as a file."""

    family: str
    """Name of a bundled family; 'own-text' or 'own-headings'."""
    title: str
    """Name of the family in style sheets."""
    face: str
    data: bytes
    weights: str
    """Weight, or range of weights, that it is shown for."""

    @property
    def name(self) -> str:
        """Its name as a file."""
        return f"{self.family}-{self.face}.woff2"


class _Source(Struct, frozen=True):
    """A family that is published."""

    family: str
    title: str
    font: FontFamily

    def load(self, face: str) -> bytes | None:
        """Return the TrueType file of a face; None without one."""
        if not self.font.faces:
            return load_bundled_font(self.family, face)
        family = find_family(self.font)
        return family.data(face == "bold", face == "italic") if face in dict(family.files) else None

    def has(self, char: str) -> bool:
        """Return whether its regular face has a character."""
        return ord(char) in _characters(self.load("regular") or b"")


def make_fonts(theme: Theme, characters: frozenset[str]) -> tuple[WebFont, ...]:
    """Return the faces that a theme needs, with those characters."""
    used = _choose(theme)
    fallback = _bundle(FIRA_GO)
    printed = "".join(sorted(characters))
    fonts: list[WebFont] = []
    for _, source in sorted({each.family: each for each in (*used, fallback)}.items()):
        is_fallback = source not in used
        kept = "".join(c for c in printed if not all(each.has(c) for each in used)) if is_fallback else printed
        if any(source.has(c) for c in kept):
            fonts += _make_faces(source, ("regular",) if is_fallback else tuple(FACES), kept)
    return tuple(fonts)


def _make_faces(source: _Source, faces: tuple[str, ...], characters: str) -> Iterator[WebFont]:
    """Yield the faces of a family; without a bold one the regular one is shown for it, as in print."""
    files = {face: data for face in faces if (data := source.load(face))}
    for face, data in files.items():
        is_both = face == "regular" and bool(source.font.faces) and "bold" not in files
        yield WebFont(
            source.family, source.title, face, _subset(data, characters), "400 700" if is_both else FACES[face][0]
        )


def write_rules(theme: Theme, fonts: tuple[WebFont, ...], address: Callable[[WebFont], str]) -> str:
    """Return the rules for fonts at those addresses, and the families of the theme as custom properties."""
    rules = [
        f'@font-face{{font-family:"{font.title}";font-weight:{font.weights};'
        f"font-style:{FACES[font.face][1]};font-display:swap;src:url({address(font)}) format('woff2')}}"
        for font in fonts
    ]
    sources = _choose(theme)
    text, headings = map(_list_families, (theme.text_font, theme.heading_font), sources)
    return "\n".join((*rules, f":root{{--text:{text};--display:{headings}}}"))


def _list_families(font: FontFamily, source: _Source) -> str:
    is_named = font.faces and not source.font.faces
    own = [f'"{"".join(c for c in family_title(font) if c.isalnum() or c in " -")}"'] if is_named else []
    named = dict.fromkeys((*own, f'"{source.title}"', f'"{NAMES[FIRA_GO]}"'))
    return ",".join((*named, GENERIC.get(source.family, GENERIC[FIRA_GO])))


def _choose(theme: Theme) -> tuple[_Source, _Source]:
    """Return the families that are published for text and for headings."""
    text = _publish(theme.text_font, "own-text", "Report Text")
    if theme.heading_font == theme.text_font:
        return text, text
    return text, _publish(theme.heading_font, "own-headings", "Report Headings")


def _publish(font: FontFamily, family: str, title: str) -> _Source:
    if font.faces and find_limit(font) is None:
        return _Source(family, title, font)
    return _bundle(font.name if font.name in NAMES else FIRA_GO)


def _bundle(family: str) -> _Source:
    return _Source(family, NAMES[family], FontFamily(family))


@lru_cache(maxsize=8)
def _characters(font: bytes) -> frozenset[int]:
    import uharfbuzz

    return frozenset(uharfbuzz.Face(font).unicodes)


@lru_cache(maxsize=16)
def _subset(data: bytes, characters: str) -> bytes:
    """Return a face with those characters as a WOFF2 file (WOFF 2.0, W3C)."""
    import uharfbuzz
    from fontTools.ttLib import TTFont

    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).update(map(ord, characters))
    wanted.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).clear()
    wanted.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).update(map(_tag, FEATURES))
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    small = uharfbuzz.subset(uharfbuzz.Face(data), wanted)
    font = TTFont(io.BytesIO(small.blob.data), recalcTimestamp=False)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")


def list_characters(texts: Iterator[str]) -> frozenset[str]:
    """Return the characters of texts that are drawn."""
    return frozenset(char for text in texts for char in set(text) if char.isprintable() or char == "\u00ad")
