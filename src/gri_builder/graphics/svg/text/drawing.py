"""Text as outlines: chunks, runs of glyphs, baselines (SVG 2, 11; CSS Inline 3)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from gri_builder.graphics.svg.css.styles import Style
from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.matrices import around, multiply, rotation, scaling, transform_segments, translation
from gri_builder.graphics.svg.paths import bounding_box
from gri_builder.graphics.svg.reading import quote
from gri_builder.graphics.svg.scene import Context, Scene
from gri_builder.graphics.svg.strokes import bake, make_shape
from gri_builder.graphics.svg.text.characters import Character, read_characters
from gri_builder.graphics.svg.text.faces import Face, Faces, check_style
from gri_builder.graphics.svg.text.glyphs import Glyph
from gri_builder.graphics.svg.viewports import box_edge
from gri_builder.model.graphics import Matrix, Node, Segment, Shape

_DECORATIONS = ("underline", "overline", "line-through")


class _Cluster(Struct):
    """Characters that share glyphs: mostly a letter, or a letter and its marks."""

    first: Character
    face: Face
    glyphs: list[Glyph]
    width: float


def draw_text(scene: Scene, element: Element, style: Style, context: Context, matrix: Matrix) -> Iterator[Node]:
    """Yield the outlines of a <text> element."""
    length = _text_length(scene, element, style, context)
    characters = read_characters(scene, element, style, context)
    if not characters:
        return
    if scene.find_font is None:
        scene.refuse(element, "<text>", "needs a font")
        return
    for one in _styles(characters):
        check_style(scene, one)
    faces = Faces(scene, context)
    items, x, y, stretch = list[_Item](), 0.0, 0.0, 1.0
    for chunk in _split_chunks(characters):
        x = chunk[0].x if chunk[0].x is not None else x
        y = chunk[0].y if chunk[0].y is not None else y
        clusters = _shape_chunk(chunk, faces)
        width = sum(cluster.width + cluster.first.dx for cluster in clusters)
        width -= clusters[0].first.dx if clusters else 0.0  # which moves all of them
        if length is not None and len(chunk) < len(characters):
            scene.refuse(element, "<text> textLength with several places")
        elif length is not None and width > 0:
            stretch, width = _fit(element, clusters, width, length)
            matrix = multiply(matrix, around(scaling(stretch, 1.0), x, y))
        anchor = {"middle": 0.5, "end": 1.0}.get(chunk[0].style["text-anchor"], 0.0)
        if anchor and any(cluster.face.letter for cluster in clusters):
            scene.refuse(element, "letter-spacing of text that is not anchored at its start", "has no common place")
        pen = _Pen(scene, x - width * anchor, y)
        for piece in _pieces(clusters):
            pen.draw(piece)
        items += pen.items
        x, y = pen.x, pen.y
    yield from _paint(scene, items, context, matrix)


def _paint(scene: Scene, items: list[_Item], context: Context, matrix: Matrix) -> Iterator[Node]:
    """Yield the shapes of a text, whose gradients refer to the box around all its letters."""
    box = bounding_box(tuple(segment for item in items if not item.is_painted for segment in item.segments))
    for item in items:
        if item.is_painted:
            shape = make_shape(scene, item.one.element, item.segments, item.one.style, context, matrix, box)
            if shape is not None:
                yield shape
        elif not context.is_clip:
            yield bake(Shape(item.segments), matrix)


def _fit(element: Element, clusters: list[_Cluster], width: float, length: float) -> tuple[float, float]:
    """Return by how much glyphs are stretched for a given length, and their width before that; or space letters."""
    if element.get("lengthAdjust") == "spacingAndGlyphs":
        return length / width, width
    for cluster in clusters[:-1]:
        cluster.width += (length - width) / (len(clusters) - 1)
    return 1.0, length


def _text_length(scene: Scene, element: Element, style: Style, context: Context) -> float | None:
    """Return the length that a text is set to (SVG 2, 11.6); None without one."""
    if any(child is not element and child.get("textLength") for child in element.walk()):
        scene.refuse(element, "textLength of a part of a text")
    text = element.get("textLength")
    if text is None:
        return None
    length = scene.units(style, context).parse(text, "x")
    scene.word(element, "lengthAdjust", element.get("lengthAdjust"), ("spacing", "spacingAndGlyphs"))
    if length is None or length <= 0:
        scene.refuse(element, f"<text> textLength {quote(text)}", "is not a length above 0")
        return None
    return length


def _styles(characters: list[Character]) -> Iterator[Character]:
    """Yield the first character of each style."""
    seen = set[int]()
    for one in characters:
        if id(one.style) not in seen:
            seen.add(id(one.style))
            yield one


def _split_chunks(characters: list[Character]) -> Iterator[list[Character]]:
    """Yield characters in chunks, each of which starts at an absolute place (SVG 2, 11.5)."""
    chunk = list[Character]()
    for one in characters:
        if chunk and (one.x is not None or one.y is not None):
            yield chunk
            chunk = []
        chunk.append(one)
    yield chunk


def _shape_chunk(chunk: list[Character], faces: Faces) -> list[_Cluster]:
    """Return the clusters of a chunk; kerning continues where only colours or places change."""
    known = [(one, face) for one in chunk if (face := faces.find(one))]
    clusters = list[_Cluster]()
    for _, group in groupby(known, key=lambda pair: pair[1].key()):
        clusters += _shape(list(group))
    return clusters


def _shape(known: list[tuple[Character, Face]]) -> list[_Cluster]:
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
        if piece and (
            piece[-1].first.style is not cluster.first.style or cluster.first.is_placed or piece[-1].first.rotate
        ):
            yield piece
            piece = []
        piece.append(cluster)
    if piece:
        yield piece


class _Item(Struct):
    """Something that a text paints."""

    one: Character
    """Whose style it has."""
    segments: tuple[Segment, ...]
    is_painted: bool = True
    """False for the box around letters, which counts for the box around the text."""


class _Pen:
    """Places the clusters of a chunk one after the other."""

    def __init__(self, scene: Scene, x: float, y: float) -> None:
        self.scene, self.x, self.y = scene, x, y
        self.items: list[_Item] = []

    def draw(self, piece: list[_Cluster]) -> None:
        """Add a piece: its lines, its glyphs, and its box."""
        first, face = piece[0].first, piece[0].face
        self.x, self.y = self.x + first.dx, self.y + first.dy
        size, font, start, low = face.size, face.font, self.x, self.y + face.shift
        segments = tuple(segment for cluster in piece for segment in self._glyphs(cluster))
        lines = list(self._decorations(piece[0], start, low))
        self.items += [_Item(first, edge) for name, edge in lines if name != "line-through"]
        if segments:
            self.items.append(_Item(first, segments))
        box = box_edge(start, low - font.ascent * size, self.x - start, (font.ascent - font.descent) * size)
        self.items.append(_Item(first, box, is_painted=False))
        self.items += [_Item(first, edge) for name, edge in lines if name == "line-through"]

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

    def _decorations(self, cluster: _Cluster, start: float, low: float) -> Iterator[tuple[str, tuple[Segment, ...]]]:
        """Yield the lines of 'text-decoration', which are those of the elements around, too (SVG 2, 11.10)."""
        first, font, size = cluster.first, cluster.face.font, cluster.face.size
        for name in _decoration_names(self.scene, first):
            if first.rotate:
                self.scene.refuse(first.element, "text-decoration of turned letters")
            thick = max(font.metric("strike-size" if name == "line-through" else "underline-size"), 0.02) * size
            height = {"underline": font.metric("underline"), "line-through": font.metric("strike")}.get(
                name, font.ascent
            )
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
