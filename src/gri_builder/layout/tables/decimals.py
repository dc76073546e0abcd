"""Alignment of numbers: in a column, the decimal signs of the numbers in one unit are below each other.

Marks of footnotes and statuses, units and per cent signs are to the right of the sign and shift nothing; a dash for a
missing value ends where the whole numbers end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gri_builder.layout.tables.rows import Number, PlacedCell
from gri_builder.typesetting.line_breaking import Piece, Word

_DIGITS = re.compile(r"\d(?:[\d.,’'\u00a0\u202f \u066b\u066c]*\d)?")
"""Digits of a number, with the signs between them."""
_LAST_PART = re.compile(r"([.,])(\d+)$")
"""The last sign between digits, and the digits after it."""
_BEFORE = re.compile(r"[^\w]*(?:[^\W\d_]{1,4}[^\w]{0,2})?")
"""Text before a number: signs, and the code of a currency."""
_BETWEEN = re.compile(r"\s?[-–−]\s?[-−]?")
"""A dash between the two numbers of a range."""
_UNIT = re.compile(r"[^\d]{0,28}")
"""Text after a number: its unit."""
ARABIC_SIGN = "\u066b"
"""Decimal sign of numbers in Arabic digits."""
DASHES = frozenset({"–", "—", "-", "−"})
"""Signs for a missing value."""


def choose_sign(cells: Iterable[Sequence[Word]], sign: str) -> str:
    """Return the decimal sign of a column: that of the language, unless its numbers are clearly written otherwise.

    Numbers of a typed table may be in another style: '3.25' in a German report can't have grouped digits.
    """
    evidence: dict[str, int] = {}
    for words in cells:
        text = "".join(piece.text for word in words for piece in word.pieces)
        for found in _DIGITS.finditer(text):
            last = _LAST_PART.search(found[0])
            if last and (len(last[2]) != 3 or not {".", ","} - {*found[0]}):
                evidence[last[1]] = evidence.get(last[1], 0) + 1
    return max(evidence, key=lambda each: evidence[each]) if evidence and sign not in evidence else sign


def find_number(words: Sequence[Word], sign: str) -> Number | None:
    """Return how wide a cell's number is on both sides of its decimal sign; None for other text.

    `sign` is the decimal sign of the language.
    """
    if len(words) != 1:
        return None
    pieces = words[0].pieces
    text = "".join(piece.text for piece in pieces if not _is_mark(piece))
    if text.strip() in DASHES:
        return Number(words[0].width, 0.0, is_dash=True)
    found = _split(text)
    if found is None:
        return None
    start, end, unit = found
    digits = text[start:end]
    place = digits.rfind(ARABIC_SIGN if ARABIC_SIGN in digits else sign)
    tail = _width_after(pieces, start + place if place > 0 else end)
    return Number(words[0].width - tail, tail, unit.strip())


def is_number(text: str) -> bool:
    """Return whether a text is one number, or a range, perhaps with its unit."""
    return _split(text) is not None


def _split(text: str) -> tuple[int, int, str] | None:
    """Return start and end of the digits of a number, of a range the last one's, and the unit after it."""
    before = _BEFORE.match(text)
    found = _DIGITS.match(text, before.end() if before else 0)
    if found is None:
        return None
    dash = _BETWEEN.match(text, found.end())
    second = _DIGITS.match(text, dash.end()) if dash else None
    found = second or found
    unit = text[found.end() :]
    return (found.start(), found.end(), unit) if _UNIT.fullmatch(unit) else None


def _is_mark(piece: Piece) -> bool:
    """Return whether a piece is a raised mark: of a footnote, or of an estimated value."""
    return piece.look.rise > 0 or piece.look.note is not None


def _width_after(pieces: Iterable[Piece], place: int) -> float:
    """Return the width of what follows a place in the text, marks included; they are not counted in the place."""
    width = 0.0
    for piece in pieces:
        if _is_mark(piece):
            width += piece.width if place <= 0 else 0.0
            continue
        if place <= 0:
            width += piece.width
        elif place < len(piece.text):
            width += piece.look.face.width(piece.text[place:]) * piece.look.size
        place -= len(piece.text)
    return width


def align_column(cells: Sequence[PlacedCell], units: Sequence[str]) -> float:
    """Set the shifts that align the numbers of each unit; return the width that the widest unit takes.

    `units` names the unit of each cell's row; where it is empty, the text after the number is the unit.
    """
    groups: dict[tuple[str, str], list[tuple[PlacedCell, Number]]] = {}
    dashes = []
    for cell, unit in zip(cells, units, strict=True):
        if cell.number is None:
            continue
        if cell.number.is_dash and not unit:
            dashes.append((cell, cell.number))
        else:
            groups.setdefault((unit, "" if unit else cell.number.unit), []).append((cell, cell.number))
    if dashes:  # a dash has no unit: it is below the numbers that the column has most of
        if not groups:
            groups["", ""] = []
        max(groups.values(), key=len).extend(dashes)
    return max((_align(group) for group in groups.values()), default=0.0)


def _align(group: Sequence[tuple[PlacedCell, Number]]) -> float:
    most = max(number.tail for _, number in group)
    for cell, number in group:
        cell.shift = most - number.tail
    return most + max(number.lead for _, number in group)
