"""Paragraphs: lines of text, tagged as they are written, with links, footnote marks and a label for list items."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.fonts.faces import load_face
from gri_builder.fonts.scripts import text_direction
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.text.line_writer import Setting, write_placed
from gri_builder.layout.text.parts import show_parts
from gri_builder.memos import remembered
from gri_builder.model.claim import page_ranges
from gri_builder.model.rich_text import Run, Runs
from gri_builder.model.texts.vocabulary import NO_WORDS
from gri_builder.pdf.page_map import PageMap
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.line_breaking import Line, TextFormat, Word, make_words
from gri_builder.typesetting.line_order import PlacedPiece, is_leveled, place_pieces
from gri_builder.typesetting.line_spacing import NATURAL, LineSpacing, space_line
from gri_builder.typesetting.paragraph_breaking import break_paragraph
from gri_builder.typesetting.style import TextStyle, limit_indent
from gri_builder.typesetting.word_breaks import find_known

MAX_HYPHENATED = 4
"""Lines with a hyphen at their end that move to the next page at most, so that none is before the page break."""
UNKNOWN_PAGE = "000"
"""Text whose width is reserved for an unknown page number."""


class Label(Struct, frozen=True):
    """A list item's bullet or number."""

    text: str
    element: StructureElement
    offset: float
    """Distance to the left edge of the text."""


