"""Line breaking: runs to lines, with hyphenation, over cached word widths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.fonts.faces import Face, even_spaces, find_face, load_face
from gri_builder.model.color import Color
from gri_builder.model.rich_text import FactReference, Run, Runs
from gri_builder.model.texts.vocabulary import Vocabulary
from gri_builder.typesetting.break_rules import may_break_between, split_at_breaks
from gri_builder.typesetting.clusters import fitting_count
from gri_builder.typesetting.levels import split_levels
from gri_builder.typesetting.style import TextStyle
from gri_builder.typesetting.word_breaks import (
    BREAK_AFTER,
    CAPITALIZING,
    HYPHEN,
    SOFT_BREAK,
    Cut,
    ends_sentence,
    find_cuts,
    has_name,
    is_capitalized,
    is_common,
)

CODE_SIZE = 0.94
GAP_COLOR = Color(0.72, 0.1, 0.1)
"""Colour of the marks of a draft's gaps."""
MARK_SIZE = 7.0
SCRIPT_SIZE, SUPER_RISE, SUB_RISE = 0.68, 0.34, -0.14
HEAVY = 0.065
"""Thickness of the line around signs of another family, by their size."""
MAX_HYPHENS = 2
"""Lines in a row that may end in a hyphen."""
MAX_PIECE = 512
"""Characters of a piece; a longer word is made of several, so that breaking it takes linear time."""
MAX_PIECES = 64
"""Pieces of a word; one with more formats is made of several too."""


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
    spoken: str | None = None
    """What readers hear in its place."""
    heavy: float = 0.0
    """Thickness of a line around its glyphs, by its size: of a sign that would be thin."""
    printed: tuple[FactReference, str] | None = None
    """The facts that the run prints, and its whole text."""
    span: int | None = None
    """Position of the run in its text, for a run with its own structure element."""
    level: int | None = None
    """Embedding level (UAX #9) in a paragraph that is not all read from left to right; an odd one is read leftwards."""


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
    space_level: int | None = None
    """Embedding level of that space."""
    joined: bool = False
    """Whether it continues the word before it, which is too long for one piece."""
    solid: bool = False
    """Whether it is never broken, not even where it is wider than its line: a number in a table."""
    capitalized: bool = False
    """Whether it has a capital letter inside a sentence: a name, but in languages that write all nouns so."""
    named: bool = False
    """Whether it is known to be a name."""


class Line(Struct):
    """Pieces set side by side; their texts hold the spaces between words."""

    pieces: list[Piece]
    width: float
    last: bool = False
    """Whether the paragraph ends here; the line is not justified then."""
    runs_on: bool = False
    """Whether no space is between it and the next line, as in Chinese and Japanese."""
    ragged: bool = False
    """Whether it is not stretched though its paragraph is justified: its spaces would gape."""
    broken: bool = False
    """Whether a line break of the text ends it, and more text follows."""

    @property
    def needs_space(self) -> bool:
        """Whether readers need a space behind its last word, since another word follows on the next line."""
        if not self.pieces or self.runs_on or (self.last and not self.broken):
            return False
        return not self.pieces[-1].text.endswith(HYPHEN)

    @property
    def spaces(self) -> int:
        """How many spaces are stretched."""
        return sum(count_spaces(piece.text) for piece in self.pieces)

    @property
    def ends_hyphenated(self) -> bool:
        """Whether it ends inside a word, behind a hyphen: no page should end so."""
        return bool(self.pieces) and not self.last and self.pieces[-1].text.endswith((HYPHEN, "-"))

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
    if run.language is None and run.expansion is None and run.spoken is None and run.printed is None:
        return look
    printed = (run.printed, run.text) if run.printed else None
    face = find_face(look.face, style.family, run.text) if run.spoken is not None else look.face
    return replace(
        look,
        face=face,
        heavy=0.0 if face is look.face else HEAVY,
        language=run.language,
        expansion=run.expansion,
        spoken=run.spoken,
        printed=printed,
        span=number,
    )


def make_words(runs: Runs, style: TextStyle) -> list[Word]:
    """Return the words of the runs; a line break in the text ('\\n') is a word whose glue is -1."""
    maker = _WordMaker(style.vocabulary)
    for text, look in _formatted_texts(runs, style):
        maker.add(even_spaces(text).replace(HYPHEN, SOFT_BREAK), look)
    return maker.words


def _formatted_texts(runs: Runs, style: TextStyle) -> Iterator[tuple[str, TextFormat]]:
    """Yield the texts of the runs with their formats, in stretches that are read in one direction."""
    stretches = split_levels([run.text for run in runs], style.direction)
    for number, run in enumerate(runs):
        look = _make_run_format(runs, number, style)
        if stretches is None:
            yield run.text, look
        else:
            yield from ((text, replace(look, level=level)) for text, level in stretches[number])


