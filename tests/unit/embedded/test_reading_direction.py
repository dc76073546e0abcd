"""The order in which characters are read: most texts are recognized at once as read from left to right."""

from __future__ import annotations

import sys
import unicodedata

from gri_builder.embedded.reading_direction import put_in_reading_order


def test_each_letter_from_right_to_left_is_seen() -> None:
    """A letter between two of them ends up where it was; those around it change places."""
    found = [chr(n) for n in range(sys.maxunicode + 1) if unicodedata.bidirectional(chr(n)) in ("R", "AL")]
    assert len(found) > 1_000
    for each in found:
        assert put_in_reading_order([each, " ", "\u05d0"]) == f"\u05d0 {each}"


def test_other_texts_stay() -> None:
    for text in ("Größe – 5 %", "‘don’t’", "日本語 12", "\u0301\u200e"):
        assert put_in_reading_order(text) == text
