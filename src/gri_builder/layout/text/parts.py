"""Parts of a short text in several formats, such as a number and its unit: one after the other as they are read."""

from __future__ import annotations

from collections.abc import Iterable

from gri_builder.layout.canvas import Pen
from gri_builder.typesetting.line_breaking import TextFormat


def show_parts(pen: Pen, parts: Iterable[tuple[str, TextFormat]], x: float, y: float) -> None:
    """Show parts on a baseline from `x` on, in the direction in which the canvas is drawn.

    Where that is from right to left, each part is set to the left of the one before, with the spaces around it.
    """
    canvas = pen.canvas
    if not canvas.reflection.is_reversed:
        pen.move(canvas.left(x), y)
        for text, look in parts:
            pen.show(text, look)
        return
    for text, look in parts:
        for stretch in _stretches(text):
            width = look.face.width(stretch) * look.size
            pen.move(canvas.left(x, width), y)
            pen.show(stretch, look)
            x += width


def _stretches(text: str) -> list[str]:
    """Return the spaces before a text, the text, and the spaces after it, without those that are empty."""
    behind = text.lstrip()
    word = behind.rstrip()
    return [part for part in (text.removesuffix(behind), word, behind.removeprefix(word)) if part]
