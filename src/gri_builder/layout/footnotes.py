"""Footnotes: set at the foot of the page on which they are referred to, going on overleaf where they are very long."""

from __future__ import annotations

from msgspec import Struct, field

from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.layout.line_breaking import Line
from gri_builder.layout.style import Style, TextStyle
from gri_builder.model.rich_text import Run, Runs
from gri_builder.pdf.structure_tree import StructureElement

INDENT = 14


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
    element: StructureElement
    sign: StructureElement
    """The element of its number."""
    language: str
    style: TextStyle
    _lines: list[NoteLine] = field(default_factory=list)

    def lines(self, width: float) -> list[NoteLine]:
        """Return its lines, broken at that width, with a link back at their end."""
        if not self._lines:
            last = len(self.paragraphs) - 1
            for number, runs in enumerate(self.paragraphs):
                text = TextLines(StructureElement("P", self.element), self.style, self.language)
                back = (Run(" ↑", link=f"#note-{self.label}-back"),) if number == last else ()
                for broken in text.break_runs(runs + back, width - INDENT):
                    self._lines.append(NoteLine(text, broken, None if self._lines else self))
        return self._lines


def make_footnote(
    label: str, number: int, paragraphs: tuple[Runs, ...], parent: StructureElement, language: str, style: TextStyle
) -> Footnote:
    """Return a footnote whose element is the parent's next child (ISO 32000-1, 14.8.4.4.1)."""
    element = StructureElement("Note", parent)
    element.id = f"note-{label}"
    return Footnote(label, number, paragraphs, element, StructureElement("Lbl", element), language, style)


class FootnoteStore(Struct):
    """All footnotes of a document, and the lines that had no room on their page."""

    style: Style
    footnotes: dict[str, Footnote] = field(default_factory=dict)
    carried: list[NoteLine] = field(default_factory=list)
    set: set[str] = field(default_factory=set)
    """Labels of those that stand on a page already; later references lead there."""
