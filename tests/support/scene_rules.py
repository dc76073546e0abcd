"""The rules that every scene of a chart keeps, measured from its shapes and labels as an audit measures a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from math import atan2, pi

from gri_builder.charts.scene import Box, Contour, Label, Scene, Shape, overlap
from gri_builder.model.color import WHITE, Color, contrast

Point = tuple[float, float]
INSIDE = 0.5
"""Points by which something may leave the frame: less than a hairline."""
SHARE, LEAST = 0.005, 0.06
"""By how much a length may differ from its value's: a share of it, and points."""
STEPS = 12
"""Lines that a curve is measured as."""


def check_scene(scene: Scene) -> None:
    """Assert all rules of a scene."""
    faults = find_faults(scene)
    assert not faults, "\n".join(faults)


def find_faults(scene: Scene) -> list[str]:
    """Return what a reader would be misled or disturbed by, one sentence each."""
    return [
        *_leave_frame(scene),
        *_cover_labels(scene),
        *(fault for label in scene.labels for fault in _disturb(label, scene.shapes)),
        *_distort(scene),
    ]


def _leave_frame(scene: Scene) -> Iterator[str]:
    """Yield the labels and shapes of values that are not inside the frame."""
    things = [(f"label {label.text!r}", label.box) for label in scene.labels]
    things += [(_name(shape), shape.box) for shape in scene.shapes if shape.data]
    for name, (left, bottom, right, top) in things:
        if left < -INSIDE or bottom < -INSIDE or right > scene.width + INSIDE or top > scene.height + INSIDE:
            yield f"{name} leaves the frame {scene.width:.1f} x {scene.height:.1f}: {_write(left, bottom, right, top)}"


def _cover_labels(scene: Scene) -> Iterator[str]:
    """Yield the pairs of labels that overlap."""
    for one, other in combinations(scene.labels, 2):
        if overlap(one.box, other.box, -0.1):
            yield f"labels {one.text!r} and {other.text!r} overlap: {_write(*one.box)} and {_write(*other.box)}"


def _disturb(label: Label, shapes: Sequence[Shape]) -> Iterator[str]:
    """Yield what runs through a label, or makes it hard to read: its colour on what is under it."""
    ground = WHITE
    for shape in reversed(shapes):
        if shape.stroke is not None and _touches(label.box, shape, shape.width / 2):
            if shape.role != "decoration":
                yield f"{_name(shape)} runs through label {label.text!r} at {_write(*label.box)}"
            continue
        if shape.fill is None:
            continue
        if _surrounds(shape, label.box):
            ground = shape.fill
            break
        if shape.data and (_touches(label.box, shape, 0.0) or _has_corner(label.box, shape)):
            yield f"the edge of {_name(shape)} runs through label {label.text!r} at {_write(*label.box)}"
    if contrast(label.look.color, ground) < 4.45:
        yield f"label {label.text!r} can't be read on {_hex(ground)}: {contrast(label.look.color, ground):.2f}"


def _distort(scene: Scene) -> Iterator[str]:
    """Yield the shapes whose lengths or positions are not proportional to their values."""
    for shape in scene.shapes:
        if not shape.data:
            continue
        if shape.measure is None or not 0 <= shape.scale < len(scene.scales):
            yield f"{_name(shape)} has no measure or scale"
            continue
        expected, found = _expect(scene, shape), list(_measure(shape))
        if len(expected) != len(found):
            yield f"{_name(shape)} has {len(found)} lengths for {len(expected)} values"
        for one, other in zip(expected, found, strict=False):
            if abs(one - other) > max(LEAST, SHARE * abs(one)):
                yield f"{_name(shape)} has {shape.measure} {other:.2f} instead of {one:.2f}"


def _expect(scene: Scene, shape: Shape) -> list[float]:
    """Return the lengths or positions that the values of a shape must have."""
    scale = scene.scales[shape.scale]
    if shape.measure in ("x", "y"):
        return [scale.at(datum.value) for datum in shape.data]
    return [abs(datum.value * scale.unit) for datum in shape.data]


