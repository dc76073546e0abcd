"""A sheet to draw on: shapes, lines and gradients, written as SVG."""

from __future__ import annotations

from collections.abc import Sequence

SIDE = 1200.0
"""Width and height of a landscape."""
Point = tuple[float, float]


class Sheet:
    """A drawing in the making: elements from back to front, and the gradients that they use."""

    def __init__(self, width: float = SIDE, height: float = SIDE) -> None:
        self.width, self.height = width, height
        self.elements: list[str] = []
        self.gradients: dict[tuple[str, ...], str] = {}

    def paint(self, colors: Sequence[str]) -> str:
        """Return the value of a fill: a colour, or a gradient from top to bottom."""
        key = tuple(colors)
        if len(key) == 1:
            return key[0]
        if key not in self.gradients:
            self.gradients[key] = f"g{len(self.gradients)}"
        return f"url(#{self.gradients[key]})"

    def shape(self, points: Sequence[Point], *colors: str) -> None:
        """Fill a polygon."""
        self.elements.append(f'<path d="{_path(points)}Z" fill="{self.paint(colors)}"/>')

    def curve(self, path: str, *colors: str) -> None:
        """Fill a path that is written out."""
        self.elements.append(f'<path d="{path}" fill="{self.paint(colors)}"/>')

    def line(self, points: Sequence[Point], color: str, width: float) -> None:
        """Draw a line with round ends."""
        style = f'fill="none" stroke="{color}" stroke-width="{width:g}" stroke-linecap="round" stroke-linejoin="round"'
        self.elements.append(f'<path d="{_path(points)}" {style}/>')

    def box(self, x: float, y: float, width: float, height: float, *colors: str) -> None:
        """Fill a rectangle."""
        at = f'x="{fixed(x)}" y="{fixed(y)}" width="{fixed(width)}" height="{fixed(height)}"'
        self.elements.append(f'<rect {at} fill="{self.paint(colors)}"/>')

    def oval(self, x: float, y: float, rx: float, ry: float, *colors: str) -> None:
        """Fill an ellipse around a point."""
        at = f'cx="{fixed(x)}" cy="{fixed(y)}" rx="{fixed(rx)}" ry="{fixed(ry)}"'
        self.elements.append(f'<ellipse {at} fill="{self.paint(colors)}"/>')

    def svg(self) -> str:
        """Return the drawing as SVG."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:g}">'
        gradients = "".join(_gradient(name, colors) for colors, name in self.gradients.items())
        return "\n".join([head, f"<defs>{gradients}</defs>" if gradients else "", *self.elements, "</svg>", ""])


def _gradient(name: str, colors: Sequence[str]) -> str:
    stops = "".join(
        f'<stop offset="{fixed(place / (len(colors) - 1), 2)}" stop-color="{color}"/>'
        for place, color in enumerate(colors)
    )
    return f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1">{stops}</linearGradient>'


def fixed(value: float, digits: int = 1) -> str:
    """Return a coordinate as SVG writes it."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0"


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{fixed(x)} {fixed(y)}" for x, y in points)


def mix(one: str, other: str, share: float) -> str:
    """Return a colour between two, nearer to the other one the greater the share."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(color: str) -> list[int]:
    return [int(color[place : place + 2], 16) for place in (1, 3, 5)]
