"""Hyphenation against pyphen's own reading of the same dictionaries."""

from __future__ import annotations

import re
from pathlib import Path

import pyphen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.typesetting.hyphenation import MIN_LETTERS, hyphen_positions, read_patterns

LANGUAGES = ("en_GB", "en_US", "de_DE", "fr", "es", "nl_NL", "pl_PL", "hu_HU", "ru_RU", "id_ID")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_break_where_pyphen_breaks_them(language: str, tmp_path: Path) -> None:
    """Of two digits in a row, which pyphen takes for two places, only the last is left."""
    encoding, _, data = pyphen.LANGUAGES[language].read_bytes().partition(b"\n")
    plain = tmp_path / "plain.dic"
    plain.write_bytes(encoding + b"\n" + re.sub(rb"[0-9](?=[0-9])", b"", data))
    theirs = pyphen.Pyphen(plain, left=MIN_LETTERS, right=MIN_LETTERS)
    ours = read_patterns(pyphen.LANGUAGES[language])
    parts = sorted(pattern.strip(".") for pattern in theirs.hd.patterns)
    words = ["".join(parts[place :: len(parts) // 4][:4]) for place in range(0, len(parts) // 4, 3)]
    assert len(words) > 100
    assert {word: ours.positions(word) for word in words} == {word: tuple(theirs.positions(word)) for word in words}


@given(st.text(max_size=30), st.sampled_from(["en-GB", "de-DE", "fr-FR"]))
def test_any_text_has_its_positions_inside(text: str, language: str) -> None:
    positions = hyphen_positions(text, language)
    assert list(positions) == sorted(set(positions))
    assert all(MIN_LETTERS <= position <= len(text) - MIN_LETTERS for position in positions)


def test_a_language_without_patterns_has_no_hyphens() -> None:
    assert hyphen_positions("commissioning", "tlh") == ()
    assert hyphen_positions("commissioning", "en-GB")


def test_a_dictionary_is_read_in_its_encoding(tmp_path: Path) -> None:
    file = tmp_path / "hyph_xx.dic"
    file.write_bytes("microsoft-cp1251\nLEFTHYPHENMIN 2\n% a1b\nо1к/о=к,1,2\n^^e01б2\n".encode("cp1251"))
    patterns = read_patterns(file)
    assert patterns.positions("молоковоз") == patterns.positions("МОЛОКОВОЗ") == (4,)
    assert patterns.positions("молабакус") == (4,)
