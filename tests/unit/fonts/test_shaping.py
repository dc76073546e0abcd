"""Tests of shaping: glyphs as HarfBuzz gives them, and the characters that each prints."""

from __future__ import annotations

import pytest
import uharfbuzz

from gri_builder.fonts.faces import SERIF, Face, load_face
from gri_builder.fonts.shaping import ShapedWord, read_face, shape_words
from gri_builder.resources.bundled_fonts import load_bundled_font

FACE = load_face()
BLANK = read_face(FACE.file).blank


def ids(word: ShapedWord) -> list[int]:
    return [glyph.id for run in word.runs for glyph in run.glyphs]


def printed(word: ShapedWord, rtl: bool = False) -> str:
    texts = [glyph.text for run in word.runs for glyph in run.glyphs]
    return "".join(reversed(texts) if rtl else texts)


def nominal(text: str) -> list[int]:
    return [FACE.glyphs[ord(char)] for char in text]


def judged(text: str, script: str, direction: str) -> list[tuple[int, int]]:
    """Return glyphs and advances as HarfBuzz gives them with nothing but its defaults."""
    font = uharfbuzz.Font(uharfbuzz.Face(load_bundled_font("fira-go", "regular")))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.script, buffer.direction = script, direction
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    glyphs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(info.codepoint, at.x_advance) for info, at in glyphs]


@pytest.mark.parametrize(
    ("text", "script", "direction"),
    [
        ("السلام", "Arab", "rtl"),
        ("الاستدامة", "Arab", "rtl"),
        ("گزارش", "Arab", "rtl"),
        ("שלום", "Hebr", "rtl"),
        ("שָׁלוֹם", "Hebr", "rtl"),
        ("क्षेत्र", "Deva", "ltr"),
        ("हिन्दी", "Deva", "ltr"),
        ("विद्यार्थियों", "Deva", "ltr"),
        ("น้ำ", "Thai", "ltr"),
        ("ที่นี่", "Thai", "ltr"),
    ],
)
def test_glyphs_and_widths_are_those_of_harfbuzz(text: str, script: str, direction: str) -> None:
    word = shape_words(FACE, text, direction == "rtl")[0]
    expected = judged(text, script, direction)
    shown = [glyph for run in word.runs for glyph in run.glyphs if glyph.advance or glyph.dx or glyph.dy]
    drawn = [id for glyph in shown for id in (*(mark for mark, _, _ in glyph.marks), glyph.id) if glyph.id != BLANK]
    assert drawn == [glyph for glyph, _ in expected]
    assert word.width == pytest.approx(sum(advance for _, advance in expected) / 1000)


def test_arabic_letters_are_joined() -> None:
    beh, joined = nominal("ب")[0], ids(shape_words(FACE, "ببب", True)[0])
    assert beh not in joined
    assert len(set(joined)) == 3  # final, medial and initial


def test_lam_and_alef_are_one_glyph_that_prints_both_in_order() -> None:
    word = shape_words(FACE, "لا", True)[0]
    assert [bool(glyph.advance) for run in word.runs for glyph in run.glyphs] == [False, True]
    assert printed(word, rtl=True) == "لا"
    assert word.actual is None


def test_devanagari_conjuncts_and_vowels_before_their_consonant() -> None:
    ksha = shape_words(FACE, "क्ष", False)[0]
    assert len(ids(ksha)) == 1
    assert printed(ksha) == "क्ष"
    ki = shape_words(FACE, "कि", False)[0]
    assert printed(ki) == "िक"
    assert ki.actual == "कि"


def test_marks_are_placed_above_their_letter() -> None:
    blank, letter = [glyph for run in shape_words(FACE, "ש\u05b8", True)[0].runs for glyph in run.glyphs]
    assert (blank.text, letter.text) == ("\u05b8", "ש")
    assert letter.id == nominal("ש")[0]
    ((mark, x, _),) = letter.marks
    assert mark == nominal("\u05b8")[0] or mark not in FACE.glyphs.values()
    assert 0 < x < letter.advance


def test_glyphs_from_right_to_left_print_one_character_each() -> None:
    for text in ("جزيلًا", "بَيْت", "وفقًا", "שָׁלוֹם", "محمّد", "لا"):
        word = shape_words(FACE, text, True)[0]
        assert printed(word, rtl=True) == text
        assert {len(glyph.text) for run in word.runs for glyph in run.glyphs} == {1}


def test_brackets_are_mirrored_but_keep_their_character() -> None:
    word = shape_words(FACE, "(ש)", True)[0]
    assert ids(word) == nominal("(ש)")  # from left to right: what opens on the right looks like the closing one
    assert printed(word, rtl=True) == "(ש)"


def test_words_keep_the_order_of_the_text_and_the_spaces_of_the_face() -> None:
    words = shape_words(FACE, "שלום עולם", True)
    assert [printed(word, rtl=True) for word in words] == ["שלום", "עולם"]
    assert [word.spaces for word in words] == [1, 0]
    assert sum(word.width for word in words) == pytest.approx(FACE.width("שלום עולם"))


def test_controls_are_not_drawn_and_joiners_work() -> None:
    assert ids(shape_words(FACE, "\u202bשלום\u202c\u200f", True)[0]) == ids(shape_words(FACE, "שלום", True)[0])
    apart, together = (ids(shape_words(FACE, text, True)[0]) for text in ("می\u200cخواهم", "میخواهم"))
    assert [glyph for glyph in apart if glyph in together] != apart


def test_a_soft_hyphen_at_the_end_is_visible() -> None:
    hyphen = FACE.glyphs[0x2010]
    assert hyphen in ids(shape_words(FACE, "क्षे\u00ad", False)[0])
    assert hyphen in ids(shape_words(FACE, "الاس\u00ad", True)[0])


def test_digits_of_tabular_faces_have_one_width() -> None:
    face = load_face(tabular=True)
    widths = {face.width(f"ש{digit}") for digit in "0123456789"}
    assert len({round(width, 6) for width in widths}) == 1


def test_letters_that_an_own_font_does_not_have_come_from_the_bundled_one() -> None:
    serif = load_face(family=SERIF)
    runs = shape_words(serif, "שלוםabc", True)[0].runs
    faces: list[Face] = [run.face for run in runs]
    assert faces[-1] is serif.fallback
    assert serif in faces
