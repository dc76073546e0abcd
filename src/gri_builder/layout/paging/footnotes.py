"""Footnotes: set at the foot of the page that refers to them; long ones continue on the next page, at its width."""

from __future__ import annotations

from itertools import groupby

from msgspec import Struct, field

from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.model.rich_text import Run, Runs
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.line_breaking import Line, Word
from gri_builder.typesetting.paragraph_breaking import skip_paragraph_lines
from gri_builder.typesetting.style import Style, TextStyle

INDENT = 14
"""Room for a footnote's number, to the left of its text."""


class NoteParagraph(Struct, frozen=True):
    """A paragraph of a footnote, or the part of one that is left over, broken into lines for one page width."""

    text: TextLines
    words: list[Word]
    width: float
    """Width of its lines, in points."""

    def break_lines(self, first_of: Footnote | None) -> list[NoteLine]:
        """Return its lines; the first one prints the number of the footnote `first_of`, if any."""
        lines = self.text.break_words(self.words, self.width)
        return [NoteLine(self, number, line, None if number else first_of) for number, line in enumerate(lines)]

    def skip_lines(self, count: int, width: float) -> NoteParagraph:
        """Return what follows the first `count` lines as a paragraph of another width."""
        text = self.text
        return NoteParagraph(
            text, skip_paragraph_lines(self.words, count, self.width, text.style, text.language), width
        )


class NoteLine(Struct, frozen=True):
    """One line of a footnote."""

    paragraph: NoteParagraph
    number: int
    """Position among the paragraph's lines, from 0."""
    line: Line
    note: Footnote | None
    """The footnote whose number the line prints: its first line does."""


class Footnote(Struct):
    """A footnote; its element is in the structure tree already, after the paragraph that refers to it."""

    label: str
    number: int
    paragraphs: tuple[Runs, ...]
    element: StructureElement
    number_element: StructureElement
    language: str
    style: TextStyle
    _texts: list[tuple[TextLines, list[Word]]] = field(default_factory=list)
    _lines: dict[float, list[NoteLine]] = field(default_factory=dict)
    """Lines by the width that they are broken for."""

    def lines(self, width: float) -> list[NoteLine]:
        """Return its lines for a page area of that width; the last one ends with a link back."""
        if width not in self._lines:
            lines = list[NoteLine]()
            for text, words in self._paragraph_texts():
                lines += NoteParagraph(text, words, width - INDENT).break_lines(None if lines else self)
            self._lines[width] = lines
        return self._lines[width]

    def _paragraph_texts(self) -> list[tuple[TextLines, list[Word]]]:
        """Return each paragraph's text with its words; all widths share them, and their elements."""
        if not self._texts:
            back = (Run(" ↑", link=f"#back/{self.label}"),)
            for number, runs in enumerate(self.paragraphs, 1):
                text = TextLines(StructureElement("P", self.element), self.style, self.language)
                self._texts.append((text, text.words_of(runs + back if number == len(self.paragraphs) else runs)))
        return self._texts


def make_footnote(
    label: str, number: int, paragraphs: tuple[Runs, ...], parent: StructureElement, language: str, style: TextStyle
) -> Footnote:
    """Return a footnote whose element is the parent's next child (ISO 32000-1, 14.8.4.4.1)."""
    element = StructureElement("Note", parent)
    element.id = f"note-{label}"
    return Footnote(label, number, paragraphs, element, StructureElement("Lbl", element), language, style)


class FootnoteStore(Struct):
    """All footnotes of a document, and the lines that had no room on the page before."""

    style: Style
    footnotes: dict[str, Footnote] = field(default_factory=dict)
    overflow: list[NoteLine] = field(default_factory=list)
    placed: set[str] = field(default_factory=set)
    """Labels of footnotes that are on a finished page; later references link to them."""
    attempted: set[str] = field(default_factory=set)
    """Labels that the placement of a chapter has on its pages so far."""

    def is_placed(self, label: str) -> bool:
        """Return whether a footnote is on a page already."""
        return label in self.attempted or label in self.placed

    def place(self, label: str) -> None:
        """Record that a footnote is on a page of the present placement."""
        self.attempted.add(label)

    def commit(self) -> None:
        """Keep what the present placement has placed."""
        self.placed |= self.attempted
        self.attempted = set()

    def reset(self) -> None:
        """Forget the present placement; a chapter leaves no lines over."""
        self.attempted, self.overflow = set(), []

    def take_overflow(self, width: float) -> list[NoteLine]:
        """Return the lines left over from the page before, broken anew where this page area has another width."""
        lines, self.overflow = self.overflow, []
        return _fit_lines(lines, width - INDENT)


def _fit_lines(lines: list[NoteLine], width: float) -> list[NoteLine]:
    """Return the lines at that width; those that have it already stay as they are."""
    if not lines or lines[0].paragraph.width == width:
        return lines
    fitted = list[NoteLine]()
    for _, group in groupby(lines, key=lambda line: id(line.paragraph)):
        first = next(group)
        fitted += first.paragraph.skip_lines(first.number, width).break_lines(first.note)
    return fitted
