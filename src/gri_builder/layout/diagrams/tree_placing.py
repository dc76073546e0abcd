"""Trees of units: where their boxes and the lines between them are, so that no box covers another.

The upper levels are set side by side, the lower ones one below the other, indented under the unit that they belong to:
as many levels side by side as the width allows. Where not even the first has room, its units are set in several rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from msgspec import Struct, field

from gri_builder.layout.diagrams.even_rows import share_evenly

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
STEP = 3.0
"""By how much narrower boxes are tried."""


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
    chain = _find_chain(roots)
    rows_at = len(chain)
    for levels in range(_depth(roots), 0, -1):
        if levels == rows_at:
            yield from _try_rows(roots, width, least, height)
        box = MAX_BOX
        while box >= least:
            arranged = _arrange(roots, levels, box)
            if arranged.width <= width:
                yield _Placer(box, levels, height).place(roots, arranged, (width - arranged.width) / 2)
                break
            box = max(least, box - STEP) if box > least else 0.0
    if not rows_at:
        yield from _try_rows(roots, width, least, height)


def _find_chain(roots: list[Node]) -> list[Node]:
    """Return the units at the top of which each has one unit below it, and the first one that has several."""
    chain: list[Node] = []
    units = roots
    while len(units) == 1 and units[0].units:
        chain.append(units[0])
        units = units[0].units
    return chain


def _depth(units: list[Node]) -> int:
    return 1 + max(_depth(unit.units) for unit in units) if units else 0


class _Arranged(Struct):
    """Units side by side: how far each one's box is to the right of the first one's, and what they span."""

    offsets: list[float]
    """Left edges of their boxes."""
    inner: list[_Arranged]
    """What is below each."""
    spans: list[tuple[float, float]]
    """Left and right end of what is at their level and at each level below."""
    tail: tuple[float, float] | None = None
    """Left and right end of what is stacked at all further levels."""

    @property
    def left(self) -> float:
        """Left end of all."""
        return min(left for left, _ in self._all_spans)

    @property
    def width(self) -> float:
        """Width of all."""
        return max(right for _, right in self._all_spans) - self.left

    @property
    def _all_spans(self) -> list[tuple[float, float]]:
        return [*self.spans, self.tail] if self.tail else self.spans


def _arrange(units: list[Node], levels: int, box: float) -> _Arranged:
    """Return units side by side, as near to each other as what is below them permits."""
    together = _Arranged([], [], [])
    for unit in units:
        own = _arrange_unit(unit, levels, box)
        shift = _find_shift(together, own)
        together.offsets.append(shift)
        together.inner.append(own.inner[0])
        _merge(together, own, shift)
    return together


def _arrange_unit(unit: Node, levels: int, box: float) -> _Arranged:
    """Return one unit with what is below it; its box starts at 0."""
    nothing = _Arranged([], [], [])
    if not unit.units:
        return _Arranged([0.0], [nothing], [(0.0, box)])
    if levels == 1:
        stacked = (0.0, box + INDENT * _depth(unit.units))
        return _Arranged([0.0], [nothing], [stacked], stacked)
    below = _arrange(unit.units, levels - 1, box)
    middle = (below.offsets[0] + below.offsets[-1]) / 2
    moved = _Arranged([each - middle for each in below.offsets], below.inner, [])
    _merge(moved, below, -middle)
    return _Arranged([0.0], [moved], [(0.0, box), *moved.spans], moved.tail)


def _find_shift(together: _Arranged, own: _Arranged) -> float:
    """Return how far right of the others a unit is: a gap from what is at each level."""
    shift = 0.0
    for level in range(max(len(together.spans), len(own.spans)) + 1):
        right, left = _span_at(together, level), _span_at(own, level)
        if right and left:
            shift = max(shift, right[1] + GAP - left[0])
    return shift


def _span_at(arranged: _Arranged, level: int) -> tuple[float, float] | None:
    return arranged.spans[level] if level < len(arranged.spans) else arranged.tail


def _merge(together: _Arranged, own: _Arranged, shift: float) -> None:
    """Add what a unit spans to what those before it do."""
    spans = list[tuple[float, float]]()
    for level in range(max(len(together.spans), len(own.spans))):
        spans.append(_join(_span_at(together, level), _span_at(own, level), shift))
    if together.tail or own.tail:
        together.tail = _join(together.tail, own.tail, shift)
    together.spans = spans


def _join(one: tuple[float, float] | None, other: tuple[float, float] | None, shift: float) -> tuple[float, float]:
    moved = (other[0] + shift, other[1] + shift) if other else None
    both = [each for each in (one, moved) if each]
    return min(left for left, _ in both), max(right for _, right in both)


class _Placer:
    """Places units with boxes of one width."""

    def __init__(self, box: float, levels: int, height: Height) -> None:
        self.box, self.levels, self.height = box, levels, height
        self.tree = PlacedTree()

    def place(self, roots: list[Node], arranged: _Arranged, left: float) -> PlacedTree:
        """Return the placed tree: level by level, each as low as the highest box of the one above needs."""
        self._place_level(roots, arranged, 0, left - arranged.left, self._tops(roots))
        return self.tree

    def _tops(self, units: list[Node]) -> list[float]:
        """Return the top of each level that is set side by side."""
        tops, top = [0.0], 0.0
        for _ in range(1, self.levels):
            top += max((self.height(unit, self.box) for unit in units), default=0.0) + LEVEL_GAP
            tops.append(top)
            units = [inner for unit in units for inner in unit.units]
        return tops

    def _place_level(
        self, units: list[Node], arranged: _Arranged, level: int, left: float, tops: list[float]
    ) -> list[PlacedBox]:
        placed = list[PlacedBox]()
        for unit, offset, below in zip(units, arranged.offsets, arranged.inner, strict=True):
            own = self.add(unit, left + offset, tops[level])
            placed.append(own)
            if level + 1 == self.levels:
                self.stack(unit, own)
            elif unit.units:
                inner = self._place_level(unit.units, below, level + 1, left + offset, tops)
                self._join(own, inner, tops[level + 1])
        return placed

    def add(self, unit: Node, x: float, y: float) -> PlacedBox:
        """Place a box."""
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
            placed = self.add(each, own.x + INDENT, y + STACK_GAP)
            middle = placed.y + placed.height / 2
            self.tree.lines.append(((spine, own.bottom), (spine, middle), (placed.x, middle)))
            y = self.stack(each, placed)
        return y


def _try_rows(roots: list[Node], width: float, least: float, height: Height) -> Iterator[PlacedTree]:
    """Yield the tree with the first units of which there are several in rows; nothing if a row holds one only."""
    chain = _find_chain(roots)
    units = chain[-1].units if chain else roots
    indent = INDENT * (_depth(units) - 1)
    room = width - 2 * TRUNK
    columns = min(len(units), int((room + GAP) / (least + indent + GAP)))
    if columns < 2:
        return
    rows = share_evenly(units, -(-len(units) // columns))
    columns = len(rows[0])
    box = min(MAX_BOX, (room + GAP) / columns - GAP - indent)
    pitch = box + indent + GAP
    placer = _Placer(box, 1, height)
    y, last = 0.0, None
    for unit in chain:
        own = placer.add(unit, (width - box) / 2, y)
        if last:
            placer.tree.lines.append(((last.middle, last.bottom), (own.middle, own.y)))
        y, last = own.bottom + LEVEL_GAP, own
    left = (width - columns * pitch + GAP) / 2
    _place_rows(placer, rows, (left, y, pitch), last)
    yield placer.tree


def _place_rows(
    placer: _Placer, rows: list[list[Node]], grid: tuple[float, float, float], above: PlacedBox | None
) -> None:
    """Place units in rows; `grid` is the left end and the top of the first row, and the distance of its units."""
    left, y, pitch = grid
    trunk, buses = left - TRUNK, list[float]()
    for row in rows:
        placed = [placer.add(unit, left + n * pitch, y) for n, unit in enumerate(row)]
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
