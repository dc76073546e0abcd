"""Tests of what a font needs for a script, and of scripts that can't be set."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from gri_builder.fonts.faces import Face, Family, load_face
from gri_builder.fonts.script_rules import longest_without_spaces, unsupported_script
from gri_builder.resources.bundled_fonts import load_bundled_font


def face_without_rules() -> Face:
    """Return a face of a font with letters of many scripts, and no rules to join them."""
    font, file = TTFont(io.BytesIO(load_bundled_font("fira-go", "regular"))), io.BytesIO()
    del font["GSUB"]
    font.save(file)
    return load_face(family=Family("own", (("regular", file.getvalue()),)))


@pytest.mark.parametrize("text", ["abc", "שלום", "السلام", "क्षेत्र", "ประเทศ", "e\u0301", "Հայ", "বাংলা"])
def test_the_bundled_font_sets_what_it_has(text: str) -> None:
    assert unsupported_script(text, load_face()) is None


def test_a_font_without_rules_sets_letters_that_need_none() -> None:
    face = face_without_rules()
    assert unsupported_script("Hindi: क्षेत्र", face) == ("Deva", 7)
    assert unsupported_script("שלום", face) is None


def test_lines_from_top_to_bottom_are_never_set() -> None:
    assert unsupported_script("In ᠮᠣᠩᠭᠣᠯ", load_face()) == ("Mong", 3)


def test_the_longest_stretch_without_spaces() -> None:
    assert longest_without_spaces("a ประเทศ ไทย") == ("Thai", 2, 6)
    assert longest_without_spaces("ประ\u200bเทศ") == ("Thai", 0, 3)
    assert longest_without_spaces("क्षेत्र शिक्षा") is None
