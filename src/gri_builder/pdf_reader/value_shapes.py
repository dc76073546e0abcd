"""Shapes that show values: the paths behind `/Value MP` of a page, in its coordinates (ISO 32000-1, 8.5.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

START = b"/Value MP"
_START = re.compile(rb"/Value\s+MP\b")
_STEP = re.compile(
    rb"\((?:[^()\\]++|\\.)*+(?:\)|\Z)"
    rb"|(?P<value>/Value\s+MP\b(?P<path>(?:[^/]|/(?!Value\s))*?\s(?:f\*?|F|S|s|B\*?|b\*?|n)(?=\s|$)))"
    rb"|/MCID\s+(?P<mcid>\d+)\s*(?:/[^>]{0,2000})?>>\s*BDC"
    rb"|(?P<other>\b(?:BDC|BMC)\b)"
    rb"|(?P<end>\bEMC\b)"
    rb"|(?P<matrix>(?<![-+.\d])(?:[-+.\d]++\s++){6})cm\b"
    rb"|(?<![^\s])(?P<state>[qQ])(?![^\s])",
    re.DOTALL,
)
_PATH = re.compile(rb"([-+.\d]+)|([A-Za-z*]+)")
_PAINTS = frozenset({b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"n"})
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


class PathSegment(Struct, frozen=True):
    """A line or curve of a path."""

    points: tuple[Point, ...]
    """Its end, for a curve after its two control points."""

    @property
    def end(self) -> Point:
        """Where it ends."""
        return self.points[-1]

    @property
    def is_curve(self) -> bool:
        """Whether it is a Bézier curve."""
        return len(self.points) == 3


class ValuePath(Struct, frozen=True):
    """The first subpath of a shape that shows values, with the others."""

    start: Point
    segments: tuple[PathSegment, ...]
    others: tuple[ValuePath, ...] = ()
    """The following subpaths, which have no others."""

    @property
    def points(self) -> list[Point]:
        """Its start and the ends of its segments."""
        return [self.start, *(segment.end for segment in self.segments)]


def read_value_shapes(content: bytes) -> dict[int, list[ValuePath]]:
    """Return the paths of a page that show values, in the order of painting, by MCID of the content around them."""
    found: dict[int, list[ValuePath]] = {}
    if START not in content:
        return found
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    saved, marked = list[Matrix](), list[int | None]()
    left = len(_START.findall(content))
    for step in _STEP.finditer(content):
        if step["value"]:
            owner = next((mcid for mcid in reversed(marked) if mcid is not None), None)
            if owner is not None:
                found.setdefault(owner, []).append(_read_path(step["path"], matrix))
            matrix = _follow(step["path"], matrix, saved)
            left -= 1
            if not left:
                break
        elif step["mcid"] or step["other"]:
            marked.append(int(step["mcid"]) if step["mcid"] else None)
        elif step["end"] and marked:
            marked.pop()
        elif step["matrix"]:
            a, b, c, d, e, f = (float(number) for number in step["matrix"].split())
            matrix = _multiply((a, b, c, d, e, f), matrix)
        elif step["state"] == b"q":
            saved.append(matrix)
        elif step["state"] and saved:
            matrix = saved.pop()
    return found


def _read_path(operators: bytes, matrix: Matrix) -> ValuePath:
    """Return the subpaths among operators, up to the first operator that paints."""
    paths, start, segments = list[ValuePath](), (0.0, 0.0), list[PathSegment]()
    for operator, numbers in _operators(operators):
        points = tuple(_apply(matrix, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=False))
        if operator in _PAINTS:
            break
        if operator in (b"m", b"re") and segments:
            paths.append(ValuePath(start, tuple(segments)))
            segments = []
        if operator == b"cm" and len(numbers) == 6:
            a, b, c, d, e, f = numbers
            matrix = _multiply((a, b, c, d, e, f), matrix)
        elif operator == b"m" and points:
            start = points[0]
        elif operator == b"re" and len(numbers) == 4:
            x, y, width, height = numbers
            corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
            start, *others = (_apply(matrix, *corner) for corner in corners)
            segments = [PathSegment((each,)) for each in others]
        elif operator in (b"l", b"c") and points:
            segments.append(PathSegment(points))
    paths.append(ValuePath(start, tuple(segments)))
    return replace(paths[0], others=tuple(paths[1:]))


def _follow(operators: bytes, matrix: Matrix, saved: list[Matrix]) -> Matrix:
    """Return the matrix after some operators; states that they save are added."""
    for operator, numbers in _operators(operators):
        if operator == b"q":
            saved.append(matrix)
        elif operator == b"cm" and len(numbers) == 6:
            a, b, c, d, e, f = numbers
            matrix = _multiply((a, b, c, d, e, f), matrix)
    return matrix


def _operators(content: bytes) -> Iterator[tuple[bytes, list[float]]]:
    numbers: list[float] = []
    for number, operator in _PATH.findall(content):
        if number:
            numbers.append(float(number))
            continue
        yield operator, numbers
        numbers = []


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _multiply(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that applies one matrix and then the other."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
