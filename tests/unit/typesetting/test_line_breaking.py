"""Line breaking."""

import re

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.fonts.faces import face_missing_glyphs, load_face
from gri_builder.fonts.glyph_coverage import missing_glyphs
from gri_builder.model.rich_text import Run
from gri_builder.model.theme import FontFamily
from gri_builder.pdf.to_unicode import make_unicode_map
from gri_builder.resources.themes import FAMILIES, load_theme
from gri_builder.typesetting.line_breaking import (
    Line,
    break_lines,
    make_words,
    natural_widths,
    shorten,
    skip_lines,
)
from gri_builder.typesetting.style import TextStyle, make_style
from gri_builder.typesetting.word_breaks import HYPHEN

BODY, CELL = make_style(load_theme()).body, make_style(load_theme()).cell
WORD = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzäéß-–/0123456789.,"), min_size=1, max_size=24)
RUNS = st.lists(
    st.builds(
        Run,
        st.lists(WORD, max_size=12).map(" ".join),
        bold=st.booleans(),
        italic=st.booleans(),
        script=st.sampled_from(["", "", "sub", "sup"]),
        language=st.sampled_from([None, None, "de"]),
        expansion=st.sampled_from([None, None, "in full"]),
    ),
    max_size=6,
).map(tuple)


def broken(runs: tuple[Run, ...], width: float, style: TextStyle = BODY, language: str = "en-GB") -> list[Line]:
    return break_lines(make_words(runs, style), width, style, language)


def text_of(lines: list[Line]) -> str:
    """Return the lines' text joined again, without hyphens that breaking put in."""
    out = ""
    for line in lines:
        text = "".join(piece.text for piece in line.pieces)
        out += text.removesuffix(HYPHEN) if text.endswith(HYPHEN) else text + " "
    return out


def test_a_passage_is_hyphenated_by_its_language() -> None:
    def heads(language: str | None) -> set[str]:
        runs = (Run("So "), Run("Umweltverträglichkeit prüfen", language=language))
        lines = [broken(runs, width)[0] for width in range(60, 130, 5)]
        return {"".join(piece.text for piece in line.pieces) for line in lines}

    assert f"So Umwelt{HYPHEN}" in heads("de")
    assert f"So Umwelt{HYPHEN}" not in heads(None)


@given(RUNS, st.floats(20, 500))
def test_breaking_loses_nothing_and_fits(runs: tuple[Run, ...], width: float) -> None:
    lines = broken(runs, width)
    assert text_of(lines).replace(" ", "") == "".join(run.text for run in runs).replace(" ", "")
    for line in lines:
        if sum(len(piece.text) for piece in line.pieces) > 1:
            assert line.width <= width + 0.02


@given(RUNS)
def test_natural_width_needs_one_line(runs: tuple[Run, ...]) -> None:
    words = make_words(runs, CELL)
    least, most = natural_widths(words)
    assert least <= most + 0.01
    assert len(break_lines(words, most + 0.02, CELL, "en-GB")) == 1


def test_words_hyphenate_by_language() -> None:
    english = broken((Run("commissioning commissioning responsibilities of all"),), 100)
    assert any(line.pieces[-1].text.endswith(HYPHEN) for line in english)
    plain = broken((Run("commissioning commissioning responsibilities of all"),), 100, replace(BODY, hyphenate=False))
    assert not any(line.pieces[-1].text.endswith(HYPHEN) for line in plain)
    german = broken((Run("Donaudampfschifffahrtsgesellschaft fährt weiter"),), 110, language="de-DE")
    assert german[0].pieces[-1].text.endswith(HYPHEN)


def test_no_more_than_two_hyphens_in_a_row() -> None:
    lines = broken((Run("responsibilities " * 60),), 64)
    ends = "".join("h" if line.pieces[-1].text.endswith(HYPHEN) else "." for line in lines)
    assert "hh" in ends
    assert "hhh" not in ends


