"""Text as outlines: chunks, runs of glyphs, baselines (SVG 2, 11; CSS Inline 3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from msgspec import Struct

from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.glyphs import Glyph, GlyphFont, load_glyph_font
from gri_builder.graphics.svg.matrices import multiply, rotation, transform_segments, translation
from gri_builder.graphics.svg.reading import quote
from gri_builder.graphics.svg.scene import Context, Scene
from gri_builder.graphics.svg.strokes import bake, make_shape
from gri_builder.graphics.svg.styles import Style
from gri_builder.graphics.svg.text_characters import Character, read_characters
from gri_builder.graphics.svg.viewports import box_edge
from gri_builder.model.graphics import Matrix, Node, Segment, Shape

MAX_WEIGHT_CHANGE = 150
"""Difference of weights up to which a face is taken for another without a note."""
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
    "white-space": ("normal", "nowrap"),
    "text-shadow": ("none",),
    "text-anchor": ("start", "middle", "end"),
    "unicode-bidi": ("normal", "plaintext", "isolate"),
}
"""Properties of text, with the values that are drawn."""
_DECORATIONS = ("underline", "overline", "line-through")
_SHAPED_SCRIPTS = ((0x0590, 0x1100), (0x1680, 0x1D00), (0x200D, 0x2010), (0x202A, 0x202F), (0xA800, 0xD7FF), (0xFB1D, 0xFE70))
"""Code points of scripts that are written from the right, or whose letters depend on their neighbours."""


class _Face(Struct):
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


class _Cluster(Struct):
    """Characters that share glyphs: mostly a letter, or a letter and its marks."""

    first: Character
    face: _Face
    glyphs: list[Glyph]
    width: float


def draw_text(scene: Scene, element: Element, style: Style, context: Context, matrix: Matrix) -> Iterator[Node]:
    """Yield the outlines of a <text> element."""
    if element.get("textLength") or any(child.get("textLength") for child in element.walk()):
        scene.refuse(element, "<text> textLength", "is text of a given length")
    characters = read_characters(scene, element, style, context)
    if not characters:
        return
    if scene.find_font is None:
        scene.refuse(element, "<text>", "needs a font")
        return
    for one in _styles(characters):
        _check_style(scene, one)
    faces = _Faces(scene, context)
    x = y = 0.0
    for chunk in _split_chunks(characters):
        x = chunk[0].x if chunk[0].x is not None else x
        y = chunk[0].y if chunk[0].y is not None else y
        clusters = _shape_chunk(chunk, faces)
        width = sum(cluster.width + cluster.first.dx for cluster in clusters)
        anchor = {"middle": 0.5, "end": 1.0}.get(chunk[0].style["text-anchor"], 0.0)
        if anchor and any(cluster.face.letter for cluster in clusters):
            scene.refuse(element, "letter-spacing of text that is not anchored at its start", "is placed in different ways")
        pen = _Pen(scene, context, matrix, x - width * anchor, y)
        for piece in _pieces(clusters):
            yield from pen.draw(piece)
        x, y = pen.x, pen.y


def _styles(characters: list[Character]) -> Iterator[Character]:
    """Yield the first character of each style."""
    seen = set[int]()
    for one in characters:
        if id(one.style) not in seen:
            seen.add(id(one.style))
            yield one


def _check_style(scene: Scene, one: Character) -> None:
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


def _split_chunks(characters: list[Character]) -> Iterator[list[Character]]:
    """Yield characters in chunks, each of which starts at an absolute place (SVG 2, 11.5)."""
    chunk = list[Character]()
    for one in characters:
        if chunk and (one.x is not None or one.y is not None):
            yield chunk
            chunk = []
        chunk.append(one)
    yield chunk


class _Faces:
    """The faces of the styles of a text."""

    def __init__(self, scene: Scene, context: Context) -> None:
        self._scene, self._context = scene, context
        self._faces: dict[int, _Face | None] = {}

    def find(self, one: Character) -> _Face | None:
        """Return the face of a character; None if its font can't be read."""
        key = id(one.style)
        if key not in self._faces:
            font = _find_font(self._scene, one)
            self._faces[key] = self._make(one, font) if font else None
        face = self._faces[key]
        if face:
            _check_glyph(self._scene, one, face.font)
        return face

    def _make(self, one: Character, font: GlyphFont) -> _Face:
        scene, context = self._scene, self._context
        letter = _spacing(scene, one, "letter-spacing", context)
        word = _spacing(scene, one, "word-spacing", context)
        return _Face(font, one.style.font_size, _baseline_shift(scene, one, font), letter, word)


def _shape_chunk(chunk: list[Character], faces: _Faces) -> list[_Cluster]:
    """Return the clusters of a chunk; kerning goes on where only colours or places change."""
    known = [(one, face) for one in chunk if (face := faces.find(one))]
    clusters = list[_Cluster]()
    for _, group in groupby(known, key=lambda pair: pair[1].key()):
        clusters += _shape(list(group))
    return clusters


def _shape(known: list[tuple[Character, _Face]]) -> list[_Cluster]:
    face = known[0][1]
    features = {"liga": False, "clig": False} if face.letter else {}
    glyphs = face.font.shape("".join(one.char for one, _ in known), features)
    clusters = list[_Cluster]()
    for number, group in groupby(glyphs, key=lambda glyph: glyph.cluster):
        first, own = known[number]
        parts = list(group)
        width = sum(glyph.advance for glyph in parts) * face.size + face.letter
        width += face.word if first.char in " \u00a0" else 0.0
        clusters.append(_Cluster(first, own, parts, width))
    return clusters