class TextLines:
    """Broken lines, and the elements that they belong to; shared by paragraphs and cells."""

    def __init__(self, element: StructureElement, style: TextStyle, language: str) -> None:
        direction = text_direction(language)
        self.element, self.language = element, language
        self.style = style if style.direction == direction else replace(style, direction=direction)
        self.link: tuple[str, StructureElement] | None = None
        """Target and element of the current link; it continues in that element over lines and pages."""
        self.spans: dict[int, StructureElement] = {}
        """Elements of abbreviations, passages in another language and printed facts, by the number of their run."""
        self._words: tuple[Runs, TextStyle, list[Word]] | None = None
        self._lines: dict[float, tuple[list[Word], TextStyle, list[Line]]] = {}
        """Lines by their width, with the words and the style that they are of: a text is measured several times."""

    def _key_of(self, runs: Runs, width: float) -> Hashable:
        """Return what the lines depend on; of the vocabulary, only the words that are there."""
        known = find_known(" ".join(run.text for run in runs), self.style.vocabulary)
        return runs, width, replace(self.style, vocabulary=NO_WORDS), self.language, known

    @remembered(_key_of)
    def break_runs(self, runs: Runs, width: float) -> list[Line]:
        """Return the runs as lines of at most that width."""
        return self.break_words(self.words_of(runs), width)

    def words_of(self, runs: Runs) -> list[Word]:
        """Return the words of the runs."""
        if self._words is None or self._words[1] is not self.style or self._words[0] != runs:
            self._words = runs, self.style, make_words(runs, self.style)
        return self._words[2]

    def break_words(self, words: list[Word], width: float) -> list[Line]:
        """Return the words as lines of at most that width."""
        known = self._lines.get(width)
        if known is None or known[0] is not words or known[1] is not self.style:
            lines = break_paragraph(words, width, self.style, self.language)
            known = self._lines[width] = words, self.style, lines
        return known[2]

    def write(
        self,
        pen: Pen,
        lines: list[Line],
        x: float,
        baseline: float,
        width: float,
        artifact: bool = False,
    ) -> None:
        """Write the lines, the first one on that baseline; `x` is the left edge on the page.

        Text that repeats other text is an artifact.
        """
        for line in lines:
            self._write_line(pen, line, x, baseline, width, artifact)
            baseline -= self.style.leading
        pen.stretch()

    def _write_line(self, pen: Pen, line: Line, x: float, baseline: float, width: float, artifact: bool) -> None:
        spacing = space_line(line, width) if self.style.align == "justify" else NATURAL
        x += max(0.0, width - line.width) * self._share_before() if spacing is NATURAL else 0.0
        if is_leveled(line):
            self._write_leveled(pen, line, (x, baseline), spacing, artifact)
            return
        pen.move(x, baseline)
        pen.stretch(spacing.words, spacing.letters)
        for number, piece in enumerate(line.pieces):
            look, text = piece.look, piece.text
            # readers need a real space between the words of neighbouring lines
            ends = number == len(line.pieces) - 1 and line.needs_space
            alone = look.expansion or look.spoken is not None  # which apply to the word alone
            if ends and not alone:
                text += " "
            advance = piece.width + spacing.added(piece.text)
            if (look.link or look.note) and not artifact:
                self._write_link(pen, text, look, (x, baseline, advance))
            else:
                self.link = None
                pen.tag(None if artifact else self._span(look, self.element))
                self._show(pen, text, look, x + advance, baseline)
            if ends and alone:
                pen.tag(None if artifact else self.element)
                pen.show(" ", look)
            x += advance

    def _share_before(self) -> float:
        """Return the share of a line's slack that is left of it: lines start at the right edge from right to left."""
        align, rtl = self.style.align, self.style.direction == "rtl"
        if align == "center":
            return 0.5
        if align == "right":
            return 1.0
        return 1.0 if rtl != (align == "end") else 0.0

    def _write_leveled(
        self, pen: Pen, line: Line, at: tuple[float, float], spacing: LineSpacing, artifact: bool
    ) -> None:
        """Write a line with parts that are read from right to left."""
        x, baseline = at
        placed = place_pieces(line, x, spacing.words)
        setting = Setting(baseline, spacing.words, line.needs_space)
        write_placed(pen, placed, lambda each: None if artifact else self._annotate(pen, each, baseline), setting)
        pen.leave(None if artifact else self.element, placed[-1].x + placed[-1].advance, baseline)

    def _annotate(self, pen: Pen, each: PlacedPiece, baseline: float) -> StructureElement:
        """Return the element of a piece, after adding the link that it is a part of."""
        look = each.piece.look
        if not (look.link or look.note):
            self.link = None
            return self._span(look, self.element)
        element = self._link_element(pen, look, baseline)
        self._add_link(pen, each.piece.text, look, (each.x, baseline, each.advance))
        return self._span(look, element)

    def _span(self, look: TextFormat, parent: StructureElement) -> StructureElement:
        """Return the element of text in that format: the parent, or a Span with its language, expansion or facts."""
        if look.span is None:
            return parent
        if look.span not in self.spans:
            span = self.spans[look.span] = StructureElement("Span", parent)
            span.language, span.expansion, span.actual = look.language, look.expansion, look.spoken
            span.prints = (look.printed,) if look.printed else ()
        return self.spans[look.span]

    def _show(self, pen: Pen, text: str, look: TextFormat, right: float, baseline: float) -> None:
        """Show text, or reserve the place of an unknown page number."""
        if look.page_of is None:
            pen.show(text, look)
        elif self.style.align == "right":
            pen.late(look.page_of, look, (right, baseline))
            pen.move(right, baseline)
        else:
            pen.late(look.page_of, look)
            if text.endswith(" "):
                pen.show(" ", look)

    def _write_link(self, pen: Pen, text: str, look: TextFormat, at: tuple[float, float, float]) -> None:
        x, baseline, advance = at
        pen.tag(self._span(look, self._link_element(pen, look, baseline)))
        self._show(pen, text, look, x + advance, baseline)
        self._add_link(pen, text, look, at)

    def _link_element(self, pen: Pen, look: TextFormat, baseline: float) -> StructureElement:
        """Return the element of a link: the same one over lines and pages."""
        target = _target_of(look)
        if self.link is None or self.link[0] != target:
            self.link = (
                target,
                StructureElement("Link", StructureElement("Reference", self.element) if look.note else self.element),
            )
            if look.note:
                pen.canvas.add_destination(f"back/{look.note}", baseline + self.style.leading)
        return self.link[1]

    def _add_link(self, pen: Pen, text: str, look: TextFormat, at: tuple[float, float, float]) -> None:
        """Add the link over text; `at` is its left end, its baseline and its width."""
        assert self.link is not None
        x, baseline, advance = at
        low = baseline + look.rise - 0.22 * look.size
        box = (x, low, x + advance, low + 1.1 * look.size)
        pen.canvas.link(self.link[1], box, self.link[0], "" if look.page_of else text)


def _target_of(look: TextFormat) -> str:
    return f"#note/{look.note}" if look.note else look.link or ""


