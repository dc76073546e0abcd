"""Phrases of data files as patterns: one for many phrases finds what each by itself finds."""

from __future__ import annotations

import re

import pytest

from gri_builder.index_reading.statements.option_words import load_option_words
from gri_builder.index_reading.statements.phrases import compile_phrases, phrase_pattern

PHRASES = ("core", "in/en accordance", "(the) kern*", "コア", "核心", "not ... reported", "bas", "a//b", "core option")
TEXTS = (
    "The Core option, in accordance with the KERNOPTION",
    "score, hardcore and encore; コア and 核心的 basis of bas",
    "not fully reported a/b; the kerned core-option",
    "",
)


@pytest.mark.parametrize("form", ["{}", r"\(?{}\)?"])
@pytest.mark.parametrize("text", TEXTS)
def test_many_phrases_are_as_one_by_one(text: str, form: str) -> None:
    ordered = sorted(PHRASES, key=lambda each: (-len(each), each))
    apart = re.compile(form.replace("{}", f"(?:{'|'.join(map(phrase_pattern, ordered))})"), re.IGNORECASE)
    found = compile_phrases(PHRASES, form)
    assert [each.span() for each in found.finditer(text)] == [each.span() for each in apart.finditer(text)]


def test_the_start_of_a_word_is_looked_for_once() -> None:
    """Else each place within a word, as most are, is compared with each phrase."""
    assert compile_phrases(PHRASES).pattern.count(r"(?<!\w)") == 1
    words = load_option_words("gri-g4")
    assert words
    assert all(name.pattern.count(r"(?<!\w)") == 1 for name in words.names.values())