def _pieces(clusters: list[_Cluster]) -> Iterator[list[_Cluster]]:
    """Yield clusters of one style that follow each other without a place of their own."""
    piece = list[_Cluster]()
    for cluster in clusters:
        if piece and (piece[-1].first.style is not cluster.first.style or cluster.first.is_placed or piece[-1].first.rotate):
            yield piece
            piece = []
        piece.append(cluster)
    if piece:
        yield piece


def _find_font(scene: Scene, one: Character) -> GlyphFont | None:
    """Return the font for a character's style; a family that is not at hand is noted."""
    style = one.style
    families = tuple(name.strip().strip("\"'").strip() for name in style["font-family"].split(","))
    is_bold, is_italic = style.font_weight >= BOLD, style["font-style"].split()[:1] in (["italic"], ["oblique"])
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
    """Refuse a character that the font lacks, or of a script that needs more than one glyph after the other."""
    code = ord(one.char)
    is_shaped = any(first <= code < last for first, last in _SHAPED_SCRIPTS)
    if is_shaped or unicodedata.bidirectional(one.char) in ("R", "AL", "AN"):
        scene.refuse(one.element, f"<text> with the letter {quote(one.char)}", "is of a script that pictures do not show")
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


class _Pen:
    """Draws runs one after the other."""

    def __init__(self, scene: Scene, context: Context, matrix: Matrix, x: float, y: float) -> None:
        self.scene, self.context, self.matrix, self.x, self.y = scene, context, matrix, x, y

    def draw(self, piece: list[_Cluster]) -> Iterator[Node]:
        """Yield the shapes of a piece: its glyphs, its decoration, and its box without paint."""
        first, face = piece[0].first, piece[0].face
        self.x, self.y = self.x + first.dx, self.y + first.dy
        size, font, start, low = face.size, face.font, self.x, self.y + face.shift
        segments = tuple(segment for cluster in piece for segment in self._glyphs(cluster))
        lines = list(self._decorations(piece[0], start, low))
        for name, edge in lines:
            if name != "line-through":
                yield from self._paint(first, edge)
        if segments:
            yield from self._paint(first, segments)
        if not self.context.is_clip:
            box = box_edge(start, low - font.ascent * size, self.x - start, (font.ascent - font.descent) * size)
            yield bake(Shape(box), self.matrix)
        for name, edge in lines:
            if name == "line-through":
                yield from self._paint(first, edge)

    def _glyphs(self, cluster: _Cluster) -> Iterator[Segment]:
        """Yield the outlines of a cluster, and go on to its end."""
        face, size = cluster.face, cluster.face.size
        place = multiply(translation(self.x, self.y + face.shift), rotation(cluster.first.rotate))
        x = 0.0
        for glyph in cluster.glyphs:
            inner = (size, 0.0, 0.0, -size, (x + glyph.x) * size, -glyph.y * size)
            yield from transform_segments(face.font.outline(glyph.number), multiply(place, inner))
            x += glyph.advance
        self.x += cluster.width

    def _paint(self, one: Character, segments: tuple[Segment, ...]) -> Iterator[Node]:
        shape = make_shape(self.scene, one.element, segments, one.style, self.context, self.matrix)
        if shape is None:
            return
        if not isinstance(shape.fill, str | None) or not isinstance(shape.stroke, str | None):
            self.scene.refuse(one.element, "<text> in a gradient or pattern")
        yield shape

    def _decorations(self, cluster: _Cluster, start: float, low: float) -> Iterator[tuple[str, tuple[Segment, ...]]]:
        """Yield the lines of 'text-decoration', which are those of the elements around, too (SVG 2, 11.10)."""
        first, font, size = cluster.first, cluster.face.font, cluster.face.size
        for name in _decoration_names(self.scene, first):
            if first.rotate:
                self.scene.refuse(first.element, "text-decoration of turned letters")
            thick = max(font.metric("strike-size" if name == "line-through" else "underline-size"), 0.02) * size
            height = {"underline": font.metric("underline"), "line-through": font.metric("strike")}.get(name, font.ascent)
            yield name, box_edge(start, low - height * size - thick / 2, self.x - start, thick)


def _decoration_names(scene: Scene, one: Character) -> list[str]:
    """Return the names of the lines at a character; those that an element around sets are refused if it differs."""
    names = list[str]()
    here: Style | None = one.style
    element: Element | None = one.element
    while here is not None and element is not None and element.tag in ("tspan", "a", "text"):
        words = here["text-decoration"].split()
        for word in words:
            if word not in (*_DECORATIONS, "none"):
                scene.refuse(element, f"text-decoration {quote(here['text-decoration'])}")
            elif word != "none" and (here["fill"], here.font_size) != (one.style["fill"], one.style.font_size):
                scene.refuse(element, "text-decoration over parts of different styles")
            elif word != "none" and word not in names:
                names.append(word)
        here, element = here.parent, element.parent
    while here is not None:
        if here["text-decoration"] != "none":
            scene.refuse(one.element, "text-decoration of a group")
        here = here.parent
    return names
