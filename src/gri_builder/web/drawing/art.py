"""The patterns of covers and openers as SVG files: the same drawings as in print, from their operators."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gri_builder.layout.blocks.background_pattern import draw_pattern
from gri_builder.layout.blocks.pattern_variation import make_seed
from gri_builder.model.color import Color, to_hex
from gri_builder.model.theme import Pattern
from gri_builder.pdf.content_stream import Operators
from gri_builder.typesetting.grounds import Ground
from gri_builder.web.drawing.scene_svg import number
from gri_builder.web.markup import Value, element, join

Point = tuple[float, float]


def draw_art(pattern: Pattern, ground: Ground, size: tuple[int, int], name: str, place: int = 0) -> bytes:
    """Return the pattern of what has that name and place, in the colours of its ground, as an SVG file."""
    width, height = size
    shapes = draw_pattern(pattern, (0, 0, width, height), ground.behind_art, ground.accent, make_seed(name, place))
    pen = _Pen(height)
    drawn = join(pen.read(shapes))
    attributes: dict[str, Value] = {"viewBox": f"0 0 {width} {height}", "width": width, "height": height}
    return f"{element('svg', drawn, xmlns='http://www.w3.org/2000/svg', **attributes)}\n".encode()


class _Pen:
    """Follows operators that paint paths (ISO 32000-1, 8.5), and writes each as an element."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.at: Point = (0.0, 0.0)
        self.path: list[str] = []
        self.fill = self.stroke = "#000000"
        self.width = 1.0
        self.is_round = False

    def read(self, operators: list[Operators]) -> Iterator[str]:
        """Yield the elements of what the operators paint."""
        operands: list[float] = []
        for word in " ".join(operators).split():
            if word[-1].isdigit() or word[-1] == ".":
                operands.append(float(word))
                continue
            if word in PAINT:
                yield from self.paint(word)
            elif word in STEPS:
                STEPS[word](self, operands)
            elif word not in IGNORED:
                raise AssertionError(f"no pattern has the operator {word}")
            operands = []

    def paint(self, word: str) -> Iterator[str]:
        """Yield the path that was traced, painted; what is only cut off at the edges paints nothing."""
        path, self.path = "".join(self.path), []
        if word == "n":
            return
        stroked = word in "SB"
        yield element(
            "path",
            d=path,
            fill=self.fill if word in "fB" else "none",
            stroke=self.stroke if stroked else None,
            stroke_width=number(self.width) if stroked else None,
            stroke_linecap="round" if stroked and self.is_round else None,
            stroke_linejoin="round" if stroked and self.is_round else None,
        )

    def go(self, letter: str, values: list[float]) -> None:
        """Add a step of the path."""
        points = [(x, self.height - y) for x, y in zip(values[::2], values[1::2], strict=True)]
        self.at = points[-1]
        self.path.append(letter + " ".join(f"{number(x)} {number(y)}" for x, y in points))

    def bend(self, values: list[float]) -> None:
        """Add a curve whose first control point is where it starts (table 59, operator v)."""
        x, y = self.at
        self.go("C", [x, self.height - y, *values])

    def box(self, values: list[float]) -> None:
        """Add a rectangle."""
        x, y, width, height = values
        self.go("M", [x, y + height])
        self.path.append(f"h{number(width)}v{number(height)}h{number(-width)}Z")

    def set(self, name: str, value: str | float | bool) -> None:
        """Set how the next paths are painted."""
        setattr(self, name, value)


def _hex(values: list[float]) -> str:
    return to_hex(Color(*values))


STEPS: dict[str, Callable[[_Pen, list[float]], None]] = {
    "m": lambda pen, values: pen.go("M", values),
    "l": lambda pen, values: pen.go("L", values),
    "c": lambda pen, values: pen.go("C", values),
    "v": lambda pen, values: pen.bend(values),
    "h": lambda pen, values: pen.path.append("Z"),
    "re": lambda pen, values: pen.box(values),
    "rg": lambda pen, values: pen.set("fill", _hex(values)),
    "RG": lambda pen, values: pen.set("stroke", _hex(values)),
    "w": lambda pen, values: pen.set("width", values[0]),
    "J": lambda pen, values: pen.set("is_round", values[0] == 1),
    "j": lambda pen, values: pen.set("is_round", values[0] == 1),
}
PAINT = frozenset("fSBn")
IGNORED = frozenset(("q", "Q", "W"))
"""An SVG file is cut off at its edges anyway."""
