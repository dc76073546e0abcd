"""Footnotes: set at the foot of the page on which they are referred to, going on overleaf where they are very long."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field
from reportlab.platypus import Frame

from gri_builder.produce.render.block import Block
from gri_builder.produce.render.canvas import Pen, ReportCanvas, line
from gri_builder.produce.render.fonts import load_face
from gri_builder.produce.render.paragraph import TextLines
from gri_builder.produce.render.style import Style, TextStyle
from gri_builder.produce.render.tagging import Element
from gri_builder.produce.render.text import Line, Look
from gri_builder.prose import Run, Runs

INDENT = 14
SEPARATION = 12
"""Between the text and the first footnote."""
SHARE = 0.45
"""Share of a page's height that footnotes may take; what is longer goes on overleaf."""


class NoteLine(Struct, frozen=True):
    """One line of a footnote; the first one bears its number."""

    text: TextLines
    line: Line
    note: Footnote | None


class Footnote(Struct):
    """A footnote, its element already in the structure tree behind the paragraph that refers to it."""

    label: str
    number: int
    paragraphs: tuple[Runs, ...]
    element: Element
    sign: Element
    """The element of its number."""
    language: str
    style: TextStyle
    _lines: list[NoteLine] = field(default_factory=list)

    def lines(self, width: float) -> list[NoteLine]:
        """Return its lines, broken at that width, with a link back at their end."""
        if not self._lines:
            last = len(self.paragraphs) - 1
            for number, runs in enumerate(self.paragraphs):
                text = TextLines(Element("P", self.element), self.style, self.language)
                back = (Run(" ↑", link=f"#note-{self.label}-back"),) if number == last else ()
                for broken in text.break_runs(runs + back, width - INDENT):
                    self._lines.append(NoteLine(text, broken, None if self._lines else self))
        return self._lines


def make_footnote(
    label: str, number: int, paragraphs: tuple[Runs, ...], parent: Element, language: str, style: TextStyle
) -> Footnote:
    """Return a footnote whose element is the parent's next child (ISO 32000-1, 14.8.4.4.1)."""
    element = Element("Note", parent)
    element.id = f"note-{label}"
    return Footnote(label, number, paragraphs, element, Element("Lbl", element), language, style)


class NoteBook(Struct):
    """All footnotes of a document, and the lines that had no room on their page."""

    style: Style
    footnotes: dict[str, Footnote] = field(default_factory=dict)
    carried: list[NoteLine] = field(default_factory=list)
    set: set[str] = field(default_factory=set)
    """Labels of those that stand on a page already; later references lead there."""


class NoteFrame(Frame):  # type: ignore[misc]  # ReportLab has no types
    """A frame that keeps room at its foot for the footnotes of what stands in it."""

    def __init__(self, book: NoteBook, x: float, y: float, width: float, height: float) -> None:
        self.book = book
        self._here: list[NoteLine] = []
        super().__init__(x, y, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    def _reset(self) -> None:
        super()._reset()
        self._geom()
        self._here, self.book.carried = self.book.carried, []
        self._y1p += self._reserved(len(self._here))

    def _reserved(self, lines: int) -> float:
        """Return the height kept free for so many lines of footnotes."""
        if not lines:
            return 0.0
        return float(min(lines * self.book.style.note.leading + SEPARATION, SHARE * self._height))

    @property
    def filled(self) -> float:
        """The share of its height that text and footnotes take."""
        return float(1 - max(0.0, self._y - self._y1p) / self._height)

    def overflows(self) -> bool:
        """Tell whether footnotes of this page have to go on overleaf."""
        return len(self._here) * self.book.style.note.leading + SEPARATION > SHARE * float(self._height)

    def notes_height(self, labels: tuple[str, ...]) -> float:
        """Return how much less room the page has with these footnotes."""
        new = [label for label in labels if label not in self.book.set]
        count = sum(len(self.book.footnotes[label].lines(self._aW)) for label in dict.fromkeys(new))
        return self._reserved(len(self._here) + count) - self._reserved(len(self._here))

    def _add(self, flowable: Any, canv: Any, trySplit: int = 0) -> int:  # noqa: N803  # Platypus's name
        """Add a flowable if it, its footnotes and its tail fit; at the top of a page the tail need not."""
        labels = self._notes_of(flowable, canv)
        old: float = self._y1p
        footnotes = self.notes_height(labels)
        tail = 0.0 if self._atTop or not isinstance(flowable, Block) else flowable.tail_height(self._aW)
        self._y1p: float = old + footnotes + tail
        if super()._add(flowable, canv, trySplit):
            self._y1p = old + footnotes
            for label in labels:
                if label not in self.book.set:
                    self.book.set.add(label)
                    self._here += self.book.footnotes[label].lines(self._aW)
            return 1
        self._y1p = old
        return 0

    add = _add

    def _notes_of(self, flowable: Any, canv: Any) -> tuple[str, ...]:
        """Return the footnotes of a block, each once."""
        if not isinstance(flowable, Block):
            return ()
        flowable.canv, flowable._frame = canv, self
        flowable.wrap(self._getAvailableWidth(), self._aH)
        return tuple(dict.fromkeys(flowable.notes))

    def paint_notes(self, canvas: ReportCanvas) -> None:
        """Write the footnotes of the page that ends, and carry over what has no room."""
        if not self._here:
            return
        y = self._y1 + self._reserved(len(self._here)) - SEPARATION + 4
        canvas.decorate(f"{self.book.style.rule} RG .6 w {line(self._x1, y, self._x1 + 90, y)} S")
        fitting = max(1, int((y - 4 - self._y1) / self.book.style.note.leading + 0.4))
        style = self.book.style.note
        sign = Look(load_face(bold=True, family=style.family), style.size - 0.6, style.colour)
        pen, baseline = Pen(canvas), y - 4 - style.size
        for note_line in self._here[:fitting]:
            if note_line.note:
                canvas.arrive(f"note-{note_line.note.label}", baseline + self.book.style.note.leading)
                pen.tag(note_line.note.sign)
                pen.move(self._x1, baseline)
                pen.show(f"{note_line.note.number} ", sign)
            note_line.text.write(pen, [note_line.line], self._x1 + INDENT, baseline, self._aW - INDENT)
            baseline -= self.book.style.note.leading
        pen.end()
        self.book.carried = self._here[fitting:]
        self._here = []
