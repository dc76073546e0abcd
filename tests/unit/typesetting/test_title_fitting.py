"""Titles: hyphenated by their language, set smaller where there are no patterns, never cut without a hyphen."""

from __future__ import annotations

import pytest

from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.style import make_style
from gri_builder.typesetting.title_fitting import break_title, cut_words, fit_title
from gri_builder.typesetting.word_breaks import HYPHEN

TITLE = make_style(load_theme()).title
COMPOUND = "Unternehmensverantwortung und Nachhaltigkeitsberichterstattung"


def shown(text: str, width: float, language: str, height: float = 300) -> tuple[float, list[str]]:
    style = fit_title(text, TITLE, width, height, language)
    lines = break_title(text, style, width, language)
    assert list(cut_words(text, lines)) == []
    assert all(line.width <= width + 0.01 for line in lines)
    return style.size / TITLE.size, ["".join(piece.text for piece in line.pieces) for line in lines]


def test_german_compounds_are_hyphenated_in_full_size() -> None:
    scale, lines = shown(COMPOUND, 539, "de")
    assert scale == 1
    assert lines == [f"Unternehmensverantwor{HYPHEN}", "tung und", f"Nachhaltigkeitsberichter{HYPHEN}", "stattung"]


def test_the_last_word_is_hyphenated_too() -> None:
    assert shown("Nachhaltigkeitsberichterstattung", 539, "de")[1][0].endswith(HYPHEN)


def test_without_patterns_a_long_word_is_set_smaller() -> None:
    scale, lines = shown("Wajibu" * 8, 480, "sw")
    assert scale < 1
    assert lines == ["Wajibu" * 8]


def test_japanese_may_break_between_characters() -> None:
    scale, lines = shown("紙をすく水川へ返す水" * 2, 300, "ja")
    assert scale == 1
    assert len(lines) > 1


def test_a_high_title_is_set_smaller() -> None:
    assert shown("One two three four five six seven eight " * 6, 480, "en", height=200)[0] < 1


@pytest.mark.parametrize("text", ["Water\u00adway" * 6, "a/b" * 60, "2015–2016 " * 12, "x"])
def test_other_breaks_are_no_cuts(text: str) -> None:
    shown(text, 300, "en")


def test_a_cut_word_is_named() -> None:
    lines = break_title("Wajibu" * 8, TITLE, 480, "sw")
    assert len(list(cut_words("Wajibu" * 8, lines))) == len(lines) - 1
