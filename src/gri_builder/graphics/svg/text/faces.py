"""The faces of text: fonts, baselines and spacing, and the properties of text that are drawn (SVG 2, 11)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from msgspec import Struct

from gri_builder.graphics.svg.css.styles import Style
from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.reading import quote
from gri_builder.graphics.svg.scene import Context, Scene
from gri_builder.graphics.svg.text.characters import Character
from gri_builder.graphics.svg.text.glyphs import GlyphFont, load_glyph_font

MAX_WEIGHT_CHANGE = 150
"""Difference of weights up to which a face is taken for another without a note."""
_POSTSCRIPT = re.compile(
    r"[^-]+-(?:Semi|Demi|Extra|Ultra)?(?P<bold>Bold|Black|Heavy)?(?:Cond|Condensed|Cn|MT)?(?P<italic>Italic|It|Oblique)?"
    r"(?:MT)?"
)
"""Names of faces as drawing programs write them for families, such as 'MyriadPro-BoldIt'."""
BOLD = 550
"""Weight from which text is bold."""
_PLAIN: Mapping[str, tuple[str, ...]] = {
    "font-variant": ("normal", "none"),
    "font-stretch": ("normal", "100%"),
    "font-size-adjust": ("none",),
    "font-kerning": ("auto", "normal"),
    "font-feature-settings": ("normal",),
    "font-variation-settings": ("normal",),
    "text-transform": ("none",),
    "direction": ("ltr",),
    "writing-mode": ("lr-tb", "lr", "rl", "rl-tb", "horizontal-tb"),
    "glyph-orientation-vertical": ("auto",),
    "glyph-orientation-horizontal": ("auto", "0", "0deg"),
    "kerning": ("auto",),
    "white-space": ("normal", "nowrap", "pre", "pre-wrap", "break-spaces"),
    "font-variant-ligatures": ("normal", "common-ligatures"),
    "font-variant-caps": ("normal",),
    "font-variant-numeric": ("normal",),
    "font-variant-position": ("normal",),
    "font-variant-alternates": ("normal",),
    "font-variant-east-asian": ("normal",),
    "text-shadow": ("none",),
    "text-anchor": ("start", "middle", "end"),
    "unicode-bidi": ("normal", "plaintext", "isolate"),
}
"""Properties of text, with the values that are drawn."""
_SHAPED_SCRIPTS = (
    (0x0590, 0x1100),
    (0x1680, 0x1D00),
    (0x200D, 0x2010),
    (0x202A, 0x202F),
    (0xA800, 0xD7FF),
    (0xFB1D, 0xFE70),
)
"""Code points of scripts that are written from the right, or whose letters depend on their neighbours."""


class Face(Struct):
    """The font of a style, with what it adds to glyphs; lengths in user units."""

    font: GlyphFont
    size: float
    shift: float
    """Of the baseline, downwards."""
    letter: float
    """Space after each letter."""
    word: float
    """Space after each space."""

    def key(self) -> tuple[int, float, float, float]:
        """Return what characters must have in common to be shaped as one text."""
        return id(self.font), self.size, self.letter, self.word


class Faces:
    """The faces of the styles of a text."""

    def __init__(self, scene: Scene, context: Context) -> None:
        self._scene, self._context = scene, context
        self._faces: dict[int, Face | None] = {}

    def find(self, one: Character) -> Face | None:
        """Return the face of a character; None if its font can't be read."""
        key = id(one.style)
        if key not in self._faces:
            font = _find_font(self._scene, one)
            self._faces[key] = self._make(one, font) if font else None
        face = self._faces[key]
        if face:
            _check_glyph(self._scene, one, face.font)
        return face

    def _make(self, one: Character, font: GlyphFont) -> Face:
        scene, context = self._scene, self._context
        letter = _spacing(scene, one, "letter-spacing", context)
        word = _spacing(scene, one, "word-spacing", context)
        return Face(font, one.style.font_size, _baseline_shift(scene, one, font), letter, word)


def check_style(scene: Scene, one: Character) -> None:
    """Refuse properties of text that are not drawn."""
    for name, known in _PLAIN.items():
        value = one.style[name].strip().lower()
        if value not in known:
            scene.refuse(one.element, f"{name} {quote(value)} of text")
    if one.style["font-style"].split()[0:1] not in (["normal"], ["italic"], ["oblique"]):
        scene.refuse(one.element, f"font-style {quote(one.style['font-style'])}")
    if one.element.tag != "text":
        _check_part(scene, one)


def _check_part(scene: Scene, one: Character) -> None:
    """Refuse effects on parts of a text, which only whole elements can have."""
    for name, plain in (("opacity", "1"), ("clip-path", "none"), ("mask", "none"), ("mix-blend-mode", "normal")):
        if one.style[name] != plain:
            scene.refuse(one.element, f"{name} of a <{one.element.tag}>")


