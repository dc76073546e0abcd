"""Line breaking: runs to lines, with hyphenation, over cached word widths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.fonts.faces import Face, even_spaces, load_face
from gri_builder.layout.hyphenation import hyphen_positions
from gri_builder.layout.style import TextStyle
from gri_builder.model.color import Color
from gri_builder.model.rich_text import FactReference, Run, Runs

CODE_SIZE = 0.94
GAP_COLOR = Color(0.72, 0.1, 0.1)
"""Colour of the marks of a draft's gaps."""
MARK_SIZE = 7.0
SCRIPT_SIZE, SUPER_RISE, SUB_RISE = 0.68, 0.34, -0.14
HYPHEN = "\u00ad"
"""Hyphens at line ends are soft ones, so that readers of the PDF join the word again (ISO 32000-1, 14.8.2.2.3)."""
MAX_HYPHENS = 2
"""Lines in a row that may end in a hyphen."""
_BREAK_AFTER = re.compile(r"(?<=[\w)])[-–—/](?=\w)|\u200b|(?<=[a-z])[.@_](?=[a-z])")
_HYPHENABLE = re.compile(r"[^\W\d_]{6,}")


class TextFormat(Struct, frozen=True):
    """How a piece of text is set, and what it links to."""

    face: Face
    size: float
    color: Color
    rise: float = 0
    link: str | None = None
    note: str | None = None
    page_of: str | None = None
    language: str | None = None
    """Of a passage in another language than the text around it."""
    expansion: str | None = None
    printed: tuple[FactReference, str] | None = None
    """The facts that the run prints, and its whole text."""
    span: int | None = None
    """Position of the run in its text, for a run with its own structure element."""


class Piece(Struct):
    """Text in one format, without spaces to break at."""

    text: str
    look: TextFormat
    width: float


class Word(Struct):
    """Pieces without a space between them, and the space before them."""

    pieces: list[Piece]
    width: float
    glue: float
    """Width of the space before it; 0 where none is allowed."""


class Line(Struct):
    """Pieces set side by side; their texts hold the spaces between words."""

    pieces: list[Piece]
    width: float
    last: bool = False
    """Whether the paragraph ends here; the line is not justified then."""

    @property
    def spaces(self) -> int:
        """How many spaces are stretched."""
        return sum(count_spaces(piece.text) for piece in self.pieces)

    @property
    def notes(self) -> Iterator[str]:
        """Labels of the footnotes referred to in it."""
        return (piece.look.note for piece in self.pieces if piece.look.note)


def count_spaces(text: str) -> int:
    """Return how many spaces are stretched in a justified line: all that are written as U+0020."""
    return text.count(" ") + text.count("\u00a0")


def make_text_format(run: Run, style: TextStyle) -> TextFormat:
    """Return how a run is set inside a paragraph of that style."""
    bold, italic = run.bold or style.bold or run.mark, run.italic or style.italic
    face = load_face(bold, italic, style.tabular, style.family)
    size, rise = style.size, 0.0
    if run.script:
        rise = size * (SUPER_RISE if run.script == "sup" else SUB_RISE)
        size *= SCRIPT_SIZE
    if run.mark:
        size = MARK_SIZE
    if run.code:
        mono = load_face(tabular=True, family=style.family)
        return TextFormat(mono, size * CODE_SIZE, style.color, rise, run.link, run.note, run.page_of)
    color = GAP_COLOR if run.gap else style.link if run.link or run.note else style.color
    return TextFormat(face, size, color, rise, run.link, run.note, run.page_of)


def _make_run_format(runs: Runs, number: int, style: TextStyle) -> TextFormat:
    """Return the format of one of the runs, with its properties for readers."""
    run, look = runs[number], make_text_format(runs[number], style)
    if run.language is None and run.expansion is None and run.printed is None:
        return look
    printed = (run.printed, run.text) if run.printed else None
    return replace(look, language=run.language, expansion=run.expansion, printed=printed, span=number)


