"""Names beside and below bars: set on two lines rather than cut."""

from __future__ import annotations

import re

from gri_builder.charts.space import ChartSpace

LINES = 2
SHORT = 2
"""Characters that are not left alone on the last line: a number after its word."""
_BREAK_AFTER = re.compile(r"(?<=[ /–-])")


def wrap_name(space: ChartSpace, text: str, width: float, lines: int = LINES, bold: bool = False) -> tuple[str, ...]:
    """Return the lines of a name, no wider than that; only the last one is cut where they are not enough."""
    if not text or space.text_width(text, bold) <= width:
        return (text,)
    done, rest = list[str](), text
    while rest and len(done) < lines - 1:
        head = _take_line(space, rest, width, bold)
        if not head:
            break
        done.append(head.rstrip())
        rest = rest[len(head) :]
    return (*done, space.shorten(rest, width, bold)) if rest else tuple(done)


def _take_line(space: ChartSpace, text: str, width: float, bold: bool) -> str:
    """Return as many words as fit on a line, but for one that a short last word needs; nothing if none fits."""
    line, last = "", ""
    for piece in _BREAK_AFTER.split(text):
        if space.text_width((line + piece).rstrip(), bold) > width:
            break
        line, last = line + piece, piece
    shorter = line.removesuffix(last)
    needs_word = len(text) - len(line) <= SHORT and space.text_width(text.removeprefix(shorter), bold) <= width
    return shorter if shorter and needs_word else line


def is_whole(text: str, lines: tuple[str, ...]) -> bool:
    """Return whether nothing of a name was cut."""
    return not lines or not lines[-1].endswith("…") or text.endswith("…")