def _find_font(scene: Scene, one: Character) -> GlyphFont | None:
    """Return the font for a character's style; a family that is not available is noted."""
    style = one.style
    families = tuple(name.strip().strip("\"'").strip() for name in style["font-family"].split(","))
    is_bold, is_italic = style.font_weight >= BOLD, style["font-style"].split()[:1] in (["italic"], ["oblique"])
    if match := _POSTSCRIPT.fullmatch(families[0]):
        is_bold, is_italic = is_bold or bool(match["bold"]), is_italic or bool(match["italic"])
    assert scene.find_font is not None
    file = scene.find_font(families, is_bold, is_italic)
    if not file.family and families[0]:
        scene.refusals.add_font(families[0], one.element.line)
    elif abs(style.font_weight - (700 if is_bold else 400)) > MAX_WEIGHT_CHANGE:
        scene.refusals.add_font(f"{families[0]} in weight {style.font_weight}".strip(), one.element.line)
    try:
        font = load_glyph_font(file.data)
    except Exception:  # HarfBuzz raises errors of any kind for damaged files
        scene.refuse(one.element, f"font {quote(families[0])}", "can't be read")
        return None
    if font.is_colored:
        scene.refuse(one.element, f"font {quote(families[0])}", "is a font of coloured pictures")
    return font


def _check_glyph(scene: Scene, one: Character, font: GlyphFont) -> None:
    """Refuse a character that the font does not have, or of a script that needs more than one glyph after the other."""
    code = ord(one.char)
    is_shaped = any(first <= code < last for first, last in _SHAPED_SCRIPTS)
    if is_shaped or unicodedata.bidirectional(one.char) in ("R", "AL", "AN"):
        scene.refuse(
            one.element, f"<text> with the letter {quote(one.char)}", "is of a script that is not set in drawings"
        )
    elif not font.has(one.char) and unicodedata.category(one.char) not in ("Cf", "Cc", "Zs"):
        scene.refuse(one.element, f"<text> with the sign {quote(one.char)}", "is not in the font")


def _baseline_shift(scene: Scene, one: Character, font: GlyphFont) -> float:
    """Return how far below the alphabetic baseline a style sets text (CSS Inline 3, 4)."""
    style = one.style
    shift = 0.0
    here: Style | None = style
    element: Element | None = one.element
    while here is not None and element is not None and element.tag in ("tspan", "a", "text"):
        if element.tag != "text":
            shift -= _raise(scene, element, here, font)
        here, element = here.parent, element.parent
    word = style["alignment-baseline"].lower()
    if word in ("auto", "baseline"):
        word = style["dominant-baseline"].lower()
    height = _BASELINES.get(word)
    if height is None:
        scene.refuse(one.element, f"baseline {quote(word)}")
        return shift
    return shift + height(font) * style.font_size


def _raise(scene: Scene, element: Element, style: Style, font: GlyphFont) -> float:
    """Return how far 'baseline-shift' raises text."""
    text = style["baseline-shift"].strip().lower()
    if text == "baseline":
        return 0.0
    above = style.parent.font_size if style.parent else style.font_size
    if text == "super":
        return font.metric("super") * above
    if text == "sub":
        return -font.metric("sub") * above
    number = scene.units(style, Context(style, (1, 0, 0, 1, 0, 0), above, above)).parse(text, "x")
    if number is None:
        scene.refuse(element, f"baseline-shift {quote(text)}")
    return number or 0.0


_BASELINES: Mapping[str, Callable[[GlyphFont], float]] = {
    "auto": lambda font: 0.0,
    "baseline": lambda font: 0.0,
    "alphabetic": lambda font: 0.0,
    "middle": lambda font: font.metric("x-height") / 2,
    "central": lambda font: (font.ascent + font.descent) / 2,
    "hanging": lambda font: font.ascent * 0.8,
    "mathematical": lambda font: font.ascent / 2,
    "text-before-edge": lambda font: font.ascent,
    "before-edge": lambda font: font.ascent,
    "text-top": lambda font: font.ascent,
    "text-after-edge": lambda font: font.descent,
    "after-edge": lambda font: font.descent,
    "text-bottom": lambda font: font.descent,
    "ideographic": lambda font: font.descent,
}
"""Heights of baselines above the alphabetic one, in ems."""


def _spacing(scene: Scene, one: Character, name: str, context: Context) -> float:
    text = one.style[name].strip()
    if text in ("normal", "0"):
        return 0.0
    value = scene.units(one.style, context).parse(text, "x") if not text.endswith("%") else None
    if value is None:
        scene.refuse(one.element, f"{name} {quote(text)} of text")
    return value or 0.0
