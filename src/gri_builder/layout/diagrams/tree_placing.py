"""Trees of units: where their boxes and the lines between them are, so that no box covers another.

The upper levels are set side by side, the lower ones one below the other, indented under the unit that they belong to:
as many levels side by side as the width allows. Where not even the first has room, its units are set in several rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from msgspec import Struct, field

GAP = 8.0
"""Between boxes side by side."""
LEVEL_GAP = 20.0
"""Between a level and the next."""
STACK_GAP = 5.0
"""Between boxes one below the other."""
INDENT = 11.0
"""Of units below the one that they belong to."""
TRUNK = 8.0
"""Width beside the rows for the line that leads from one to the next."""
MAX_BOX = 134.0


class Node(Protocol):
    """A unit with the units below it."""

    @property
    def units(self) -> list[Node]:
        """The units below it."""


class PlacedBox(NamedTuple):
    """The box of a unit; `y` is the distance of its top from that of the tree."""

    unit: Node
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Position of its centre across."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """Distance of its lower edge from the top of the tree."""
        return self.y + self.height


Points = tuple[tuple[float, float], ...]


class PlacedTree(Struct):
    """Boxes and lines of a tree."""

    boxes: list[PlacedBox] = field(default_factory=list)
    lines: list[Points] = field(default_factory=list)

    @property
    def height(self) -> float:
        """Height of the tree."""
        return max((box.bottom for box in self.boxes), default=0.0)


Height = Callable[[Node, float], float]
"""Returns the height of a unit's box at a width."""


def place_tree(roots: list[Node], width: float, least: float, max_height: float, height: Height) -> PlacedTree | None:
    """Return the units placed at that width, in boxes at least that wide; None if they have no room."""
    for placed in _try_all(roots, width, least, height):
        if placed.height <= max_height:
            return placed
    return None


def _try_all(roots: list[Node], width: float, least: float, height: Height) -> Iterator[PlacedTree]:
    depth = _depth(roots)
    for levels in range(depth, 0, -1):
        boxes, fixed = _measure(roots, levels)
        box = min(MAX_BOX, (width - fixed) / boxes)
        if box >= least:
            yield _Placer(box, levels, height).place(roots, (width - boxes * box - fixed) / 2)
    yield from _try_rows(roots, width, least, height)


def _depth(units: list[Node]) -> int:
    return 1 + max(_depth(unit.units) for unit in units) if units else 0


def _measure(units: list[Node], levels: int) -> tuple[int, float]:
    """Return the width of units as a number of boxes and a length; `levels` of them are set side by side."""
    sizes = [_measure_unit(unit, levels) for unit in units]
    return sum(boxes for boxes, _ in sizes), sum(length for _, length in sizes) + GAP * (len(units) - 1)


def _measure_unit(unit: Node, levels: int) -> tuple[int, float]:
    if not unit.units:
        return 1, 0.0
    if levels > 1:
        return _measure(unit.units, levels - 1)
    return 1, INDENT * _depth(unit.units)


