"""Codes in the margin: disclosures at the page's edge, letters at the gutter, none outside of the column."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.layout.margins.codes import Code, is_letter, place_codes
from gri_builder.layout.margins.side import MarginSide
from gri_builder.pdf.structure_tree import StructureElement

WIDTH = 132.0
codes = st.sampled_from(["G4-EN3", "G4-EN3 a", "a", "b", "ii", "305-1", "G4-DMA"])


def place(texts: list[str], is_after: bool = False) -> list[list[Code]]:
    marks = [(text, StructureElement("P", None)) for text in texts]
    return place_codes(marks, lambda text: 4.6 * len(text), MarginSide(WIDTH, is_after))


@pytest.mark.parametrize("is_after", [False, True])
def test_a_letter_is_at_the_gutter_and_a_disclosure_at_the_edge(is_after: bool) -> None:
    ((code, letter),) = place(["G4-9", "a"], is_after)
    edge, gutter = (0.0, WIDTH - letter.width) if not is_after else (WIDTH - code.width, 0.0)
    assert (code.x, letter.x) == (edge, gutter)


@given(st.lists(codes, min_size=1, max_size=9), st.booleans())
def test_all_codes_are_in_the_column_and_none_covers_another(texts: list[str], is_after: bool) -> None:
    lines = place(texts, is_after)
    assert sorted(code.text for line in lines for code in line) == sorted(texts)
    for line in lines:
        spans = sorted((code.x, code.x + code.width) for code in line)
        assert spans[0][0] >= 0
        assert spans[-1][1] <= WIDTH + 1e-6
        assert all(first[1] < second[0] for first, second in pairwise(spans))


def test_only_letters_of_requirements_are_letters() -> None:
    assert [is_letter(text) for text in ("a", "ii", "G4", "3", "x-1", "DMA")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]
