"""Composite glyphs: a letter and its marks made one glyph of the embedded font (OpenType, glyf table).

Marks that are drawn by themselves are moved to and fro, which readers of a PDF take for the ends of words.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, NamedTuple

_WORDS, _OFFSETS, _MORE = 0x0001, 0x0002, 0x0020
"""Flags of a component: its arguments are 16 bits wide, they are offsets, another component follows."""
_HEADER = ">hhhhh"
"""Contours and the box of a glyph."""
_ELEMENTS, _DEPTH, _POINTS, _CONTOURS = 28, 30, 10, 12
"""Places in the maxp table: most components of a glyph, their nesting, points and contours of composite glyphs."""


class Component(NamedTuple):
    """A glyph with the place of its origin, in units of the font."""

    glyph: int
    x: int
    y: int


def add_composite(face: Any, components: Sequence[Component], like: int) -> int:
    """Add a glyph made of others to ReportLab's face of a font, with the metrics of the glyph `like`; return its id."""
    if not getattr(face, "has_composites", False):
        _prepare(face)
    data = _write_glyph(face, components)
    face._ttf_data += data
    start, length = face.table["glyf"]["offset"], len(face._ttf_data)
    face.table["glyf"] = {**face.table["glyf"], "length": length - start}
    face.glyphPos.append(length - start)
    face.hmetrics.append(face.hmetrics[like])
    return len(face.hmetrics) - 1


def forget_composites(face: Any) -> None:
    """Make a copy of a face independent of the face it was copied from: its subsets hold its own characters."""
    vars(face).pop("makeSubset", None)
    face.has_composites = False


def _prepare(face: Any) -> None:
    """Give the face tables of its own, and an unused glyph up to the end of its file."""
    face.has_composites = True
    face.table, face.glyphPos, face.hmetrics = dict(face.table), list(face.glyphPos), list(face.hmetrics)
    data = bytearray(face._ttf_data)
    first, make_plain = len(face.hmetrics) + 1, face.makeSubset

    def make_subset(codes: Sequence[int]) -> bytes:
        """Return a subset; only one with composite glyphs has room for them, so that others stay as they are."""
        plain = face._ttf_data
        if any(face.charToGlyph.get(code, 0) >= first for code in codes):
            face._ttf_data = _with_room(face)
        subset: bytes = make_plain(codes)
        face._ttf_data = plain
        return subset

    face.makeSubset = make_subset
    data += b"\0" * (-len(data) % 4)
    face._ttf_data = bytes(data)
    face.glyphPos.append(len(data) - face.table["glyf"]["offset"])
    face.hmetrics.append((0, 0))


def _with_room(face: Any) -> bytes:
    """Return the file with a maxp table that allows for more composite glyphs."""
    data, at = bytearray(face._ttf_data), face.table["maxp"]["offset"]
    for place, more in ((_ELEMENTS, 8), (_DEPTH, 1), (_POINTS, 1000), (_CONTOURS, 100)):
        (most,) = struct.unpack_from(">H", data, at + place)
        struct.pack_into(">H", data, at + place, min(0xFFFF, most + more))
    return bytes(data)


def _write_glyph(face: Any, components: Sequence[Component]) -> bytes:
    boxes = [box for component in components if (box := _box_of(face, component))] or [(0, 0, 0, 0)]
    lows, highs = ([fold(each) for each in zip(*boxes, strict=True)] for fold in (min, max))
    parts = [struct.pack(_HEADER, -1, lows[0], lows[1], highs[2], highs[3])]
    for number, component in enumerate(components, 1):
        flags = _WORDS | _OFFSETS | (_MORE if number < len(components) else 0)
        parts.append(struct.pack(">HHhh", flags, component.glyph, component.x, component.y))
    data = b"".join(parts)
    return data + b"\0" * (-len(data) % 4)


def _box_of(face: Any, component: Component) -> tuple[int, int, int, int] | None:
    """Return left, bottom, right and top of a component; None if it has no outline."""
    first, last = face.glyphPos[component.glyph], face.glyphPos[component.glyph + 1]
    if first == last:
        return None
    _, left, low, right, high = struct.unpack_from(_HEADER, face._ttf_data, face.table["glyf"]["offset"] + first)
    return left + component.x, low + component.y, right + component.x, high + component.y
