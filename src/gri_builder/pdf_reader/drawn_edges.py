"""Edges of what pages draw: lines, and sides of filled boxes, which tell the cells of tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

THIN = 2.5
"""Points that a line is wide at most."""
SHORTEST = 6.0
"""Points of an edge that may divide cells."""
STRAIGHT = 0.7
"""Points that the ends of a level or upright line may differ."""
MOST_OBJECTS = 30_000
MOST_POINTS = 2_000
"""Corners of one path that are read."""
DEEPEST = 6
"""Drawings within drawings that are opened."""
WHITE = 252
"""Share of red, green and blue, of 255, from which on a filled box is not seen on paper."""

Box = tuple[float, float, float, float]


class _Matrix(NamedTuple):
    """Places points of a drawing on its page (ISO 32000-1, 8.3.3)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return a point on the page."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def within(self, outer: _Matrix) -> _Matrix:
        """Return the matrix of this one's drawing where `outer` places the drawing that holds it."""
        a, b, c, d = (
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
        )
        e, f = outer.place(self.e, self.f)
        return _Matrix(a, b, c, d, e, f)


def read_edges(page: Any) -> Iterator[Box]:
    """Yield the level and upright edges that a page of pdfium's draws: left, bottom, right, top in its coordinates."""
    objects = (pdfium.FPDFPage_GetObject(page, n) for n in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)))
    for each in objects:
        yield from _read_object(each, _Matrix(), 0)


def _read_object(drawn: Any, outer: _Matrix, depth: int) -> Iterator[Box]:
    kind = pdfium.FPDFPageObj_GetType(drawn)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        yield from (edge for edge in _read_path(drawn, outer) if max(edge[2] - edge[0], edge[3] - edge[1]) >= SHORTEST)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
        inner = _matrix(drawn).within(outer)
        for n in range(min(pdfium.FPDFFormObj_CountObjects(drawn), MOST_OBJECTS)):
            yield from _read_object(pdfium.FPDFFormObj_GetObject(drawn, n), inner, depth + 1)


def _matrix(drawn: Any) -> _Matrix:
    read = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(read)):
        return _Matrix()
    return _Matrix(read.a, read.b, read.c, read.d, read.e, read.f)


def _read_path(path: Any, outer: _Matrix) -> Iterator[Box]:
    """Yield the edges of a path that is seen; a thin one is one edge."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value and (not fill.value or _is_white(path)):
        return
    matrix = _matrix(path).within(outer)
    for corners in _parts(path, matrix):
        if not stroke.value and (thin := _as_thin(corners)):
            yield thin
            continue
        closed = [*corners, corners[0]] if fill.value else corners
        for (x, y), (u, v) in pairwise(closed):
            if abs(x - u) <= STRAIGHT or abs(y - v) <= STRAIGHT:
                yield min(x, u), min(y, v), max(x, u), max(y, v)


def _is_white(path: Any) -> bool:
    red, green, blue, cover = (ctypes.c_uint() for _ in range(4))
    known = pdfium.FPDFPageObj_GetFillColor(path, *(ctypes.byref(each) for each in (red, green, blue, cover)))
    return bool(known) and (min(red.value, green.value, blue.value) >= WHITE or not cover.value)


def _parts(path: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each part of a path on the page; curves are left out, with the parts that hold them."""
    x, y = ctypes.c_float(), ctypes.c_float()
    held: list[tuple[float, float]] = []
    curved = False
    for n in range(min(pdfium.FPDFPath_CountSegments(path), MOST_POINTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, n)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(held) > 1 and not curved:
                yield held
            held, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        held.append(matrix.place(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            held.append(held[0])
    if len(held) > 1 and not curved:
        yield held


def _as_thin(corners: list[tuple[float, float]]) -> Box | None:
    """Return a filled part that is drawn as a line is, as the line in its middle."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
    if top - bottom <= THIN < right - left:
        return left, (bottom + top) / 2, right, (bottom + top) / 2
    if right - left <= THIN < top - bottom:
        return (left + right) / 2, bottom, (left + right) / 2, top
    return None
