"""Spacing of justified lines: by spaces, and a little by letters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.model.rich_text import Run
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.line_breaking import Line, make_words
from gri_builder.typesetting.line_spacing import NATURAL, count_drawn, space_line
from gri_builder.typesetting.paragraph_breaking import break_paragraph
from gri_builder.typesetting.style import make_style

STYLE = replace(make_style(load_theme()).body, align="justify")
TEXTS = st.lists(st.text(st.sampled_from("AVTWaeimnorstuy.,"), min_size=1, max_size=9), min_size=1, max_size=90)


def broken(text: str, width: float) -> list[Line]:
    return break_paragraph(make_words((Run(text),), STYLE), width, STYLE, "en")


@given(TEXTS, st.floats(200, 400))
def test_lines_become_as_wide_as_they_should(words: list[str], width: float) -> None:
    for line in broken(" ".join(words), width)[:-1]:
        spacing, (piece,) = space_line(line, width), line.pieces
        if " " in piece.text and not line.ragged:
            assert line.width + spacing.added(piece.text) - spacing.letters == pytest.approx(width, abs=0.02)
            assert -0.0081 * line.width <= spacing.letters * count_drawn(piece.text) <= 0.0201 * line.width + 0.01


def test_last_lines_are_not_stretched_but_set_nearer() -> None:
    (line,) = broken("It is the last one", 300)
    assert space_line(line, 300) is NATURAL
    assert space_line(line, line.width - 2).words < 0


def test_letters_of_joined_scripts_are_not_set_apart() -> None:
    for text in ("في الشركة سياسة للسلامة", "आयोग की रिपोर्ट में यह है"):
        words = make_words((Run(f"{text} " * 9),), STYLE)
        line = break_paragraph(words, 230, STYLE, "en")[0]
        assert space_line(line, 230).words
        assert not space_line(line, 230).letters


def test_chinese_is_set_apart_evenly() -> None:
    line = break_paragraph(make_words((Run("可持续发展报告说明公司的影响" * 4),), STYLE), 203, STYLE, "zh")[0]
    spacing = space_line(line, 203)
    assert spacing.words == 0
    assert spacing.letters * (len(line.pieces[0].text) - 1) == pytest.approx(203 - line.width)


@given(TEXTS, st.floats(200, 400))
def test_what_is_drawn_is_as_wide_as_the_line(words: list[str], width: float) -> None:
    """The operators of a page say where each line ends: widths, kerning, and the space of words and letters."""
    canvas = ReportCanvas((500, 500), "en")
    element = StructureElement("P", canvas.tree.document)
    pen, lines = Pen(canvas), broken(" ".join(words), width)
    TextLines(element, STYLE, "en").write(pen, lines, 20, 400, width)
    face = lines[0].pieces[0].look.face
    state, drawn = {"Tw": 0.0, "Tc": 0.0}, list[float]()
    for number, operator, array in re.findall(r"(-?[\d.]+) (Tw|Tc)\b|\[?(\(.*?\))\]? T[jJ]", pen.text.finish()):
        if operator:
            state[operator] = float(number)
            continue
        text = "".join(re.findall(r"\(([^()]*)\)", array))
        nearer = sum(map(float, re.findall(r"\)(-?\d+)\(", array))) / 1000
        shown = text.rstrip(" ").removesuffix("\\255") + ("\u00ad" if text.rstrip(" ").endswith("\\255") else "")
        shown = re.sub(r"\\(\d{3})", "\u00ad", shown)
        natural = (sum(face.advances[ord(char)] for char in shown) - nearer) * STYLE.size
        drawn.append(natural + shown.count(" ") * state["Tw"] + (len(shown) - 1) * state["Tc"])
    assert state == {"Tw": 0.0, "Tc": 0.0}
    for line, end in zip(lines, drawn, strict=True):
        stretched = not line.last and line.spaces and not line.ragged
        assert end == pytest.approx(width if stretched or line.width > width else line.width, abs=0.15)