def test_addresses_break_without_hyphens() -> None:
    address = "https://example.org/a/very/long/path/to/somewhere/deep/inside/the/site"
    lines = broken((Run(address, link=address),), 90)
    assert len(lines) > 1
    assert text_of(lines).replace(" ", "") == address
    assert not any(piece.text.endswith(HYPHEN) for line in lines for piece in line.pieces)


def test_line_break_in_text_ends_a_line() -> None:
    assert [len(line.pieces) for line in broken((Run("one\ntwo\n\nthree"),), 300)] == [1, 1, 0, 1]


def test_no_break_space_holds() -> None:
    lines = broken((Run("about 1\u00a0234\u00a0GJ"),), 60)
    assert [piece.text.strip() for line in lines for piece in line.pieces] == ["about", "1\u00a0234\u00a0GJ"]


def test_digits_of_tables_have_one_width() -> None:
    assert len({load_face(tabular=True).width(digit) for digit in "0123456789"}) == 1
    assert len({load_face().width(digit) for digit in "0123456789"}) > 1


def test_undrawable_characters_are_named() -> None:
    assert face_missing_glyphs("CO₂ fell by −3 % → good\u00a0\u00ad") == frozenset()
    assert face_missing_glyphs("a ✓ and 中") == frozenset("✓中")


def test_shorten_keeps_what_fits() -> None:
    face = load_face()
    assert shorten("Sustainability", face, 8, 500) == "Sustainability"
    short = shorten("Sustainability report of the group", face, 8, 60)
    assert short.endswith("…")
    assert face.width(short) * 8 <= 60


def test_rare_spaces_break_lines_as_they_should() -> None:
    words = make_words((Run("one\ttwo\u2009three\u3000four\u202ffive\u00a0six"),), BODY)
    assert [piece.text for word in words for piece in word.pieces] == ["one", "two", "three", "four\u00a0five\u00a0six"]


def test_spaces_that_may_not_break_are_stretched_too() -> None:
    """They share a code with the others, so that a justified line would be too wide if they were not counted."""
    (line,) = break_lines(make_words((Run("a b\u00a0c\u202fd"),), BODY), 500, BODY, "en")
    assert line.spaces == 3


def test_maps_to_unicode_hold_what_is_used() -> None:
    codes = [0, 0, 0x20, 0x21, 0x1F600, 0, 0xFE, 0xFF, 0x100]
    text = make_unicode_map("F", codes).decode()
    rows = ["<02> <03> <0020>", "<04> <04> <D83DDE00>", "<06> <07> <00FE>", "<08> <08> <0100>"]
    assert "4 beginbfrange\n" + "\n".join(rows) + "\nendbfrange" in text


def test_maps_to_unicode_have_sections_of_a_hundred() -> None:
    text = make_unicode_map("F", list(range(2, 500, 2))).decode()
    assert re.findall(r"(\d+) beginbfrange", text) == ["100", "100", "49"]


def test_the_table_of_characters_is_that_of_the_fonts() -> None:
    """Reports are checked by `schemas/fonts.json`, without loading a font."""
    everything = "".join(map(chr, (*range(0x20, 0xD800), *range(0xE000, 0x11000), 0x1F600, 0x20000)))
    for name in (None, *FAMILIES):
        fonts = () if name is None else (FontFamily(name),)
        assert missing_glyphs(everything, fonts) == face_missing_glyphs(everything, fonts)


@given(RUNS, st.integers(0, 12), st.floats(8, 300))
def test_skipped_lines_leave_the_words_of_the_others(runs: tuple[Run, ...], count: int, width: float) -> None:
    style = replace(BODY, hyphenate=False)
    words = make_words(runs, style)
    lines = break_lines(words, width, style, "en")
    rest = skip_lines(words, count, width, style, "en")
    assert break_lines(rest, width, style, "en") == (lines[count:] or [Line([], 0.0, last=True)])


def test_characters_wider_than_the_line_have_lines_of_their_own() -> None:
    runs = (Run("W", bold=True), Run("x W"))
    assert ["".join(piece.text for piece in line.pieces) for line in broken(runs, 1.0)] == ["W", "x", "W"]
