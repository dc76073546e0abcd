"""The fonts of a theme for browsers: subsets of the characters that an edition prints, as WOFF2 files.

The bundled families may be published so (SIL Open Font License). The licence of a report's own fonts need not allow
that: pages name their family, which organizations often have installed, and fall back to a bundled one.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec import Struct

from gri_builder.fonts.family_titles import family_title
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
    face: str
    data: bytes

    @property
    def name(self) -> str:
        """Its name as a file."""
        return f"{self.family}-{self.face}.woff2"


def make_fonts(theme: Theme, characters: frozenset[str]) -> tuple[WebFont, ...]:
    """Return the faces that a theme needs, with those characters."""
    wanted = sorted({_bundled(theme.text_font), _bundled(theme.heading_font), FIRA_GO})
    printed = "".join(sorted(characters))
    fonts = []
    for family in wanted:
        is_fallback = family not in (_bundled(theme.text_font), _bundled(theme.heading_font))
        kept = "".join(c for c in printed if not _has(SOURCE_SERIF, c)) if is_fallback else printed
        faces = ("regular",) if is_fallback else tuple(FACES)
        if any(_has(family, c) for c in kept):
            fonts += [WebFont(family, face, _subset(family, face, kept)) for face in faces]
    return tuple(fonts)


def write_rules(theme: Theme, fonts: tuple[WebFont, ...], address: Callable[[WebFont], str]) -> str:
    """Return the rules for fonts at those addresses, and the families of the theme as custom properties."""
    rules = [
        f'@font-face{{font-family:"{NAMES[font.family]}";font-weight:{FACES[font.face][0]};'
        f"font-style:{FACES[font.face][1]};font-display:swap;src:url({address(font)}) format('woff2')}}"
        for font in fonts
    ]
    families = f"--text:{_list_families(theme.text_font)};--display:{_list_families(theme.heading_font)}"
    return "\n".join((*rules, f":root{{{families}}}"))


def _list_families(font: FontFamily) -> str:
    family = _bundled(font)
    own = [f'"{"".join(c for c in family_title(font) if c.isalnum() or c in " -")}"'] if font.faces else []
    return ",".join((*own, f'"{NAMES[family]}"', f'"{NAMES[FIRA_GO]}"', GENERIC[family]))


def _bundled(font: FontFamily) -> str:
    return font.name if font.name in NAMES else FIRA_GO


def _has(family: str, char: str) -> bool:
    return ord(char) in _characters(family)


@lru_cache(maxsize=4)
def _characters(family: str) -> frozenset[int]:
    import uharfbuzz

    return frozenset(uharfbuzz.Face(load_bundled_font(family, "regular")).unicodes)


@lru_cache(maxsize=16)
def _subset(family: str, face: str, characters: str) -> bytes:
    """Return a face with those characters as a WOFF2 file (WOFF 2.0, W3C)."""
    import uharfbuzz
    from fontTools.ttLib import TTFont

    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).update(map(ord, characters))
    wanted.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).clear()
    wanted.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).update(map(_tag, FEATURES))
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    small = uharfbuzz.subset(uharfbuzz.Face(load_bundled_font(family, face)), wanted)
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
