"""Placing of labels beside marks, so that none covers a mark or another label; some get a line that leads to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import cos, hypot, radians, sin

from msgspec import Struct

from gri_builder.charts.scene import Box, overlap

Point = tuple[float, float]
DIRECTIONS = (0, 180, 90, 270, 35, -35, 145, 215, 60, -60, 120, 240)
"""In which a label may be seen from its mark, in degrees from the right, the best first."""
FAR = (13.0, 22.0, 34.0)
"""Lengths of the lines that lead to labels without room directly beside their mark."""
CLEARANCE = 2.4
"""Between a mark and its label."""
MOST_LED = 3
"""Labels that a line leads to; with more of them, readers would lose track."""
PADDING = 1.2
"""Between labels."""
FEW = 50
"""Marks that are all compared with each other."""
SMALL = 4.0
"""Radius of a mark of which nothing may be covered."""
NEAR = 70.0
"""Distance of the marks that make a place crowded."""


class Mark(Struct, frozen=True):
    """A mark: a place on the map, and the radius of what is drawn there."""

    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        """The rectangle around it."""
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius


class PlacedLabel(Struct, frozen=True):
    """Where a label is, and the line to it."""

    box: Box
    line: tuple[Point, Point] | None = None


def place_labels(
    marks: Sequence[Mark],
    sizes: Sequence[tuple[float, float]],
    window: Box,
    taken: Iterable[Box] = (),
    most_led: int = MOST_LED,
) -> list[PlacedLabel] | None:
    """Return a place for the label of each mark; None if one has no room."""
    placed: dict[int, PlacedLabel] = {}
    boxes = [*(mark.box for mark in marks), *taken]
    for number in sorted(range(len(marks)), key=lambda each: (-_count_near(marks, each), each)):
        others = [*boxes[:number], *boxes[number + 1 :]]
        found = next(
            (
                each
                for each in _list_places(marks[number], sizes[number])
                if _is_free(each, window, others, list(placed.values()))
            ),
            None,
        )
        if found is None:
            return None
        placed[number] = found
    led = sum(each.line is not None for each in placed.values())
    return [placed[number] for number in range(len(marks))] if led <= most_led else None


def _count_near(marks: Sequence[Mark], number: int) -> int:
    own = marks[number]
    return sum(hypot(each.x - own.x, each.y - own.y) < NEAR for each in marks)


def _list_places(mark: Mark, size: tuple[float, float]) -> Iterator[PlacedLabel]:
    for length in (0.0, *FAR):
        for direction in DIRECTIONS:
            across, up = cos(radians(direction)), sin(radians(direction))
            reach = mark.radius + CLEARANCE + length
            x, y = mark.x + across * reach, mark.y + up * reach
            box = _hang(x, y, across, up, size)
            start = mark.x + across * (mark.radius + 0.8), mark.y + up * (mark.radius + 0.8)
            yield PlacedLabel(box, (start, (x - across, y - up)) if length else None)


def _hang(x: float, y: float, across: float, up: float, size: tuple[float, float]) -> Box:
    """Return the box of a label that is beside a point, in a direction from it."""
    width, height = size
    left = x if across > 0.4 else x - width if across < -0.4 else x - width / 2
    low = y if up > 0.8 else y - height if up < -0.8 else y - height / 2
    if 0.4 <= abs(up) <= 0.8:
        low = y - height * 0.3 if up > 0 else y - height * 0.7
    return left, low, left + width, low + height


def _is_free(each: PlacedLabel, window: Box, marks: Sequence[Box], placed: Sequence[PlacedLabel]) -> bool:
    left, low, right, top = each.box
    if left < window[0] + 2 or right > window[2] - 2 or low < window[1] + 2 or top > window[3] - 2:
        return False
    if any(overlap(each.box, box, 0.6) for box in marks):
        return False
    if any(overlap(each.box, other.box, PADDING) for other in placed):
        return False
    if each.line and any(_crosses(each.line, box) for box in (*marks, *(other.box for other in placed))):
        return False
    lines = [other.line for other in placed if other.line]
    if each.line and any(_meet(each.line, other) for other in lines):
        return False
    return not any(_crosses(other, each.box) for other in lines)


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Return whether two lines cross."""
    (a, b), (c, d) = one, other
    return _turn(a, b, c) != _turn(a, b, d) and _turn(c, d, a) != _turn(c, d, b)


def _turn(a: Point, b: Point, c: Point) -> bool:
    return (c[1] - a[1]) * (b[0] - a[0]) > (b[1] - a[1]) * (c[0] - a[0])


def _crosses(line: tuple[Point, Point], box: Box) -> bool:
    """Return whether a line comes into a box, by points along it."""
    (x1, y1), (x2, y2) = line
    steps = max(2, int(hypot(x2 - x1, y2 - y1) / 2))
    points = ((x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(steps + 1))
    return any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in points)


def spread(marks: Sequence[Mark], window: Box, share: float = 1.0, gap: float = 1.4) -> list[Mark]:
    """Return the marks moved apart until none covers another, or only the `share` of it that is allowed."""
    spots = [[mark.x, mark.y] for mark in marks]
    reach = 2 * max((mark.radius for mark in marks), default=0.0) + gap
    for _ in range(80):
        moved = False
        near = _list_near(spots, reach)
        for one in range(len(spots)):
            for other in near[one]:
                together = marks[one].radius + marks[other].radius
                is_small = min(marks[one].radius, marks[other].radius) <= SMALL
                least = (together if is_small else share * together) + gap
                moved = _push(spots[one], spots[other], least) or moved
        for spot, mark in zip(spots, marks, strict=True):
            spot[0] = min(max(spot[0], window[0] + mark.radius + 1), window[2] - mark.radius - 1)
            spot[1] = min(max(spot[1], window[1] + mark.radius + 1), window[3] - mark.radius - 1)
        if not moved:
            break
    return [Mark(x, y, mark.radius) for (x, y), mark in zip(spots, marks, strict=True)]


def _list_near(spots: Sequence[Sequence[float]], reach: float) -> list[Sequence[int]]:
    """Return for each spot those before it that may be in its reach; all of them where they are few."""
    if len(spots) <= FEW:
        return [range(one) for one in range(len(spots))]
    cells: dict[tuple[int, int], list[int]] = {}
    near: list[Sequence[int]] = []
    for number, (x, y) in enumerate(spots):
        column, row = int(x // reach), int(y // reach)
        around = ((column + right, row + up) for right in (-1, 0, 1) for up in (-1, 0, 1))
        near.append(sorted(other for cell in around for other in cells.get(cell, ())))
        cells.setdefault((column, row), []).append(number)
    return near


def _push(one: list[float], other: list[float], least: float) -> bool:
    """Move two centres apart to a distance, each by half of what is missing; return whether they were too near."""
    dx, dy = one[0] - other[0], one[1] - other[1]
    apart = hypot(dx, dy)
    if apart >= least - 0.01:
        return False
    if apart < 1e-6:
        dx, dy, apart = 1.0, 0.3, hypot(1.0, 0.3)
    shift = (least - hypot(one[0] - other[0], one[1] - other[1])) / 2
    for spot, sign in ((one, 1), (other, -1)):
        spot[0] += sign * dx / apart * shift
        spot[1] += sign * dy / apart * shift
    return True
