"""Plans of covers: where texts, areas of colour and art are, before anything is painted."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.layout.blocks.background_pattern import Area
from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.model.color import Color
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.line_breaking import Line
from gri_builder.typesetting.style import TextStyle
from gri_builder.typesetting.title_fitting import balance_title, break_title, fit_title

MAX_SHARE = 0.42
"""Largest share of the page's height that a single text takes."""


class Column(Struct, frozen=True):
    """Where texts are set one below the other: left edge, width, and greatest height of one, in points."""

    left: float
    width: float
    height: float


class CoverText(Struct, frozen=True):
    """A text at its place: its lines, and the upper left corner of the box that they are in."""

    text: str
    style: TextStyle
    column: Column
    top: float
    lines: tuple[Line, ...]

    @property
    def bottom(self) -> float:
        """Lower edge of its box; descenders are above it."""
        return self.top - len(self.lines) * self.style.leading

    def moved(self, up: float) -> CoverText:
        """Return the text at another height."""
        return replace(self, top=self.top + up)

    def write(self, canvas: ReportCanvas, parent: StructureElement, language: str) -> None:
        """Write it as one paragraph."""
        pen, written = Pen(canvas), TextLines(StructureElement("P", parent), self.style, language)
        x = canvas.left(self.column.left, self.column.width)
        written.write(pen, list(self.lines), x, self.top - self.style.size, self.column.width)
        pen.end()


class CoverPlan(Struct, frozen=True):
    """Where everything is on the first page."""

    texts: tuple[CoverText, ...]
    """In reading order."""
    spare: float
    """Height that is left between texts, or texts and art, that must not meet; negative where there is no room."""
    grounds: tuple[tuple[Area, Color], ...] = ()
    """Areas of colour, painted in this order."""
    art: Area | None = None
    """What the pattern fills."""
    picture: Area | None = None
    """What the picture fills, below the grounds."""
    marks: tuple[tuple[Area, Color], ...] = ()
    """Rules and marks over everything else."""
    logo: tuple[float, float] = (0.0, 0.0)
    """Upper left corner of the logo."""


def set_text(text: str, style: TextStyle, column: Column, top: float, language: str, even: bool = False) -> CoverText:
    """Return a text at its place, set smaller if it is long; `even` makes its lines about as wide as each other."""
    style = fit_title(text, style, column.width, column.height, language)
    break_text = balance_title if even else break_title
    return CoverText(text, style, column, top, tuple(break_text(text, style, column.width, language)))


def stack_texts(
    texts: Sequence[tuple[str, TextStyle, float]], column: Column, top: float, language: str
) -> list[CoverText]:
    """Return texts below each other; each is given with its style and the space above it."""
    placed: list[CoverText] = []
    for text, style, space in texts:
        top -= space
        placed.append(set_text(text, style, column, top, language))
        top = placed[-1].bottom
    return placed


def raise_to(texts: Sequence[CoverText], floor: float) -> list[CoverText]:
    """Return texts that are below each other, moved so that the last one ends at that height."""
    return [text.moved(floor - texts[-1].bottom) for text in texts] if texts else []
