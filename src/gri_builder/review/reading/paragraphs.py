"""Read the paragraphs of a Word file in order: kept, inserted, deleted and moved words, bookmarks, commented words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from docx.oxml.ns import qn
from msgspec import Struct, field

from gri_builder.review.reading.package import UnreadableCopyError

PieceKind = Literal["kept", "inserted", "deleted", "moved from", "moved to"]
_CHANGES: dict[str, PieceKind] = {
    qn("w:ins"): "inserted",
    qn("w:del"): "deleted",
    qn("w:moveFrom"): "moved from",
    qn("w:moveTo"): "moved to",
}
_WORDS = {qn("w:t"), qn("w:delText")}
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
_NOTES = {qn("w:footnoteReference"): qn("w:footnote"), qn("w:endnoteReference"): qn("w:endnote")}
_LEFT_OUT = {
    *(qn(tag) for tag in ("w:pPr", "w:rPr", "w:instrText", "w:delInstrText", "w:tblPr", "w:tcPr")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
DEEPEST = 200
"""Elements inside each other that are read."""


class Piece(Struct, frozen=True):
    """Words of a paragraph."""

    kind: PieceKind
    text: str
    author: str = ""
    move: str = ""
    """Name of the move that it is a part of."""


class CopyParagraph(Struct):
    """A paragraph of a copy."""

    pieces: list[Piece] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    """Ids of the comments that start in it, or refer to it."""
    mark: Piece | None = None
    """Its end, if that was inserted or deleted: a paragraph was split, or joined with the next."""
    starts_cell: bool = False
    """Whether it is the first of a cell of a table."""
    is_note: bool = False
    """Whether it is of a footnote; it follows the paragraph that refers to it."""


class Anchors(Struct):
    """The words that each comment is about, by its id."""

    texts: dict[str, list[str]] = field(default_factory=dict)


def read_paragraphs(root: Any, anchors: Anchors, notes: Iterable[Any] = ()) -> Iterator[CopyParagraph]:
    """Yield the paragraphs of a document in the order of reading; `notes` are its parts of footnotes and endnotes.

    Raises UnreadableCopyError.
    """
    state = _State(anchors)
    for part in notes:
        for note in part.iter(qn("w:footnote"), qn("w:endnote")):
            state.notes[note.tag, note.get(qn("w:id")) or ""] = note
    yield from state.walk(root, None, None, 0)
    if state.pending and state.last is not None:
        state.last.bookmarks += state.pending


class _State:
    """What is open while a part is read."""

    def __init__(self, anchors: Anchors) -> None:
        self.open: dict[str, None] = {}
        self.moves: dict[str, str] = {}
        """Names of moves whose range is open, by its id."""
        self.pending: list[str] = []
        self.last: CopyParagraph | None = None
        self.anchors = anchors
        self.starts_cell = False
        self.notes: dict[tuple[str, str], Any] = {}
        """Footnotes and endnotes that are not read yet."""
        self.referred: list[Any] = []
        """Those that the paragraph refers to."""
        self.is_note = False

    def walk(
        self, element: Any, paragraph: CopyParagraph | None, change: Piece | None, depth: int
    ) -> Iterator[CopyParagraph]:
        """Yield the paragraphs below an element, and add words to the one that is open."""
        if depth > DEEPEST:
            raise UnreadableCopyError("its elements are nested too deeply", "open it in Word and save it again")
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _LEFT_OUT:
                continue
            if tag == qn("w:p"):
                yield from self._read_paragraph(child, change, depth)
            elif tag in _CHANGES:
                yield from self.walk(child, paragraph, self._change(child, _CHANGES[tag]), depth + 1)
            elif tag == qn("w:tc"):
                self.starts_cell = True
                yield from self.walk(child, paragraph, change, depth + 1)
            elif tag == qn("w:tr"):
                yield from self.walk(child, paragraph, self._row_change(child) or change, depth + 1)
            else:
                self._read_mark(child, tag, paragraph, change)
                yield from self.walk(child, paragraph, change, depth + 1)

    def _read_paragraph(self, element: Any, change: Piece | None, depth: int) -> Iterator[CopyParagraph]:
        paragraph = CopyParagraph(bookmarks=self.pending, starts_cell=self.starts_cell, is_note=self.is_note)
        for id in self.open:
            self.anchors.texts[id].append("\n")
        self.pending, self.starts_cell, self.last = [], False, paragraph
        properties = element.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        for mark in properties if properties is not None else ():
            if mark.tag in _CHANGES:
                paragraph.mark = self._change(mark, _CHANGES[mark.tag])
        inner = list(self.walk(element, paragraph, change, depth + 1))
        yield paragraph
        yield from inner
        notes, self.referred, outer = self.referred, [], self.is_note
        for note in notes:
            self.is_note = True
            yield from self.walk(note, None, change, depth + 1)
        self.is_note = outer

    def _change(self, element: Any, kind: PieceKind) -> Piece:
        move = next(iter(self.moves.values()), "") if kind.startswith("moved") else ""
        return Piece(kind, "", element.get(qn("w:author")) or "", move)

    def _row_change(self, row: Any) -> Piece | None:
        properties = row.find(qn("w:trPr"))
        for mark in properties if properties is not None else ():
            if mark.tag in _CHANGES:
                return self._change(mark, _CHANGES[mark.tag])
        return None

    def _read_mark(self, element: Any, tag: str, paragraph: CopyParagraph | None, change: Piece | None) -> None:
        if tag in _WORDS or tag in _BREAKS:
            self._add_text(_BREAKS.get(tag) or element.text or "", paragraph, change)
        elif tag == qn("w:bookmarkStart"):
            names = paragraph.bookmarks if paragraph is not None else self.pending
            names.append(element.get(qn("w:name")) or "")
        elif tag in (qn("w:commentRangeStart"), qn("w:commentReference")):
            id = element.get(qn("w:id")) or ""
            if tag == qn("w:commentRangeStart"):
                self.open[id] = None
            target = paragraph or self.last
            if target is not None and id not in self.anchors.texts:
                self.anchors.texts[id] = []
                target.starts.append(id)
        elif tag in _NOTES:
            note = self.notes.pop((_NOTES[tag], element.get(qn("w:id")) or ""), None)
            self.referred += [] if note is None else [note]
        elif tag == qn("w:commentRangeEnd"):
            self.open.pop(element.get(qn("w:id")) or "", None)
        elif tag in (qn("w:moveFromRangeStart"), qn("w:moveToRangeStart")):
            self.moves[element.get(qn("w:id")) or ""] = element.get(qn("w:name")) or ""
        elif tag in (qn("w:moveFromRangeEnd"), qn("w:moveToRangeEnd")):
            self.moves.pop(element.get(qn("w:id")) or "", None)

    def _add_text(self, text: str, paragraph: CopyParagraph | None, change: Piece | None) -> None:
        if paragraph is None or not text:
            return
        kind, author, move = (change.kind, change.author, change.move) if change else ("kept", "", "")
        last = paragraph.pieces[-1] if paragraph.pieces else None
        if last and (last.kind, last.author, last.move) == (kind, author, move):
            paragraph.pieces[-1] = Piece(kind, last.text + text, author, move)
        else:
            paragraph.pieces.append(Piece(kind, text, author, move))
        for id in self.open:
            self.anchors.texts.setdefault(id, []).append(text)
