"""Content streams: the operators that draw on a page, made by typed calls (ISO 32000-1, 8.4, 8.5, 9.4 and 14.6).

A `Path` is an outline. Functions such as `fill` and `stroke` turn one into `Operators`, which a canvas appends to the
page. A `TextObject` collects text in the same way. All numbers are formatted here: coordinates with two decimals,
colours with up to three.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NewType

from gri_builder.model.color import Color

Path = NewType("Path", str)
"""Path construction operators (ISO 32000-1, 8.5.2)."""
Operators = NewType("Operators", str)
"""One or more complete operators with their operands."""
PageArtifact = Literal["Header", "Footer", "Watermark"]

SAVE, RESTORE = Operators("q"), Operators("Q")
"""Save and restore the graphics state; they must be balanced."""
START_ARTIFACT = Operators("/Artifact BMC")
"""Starts content without a meaning, such as a background (ISO 14289-1, 7.1)."""
VALUE_POINT = Operators("/Value MP")
"""Marks the following path as a shape of a chart that shows values (ISO 32000-1, 14.6.1, marked-content point).

A marked-content sequence inside that of a Figure would hide the Figure's text from some readers."""
END_MARKED = Operators("EMC")
"""Ends an artifact, or marked content of a structure element."""


@cache
def format_color(color: Color) -> str:
    """Return a colour's operands."""
    return " ".join(f"{channel:.3f}".rstrip("0").rstrip(".") for channel in color)


def _format_width(width: float) -> str:
    return f"{width:g}".removeprefix("0") or "0"


# -- paths ------------------------------------------------------------------------------------------------------------


