"""Kerning: pairs of characters, the width of a text, and how it is drawn."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.fonts.faces import FIRA, SERIF, Encoder, Face, load_face
from gri_builder.fonts.kerning import MAX_APART
from gri_builder.pdf.reportlab_adapter.canvas import PageCanvas

TEXT = st.text(st.sampled_from("AVTWaeotry.,-–’“f()0147 \u00a0\u00ad\u200bé→中漢"), max_size=12)
FACES = [load_face(family=family, tabular=tabular) for family in (FIRA, SERIF) for tabular in (False, True)]


def advances(face: Face, text: str) -> float:
    return sum(face.advances.get(ord(char), face.default) for char in text)


def test_letters_that_gape_are_set_nearer() -> None:
    face = load_face()
    assert face.kerning["AV"] > 10
    assert face.width("AVA") == pytest.approx(face.width("A") * 2 + face.width("V") - 2 * face.kerning["AV"] / 1000)


def test_spaces_and_figures_of_tables_are_not_kerned() -> None:
    for face in FACES:
        assert not any(face.kerning[pair] for pair in ("T ", " A", "T\u00a0", "\u200bA"))
    tabular = load_face(tabular=True)
    assert not any(tabular.kerning[a + b] for a in "0123456789.,-" for b in "0123456789.,-%")
    assert tabular.kerning["AV"] > 10


def test_a_hyphen_at_a_lines_end_is_kerned_like_any_other() -> None:
    assert load_face().kerning["r\u00ad"] == load_face().kerning["r-"]


@pytest.mark.parametrize("face", FACES)
def test_no_pair_is_so_far_apart_that_it_is_read_as_two_words(face: Face) -> None:
    chars = "fFTVWLrt)]}?!“”‘’'\"/*jQ"
    assert min(face.kerning[a + b] for a in chars for b in chars) >= -MAX_APART


@given(st.sampled_from(FACES), TEXT)
def test_widths_are_those_of_the_parts(face: Face, text: str) -> None:
    parts = face.kerned(text)
    assert "".join(part for part, _ in parts) == text
    shown = text[:-1].replace("\u00ad", "") + text[-1:]
    expected = advances(face, shown) - sum(nearer for _, nearer in face.kerned(shown)) / 1000
    assert face.width(text) == pytest.approx(expected)


@given(st.sampled_from(FACES), st.text(st.sampled_from("AVTWay., To0147"), max_size=20))
def test_what_is_drawn_has_the_width_that_was_measured(face: Face, text: str) -> None:
    encoder = Encoder(face, PageCanvas((100, 100), "en").registry)
    drawn = 0.0
    for _, codes in encoder.kerned_segments(text):
        for shown, nearer in re.findall(r"([^()]*)(?:\)(-?\d+)\()?", codes):
            drawn += advances(face, shown) - int(nearer or 0) / 1000
    assert drawn == pytest.approx(face.width(text))