def _measure(shape: Shape) -> Iterator[float]:
    """Yield the lengths or positions that a shape has."""
    left, bottom, right, top = shape.box
    if shape.measure in ("width", "height"):
        yield right - left if shape.measure == "width" else top - bottom
    elif shape.measure == "angle":
        yield _sweep(shape.contours[0])
    elif shape.measure == "band":
        points = [point for contour in shape.contours for point in contour.points]
        for n in range(len(points) // 2):
            yield abs(points[n][1] - points[len(points) - 1 - n][1])
    elif len(shape.data) > 1 or not shape.contours[0].is_closed:
        axis = 0 if shape.measure == "x" else 1
        for contour in shape.contours:
            yield from (point[axis] for point in contour.points)
    else:
        yield (left + right) / 2 if shape.measure == "x" else (bottom + top) / 2


def _sweep(contour: Contour) -> float:
    """Return the angle of a sector around its first point, clockwise; a whole ring has all of it."""
    (x, y), points = contour.start, contour.points[1:]
    angles = [atan2(py - y, px - x) for px, py in points]
    return sum((one - other) % (2 * pi) for one, other in pairwise(angles))


def check_zero(scene: Scene) -> None:
    """Assert that the bars of each scale start at one zero line, and that the parts of a stack adjoin."""
    bars: dict[tuple[int, str], dict[tuple[float, float], list[Shape]]] = defaultdict(lambda: defaultdict(list))
    for shape in scene.shapes:
        if shape.data and shape.measure in ("width", "height"):
            left, bottom, right, top = shape.box
            place = (left, right) if shape.measure == "height" else (bottom, top)
            bars[shape.scale, shape.measure][round(place[0], 2), round(place[1], 2)].append(shape)
    for columns in bars.values():
        starts = {start for parts in columns.values() for start in _starts(parts)}
        assert max(starts, default=0.0) - min(starts, default=0.0) < 0.1, f"several zero lines: {sorted(starts)}"


def _starts(parts: Sequence[Shape]) -> Iterator[float]:
    """Yield where the stacks of positive and negative values of one category start."""
    for is_negative in (False, True):
        chosen = [shape for shape in parts if (shape.data[0].value < 0) == is_negative]
        ends = sorted(((s.box[1], s.box[3]) if s.measure == "height" else (s.box[0], s.box[2])) for s in chosen)
        for one, other in pairwise(ends):
            assert abs(one[1] - other[0]) < 0.1, f"parts of a stack do not adjoin: {ends}"
        if ends:
            yield round(ends[-1][1] if is_negative else ends[0][0], 2)


def _touches(box: Box, shape: Shape, reach: float) -> bool:
    """Return whether an edge or line of the shape is in the box, or nearer to it than that."""
    wide = box[0] - reach, box[1] - reach, box[2] + reach, box[3] + reach
    near = [contour for contour in shape.contours if overlap(wide, _hull(contour))]
    return any(_crosses(wide, one, other) for contour in near for one, other in pairwise(_trace(contour)))


def _has_corner(box: Box, shape: Shape) -> bool:
    """Return whether the middle of the box is inside the shape."""
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    near = [contour for contour in shape.contours if overlap((*middle, *middle), _hull(contour))]
    return any(_holds(_trace(contour), middle) for contour in near)


def _surrounds(shape: Shape, box: Box) -> bool:
    """Return whether the box is inside the filled shape, and no edge runs through it."""
    return not _touches(box, shape, -0.05) and _has_corner(box, shape)


def _crosses(box: Box, one: Point, other: Point) -> bool:
    """Return whether a line between two points runs through a box (Liang and Barsky 1984)."""
    start, end = 0.0, 1.0
    steps = other[0] - one[0], other[1] - one[1]
    for step, distance in (
        (-steps[0], one[0] - box[0]),
        (steps[0], box[2] - one[0]),
        (-steps[1], one[1] - box[1]),
        (steps[1], box[3] - one[1]),
    ):
        if step == 0:
            if distance <= 0:
                return False
        elif step < 0:
            start = max(start, distance / step)
        else:
            end = min(end, distance / step)
    return start < end


def _holds(points: Sequence[Point], point: Point) -> bool:
    """Return whether a point is inside a polygon."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in pairwise(points):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


@lru_cache(4096)
def _hull(contour: Contour) -> Box:
    """Return a rectangle around a contour and the control points of its curves, a hairline larger."""
    numbers = [contour.start, *contour.segments]
    xs, ys = [x for each in numbers for x in each[::2]], [y for each in numbers for y in each[1::2]]
    return min(xs) - 0.01, min(ys) - 0.01, max(xs) + 0.01, max(ys) + 0.01


@lru_cache(4096)
def _trace(contour: Contour) -> list[Point]:
    """Return the points of a contour, with those on its curves; a closed one ends where it starts."""
    points = [contour.start]
    for segment in contour.segments:
        points.extend(_points_of(points[-1], segment))
    return [*points, contour.start] if contour.is_closed else points


def _points_of(start: Point, segment: Sequence[float]) -> Iterable[Point]:
    if len(segment) == 2:
        return [(segment[0], segment[1])]
    controls = [start, *zip(segment[::2], segment[1::2], strict=True)]
    return [_point_at(controls, n / STEPS) for n in range(1, STEPS + 1)]


def _point_at(controls: Sequence[Point], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    return (
        sum(weight * point[0] for weight, point in zip(weights, controls, strict=True)),
        sum(weight * point[1] for weight, point in zip(weights, controls, strict=True)),
    )


def _name(shape: Shape) -> str:
    values = ", ".join(f"{datum.value:g}" for datum in shape.data[:3])
    return f"{shape.role} shape" + (f" of {values}" if values else "") + f" at {_write(*shape.box)}"


def _write(*numbers: float) -> str:
    return " ".join(f"{number:.1f}" for number in numbers)


def _hex(color: Color) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in color)
