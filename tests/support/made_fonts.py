"""Font files for tests, made from the bundled ones: with fewer characters, blank glyphs, other maps."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._g_l_y_f import Glyph

from gri_builder.resources.bundled_fonts import SOURCE_SERIF, load_bundled_font

BASIC = "".join(map(chr, (*range(0x20, 0x7F), 0xA0, 0xAD, *range(0xC0, 0x100), *map(ord, "–—…’‘“”•€"))))
Change = Callable[[TTFont], None]


def make_font(characters: Iterable[str] = BASIC, change: Change | None = None, face: str = "regular") -> bytes:
    """Return a subset of a bundled serif font, changed."""
    font = TTFont(io.BytesIO(load_bundled_font(SOURCE_SERIF, face)), recalcTimestamp=False)
    options = Options()
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(font)
    if change:
        change(font)
    return save(font)


def save(font: TTFont) -> bytes:
    """Return the font as a file."""
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def without(characters: str) -> str:
    """Return the basic characters but for some."""
    return "".join(character for character in BASIC if character not in characters)


def blank(characters: str) -> Change:
    """Return a change that takes the outlines of some characters away."""

    def change(font: TTFont) -> None:
        for character in characters:
            font["glyf"][font.getBestCmap()[ord(character)]] = Glyph()

    return change


def draw_apart(characters: str, width: int) -> Change:
    """Return a change that gives some characters a blank glyph of their own, of that width."""

    def change(font: TTFont) -> None:
        font["glyf"]["apart"], font["hmtx"]["apart"] = Glyph(), (width, 0)
        map_to(characters, lambda font: "apart")(font)

    return change


def map_to(characters: str, choose: Callable[[TTFont], str]) -> Change:
    """Return a change that maps some characters to a glyph."""

    def change(font: TTFont) -> None:
        name = choose(font)
        for table in font["cmap"].tables:
            table.cmap.update({ord(character): name for character in characters})

    return change


def replace_map(platform: int, encoding: int, shift: int = 0) -> Change:
    """Return a change that leaves one map, of that platform and encoding, its codes shifted."""

    def change(font: TTFont) -> None:
        codes = font.getBestCmap()
        table = CmapSubtable.newSubtable(0 if platform == 1 else 4)
        table.platformID, table.platEncID, table.language = platform, encoding, 0
        names = {code + shift: name for code, name in codes.items() if code < 128}
        table.cmap = {**dict.fromkeys(range(256), ".notdef"), **names} if platform == 1 else names
        font["cmap"].tables = [table]

    return change


def make_variable_font(characters: str = BASIC) -> bytes:
    """Return a font of squares whose width on the page grows from 300 to 600 units along its axis of weight."""
    names = [".notdef", *(f"u{ord(character):04X}" for character in characters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): n for c, n in zip(characters, names[1:], strict=True)})
    blanks = {f"u{ord(c):04X}" for c in characters if c in " \u00a0"}
    squares = {name: Glyph() if name in blanks else _square(300) for name in names}
    builder.setupGlyf({**squares, ".notdef": _square(100)})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (650, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares-Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.setupFvar([("wght", 400, 400, 900, "Weight")], [])
    delta = [(0, 0), (0, 0), (300, 0), (300, 0), (0, 0), (0, 0), (0, 0), (0, 0)]
    builder.setupGvar({name: [_variation(delta)] for name in names if name not in blanks})
    return save(builder.font)


def _square(width: int) -> Glyph:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, 700), (width, 700), (width, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def _variation(delta: list[tuple[int, int]]) -> object:
    from fontTools.ttLib.tables.TupleVariation import TupleVariation

    return TupleVariation({"wght": (0.0, 1.0, 1.0)}, delta)


def make_script_font(characters: str) -> bytes:
    """Return a font of rectangles for characters of any script, each of another width."""
    data = make_variable_font("".join(dict.fromkeys(characters)))
    font = TTFont(io.BytesIO(data))
    for tag in ("fvar", "gvar", "STAT", "avar"):
        if tag in font:
            del font[tag]
    return save(font)
