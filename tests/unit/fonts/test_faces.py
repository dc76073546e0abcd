"""Words that were measured or encoded are kept, but not those of a whole book."""

from __future__ import annotations

import pytest

from gri_builder.fonts import faces
from gri_builder.fonts.faces import MOST_WORDS, Encoder, load_face
from gri_builder.pdf.reportlab_adapter.canvas import PageCanvas
from gri_builder.typesetting.paragraph_breaking import _measure_cuts
from gri_builder.typesetting.word_breaks import find_cuts

WORDS = [f"Avenue{number}" for number in range(200)]


def test_no_more_words_are_kept_than_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    face = load_face()
    encoder = Encoder(face, PageCanvas((100, 100), "en").registry)
    before = [(face.width(word), encoder.kerned_segments(word)) for word in WORDS]
    assert len(face.widths) >= len(encoder.words) >= 200
    monkeypatch.setattr(faces, "MOST_WORDS", 50)
    for word in WORDS:
        face.width(f"{word}x")
        assert encoder.words[f"{word}y"]
        assert max(len(face.widths), len(encoder.words)) <= 50
    assert [(face.width(word), encoder.kerned_segments(word)) for word in WORDS] == before


def test_places_to_break_words_are_kept_for_as_many() -> None:
    assert find_cuts.cache_info().maxsize == _measure_cuts.cache_info().maxsize == MOST_WORDS