class _Placer:
    """Places units with boxes of one width."""

    def __init__(self, box: float, levels: int, height: Height) -> None:
        self.box, self.levels, self.height = box, levels, height
        self.tree = PlacedTree()

    def place(self, roots: list[Node], left: float) -> PlacedTree:
        """Return the placed tree: level by level, each as low as the highest box of the one above needs."""
        tops = self._tops(roots)
        for unit in roots:
            self._place_unit(unit, 0, left, tops)
            left += self._span(unit, self.levels) + GAP
        return self.tree

    def _tops(self, units: list[Node]) -> list[float]:
        """Return the top of each level that is set side by side."""
        tops, top = [0.0], 0.0
        for _ in range(1, self.levels):
            top += max((self.height(unit, self.box) for unit in units), default=0.0) + LEVEL_GAP
            tops.append(top)
            units = [inner for unit in units for inner in unit.units]
        return tops

    def _span(self, unit: Node, levels: int) -> float:
        boxes, fixed = _measure_unit(unit, levels)
        return boxes * self.box + fixed

    def _place_unit(self, unit: Node, level: int, left: float, tops: list[float]) -> PlacedBox:
        levels, top = self.levels - level, tops[level]
        if levels == 1 or not unit.units:
            own = self._add(unit, left, top)
            self.stack(unit, own)
            return own
        inner: list[PlacedBox] = []
        for each in unit.units:
            inner.append(self._place_unit(each, level + 1, left, tops))
            left += self._span(each, levels - 1) + GAP
        middle = (inner[0].middle + inner[-1].middle) / 2
        own = self._add(unit, middle - self.box / 2, top)
        self._join(own, inner, tops[level + 1])
        return own

    def _add(self, unit: Node, x: float, y: float) -> PlacedBox:
        placed = PlacedBox(unit, x, y, self.box, self.height(unit, self.box))
        self.tree.boxes.append(placed)
        return placed

    def _join(self, own: PlacedBox, inner: list[PlacedBox], below: float) -> None:
        """Draw lines from a unit to those below it, which start at one height."""
        bus = below - LEVEL_GAP / 2
        self.tree.lines.append(((own.middle, own.bottom), (own.middle, bus if len(inner) > 1 else below)))
        if len(inner) > 1:
            self.tree.lines.append(((inner[0].middle, bus), (inner[-1].middle, bus)))
            self.tree.lines.extend(((box.middle, bus), (box.middle, below)) for box in inner)

    def stack(self, unit: Node, own: PlacedBox) -> float:
        """Place all units below one, indented, one below the other; return the height where they end."""
        y, spine = own.bottom, own.x + INDENT / 2
        for each in unit.units:
            placed = self._add(each, own.x + INDENT, y + STACK_GAP)
            middle = placed.y + placed.height / 2
            self.tree.lines.append(((spine, own.bottom), (spine, middle), (placed.x, middle)))
            y = self.stack(each, placed)
        return y


def _try_rows(roots: list[Node], width: float, least: float, height: Height) -> Iterator[PlacedTree]:
    """Yield the tree with the first units of which there are several in rows; nothing if a row holds one only."""
    chain: list[Node] = []
    units = roots
    while len(units) == 1 and units[0].units:
        chain.append(units[0])
        units = units[0].units
    indent = INDENT * (_depth(units) - 1)
    room = width - 2 * TRUNK
    columns = min(len(units), int((room + GAP) / (least + indent + GAP)))
    if columns < 2:
        return
    columns = -(-len(units) // -(-len(units) // columns))
    box = min(MAX_BOX, (room + GAP) / columns - GAP - indent)
    pitch = box + indent + GAP
    placer = _Placer(box, 1, height)
    y, last = 0.0, None
    for unit in chain:
        own = placer._add(unit, (width - box) / 2, y)
        if last:
            placer.tree.lines.append(((last.middle, last.bottom), (own.middle, own.y)))
        y, last = own.bottom + LEVEL_GAP, own
    left = (width - columns * pitch + GAP) / 2
    _place_rows(placer, [units[n : n + columns] for n in range(0, len(units), columns)], (left, y, pitch), last)
    yield placer.tree


def _place_rows(
    placer: _Placer, rows: list[list[Node]], grid: tuple[float, float, float], above: PlacedBox | None
) -> None:
    """Place units in rows; `grid` is the left end and the top of the first row, and the distance of its units."""
    left, y, pitch = grid
    trunk, buses = left - TRUNK, list[float]()
    for row in rows:
        placed = [placer._add(unit, left + n * pitch, y) for n, unit in enumerate(row)]
        if above:
            buses.append(y - LEVEL_GAP / 2)
            start = trunk if len(rows) > 1 else placed[0].middle
            placer.tree.lines.append(((min(start, above.middle), buses[-1]), (placed[-1].middle, buses[-1])))
            placer.tree.lines.extend(((box.middle, buses[-1]), (box.middle, y)) for box in placed)
        y = max(placer.stack(unit, box) for unit, box in zip(row, placed, strict=True)) + LEVEL_GAP
    if above:
        placer.tree.lines.append(((above.middle, above.bottom), (above.middle, buses[0])))
        if len(rows) > 1:
            placer.tree.lines.append(((trunk, buses[0]), (trunk, buses[-1])))
