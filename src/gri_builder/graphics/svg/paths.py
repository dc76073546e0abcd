"""Path data (SVG 2, 9.3): the 'd' attribute as segments, in time that is linear in its length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import atan2, ceil, cos, hypot, pi, radians, sin, sqrt, tan

from gri_builder.graphics.svg.css.lengths import LIMIT
from gri_builder.graphics.svg.reading import quote
from gri_builder.model.graphics import Segment

_SPACE = re.compile(r"[\s,]*")
_NUMBER = re.compile(r"\s*(?:,\s*)?([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)")
_NUMBERS = [re.compile(f"(?>{_NUMBER.pattern})" * count) for count in range(7)]
"""Several numbers, by how many; no number is divided, so that '12' is not two."""
_FLAG = re.compile(r"\s*(?:,\s*)?([01])")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
"""Number of arguments of each command."""
_FLAGS = (3, 4)
"""Which arguments of an arc are flags of one digit."""
Point = tuple[float, float]


class PathError(ValueError):
    """Path data that is invalid; the message quotes it."""


def parse_path(text: str) -> tuple[Segment, ...]:
    """Return the segments of path data in absolute coordinates.

    Raises PathError where browsers would draw only what is before the error.
    """
    text = text.strip()
    if text in ("", "none"):
        return ()
    drawer = _PathDrawer()
    for command, arguments in _read_commands(text):
        drawer.draw(command, arguments)
    return tuple(drawer.segments)


def _read_commands(text: str) -> Iterator[tuple[str, list[float]]]:
    """Yield commands with their arguments; repeated arguments repeat the command."""
    position, command = 0, ""
    if text[0] not in "mM":
        raise PathError(f"starts with {quote(text[:1])}, not with M")
    while position < len(text):
        if text[position].upper() in _COUNTS:
            command, position = text[position], position + 1
        elif not command or command in "zZ":
            raise PathError(f"has {quote(text[position : position + 20])} where a command is needed")
        arguments, position = _read_arguments(text, position, command.upper())
        yield command, arguments
        if command in "mM":
            command = "l" if command == "m" else "L"
        position = _skip_space(text, position)


def _read_arguments(text: str, position: int, command: str) -> tuple[list[float], int]:
    if command != "A" and (found := _NUMBERS[_COUNTS[command]].match(text, position)):
        arguments = [float(number) for number in found.groups()]
        if all(abs(number) < LIMIT for number in arguments):
            return arguments, found.end()
    arguments = list[float]()
    for index in range(_COUNTS[command]):
        pattern = _FLAG if command == "A" and index in _FLAGS else _NUMBER
        match = pattern.match(text, position)
        if match is None:
            raise PathError(f"has {quote(text[position : position + 20])} where {command} needs a number")
        value = float(match[1])
        if not abs(value) < LIMIT:
            raise PathError(f"has the number {quote(match[1])}, which is out of range")
        arguments.append(value)
        position = match.end()
    return arguments, position


def _skip_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    assert match is not None
    end = match.end()
    if "," in text[position:end] and (end == len(text) or text[end].isalpha()):
        raise PathError("has a comma before a command")
    return end


class _PathDrawer:
    """Draws commands as segments (SVG 2, 9.3.3 to 9.3.8)."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.x = self.y = 0.0
        self.start: Point = (0.0, 0.0)
        self.control: Point | None = None
        """Last control point of the command before, for smooth curves."""
        self.last = ""
        self.is_open = False

    def draw(self, command: str, values: list[float]) -> None:
        """Draw one command."""
        kind = command.upper()
        if command.islower() and kind != "Z":
            values = self._make_absolute(kind, values)
        if kind not in "MZ" and not self.is_open:
            self.segments.append(("move", self.start))
            self.x, self.y = self.start
            self.is_open = True
        getattr(self, f"_draw_{kind.lower()}")(*values)
        if kind not in "CSQT":
            self.control = None
        self.last = kind

    def _make_absolute(self, kind: str, values: list[float]) -> list[float]:
        if kind == "H":
            return [values[0] + self.x]
        if kind == "V":
            return [values[0] + self.y]
        if kind == "A":
            return [*values[:5], values[5] + self.x, values[6] + self.y]
        return [value + (self.y if index % 2 else self.x) for index, value in enumerate(values)]

    def _draw_m(self, x: float, y: float) -> None:
        self.segments.append(("move", (x, y)))
        self.x, self.y, self.start, self.is_open = x, y, (x, y), True

    def _draw_z(self) -> None:
        if self.is_open:
            self.segments.append(("close", ()))
        self.x, self.y = self.start
        self.is_open = False

    def _draw_l(self, x: float, y: float) -> None:
        self.segments.append(("line", (x, y)))
        self.x, self.y = x, y

    def _draw_h(self, x: float) -> None:
        self._draw_l(x, self.y)

    def _draw_v(self, y: float) -> None:
        self._draw_l(self.x, y)

    def _draw_c(self, a: float, b: float, c: float, d: float, x: float, y: float) -> None:
        self.segments.append(("curve", (a, b, c, d, x, y)))
        self.control, self.x, self.y = (c, d), x, y

    def _draw_s(self, c: float, d: float, x: float, y: float) -> None:
        a, b = self._mirrored("CS")
        self._draw_c(a, b, c, d, x, y)

    def _draw_q(self, a: float, b: float, x: float, y: float) -> None:
        first = (self.x + 2 / 3 * (a - self.x), self.y + 2 / 3 * (b - self.y))
        second = (x + 2 / 3 * (a - x), y + 2 / 3 * (b - y))
        self._draw_c(*first, *second, x, y)
        self.control = (a, b)

    def _draw_t(self, x: float, y: float) -> None:
        a, b = self._mirrored("QT")
        self._draw_q(a, b, x, y)

    def _mirrored(self, kinds: str) -> Point:
        """Return the control point before, mirrored, if the command before was of one of these kinds."""
        if self.control is None or self.last not in kinds:
            return self.x, self.y
        return 2 * self.x - self.control[0], 2 * self.y - self.control[1]

    def _draw_a(self, rx: float, ry: float, turn: float, large: float, sweep: float, x: float, y: float) -> None:
        if (x, y) == (self.x, self.y):
            return
        if not rx or not ry:
            self._draw_l(x, y)
            return
        for curve in arc_curves((self.x, self.y), (abs(rx), abs(ry)), turn, bool(large), bool(sweep), (x, y)):
            self.segments.append(("curve", curve))
        self.x, self.y = x, y