def make_words(runs: Runs, style: TextStyle) -> list[Word]:
    """Return the words of the runs; a line break in the text ('\\n') is a word whose glue is -1."""
    words: list[Word] = []
    glue, joined = 0.0, False
    for index, run in enumerate(runs):
        look = _make_run_format(runs, index, style)
        face, size = look.face, look.size
        widths, space = face.widths, face.space * size
        for number, line in enumerate(even_spaces(run.text).split("\n")):
            if number:
                words.append(Word([], 0, -1))
                glue, joined = 0.0, False
            for position, text in enumerate(line.split(" ")):
                if position:
                    glue, joined = space, False
                if not text:
                    continue
                width = widths.get(text)
                piece = Piece(text, look, (face.width(text) if width is None else width) * size)
                if joined:
                    words[-1].pieces.append(piece)
                    words[-1].width += piece.width
                else:
                    words.append(Word([piece], piece.width, glue))
                joined = True
    return words


def break_lines(words: Iterable[Word], width: float, style: TextStyle, language: str) -> list[Line]:
    """Return the words broken into lines no wider than `width`; only a single character can be wider.

    Breaks greedily at spaces, then inside a word where it may be hyphenated, after hyphens, dashes and slashes, and as
    a last resort between any two characters.
    """
    return list(_take_lines(_make_queue(words), width, style, language))


def skip_lines(words: Iterable[Word], count: int, width: float, style: TextStyle, language: str) -> list[Word]:
    """Return the words that follow the first `count` of the lines that `break_lines` returns."""
    queue = _make_queue(words)
    for _ in islice(_take_lines(queue, width, style, language), count):
        pass
    return queue[::-1]


def _make_queue(words: Iterable[Word]) -> list[Word]:
    """Return the words in reverse order, so that the next one is cheap to take."""
    queue = list(words)
    queue.reverse()
    return queue


def _take_lines(queue: list[Word], width: float, style: TextStyle, language: str) -> Iterator[Line]:
    """Yield lines, at least one, and remove their words from the end of the queue; a split word's rest stays there."""
    current: list[Word] = []
    used, hyphens = 0.0, 0
    empty = True
    while queue:
        word = queue.pop()
        if word.glue < 0:
            yield _make_line(current, last=True)
            current, used, empty = [], 0.0, False
            continue
        glue = word.glue if current else 0.0
        if used + glue + word.width <= width + 0.01:
            current.append(word)
            used += glue + word.width
            continue
        may_hyphenate = style.hyphenate and hyphens < MAX_HYPHENS and bool(queue)
        parts = _split_word(word, width - used - glue, language if may_hyphenate else None, force=not current)
        if parts:
            current.append(parts[0])
            queue.append(parts[1])
            hyphens = hyphens + 1 if parts[0].pieces[-1].text.endswith(HYPHEN) else 0
        else:  # alone on its line, it is a single character
            (queue if current else current).append(word)
            hyphens = 0
        yield _make_line(current)
        current, used, empty = [], 0.0, False
    if current or empty:
        yield _make_line(current, last=True)


def natural_widths(words: list[Word]) -> tuple[float, float]:
    """Return the widths of the widest word and of everything on one line."""
    widest, total, line = 0.0, 0.0, 0.0
    for word in words:
        if word.glue < 0:
            line = 0.0
            continue
        line += word.width + (word.glue if line else 0.0)
        widest, total = max(widest, _least_width(word)), max(total, line)
    return widest, total


def _least_width(word: Word) -> float:
    """Return the width of the widest part of the word between the places where it may break without a hyphen."""
    if len(word.pieces) != 1 or not _BREAK_AFTER.search(word.pieces[0].text):
        return word.width
    piece = word.pieces[0]
    ends = [match.end() for match in _BREAK_AFTER.finditer(piece.text)]
    parts = (piece.text[a:b] for a, b in zip([0, *ends], [*ends, len(piece.text)], strict=True))
    return max(piece.look.face.width(part) * piece.look.size for part in parts)


