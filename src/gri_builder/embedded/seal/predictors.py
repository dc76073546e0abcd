"""Undo predictors, which programs add when they pack a stream again (ISO 32000-1, 7.4.4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

from gri_builder.embedded.seal.syntax import PdfSyntaxError


def undo_predictor(data: bytes, parameters: Mapping[str, str]) -> bytes:
    """Return the data that a predictor was applied to; the parameters are those of the filter."""
    predictor, colors, bits, columns = (
        int(parameters.get(name, default))
        for name, default in (("/Predictor", "1"), ("/Colors", "1"), ("/BitsPerComponent", "8"), ("/Columns", "1"))
    )
    if predictor == 1:
        return data
    if predictor < 10:
        raise PdfSyntaxError("a stream uses a predictor that is not read here")
    return _undo_png(data, max(1, colors * bits // 8), (colors * bits * columns + 7) // 8)


def _undo_png(data: bytes, step: int, width: int) -> bytes:
    """Undo the filters of PNG, whose rows each start with the number of theirs."""
    if len(data) % (width + 1) == 0 and data[:: width + 1].count(2) == len(data) // (width + 1):
        return _undo_up(data, width)
    rows, above = [], bytearray(width)
    for start in range(0, len(data), width + 1):
        kind, row = data[start], bytearray(data[start + 1 : start + 1 + width])
        if kind == 2:
            row = bytearray((one + other) & 0xFF for one, other in zip(row, above, strict=False))
        elif kind:
            _undo_row(kind, row, above, step)
        rows.append(bytes(row))
        above = row + bytearray(width - len(row))
    return b"".join(rows)


def _undo_up(data: bytes, width: int) -> bytes:
    """Undo the filter of rows that all state differences from the row above, as those of cross-references do."""
    found = bytearray(len(data) // (width + 1) * width)
    for place in range(width):
        found[place::width] = bytes([each & 0xFF for each in accumulate(data[place + 1 :: width + 1])])
    return bytes(found)


def _undo_row(kind: int, row: bytearray, above: bytearray, step: int) -> None:
    for place in range(len(row)):
        left = row[place - step] if place >= step else 0
        if kind == 1:
            guess = left
        elif kind == 3:
            guess = (left + above[place]) // 2
        elif kind == 4:
            guess = _paeth(left, above[place], above[place - step] if place >= step else 0)
        else:
            raise PdfSyntaxError("a stream uses a predictor that is not read here")
        row[place] = (row[place] + guess) & 0xFF


def _paeth(left: int, above: int, corner: int) -> int:
    """Return the neighbour that is nearest to left + above - corner."""
    ideal = left + above - corner
    return min((left, above, corner), key=lambda each: abs(ideal - each))