def arc_curves(
    start: Point, radii: Point, turn: float, large: bool, sweep: bool, end: Point
) -> list[tuple[float, ...]]:
    """Return an elliptical arc as cubic Bézier curves (SVG 2, appendix B.2); `turn` is in degrees."""
    rx, ry = radii
    cosine, sine = cos(radians(turn)), sin(radians(turn))
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cosine * dx + sine * dy, cosine * dy - sine * dx
    excess = (x / rx) ** 2 + (y / ry) ** 2
    if excess > 1:
        rx, ry = rx * sqrt(excess), ry * sqrt(excess)
    below = (rx * y) ** 2 + (ry * x) ** 2
    root = sqrt(max(0.0, (rx * ry) ** 2 / below - 1)) if below else 0.0
    root = -root if large == sweep else root
    cx, cy = root * rx * y / ry, -root * ry * x / rx
    first = atan2((y - cy) / ry, (x - cx) / rx)
    sweep_angle = atan2((-y - cy) / ry, (-x - cx) / rx) - first
    if sweep and sweep_angle < 0:
        sweep_angle += 2 * pi
    elif not sweep and sweep_angle > 0:
        sweep_angle -= 2 * pi
    middle = (
        cosine * cx - sine * cy + (start[0] + end[0]) / 2,
        sine * cx + cosine * cy + (start[1] + end[1]) / 2,
    )
    return _ellipse_curves(middle, (rx, ry), (cosine, sine), first, sweep_angle, end)


