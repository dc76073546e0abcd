"""Titles: hyphenated by their language, set smaller where there are no patterns, never cut without a hyphen."""

from __future__ import annotations

import pytest

from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.style import make_style
from gri_builder.typesetting.title_fitting import (
    STEPS,
    balance_title,
    break_title,
    cut_words,
    enlarge_word,
    fit_title,
)
from gri_builder.typesetting.word_breaks import HYPHEN

TITLE = make_style(load_theme()).title
COMPOUND = "Unternehmensverantwortung und Nachhaltigkeitsberichterstattung"


def shown(text: str, width: float, language: str, height: float = 300) -> tuple[float, list[str]]:
    style = fit_title(text, TITLE, width, height, language)
    lines = break_title(text, style, width, language)
    assert list(cut_words(text, lines)) == []
    assert all(line.width <= width + 0.01 for line in lines)
    return style.size / TITLE.size, ["".join(piece.text for piece in line.pieces) for line in lines]


def test_german_compounds_are_whole_in_a_smaller_size() -> None:
    scale, lines = shown(COMPOUND, 480, "de")
    assert scale in STEPS
    assert lines == ["Unternehmensverantwortung und", "Nachhaltigkeitsberichterstattung"]


def test_what_is_too_wide_in_three_sizes_is_hyphenated() -> None:
    scale, lines = shown(COMPOUND, 300, "de")
    assert scale == STEPS[-1]
    assert [line.endswith(HYPHEN) for line in lines] == [True, False, True, False]


@pytest.mark.parametrize("step", STEPS)
def test_the_largest_size_with_whole_words_is_taken(step: float) -> None:
    width = break_title("Nachhaltigkeit", TITLE, 9999, "de")[0].width
    scale, lines = shown("Nachhaltigkeit", width * step + 1, "de")
    assert (round(scale, 3), lines) == (step, ["Nachhaltigkeit"])


def test_the_last_word_is_hyphenated_too() -> None:
    assert shown("Nachhaltigkeitsberichterstattung", 300, "de")[1][0].endswith(HYPHEN)


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


def test_a_soft_hyphen_of_the_author_is_no_end_inside_a_word() -> None:
    assert shown("Nachhaltig\u00adkeitsberichterstattung", 420, "de")[1][0] == f"Nachhaltig{HYPHEN}"


def test_the_longest_titles_fit() -> None:
    for text in ("responsible " * 200, "x" * 60, "責任" * 120):
        style = fit_title(text, TITLE, 480, 240, "en")
        lines = break_title(text, style, 480, "en")
        assert len(lines) * style.leading <= 240
        assert list(cut_words(text, lines)) == []


def test_a_title_of_one_word_is_large_and_another_is_not() -> None:
    large = enlarge_word("Water", TITLE, 480, "en")
    assert large.size > 1.9 * TITLE.size
    assert len(break_title("Water", large, 480, "en")) == 1
    assert enlarge_word("Clean water", TITLE, 480, "en") == TITLE
    assert enlarge_word(COMPOUND.split()[0], TITLE, 300, "de") == TITLE


def test_balanced_lines_are_as_many_and_more_even() -> None:
    text = "What goes into a tin, and what does not go into it"
    plain, even = break_title(text, TITLE, 480, "en"), balance_title(text, TITLE, 480, "en")
    assert len(plain) == len(even) > 1
    assert max(line.width for line in even) <= max(line.width for line in plain)
    assert min(line.width for line in even) >= min(line.width for line in plain)


def test_soft_hyphens_part_a_word_only_where_it_is_too_wide() -> None:
    """Neither the first line nor an even rag is a reason to part a word that fits."""
    text = "Sustain\u00adability re\u00adport"
    widest = break_title("Sustainability", TITLE, 9999, "en")[0].width
    for width in (widest + 1, widest * 1.15, widest * 1.3):
        for lines in (break_title(text, TITLE, width, "en"), balance_title(text, TITLE, width, "en")):
            assert "".join(piece.text for line in lines for piece in line.pieces).count(HYPHEN) == 0, width
    assert any(line.pieces[-1].text.endswith(HYPHEN) for line in break_title(text, TITLE, widest / 2, "en"))
