"""The order of a line: where each of its pieces is set, and in which order they are written (UAX #9, L2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gri_builder.fonts.bidi import visual_order
from gri_builder.typesetting.levels import words_read_backwards
from gri_builder.typesetting.line_breaking import Line, Piece, count_spaces


class PlacedPiece(NamedTuple):
    """A piece with its left edge; lengths in points."""

    piece: Piece
    x: float
    advance: float
    """Its width with its stretched spaces."""


def is_leveled(line: Line) -> bool:
    """Return whether parts of a line may be read from right to left."""
    return any(piece.look.level is not None for piece in line.pieces)


def place_pieces(line: Line, x: float = 0.0, gap: float = 0.0) -> list[PlacedPiece]:
    """Return the pieces of a line in the order of the text, each with its place; `gap` is added to each space."""
    pieces = line.pieces
    lefts = [0.0] * len(pieces)
    advances = [piece.width + gap * count_spaces(piece.text) for piece in pieces]
    for place in visual_order([piece.look.level or 0 for piece in pieces]):
        lefts[place] = x
        x += advances[place]
    return [PlacedPiece(*each) for each in zip(pieces, lefts, advances, strict=True)]


def writing_order(placed: Sequence[PlacedPiece]) -> list[int]:
    """Return the order in which pieces are written: from left to right on a line that is mostly read leftwards.

    Readers of a PDF take such a line as written from left to right, and turn it around; of other lines they only turn
    each word around.
    """
    stretches = [(each.piece.text, each.piece.look.level or 0) for each in placed]
    order = list(range(len(placed)))
    return sorted(order, key=lambda place: placed[place].x) if words_read_backwards(stretches) else order
