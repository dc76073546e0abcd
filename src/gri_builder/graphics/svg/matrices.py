"""Affine transformations: their algebra, and SVG's 'transform' attribute (SVG 2, 8.4; CSS Transforms 1, 6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from math import cos, hypot, inf, isclose, pi, radians, sin, sqrt, tan

from gri_builder.model.graphics import IDENTITY, Matrix, Segment

_CALL = re.compile(r"[\s,]*([A-Za-z][A-Za-z0-9]*)\s*\(([^()]*)\)")
_ARGUMENT = re.compile(r"\s*(?:,\s*)?([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)\s*([a-zA-Z]+|%)?")
MAX_NUMBER = 1e9
_ANGLES = {"": 1.0, "deg": 1.0, "rad": 180 / pi, "grad": 0.9, "turn": 360.0}


def multiply(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the transformation that applies `inner` first, then `outer`."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def translation(x: float, y: float) -> Matrix:
    """Return a shift."""
    return (1.0, 0.0, 0.0, 1.0, x, y)


def scaling(x: float, y: float) -> Matrix:
    """Return a change of size."""
    return (x, 0.0, 0.0, y, 0.0, 0.0)


def rotation(angle: float) -> Matrix:
    """Return a turn about the origin, by degrees from the x to the y axis."""
    turn = radians(angle)
    return (cos(turn), sin(turn), -sin(turn), cos(turn), 0.0, 0.0)


def around(matrix: Matrix, x: float, y: float) -> Matrix:
    """Return a transformation whose origin is a point."""
    return multiply(multiply(translation(x, y), matrix), translation(-x, -y))


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return a transformed point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def transform_segments(segments: Sequence[Segment], matrix: Matrix) -> tuple[Segment, ...]:
    """Return a transformed path."""
    if matrix == IDENTITY:
        return tuple(segments)
    a, b, c, d, e, f = matrix
    moved: list[Segment] = []
    for kind, values in segments:
        points = zip(values[::2], values[1::2], strict=True)
        moved.append((kind, tuple(v for x, y in points for v in (a * x + c * y + e, b * x + d * y + f))))
    return tuple(moved)


def determinant(matrix: Matrix) -> float:
    """Return by how much areas grow."""
    return matrix[0] * matrix[3] - matrix[1] * matrix[2]


def mean_scale(matrix: Matrix) -> float:
    """Return by how much lengths grow on average."""
    return sqrt(abs(determinant(matrix)))


def is_similarity(matrix: Matrix) -> bool:
    """Return whether lengths grow equally in all directions."""
    a, b, c, d, _, _ = matrix
    size = hypot(a, b)
    return isclose(size, hypot(c, d), rel_tol=1e-4) and abs(a * c + b * d) <= 1e-4 * size * size


def inverse(matrix: Matrix) -> Matrix | None:
    """Return the inverse; None for a flat one."""
    a, b, c, d, e, f = matrix
    area = determinant(matrix)
    if not 1e-30 < abs(area) < inf:
        return None
    return (d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area)


def parse_transform(text: str) -> Matrix | None:
    """Return the matrix of a list of transformations; None if it is invalid or not known."""
    matrix, position, text = IDENTITY, 0, text.strip()
    if text in ("none", ""):
        return matrix
    while position < len(text):
        match = _CALL.match(text, position)
        if match is None:
            return None
        one = _one_transform(match[1], match[2])
        if one is None:
            return None
        matrix, position = multiply(matrix, one), match.end()
    return matrix if all(abs(value) < 1e12 for value in matrix) else None


def _one_transform(name: str, text: str) -> Matrix | None:
    arguments = _parse_arguments(text)
    make = _TRANSFORMS.get((name, len(arguments))) if arguments else None
    if make is None or arguments is None:
        return None
    is_angle = name.startswith(("rotate", "skew"))
    values: list[float] = []
    for number, unit in arguments:
        scale = _ANGLES.get(unit) if is_angle and not values else {"": 1.0, "px": 1.0}.get(unit)
        if is_angle and values and name.startswith("skew"):
            scale = _ANGLES.get(unit)
        if scale is None or (unit and name.startswith(("matrix", "scale"))):
            return None
        values.append(number * scale)
    return make(values)


def _parse_arguments(text: str) -> list[tuple[float, str]] | None:
    arguments, position, text = list[tuple[float, str]](), 0, text.strip()
    while position < len(text):
        match = _ARGUMENT.match(text, position)
        if match is None:
            return None
        number = float(match[1])
        if not abs(number) < MAX_NUMBER:
            return None
        arguments.append((number, match[2] or ""))
        position = match.end()
    return arguments


def parse_angle(text: str) -> float | None:
    """Return an angle in degrees; None if it is invalid."""
    arguments = _parse_arguments(text)
    if not arguments or len(arguments) > 1 or arguments[0][1] not in _ANGLES:
        return None
    return arguments[0][0] * _ANGLES[arguments[0][1]]


_TRANSFORMS: Mapping[tuple[str, int], Callable[[list[float]], Matrix]] = {
    ("matrix", 6): lambda v: (v[0], v[1], v[2], v[3], v[4], v[5]),
    ("translate", 1): lambda v: translation(v[0], 0),
    ("translate", 2): lambda v: translation(v[0], v[1]),
    ("translateX", 1): lambda v: translation(v[0], 0),
    ("translateY", 1): lambda v: translation(0, v[0]),
    ("scale", 1): lambda v: scaling(v[0], v[0]),
    ("scale", 2): lambda v: scaling(v[0], v[1]),
    ("scaleX", 1): lambda v: scaling(v[0], 1),
    ("scaleY", 1): lambda v: scaling(1, v[0]),
    ("rotate", 1): lambda v: rotation(v[0]),
    ("rotate", 3): lambda v: around(rotation(v[0]), v[1], v[2]),
    ("skewX", 1): lambda v: (1.0, 0.0, tan(radians(v[0])), 1.0, 0.0, 0.0),
    ("skewY", 1): lambda v: (1.0, tan(radians(v[0])), 0.0, 1.0, 0.0, 0.0),
}
"""Transformations by name and number of arguments; angles in degrees."""
