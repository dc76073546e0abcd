"""Draws tables as word processors and layout programs do, and says on which page each row came to stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

FONT, BOLD, SIGNS = "Helvetica", "Helvetica-Bold", "ZapfDingbats"
MARKS = "✓✔●✗"
PAD = 3.0


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    kind: str
    width: float
    align: str = "left"
    """'left', 'right' or 'middle'."""
    stand: str = "top"
    """Where its text stands in a higher cell: 'top', 'middle' or 'bottom'."""
    head: str = ""
    """Kind of its head, where it is not its own."""
    leaders: bool = False
    """Whether dots lead from its text to the next column."""


@dataclass(frozen=True)
class Style:
    """How a table looks."""

    size: float = 8.0
    rules: str = "lines"
    """'lines' below rows, 'grid', 'shade' for every second row, or 'none'."""
    air: float = 4.0
    """Points above and below the text of a cell."""
    spaced: float = 0.0
    """Points between the letters of codes."""


@dataclass
class Group:
    """Rows that are kept together; the cells of some kinds are merged to one over all of them."""

    rows: list[dict[str, str]]
    merged: frozenset[str] = frozenset()
    heading: str = ""
    """A line over the whole width, in place of rows."""


class TableDrawer:
    """Draws groups of rows into a box of a page, from the top."""

    def __init__(self, canvas: Canvas, columns: Sequence[Column], style: Style, left: float) -> None:
        self.canvas, self.columns, self.style, self.left = canvas, columns, style, left
        self.lefts = {}
        for column in columns:
            self.lefts[column.kind] = left
            left += column.width
        self.right = left

    def height(self, group: Group) -> float:
        """Return the height of a group in points."""
        return sum(self._heights(group)) if not group.heading else self.style.size * 1.3 + 2 * self.style.air

    def draw(self, group: Group, top: float, shaded: bool = False) -> None:
        """Draw a group with its upper edge at `top`, counted from the lower edge of the page."""
        if group.heading:
            self.canvas.setFont(BOLD, self.style.size)
            self.canvas.drawString(self.left + PAD, top - self.style.air - self.style.size, group.heading)
            return
        heights = self._heights(group)
        if shaded:
            self.canvas.setFillGray(0.9)
            self.canvas.rect(self.left, top - sum(heights), self.right - self.left, sum(heights), stroke=0, fill=1)
            self.canvas.setFillGray(0)
        for column in self.columns:
            y = top
            if column.kind in group.merged:
                text = next((row[column.kind] for row in group.rows if row.get(column.kind)), "")
                self._cell(column, text, top, sum(heights), "middle")
                continue
            for row, height in zip(group.rows, heights, strict=True):
                self._cell(column, row.get(column.kind, ""), y, height, column.stand)
                y -= height
        self._rules(group, heights, top)

    def _heights(self, group: Group) -> list[float]:
        heights = []
        for row in group.rows:
            alone = [column for column in self.columns if column.kind not in group.merged]
            lines = max((len(self._wrap(column, row.get(column.kind, ""))) for column in alone), default=1)
            heights.append(lines * self._leading + 2 * self.style.air)
        for kind in sorted(group.merged & set(self.lefts)):
            column = next(each for each in self.columns if each.kind == kind)
            text = next((row[kind] for row in group.rows if row.get(kind)), "")
            wanted = len(self._wrap(column, text)) * self._leading + 2 * self.style.air
            heights[-1] += max(0.0, wanted - sum(heights))
        return heights

    @property
    def _leading(self) -> float:
        return self.style.size * 1.2

    def _wrap(self, column: Column, text: str) -> list[str]:
        lines = [""]
        for part in text.split("\n"):
            for word in part.split(" "):
                longer = f"{lines[-1]} {word}".strip()
                if lines[-1] and self._width(column, longer) > column.width - 2 * PAD:
                    lines.append(word)
                else:
                    lines[-1] = longer
            lines.append("")
        return lines[:-1]

    def _width(self, column: Column, text: str) -> float:
        spaced = self.style.spaced * len(text) if column.kind == "code" else 0
        return float(stringWidth(re.sub(r"\^", "", text), FONT, self.style.size)) + spaced

    def _cell(self, column: Column, text: str, top: float, height: float, stand: str) -> None:
        lines = self._wrap(column, text)
        spare = height - len(lines) * self._leading - 2 * self.style.air
        y = top - self.style.air - {"top": 0, "middle": spare / 2, "bottom": spare}[stand] - self.style.size
        for line in lines:
            self._line(column, line, y)
            y -= self._leading

    def _line(self, column: Column, text: str, y: float) -> None:
        width = self._width(column, text)
        left = self.lefts[column.kind]
        spare = column.width - PAD - width
        x = left + {"left": PAD, "middle": (spare + PAD) / 2, "right": spare}[column.align]
        if text in {"@tick", "@dot"}:
            self._mark(text, left + column.width / 2, y)
            return
        for part, raised in _parts(text):
            font = SIGNS if part in MARKS else FONT
            size = self.style.size * (0.6 if raised else 1)
            spaced = self.style.spaced if column.kind == "code" else 0
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, y + (self.style.size * 0.4 if raised else 0), part, charSpace=spaced)
            x += stringWidth(part, font, size) + spaced * len(part)
        if column.leaders and text:
            dots = "." * int((column.width - width - 4 * PAD) / stringWidth(".", FONT, self.style.size))
            self.canvas.drawRightString(left + column.width - PAD, y, dots)

    def _mark(self, kind: str, x: float, y: float) -> None:
        """Draw a mark that is no text."""
        if kind == "@dot":
            self.canvas.circle(x, y + 3, 2.5, stroke=0, fill=1)
        else:
            self.canvas.lines([(x - 3, y + 3, x - 1, y), (x - 1, y, x + 4, y + 6)])

    def _rules(self, group: Group, heights: Sequence[float], top: float) -> None:
        if self.style.rules not in {"lines", "grid"}:
            return
        self.canvas.setLineWidth(0.4)
        y = top
        for place, height in enumerate(heights):
            y -= height
            last = place == len(heights) - 1
            for column in self.columns:
                if last or column.kind not in group.merged:
                    x = self.lefts[column.kind]
                    self.canvas.line(x, y, x + column.width, y)
        if self.style.rules == "grid":
            for x in (*self.lefts.values(), self.right):
                self.canvas.line(x, top, x, y)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a line, each with whether it is raised: what follows '^', a figure or letter."""
    for found in re.finditer(rf"\^(?P<raised>\w)|(?P<mark>[{MARKS}])|[^^{MARKS}]+", text):
        yield found["raised"] or found.group(), bool(found["raised"])