def _make_line(words: list[Word], last: bool = False) -> Line:
    """Return the line of those words, neighbouring pieces of one look joined."""
    pieces: list[Piece] = []
    width = 0.0
    for position, word in enumerate(words):
        for number, piece in enumerate(word.pieces):
            glue = word.glue if position and not number else 0.0
            lead = " " if glue else ""
            width += glue + piece.width
            if pieces and (pieces[-1].look is piece.look or pieces[-1].look == piece.look):
                pieces[-1].text += lead + piece.text
                pieces[-1].width += glue + piece.width
                continue
            if lead and pieces and pieces[-1].look.expansion:  # which belongs to the word alone
                pieces.append(Piece(lead, replace(pieces[-1].look, expansion=None, span=None), glue))
                lead, glue = "", 0.0
            if lead and pieces:  # the space belongs to the piece before, so that underlines and links end with the word
                pieces[-1].text += lead
                pieces[-1].width += glue
            pieces.append(Piece(piece.text, piece.look, piece.width))
    return Line(pieces, width, last)


def _split_word(word: Word, room: float, language: str | None, force: bool) -> tuple[Word, Word] | None:
    """Return the part of the word that fits into the room and the rest, or None when it may not be broken there.

    `force` breaks between any two characters rather than not at all: the word is alone on its line.
    """
    used = 0.0
    for index, piece in enumerate(word.pieces):
        if used + piece.width > room or index == len(word.pieces) - 1:
            cut = _find_cut(piece, room - used, language, force and index == 0)
            if cut:
                return _cut_word(word, index, *cut)
            if force and len(word.pieces) > 1:  # a first piece of one character has a line of its own
                return _cut_word(word, max(index, 1), "", word.pieces[max(index, 1)].text)
            return None
        used += piece.width
    return None


def _cut_word(word: Word, index: int, head: str, tail: str) -> tuple[Word, Word]:
    """Return the word cut in the piece of that index, which becomes `head` and `tail`."""
    look = word.pieces[index].look
    before = word.pieces[:index] + ([_piece(head, look)] if head else [])
    after = ([_piece(tail, look)] if tail else []) + word.pieces[index + 1 :]
    return Word(before, sum(p.width for p in before), word.glue), Word(after, sum(p.width for p in after), 0.0)


def _piece(text: str, look: TextFormat) -> Piece:
    return Piece(text, look, look.face.width(text) * look.size)


def _find_cut(piece: Piece, room: float, language: str | None, force: bool) -> tuple[str, str] | None:
    """Return the widest head of the piece that fits into the room, and its tail."""
    face, size, text = piece.look.face, piece.look.size, piece.text
    for head, tail in _cuts(text, language and (piece.look.language or language)):
        if face.width(head) * size <= room:
            return head, tail
    if not force:
        return None
    fitting = 1
    while fitting < len(text) - 1 and face.width(text[: fitting + 1]) * size <= room:
        fitting += 1
    return (text[:fitting], text[fitting:]) if len(text) > 1 else None


@cache
def _cuts(text: str, language: str | None) -> tuple[tuple[str, str], ...]:
    """Return the places to break a text, widest head first."""
    cuts = [(text[: match.end()], text[match.end() :]) for match in _BREAK_AFTER.finditer(text)]
    if language and "://" not in text and "@" not in text:
        for match in _HYPHENABLE.finditer(text):
            if not match[0].isupper():
                cuts += [
                    (text[: match.start() + position] + HYPHEN, text[match.start() + position :])
                    for position in hyphen_positions(match[0], language)
                ]
    return tuple(sorted(cuts, key=lambda cut: -len(cut[0])))


def shorten(text: str, face: Face, size: float, width: float) -> str:
    """Return the text, cut with an ellipsis where it is wider than `width` points."""
    if face.width(text) * size <= width:
        return text
    while text and face.width(text + "…") * size > width:
        text = text[:-1].rstrip()
    return text + "…"