def rectangle(x: float, y: float, width: float, height: float) -> Path:
    """Return the path of a rectangle from its lower left corner."""
    return Path(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re")


def top_band(x: float, top: float, width: float, thickness: float) -> Path:
    """Return the path of a band below an upper edge."""
    return Path(f"{x:.2f} {top - thickness:.2f} {width:.2f} {thickness:g} re")


def line(x1: float, y1: float, x2: float, y2: float) -> Path:
    """Return the path of a straight line."""
    return Path(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l")


def polyline(points: Iterable[tuple[float, float]], closed: bool = False) -> Path:
    """Return the path through the points."""
    path = " ".join(f"{x:.2f} {y:.2f} {'l' if number else 'm'}" for number, (x, y) in enumerate(points))
    return Path(f"{path} h" if closed else path)


def outline(start: tuple[float, float], segments: Iterable[Sequence[float]]) -> Path:
    """Return a closed path: each segment is a line to a point (2 numbers) or a cubic Bézier curve (6 numbers)."""
    parts = [
        " ".join(f"{value:.2f}" for value in segment) + (" c" if len(segment) == 6 else " l") for segment in segments
    ]
    return Path(f"{start[0]:.2f} {start[1]:.2f} m {' '.join(parts)} h")


def trace(start: tuple[float, float], segments: Iterable[Sequence[float]], is_closed: bool) -> Path:
    """Return an outline, or where it is not closed a line of such segments."""
    path = outline(start, segments)
    return path if is_closed else Path(path.removesuffix(" h"))


def smooth_line(points: Sequence[tuple[float, float]]) -> Path:
    """Return an open path that is smooth: curves between the middles of its sides, bent towards its points.

    It is for large drawings: coordinates have one decimal. The operator `v` needs four numbers a curve (table 59).
    """
    middles = [((ax + bx) / 2, (ay + by) / 2) for (ax, ay), (bx, by) in pairwise(points)]
    curves = [
        f"{(2 * px + nx) / 3:.1f} {(2 * py + ny) / 3:.1f} {nx:.1f} {ny:.1f} v"
        for (px, py), (nx, ny) in zip(points[1:], middles[1:], strict=False)
    ]
    return Path(f"{middles[0][0]:.1f} {middles[0][1]:.1f} m {' '.join(curves)}")


def circle(x: float, y: float, radius: float = 2.3) -> Path:
    """Return the path of a circle around a point."""
    return outline((x + radius, y), circle_curves(x, y, radius))


def circle_curves(x: float, y: float, radius: float) -> tuple[tuple[float, ...], ...]:
    """Return the four Bézier curves of a circle around a point, from its right."""
    k, r = 0.5523 * radius, radius
    return (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )


def rounded_rectangle(x: float, y: float, width: float, height: float, radius: float) -> Path:
    """Return the path of a rectangle with round corners, from its lower left corner."""
    r = min(radius, width / 2, height / 2)
    if r <= 0:
        return rectangle(x, y, width, height)
    k, right, top = 0.4477 * r, x + width, y + height
    segments = (
        (right - r, y),
        (right - k, y, right, y + k, right, y + r),
        (right, top - r),
        (right, top - k, right - k, top, right - r, top),
        (x + r, top),
        (x + k, top, x, top - k, x, top - r),
        (x, y + r),
        (x, y + k, x + k, y, x + r, y),
    )
    return outline((x + r, y), segments)


def join_paths(paths: Iterable[Path]) -> Path:
    """Return several paths as one."""
    return Path(" ".join(paths))


# -- painting ---------------------------------------------------------------------------------------------------------


def combine(*operators: Operators) -> Operators:
    """Return several operators as one."""
    return Operators(" ".join(operators))


def fill(path: Path, color: Color) -> Operators:
    """Fill a path."""
    return Operators(f"{format_color(color)} rg {path} f")


def stroke(
    *paths: Path,
    color: Color | None = None,
    width: float | None = None,
    round_joins: bool = False,
    round_caps: bool = False,
) -> Operators:
    """Stroke paths; without a colour or width, with those set before."""
    state = set_stroke(color, width, round_joins, round_caps)
    painted = " ".join(f"{path} S" for path in paths)
    return Operators(f"{state} {painted}" if state else painted)


def set_stroke(
    color: Color | None = None, width: float | None = None, round_joins: bool = False, round_caps: bool = False
) -> Operators:
    """Set how the following paths are stroked; what is not given stays."""
    parts = (
        f"{format_color(color)} RG" if color else "",
        f"{_format_width(width)} w" if width is not None else "",
        "1 j" if round_joins else "",
        "1 J" if round_caps else "",
    )
    return Operators(" ".join(part for part in parts if part))


def fill_and_stroke(path: Path, color: Color, border: Color, width: float) -> Operators:
    """Fill a path with a colour and stroke it with that of its border."""
    return Operators(f"{format_color(color)} rg {format_color(border)} RG {_format_width(width)} w {path} B")


def paint(
    path: Path,
    color: Color | None,
    border: Color | None,
    width: float,
    dash: Sequence[float] = (),
    is_round: bool = False,
) -> Operators:
    """Fill a path where there is a colour, and stroke it where there is one for its border."""
    dashes = " ".join(f"{length:g}" for length in dash)
    parts = (
        f"{format_color(color)} rg" if color else "",
        set_stroke(border, width, is_round, is_round) if border else "",
        f"[{dashes}] 0 d" if border and dash else "",
        path,
        {(True, True): "B", (True, False): "f", (False, True): "S"}.get((bool(color), bool(border)), "n"),
        "[] 0 d" if border and dash else "",
    )
    return Operators(" ".join(part for part in parts if part))


def clip(path: Path) -> Operators:
    """Cut off what is drawn outside a path, until the graphics state is restored."""
    return Operators(f"{path} W n")


# -- marked content ---------------------------------------------------------------------------------------------------


def start_page_artifact(kind: PageArtifact) -> Operators:
    """Start a header, footer or watermark (ISO 32000-1, table 330)."""
    return Operators(f"/Artifact <</Type/Pagination/Subtype/{kind}>> BDC")


def start_marked_content(role: str, mcid: int) -> Operators:
    """Start content of a structure element with that role; `mcid` is its number on the page."""
    return Operators(f"/{role} <</MCID {mcid}>> BDC")


def start_actual_text(text: str) -> Operators:
    """Start content whose glyphs do not give their characters in order (ISO 32000-1, 14.9.4)."""
    return Operators(f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC")


# -- text -------------------------------------------------------------------------------------------------------------


class TextSpan:
    """Operators inside a text object (ISO 32000-1, 9.4); state that is set already is not set again."""

    def __init__(self) -> None:
        self.operators: list[str] = []
        self.font: tuple[str, float] | None = None
        self.color: Color | None = None
        self.rise = 0.0
        self.spacing = (0.0, 0.0)
        """By how much spaces and characters are widened."""

    def add(self, operators: str) -> None:
        """Append operators that are not about text, such as marked content."""
        self.operators.append(operators)

    def set_color(self, color: Color) -> None:
        """Set the colour of the following text."""
        if color != self.color:
            self.operators.append(f"{format_color(color)} rg")
            self.color = color

    def set_rise(self, rise: float) -> None:
        """Set how far the following text is above the baseline."""
        if rise != self.rise:
            self.operators.append(f"{rise:.2f} Ts")
            self.rise = rise

    def start_heavy(self, color: Color, width: float) -> None:
        """Stroke the outlines of the following text too, by a line of that width (ISO 32000-1, 9.3.6)."""
        self.operators.append(f"2 Tr {format_color(color)} RG {width:.2f} w")

    def end_heavy(self) -> None:
        """Fill the following text only."""
        self.operators.append("0 Tr 0 G 1 w")

    def set_font(self, name: str, size: float) -> None:
        """Set the font of the following text, by its resource name."""
        if (name, size) != self.font:
            self.font = name, size
            self.operators.append(f"{name} {size:g} Tf")

    def set_position(self, x: float, y: float) -> None:
        """Set the left end of the following text's baseline."""
        self.operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")

    def set_matrix(self, a: float, b: float, c: float, d: float, x: float, y: float) -> None:
        """Set the text matrix: how the following text is rotated, and the left end of its baseline."""
        self.operators.append(f"{a:g} {b:g} {c:g} {d:g} {x:.2f} {y:.2f} Tm")

    def set_spacing(self, words: float, letters: float) -> None:
        """Widen each space, and each character, in points (ISO 32000-1, 9.3.2 and 9.3.3)."""
        before, self.spacing = self.spacing, (round(words, 3), round(letters, 4))
        if self.spacing[0] != before[0]:
            self.operators.append(f"{self.spacing[0]:g} Tw")
        if self.spacing[1] != before[1]:
            self.operators.append(f"{self.spacing[1]:g} Tc")

    def show(self, codes: str) -> None:
        """Show a string, escaped for a PDF literal; or several with kerning in between: 'T)80(ext'."""
        self.operators.append(f"[({codes})] TJ" if ")" in codes else f"({codes}) Tj")

    def show_adjusted(self, parts: Sequence[str | float]) -> None:
        """Show strings with adjustments between them: by how much the next is nearer, in thousandths of the size."""
        array = "".join(f"({part})" if isinstance(part, str) else f"{part:.0f}" for part in parts)
        self.operators.append(f"[{array}] TJ")

    def join(self) -> Operators:
        """Return all operators as one."""
        return Operators(" ".join(self.operators))


class TextObject(TextSpan):
    """A whole text object."""

    def __init__(self) -> None:
        super().__init__()
        self.operators.append("BT")

    def finish(self) -> Operators:
        """End the text object and return it; its rise and its spacing are reset, as they would last."""
        self.set_spacing(0.0, 0.0)
        if self.rise:
            self.operators.append("0 Ts")
        self.operators.append("ET")
        return self.join()