class _WordMaker:
    """Makes words of text in different formats."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.words: list[Word] = []
        self._vocabulary = vocabulary
        self._glue, self._joined = 0.0, False
        self._level: int | None = None

    def add(self, text: str, look: TextFormat) -> None:
        """Add text, which continues the last word unless a space is between them."""
        space = look.face.space * look.size
        for number, line in enumerate(text.split("\n")):
            if number:
                self.words.append(Word([], 0, -1))
                self._glue, self._joined = 0.0, False
            for position, part in enumerate(line.split(" ")):
                if position:
                    self._glue, self._joined, self._level = space, False, look.level
                if part:
                    self._add_part(part, look)

    def _add_part(self, part: str, look: TextFormat) -> None:
        """Add text without a space; it may have places to break all the same."""
        if self._joined and may_break_between(self.words[-1].pieces[-1].text[-1], part[0]):
            self._glue, self._joined = 0.0, False
        if part.isascii() and len(part) <= MAX_PIECE:
            self._add_piece(part, look)
            return
        for number, text in enumerate(split_at_breaks(part)):
            if number:
                self._glue, self._joined = 0.0, False
            for start in range(0, len(text), MAX_PIECE):
                self._add_piece(text[start : start + MAX_PIECE], look, start > 0)

    def _add_piece(self, text: str, look: TextFormat, continues: bool = False) -> None:
        continues = continues or (self._joined and len(self.words[-1].pieces) >= MAX_PIECES)
        if self._joined and not continues:
            self._join_piece(self.words[-1], text, look)
        else:
            piece = make_piece(text, look)
            word = Word([piece], piece.width, 0.0 if continues else self._glue, self._level, continues)
            if is_capitalized(text):
                common, names = self._vocabulary.common, self._vocabulary.names
                word.capitalized, word.named = self._is_inside and not is_common(text, common), has_name(text, names)
            self.words.append(word)
        self._joined = True

    def _join_piece(self, word: Word, text: str, look: TextFormat) -> None:
        """Add text to a word; it is a part of the last piece if it has the same format, and so kerned with it."""
        last = word.pieces[-1]
        if last.look == look and len(last.text) + len(text) <= MAX_PIECE:
            word.width -= last.width
            piece = word.pieces[-1] = make_piece(last.text + text, look)
        else:
            piece = make_piece(text, look)
            word.pieces.append(piece)
        word.width += piece.width

    @property
    def _is_inside(self) -> bool:
        """Whether the next word is inside a sentence."""
        last = self.words[-1] if self.words else None
        return last is not None and bool(last.pieces) and not ends_sentence(last.pieces[-1].text)


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
            line = make_line(current, last=True)
            line.broken = bool(queue)
            yield line
            current, used, empty = [], 0.0, False
            continue
        glue = word.glue if current else 0.0
        while queue and queue[-1].joined and used + glue + word.width <= width:
            word = _join_words(word, queue.pop())
        if used + glue + word.width <= width + 0.01:
            current.append(word)
            used += glue + word.width
            continue
        may_hyphenate = style.hyphenate and hyphens < MAX_HYPHENS and bool(queue)
        by = language if may_hyphenate or not current else None  # a word cut anywhere is worse than a hyphen
        parts = _split_word(word, width - used - glue, by, force=not current)
        if parts:
            current.append(parts[0])
            queue.append(parts[1])
            hyphens = hyphens + 1 if parts[0].pieces[-1].text.endswith(HYPHEN) else 0
        else:  # alone on its line, it is a single character
            (queue if current else current).append(word)
            hyphens = 0
        line = make_line(current, last=not queue)
        line.runs_on = bool(queue) and _runs_on(line, queue[-1])
        yield line
        current, used, empty = [], 0.0, False
    if current or empty:
        yield make_line(current, last=True)


def _join_words(word: Word, rest: Word) -> Word:
    """Return a long word with what continues it."""
    last, first = word.pieces[-1], rest.pieces[0]
    pieces = [*word.pieces, *rest.pieces]
    if last.look == first.look:
        pieces[len(word.pieces) - 1 : len(word.pieces) + 1] = [make_piece(last.text + first.text, last.look)]
    return Word(pieces, sum(piece.width for piece in pieces), word.glue, word.space_level, word.joined)


def _runs_on(line: Line, word: Word) -> bool:
    """Return whether a line broke between two characters of Chinese or Japanese: no space of the text is there."""
    if word.glue or not word.pieces or not line.pieces or not line.pieces[-1].text:
        return False
    return may_break_between(line.pieces[-1].text[-1], word.pieces[0].text[0])


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
    if word.solid or len(word.pieces) != 1 or not BREAK_AFTER.search(word.pieces[0].text):
        return word.width
    piece = word.pieces[0]
    ends = [match.end() for match in BREAK_AFTER.finditer(piece.text)]
    parts = (piece.text[a:b] for a, b in zip([0, *ends], [*ends, len(piece.text)], strict=True))
    return max(piece.look.face.width(part) * piece.look.size for part in parts)


def hyphenated_width(word: Word, language: str) -> float:
    """Return the width of the widest part of the word between the places where it may break, hyphens included."""
    if word.solid:
        return word.width
    widest = 0.0
    for piece in word.pieces:
        face, size, text, start = piece.look.face, piece.look.size, piece.text, 0
        for cut in find_cuts(text, language_of(piece, language)):
            widest = max(widest, face.width(cut.head(text)[start:]) * size)
            start = cut.start
        widest = max(widest, face.width(text[start:]) * size)
    return widest


def language_of(piece: Piece, language: str | None) -> str | None:
    """Return the language by which a piece is hyphenated; None for a part of an address that is printed."""
    look = piece.look
    return None if look.link and piece.text in look.link else language and (look.language or language)


def is_kept_whole(word: Word, language: str | None) -> bool:
    """Return whether a word in that language is a name, which is not hyphenated."""
    if word.named or not word.capitalized:
        return word.named
    own = (word.pieces[0].look.language or language or "").partition("-")[0].lower()
    return own not in CAPITALIZING


def make_line(words: list[Word], last: bool = False) -> Line:
    """Return the line of those words, neighbouring pieces of one look joined."""
    pieces: list[Piece] = []
    width = 0.0
    for position, word in enumerate(words):
        for number, piece in enumerate(word.pieces):
            glue = word.glue if position and not number else 0.0
            lead = " " if glue else ""
            width += glue + piece.width
            if lead and pieces and pieces[-1].look.level != word.space_level:
                pieces.append(Piece(lead, _space_format(piece.look, word.space_level), glue))
                lead, glue = "", 0.0
            if pieces and (pieces[-1].look is piece.look or pieces[-1].look == piece.look):
                pieces[-1].text += lead + _without_marks(piece.text)
                pieces[-1].width += glue + piece.width
                continue
            before = pieces[-1].look if pieces else None
            if lead and before and (before.expansion or before.spoken is not None):  # which belong to the word alone
                pieces.append(Piece(lead, replace(before, expansion=None, spoken=None, span=None), glue))
                lead, glue = "", 0.0
            if lead and pieces:  # the space belongs to the piece before, so that underlines and links end with the word
                pieces[-1].text += lead
                pieces[-1].width += glue
            pieces.append(Piece(_without_marks(piece.text), piece.look, piece.width))
    return Line(pieces, width, last)


def _space_format(look: TextFormat, level: int | None) -> TextFormat:
    """Return the format of a space between two directions, which belongs to neither word."""
    return TextFormat(look.face, look.size, look.color, look.rise, level=level)


def _without_marks(text: str) -> str:
    return text.replace(SOFT_BREAK, "") if not text.isascii() and SOFT_BREAK in text else text


def _split_word(word: Word, room: float, language: str | None, force: bool) -> tuple[Word, Word] | None:
    """Return the part of the word that fits into the room and the rest, or None when it may not be broken there.

    `force` breaks between any two characters rather than not at all: the word is alone on its line.
    """
    if word.solid:
        return None
    if not force and is_kept_whole(word, language):
        language = None
    used = 0.0
    for index, piece in enumerate(word.pieces):
        if used + piece.width > room or index == len(word.pieces) - 1:
            cut = _find_cut(piece, room - used, language, force and index == 0)
            if cut:
                return cut_word(word, index, cut)
            if force and len(word.pieces) > 1:  # a first piece of one character has a line of its own
                return cut_word(word, max(index, 1), Cut(0, 0, False))
            return None
        used += piece.width
    return None


def cut_word(word: Word, index: int, cut: Cut) -> tuple[Word, Word]:
    """Return the word cut in the piece of that index; without a head, before it."""
    text, look = word.pieces[index].text, word.pieces[index].look
    head, tail = cut.head(text), cut.tail(text)
    before = word.pieces[:index] + ([make_piece(head, look)] if head else [])
    after = ([make_piece(tail, look)] if tail else []) + word.pieces[index + 1 :]
    head_word = Word(before, sum(p.width for p in before), word.glue, word.space_level)
    tail_word = Word(after, sum(p.width for p in after), 0.0, word.space_level)
    tail_word.capitalized, tail_word.named = word.capitalized, word.named
    return head_word, tail_word


def make_piece(text: str, look: TextFormat) -> Piece:
    """Return text in a format as a piece."""
    return Piece(text, look, look.face.width(text) * look.size)


def _find_cut(piece: Piece, room: float, language: str | None, force: bool) -> Cut | None:
    """Return the last place to break the piece whose head fits into the room."""
    face, size, text = piece.look.face, piece.look.size, piece.text
    for cut in reversed(find_cuts(text, language_of(piece, language))):
        if face.width(cut.head(text)) * size <= room:
            return cut
    if not force:
        return None
    fitting = fitting_count(face, text, size, room)
    return Cut(fitting, fitting, False) if fitting < len(text) else None


def shorten(text: str, face: Face, size: float, width: float) -> str:
    """Return the text, cut with an ellipsis where it is wider than `width` points."""
    if face.width(text) * size <= width:
        return text
    room = width - face.width("…") * size
    fitting = fitting_count(face, text, size, room)
    return (text[:fitting].rstrip() if face.width(text[:fitting]) * size <= room else "") + "…"