def _ellipse_curves(
    middle: Point, radii: Point, axes: Point, first: float, whole: float, end: Point
) -> list[tuple[float, ...]]:
    """Return a part of an ellipse as curves of at most a quarter each; angles in radians."""
    count = max(1, ceil(abs(whole) / (pi / 2) - 1e-9))
    step = whole / count
    handle = 4 / 3 * tan(step / 4)
    cosine, sine = axes

    def place(x: float, y: float) -> Point:
        x, y = x * radii[0], y * radii[1]
        return cosine * x - sine * y + middle[0], sine * x + cosine * y + middle[1]

    curves = list[tuple[float, ...]]()
    for index in range(count):
        a, b = first + index * step, first + (index + 1) * step
        one = place(cos(a) - handle * sin(a), sin(a) + handle * cos(a))
        two = place(cos(b) + handle * sin(b), sin(b) - handle * cos(b))
        curves.append((*one, *two, *(end if index == count - 1 else place(cos(b), sin(b)))))
    return curves


def path_length(segments: tuple[Segment, ...]) -> float:
    """Return the length of a path; curves are measured along 32 chords each."""
    total, here, start = 0.0, (0.0, 0.0), (0.0, 0.0)
    for kind, values in segments:
        if kind == "move":
            here = start = (values[0], values[1])
            continue
        points = [start] if kind == "close" else [(values[0], values[1])] if kind == "line" else _chords(here, values)
        for point in points:
            total += hypot(point[0] - here[0], point[1] - here[1])
            here = point
    return total


def _chords(start: Point, values: tuple[float, ...], count: int = 32) -> list[Point]:
    (x0, y0), (x1, y1, x2, y2, x3, y3) = start, values
    points = list[Point]()
    for index in range(1, count + 1):
        t = index / count
        s = 1 - t
        a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        points.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return points


Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def bounding_box(segments: tuple[Segment, ...]) -> Box | None:
    """Return the exact box around a path, without its stroke; None if it has no points."""
    xs, ys, here = list[float](), list[float](), (0.0, 0.0)
    for kind, values in segments:
        if kind == "curve":
            xs.extend(_curve_ends(here[0], *values[::2]))
            ys.extend(_curve_ends(here[1], *values[1::2]))
        if values:
            here = (values[-2], values[-1])
            xs.append(here[0])
            ys.append(here[1])
    return (min(xs), min(ys), max(xs), max(ys)) if xs else None


def with_area(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Return a path without the subpaths that have no area: SVG fills them with nothing, PDF with a hairline."""
    parts = split_subpaths(segments)
    kept = [part for part in parts if _has_area(part)]
    return segments if len(kept) == len(parts) else tuple(segment for part in kept for segment in part)


def split_subpaths(segments: tuple[Segment, ...]) -> list[list[Segment]]:
    """Return the subpaths of a path, each of which starts with a 'move'."""
    parts = list[list[Segment]]()
    for segment in segments:
        if segment[0] == "move" or not parts:
            parts.append([])
        parts[-1].append(segment)
    return parts


def _has_area(part: list[Segment]) -> bool:
    """Return whether the points of a subpath are not all on one line."""
    points = [(values[i], values[i + 1]) for _, values in part for i in range(0, len(values), 2)]
    x, y = points[0]
    far_x, far_y = max(points, key=lambda point: hypot(point[0] - x, point[1] - y))
    size = hypot(far_x - x, far_y - y)
    if not size:
        return False
    reach = 1e-9 * size * max(size, 1.0)
    return any(abs((far_x - x) * (b - y) - (far_y - y) * (a - x)) > reach for a, b in points)


def _curve_ends(p0: float, p1: float, p2: float, p3: float) -> Iterator[float]:
    """Yield the values at which one coordinate of a Bézier curve turns."""
    low, high = min(p0, p3), max(p0, p3)
    if low <= p1 <= high and low <= p2 <= high:
        return
    a, b, c = -p0 + 3 * p1 - 3 * p2 + p3, 2 * (p0 - 2 * p1 + p2), p1 - p0
    roots = []
    if abs(a) < 1e-12:
        roots = [-c / b] if abs(b) > 1e-12 else []
    elif (under := b * b - 4 * a * c) >= 0:
        roots = [(-b + sqrt(under)) / (2 * a), (-b - sqrt(under)) / (2 * a)]
    for t in roots:
        if 0 < t < 1:
            s = 1 - t
            yield s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3
