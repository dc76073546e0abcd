"""Tests of clusters: what stays together where a word is cut."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gri_builder.fonts.faces import load_face
from gri_builder.typesetting.clusters import fitting_count, may_part

FACE = load_face()


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("क्षेत्र", ["क्षे", "त्र"]),
        ("हिन्दी", ["हि", "न्दी"]),
        ("น้ำเงิน", ["น้ำ", "เงิ", "น"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("שָׁלוֹם", ["שָׁ", "ל", "וֹ", "ם"]),
    ],
)
def test_marks_and_joined_consonants_stay_with_their_letter(text: str, clusters: list[str]) -> None:
    found = [text[0]]
    for before, after in pairwise(text):
        if may_part(before, after):
            found.append("")
        found[-1] += after
    assert found == clusters


@pytest.mark.parametrize("text", ["abcdefghij" * 10, "शिक्षा" * 20, "السلام" * 20, "ประเทศ" * 20])
def test_as_many_characters_as_fit(text: str) -> None:
    for room in (20.0, 55.5, 100.0):
        count = fitting_count(FACE, text, 10.0, room)
        assert FACE.width(text[:count]) * 10 <= room
        rest = next(n for n in range(count + 1, len(text)) if may_part(text[n - 1], text[n]))
        assert FACE.width(text[:rest]) * 10 > room


def test_at_least_one_cluster_fits_and_one_is_left() -> None:
    assert fitting_count(FACE, "abc", 10.0, 0.1) == 1
    assert fitting_count(FACE, "abc", 10.0, 1000) == 2
    assert fitting_count(FACE, "क्षेत्र", 10.0, 0.1) == 4
    assert fitting_count(FACE, "क्षे", 10.0, 0.1) == 4
