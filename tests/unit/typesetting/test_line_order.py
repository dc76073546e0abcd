"""Tests of lines in mixed directions and scripts: nothing is lost, everything fits and is in its place."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.fonts.scripts import Direction
from gri_builder.model.rich_text import Run
from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.line_breaking import Line, break_lines, make_words
from gri_builder.typesetting.line_order import is_leveled, place_pieces, writing_order
from gri_builder.typesetting.style import TextStyle, make_style
from gri_builder.typesetting.word_breaks import HYPHEN

BODY = make_style(load_theme()).body
SIGNS = "0123456789.,()[]-−%– "
LETTERS = "abcdéßשלוםאבالسلامعليكकखगिाी्ประเทศ漢字かなー。「」"
TEXTS = st.text(st.sampled_from(LETTERS + SIGNS + "\u00ad\u200b"), max_size=60)
RUNS = st.lists(
    st.builds(Run, TEXTS, bold=st.booleans(), link=st.sampled_from([None, None, "https://x.example"])), max_size=5
)


def style_of(direction: Direction) -> TextStyle:
    return replace(BODY, direction=direction)


def broken(text: str, width: float, direction: Direction = "rtl", language: str = "he") -> list[Line]:
    return break_lines(make_words((Run(text),), style_of(direction)), width, style_of(direction), language)


def texts(lines: list[Line]) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in lines]


def shown(line: Line) -> str:
    """Return the pieces from left to right, those that are read leftwards turned around."""
    placed = sorted(place_pieces(line), key=lambda each: each.x)
    parts = [(each.piece.text, (each.piece.look.level or 0) % 2) for each in placed]
    return "".join(text[::-1] if backwards else text for text, backwards in parts)


@given(RUNS.map(tuple), st.floats(15, 400), st.sampled_from(["ltr", "rtl"]))
def test_breaking_loses_nothing_and_fits(runs: tuple[Run, ...], width: float, direction: Direction) -> None:
    style = style_of(direction)
    lines = break_lines(make_words(runs, style), width, style, "he")
    kept = "".join(text.removesuffix(HYPHEN) for text in texts(lines))
    source = "".join(run.text for run in runs)
    assert kept.replace(" ", "") == source.replace(" ", "").replace("\u00ad", "")
    for line in lines:
        if line.width > width + 0.02:
            assert len({unicodedata.name(c) for piece in line.pieces for c in piece.text}) < 8, "one cluster at most"


@given(RUNS.map(tuple), st.floats(40, 400), st.floats(0, 3))
def test_pieces_of_a_line_are_side_by_side(runs: tuple[Run, ...], width: float, gap: float) -> None:
    style = style_of("rtl")
    for line in break_lines(make_words(runs, style), width, style, "he"):
        placed = sorted(place_pieces(line, 10, gap), key=lambda each: (each.x, each.advance))
        x = 10.0
        for each in placed:
            assert each.x == pytest.approx(x)
            x += each.advance
        assert sorted(writing_order(place_pieces(line, 10, gap))) == list(range(len(placed)))


def test_a_hebrew_paragraph_is_broken_first_and_then_ordered() -> None:
    lines = broken("שלום עולם (2015) abc def ועוד מילים", 96)
    assert texts(lines) == ["שלום עולם (2015) abc", "def ועוד מילים"]
    assert [shown(line) for line in lines] == ["abc )2015( םלוע םולש", "םילימ דועו def"]


def test_hebrew_in_english() -> None:
    (line,) = broken("Hebrew: שלום עולם 2015. End.", 400, "ltr", "en")
    assert shown(line) == "Hebrew: 2015 םלוע םולש. End."


def test_punctuation_between_english_words_stays_there_where_the_line_ends() -> None:
    first, _ = broken("שלום abc. def", 45)
    assert texts([first]) == ["שלום abc."]
    assert shown(first) == "abc. םולש"  # between two English words, of which one is on the next line


def test_english_only_is_set_as_ever() -> None:
    (line,) = broken("Only English (2015).", 400)
    assert not is_leveled(line)


def test_soft_hyphens_are_seen_only_where_a_line_ends() -> None:
    text = "Our sustain\u00adability report"
    assert texts(broken(text, 400, "ltr", "en")) == ["Our sustainability report"]
    lines = texts(broken(text, 70, "ltr", "en"))
    assert lines == [f"Our sustain{HYPHEN}", "ability report"]
    assert texts(broken("الاس\u00adتدامة في الشركة", 33))[0] == f"الاس{HYPHEN}"


def test_words_with_soft_hyphens_break_nowhere_else() -> None:
    for width in range(30, 120, 5):
        for line in texts(broken("Um\u00adweltverträglichkeit", width, "ltr", "de"))[:1]:
            assert not line.endswith(HYPHEN) or line == f"Um{HYPHEN}"


def test_japanese_breaks_between_characters_by_its_rules() -> None:
    text = "これまで私たちは、「できあがった紙」の枚数だけを数えてきました。今年からは、くんだ水も数えます。"
    for width in range(30, 200, 7):
        lines = texts(broken(text, width, "ltr", "ja"))
        assert "".join(lines) == text
        assert not [line for line in lines if line[0] in "、。」っ" or line[-1] == "「"]


@pytest.mark.parametrize("letters", ["abcdefghij", "ab-", "שלום", "السلام", "क्षेत्र", "ประเทศ", "漢字かな", "a\u00adb"])
def test_words_without_end_take_linear_time(letters: str) -> None:
    def seconds(count: int) -> float:
        text = letters * (count // len(letters))
        start = time.process_time()
        lines = broken(text, 300)
        assert len("".join(texts(lines)).replace(HYPHEN, "")) == len(text.replace("\u00ad", ""))
        return time.process_time() - start

    seconds(1000)
    few, many = seconds(10_000), seconds(80_000)
    assert many < 8 * 3 * max(few, 0.02)
