"""Tests of levels: the direction of paragraphs, and of what is inside them."""

from __future__ import annotations

import pytest

from gri_builder.fonts.scripts import text_direction
from gri_builder.typesetting.levels import paragraph_level, split_levels, visual_stretches, words_read_backwards


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("he", "rtl"),
        ("ar-EG", "rtl"),
        ("fa", "rtl"),
        ("ur", "rtl"),
        ("az-Arab", "rtl"),
        ("en", "ltr"),
        ("hi", "ltr"),
        ("ku-Latn", "ltr"),
        ("ar-Latn", "ltr"),
        ("uz-Arab-AF", "rtl"),
        ("yi", "rtl"),
        ("zh-Hant-TW", "ltr"),
    ],
)
def test_the_direction_of_a_language(language: str, direction: str) -> None:
    assert text_direction(language) == direction


def test_a_paragraph_has_the_direction_around_it_unless_all_its_letters_have_the_other() -> None:
    assert paragraph_level("Hebrew: שלום", "ltr") == 0
    assert paragraph_level("שלום 2015", "ltr") == 1
    assert paragraph_level("Base plc שלום", "rtl") == 1
    assert paragraph_level("Only English (2015).", "rtl") == 0
    assert paragraph_level("2015", "rtl") == 1


def test_plain_text_has_no_levels() -> None:
    assert split_levels(["Only ", "English 2015"], "rtl") is None


def test_runs_are_split_where_the_direction_changes() -> None:
    assert split_levels(["Hebrew: שלום ", "עולם 2015. End."], "ltr") == [
        [("Hebrew: ", 0), ("שלום ", 1)],
        [("עולם ", 1), ("2015", 2), (". End.", 0)],
    ]


def test_lines_are_paragraphs() -> None:
    assert split_levels(["abc\nשלום"], "ltr") == [[("abc\n", 0), ("שלום", 1)]]


def test_stretches_from_left_to_right() -> None:
    stretches = visual_stretches("שלום (2015) abc", "rtl")
    assert stretches == (("abc", 2), (") ", 1), ("2015", 2), ("שלום (", 1))


@pytest.mark.parametrize("sign", ["-", "\u2212", "+", "±"])
def test_the_sign_of_a_number_is_before_it(sign: str) -> None:
    for text in (f"שלום {sign}1,050 MWh", f"سلام {sign}1,050 MWh"):
        stretches = visual_stretches(text, "rtl")
        assert [part.strip() for part, _ in stretches if "1,050" in part] == [f"{sign}1,050"]


def test_a_hyphen_between_words_is_no_sign() -> None:
    stretches = visual_stretches("ו-2015", "rtl")
    assert [part for part, _ in stretches] == ["2015", "ו-"]


def test_lines_with_more_words_read_backwards() -> None:
    assert words_read_backwards([("שלום עולם ", 1), ("2015", 2)])
    assert not words_read_backwards([("Only a word ", 0), ("שלום", 1)])
    assert not words_read_backwards([("abc", 0)])
