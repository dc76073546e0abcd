"""The text of a PDF's pages as it is drawn: each word with its place, font, size and spaces.

Fonts are the simple ones that gri-builder embeds: a code of one byte, its width in /Widths and its character in
/ToUnicode (ISO 32000-1, 9.6.2 and 9.10.3). Lengths are in points, from the page's lower left corner.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pikepdf
from tests.support.tag_tree import characters_of

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
PAINTING = {"f", "F", "f*", "B", "B*", "b", "b*"}


class Word(NamedTuple):
    """Characters without a space between them, drawn by one operator."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str
    space: float
    """Width of its font's space, before anything is added to it."""
    spaced: bool
    """Whether a space is drawn after it."""
    letter_space: float
    """Added after each character."""
    mcid: int | None
    """Its marked content; None for an artifact."""


class Fill(NamedTuple):
    """A shape that is filled."""

    color: tuple[float, ...]
    mcid: int | None


@dataclass
class PageRuns:
    """What is drawn on a page."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)


class _Font(NamedTuple):
    name: str
    characters: dict[int, str]
    widths: dict[int, float]
    """By code, in parts of the size."""


@dataclass
class _State:
    """The graphics and text state that matters here (ISO 32000-1, 8.4 and 9.3)."""

    matrix: Matrix = IDENTITY
    line: Matrix = IDENTITY
    pen: float = 0.0
    """How far the text has moved since the line began, before the matrix."""
    font: _Font | None = None
    size: float = 0.0
    letter_space: float = 0.0
    word_space: float = 0.0
    leading: float = 0.0
    rise: float = 0.0
    color: tuple[float, ...] = (0.0,)

    def copy(self) -> _State:
        """Return the state as it is now."""
        return _State(**vars(self))


def read_runs(pdf: pikepdf.Pdf) -> list[PageRuns]:
    """Return what is drawn on each page of a PDF."""
    return [_Reader(page).read() for page in pdf.pages]


class _Reader:
    """Follows the operators of a page."""

    def __init__(self, page: pikepdf.Page) -> None:
        left, bottom, right, top = (float(edge) for edge in page.cropbox)
        self.page = page
        self.state = _State(matrix=(1.0, 0.0, 0.0, 1.0, -left, -bottom))
        self.saved: list[_State] = []
        self.marked: list[tuple[int | None, bool]] = []
        self.found = PageRuns(right - left, top - bottom)
        fonts: Any = page.resources.get("/Font", {})
        self.fonts = {name: _font(font) for name, font in fonts.items()}

    def read(self) -> PageRuns:
        for instruction in pikepdf.parse_content_stream(self.page):
            self._follow(str(instruction.operator), instruction.operands)
        return self.found

    @property
    def mcid(self) -> int | None:
        """The innermost marked content, unless an artifact is within it."""
        for mcid, artifact in reversed(self.marked):
            if artifact:
                return None
            if mcid is not None:
                return mcid
        return None

    def _follow(self, name: str, operands: Any) -> None:
        state = self.state
        if name == "q":
            self.saved.append(state.copy())
        elif name == "Q":
            self.state = self.saved.pop()
        elif name == "cm":
            state.matrix = _multiply(_matrix(operands), state.matrix)
        elif name in ("BMC", "BDC"):
            properties: Any = operands[1] if name == "BDC" and isinstance(operands[1], pikepdf.Dictionary) else {}
            mcid = int(properties["/MCID"]) if "/MCID" in properties else None
            self.marked.append((mcid, str(operands[0]) == "/Artifact"))
        elif name == "EMC":
            self.marked.pop()
        elif name in ("rg", "g"):
            state.color = tuple(float(each) for each in operands)
        elif name in PAINTING:
            self.found.fills.append(Fill(state.color, self.mcid))
        else:
            self._follow_text(name, operands)

    def _follow_text(self, name: str, operands: Any) -> None:
        state = self.state
        if name == "BT":
            state.line, state.pen = IDENTITY, 0.0
        elif name == "Tf":
            state.font, state.size = self.fonts.get(str(operands[0])), float(operands[1])
        elif name == "Tc":
            state.letter_space = float(operands[0])
        elif name == "Tw":
            state.word_space = float(operands[0])
        elif name == "Ts":
            state.rise = float(operands[0])
        elif name == "TL":
            state.leading = float(operands[0])
        elif name == "Tm":
            state.line, state.pen = _matrix(operands), 0.0
        elif name in ("Td", "TD"):
            x, y = (float(each) for each in operands)
            state.line, state.pen = _multiply((1, 0, 0, 1, x, y), state.line), 0.0
        elif name == "T*":
            state.line, state.pen = _multiply((1, 0, 0, 1, 0, -state.leading), state.line), 0.0
        elif name in ("Tj", "TJ") and state.font is not None:
            self.found.words.extend(self._show([operands[0]] if name == "Tj" else list(operands[0])))

    def _show(self, parts: list[Any]) -> Iterator[Word]:
        """Yield the words of a string, or of strings with moves between them; `pen` goes on."""
        state = self.state
        assert state.font is not None
        text, start, end = "", state.pen, state.pen
        for part in parts:
            if not isinstance(part, pikepdf.String):
                state.pen -= float(part) / 1000 * state.size
                continue
            for code in bytes(part):
                character = state.font.characters.get(code, "\ufffd")
                width = state.font.widths.get(code, 0.0) * state.size
                if character.isspace() and character not in "\u00a0\u202f":
                    if text:
                        yield self._word(text, start, end, True)
                    text = ""
                else:
                    start = start if text else state.pen
                    text, end = text + character, state.pen + width
                state.pen += width + state.letter_space + (state.word_space if code == 32 else 0.0)
        if text:
            yield self._word(text, start, end, False)

    def _word(self, text: str, start: float, end: float, spaced: bool) -> Word:
        state = self.state
        assert state.font is not None
        matrix = _multiply(state.line, state.matrix)
        scale = (matrix[0] ** 2 + matrix[1] ** 2) ** 0.5
        left, baseline = start * matrix[0] + matrix[4], start * matrix[1] + state.rise * matrix[3] + matrix[5]
        return Word(
            text,
            left,
            left + (end - start) * matrix[0],
            baseline,
            round(state.size * scale, 2),
            state.font.name,
            state.font.widths.get(32, 0.25) * state.size * scale,
            spaced,
            state.letter_space * scale,
            self.mcid,
        )


def _font(font: Any) -> _Font:
    first = int(font.get("/FirstChar", 0))
    widths = {first + place: float(width) / 1000 for place, width in enumerate(font.get("/Widths", []))}
    characters = characters_of(font) if "/ToUnicode" in font else {}
    return _Font(str(font.get("/BaseFont", ""))[1:].rpartition("+")[2], characters, widths)


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands)
    return a, b, c, d, e, f


def _multiply(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that does first one, then the other (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