class Paragraph(LayoutBox):
    """A paragraph, or a part of one."""

    ornament: Callable[[ReportCanvas, float, float], None] | None = None
    """Draws what is around it at its left and upper edge: the rule of a heading."""
    is_part = False
    """Whether a split has broken its lines, which then keep their width."""
    broken_for: tuple[float, int] | None = None
    """The width and the number of known pages that its lines were broken for."""

    def __init__(
        self,
        runs: Runs,
        style: TextStyle,
        element: StructureElement,
        language: str,
        indent: float = 0,
        label: Label | None = None,
    ) -> None:
        super().__init__(style.before, style.after)
        self.runs, self.style, self.indent, self.label = runs, style, indent, label
        self.text = TextLines(element, style, language)
        self.lines: list[Line] | None = None
        self.has_late = any(run.page_of for run in runs)
        """Whether page numbers are printed that are known later."""

    def known_pages(self) -> int:
        """Return how many pages are finished, if it prints page numbers."""
        return self.canvas.page_map.pages if self.has_late else 0

    def measure(self, width: float) -> None:
        """Break the lines, unless a split did, or they have been broken for that width."""
        self.indent = limit_indent(self.indent, width)
        room = self._room(width)
        broken_for = (room, self.known_pages())
        if self.lines is None or not (self.is_part or self.broken_for == broken_for):
            places = self.canvas.page_map if self.has_late else None
            self.lines = self.text.break_runs(resolve_pages(self.runs, places), room)
            self.broken_for = broken_for
        self.height = len(self.lines) * self.style.leading
        if self.notes or not self.is_part:  # a part has none where the whole has none
            self.notes = tuple(label for line in self.lines for label in line.notes)

    def _room(self, width: float) -> float:
        """Return the width of its lines."""
        room = width - self.indent
        return min(room, self.style.measure) if self.style.measure else room

    def min_height(self, width: float) -> float:
        """Return the minimum height before a page break: two lines, or all of up to three."""
        self.wrap(width)
        assert self.lines is not None
        return (len(self.lines) if len(self.lines) <= 3 else 2) * self.style.leading

    def first_baseline(self) -> float:
        """Return the distance from the top to the first baseline."""
        return self.style.first_baseline

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return what fits and the rest, with at least two lines in each, and no hyphen before the page break.

        Where all of the last lines end in hyphens, as in a word of many lines, one is before the page break.
        """
        assert self.lines is not None
        lines = self.lines
        fitting, room = 0, height
        for line in lines:
            room -= self.style.leading + self.frame.notes_height(tuple(line.notes))
            if room < -0.01:
                break
            fitting += 1
        fitting = min(fitting, len(lines) - 2)
        if fitting < 2:
            return []
        ends = range(fitting, max(1, fitting - MAX_HYPHENATED - 1), -1)
        fitting = next((number for number in ends if not lines[number - 1].ends_hyphenated), fitting)
        return [
            self.part(True, lines=lines[:fitting], is_part=True),
            self.part(False, lines=lines[fitting:], label=None, is_part=True),
        ]

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Write the label and the lines."""
        assert self.lines is not None
        if self.ornament:
            self.ornament(canvas, x, top)
        baseline, left = top - self.first_baseline(), x + self.indent
        pen = Pen(canvas)
        if self.label:
            look = TextFormat(load_face(tabular=True, family=self.style.family), self.style.size, self.style.link)
            pen.tag(self.label.element)
            number = self.label.text.rstrip(".")
            parts = ((number, look), (self.label.text[len(number) :] + " ", look))
            show_parts(pen, parts, left - self.label.offset, baseline)
        width = self._room(self.width)
        self.text.write(pen, self.lines, canvas.left(left, width), baseline, width)
        pen.end()


def resolve_pages(runs: Runs, places: PageMap | None) -> Runs:
    """Return the runs with page numbers in place of `page_of`, each range a link; unknown ones reserve space."""
    if places is None:
        return runs
    out: list[Run] = []
    for run in runs:
        out.extend(_page_runs(run, places) if run.page_of else [run])
    return tuple(out)


def _page_runs(run: Run, places: PageMap) -> list[Run]:
    assert run.page_of is not None
    pages = places.found.get(run.page_of)
    if pages is None:
        first = places.first(run.page_of)
        if first is None:
            return [Run(UNKNOWN_PAGE, page_of=run.page_of, bold=run.bold, link=f"#{run.page_of}")]
        pages = [first]
    out: list[Run] = []
    for number, text in enumerate(page_ranges(pages).split(", ")):
        if number:
            out.append(Run(", "))
        target = f"#{run.page_of}" if not number else f"#page/{text.split('–')[0]}"
        out.append(Run(text, link=target, bold=run.bold))
    return out
