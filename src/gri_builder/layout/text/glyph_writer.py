"""Shaped words in a text object: each glyph under its own code, moved to its place (ISO 32000-1, 9.4.3 and 14.9.4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gri_builder.fonts.faces import Encoder, Face
from gri_builder.pdf.content_stream import END_MARKED, TextSpan, start_actual_text

if TYPE_CHECKING:  # the shaper takes time to load
    from gri_builder.fonts.shaping import GlyphRun, ShapedWord

NEAR = 0.0005
"""Distance between glyphs, at 1 pt, that is not worth a move."""


def write_word(
    out: TextSpan, encoder_of: Callable[[Face], Encoder], word: ShapedWord, size: float, rise: float, rtl: bool
) -> None:
    """Write a word and its spaces behind the last text; `rise` is that of its baseline in points."""
    if rtl:
        _write_spaces(out, encoder_of(word.face), word.spaces, size)
    if word.actual is not None:
        out.add(start_actual_text(word.actual))
    for run in word.runs:
        _write_run(out, encoder_of(run.face), run, size, rise)
    out.set_rise(rise)
    if word.actual is not None:
        out.add(END_MARKED)
    if not rtl:
        _write_spaces(out, encoder_of(word.face), word.spaces, size)


def _write_spaces(out: TextSpan, encoder: Encoder, count: int, size: float) -> None:
    for name, codes in encoder.segments(" " * count) if count else ():
        out.set_font(name, size)
        out.show(codes)


def _write_run(out: TextSpan, encoder: Encoder, run: GlyphRun, size: float, rise: float) -> None:
    """Write glyphs of one face; a move in between is in thousandths of the size, positive to the left."""
    parts: list[str | float] = []
    ahead = 0.0
    for glyph in run.glyphs:
        marks = tuple((mark, x * 1000, y * 1000) for mark, x, y in glyph.marks)
        code = encoder.font.glyph_code(glyph.id, glyph.text, marks)
        height = rise + glyph.dy * size
        if abs(height - out.rise) > NEAR and parts:
            out.show_adjusted(parts)
            parts = []
        out.set_rise(height if abs(height - out.rise) > NEAR else out.rise)
        for name, codes in encoder.segments(chr(code)):
            if (name, size) != out.font and parts:
                out.show_adjusted(parts)
                parts = []
            out.set_font(name, size)
            if abs(ahead - glyph.dx) > NEAR:
                parts.append((ahead - glyph.dx) * 1000)
            parts.append(codes)
        drawn = encoder.font.glyph_width(glyph.id) / 1000
        ahead = glyph.dx + drawn - glyph.advance
    if abs(ahead) > NEAR:
        parts.append(ahead * 1000)
    if parts:
        out.show_adjusted(parts)
