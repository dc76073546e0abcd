"""Characters that act instead of being seen, in each kind of output."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from gri_builder.model.texts.control_characters import CONTROLS, escape_controls, settle_text, show_controls

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_all_controls_of_unicode_and_all_of_direction_are_known() -> None:
    controls = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cc", "Cs", "Zl", "Zp")]
    assert [each for each in controls if not CONTROLS.match(each)] == ["\t", "\n", "\r"]
    assert all(CONTROLS.match(each) for each in BIDI)


def test_texts_of_all_scripts_stay() -> None:
    for text in (
        "Größe",
        "انبعاثات",
        "פליטות",
        "उत्सर्जन",
        "排出量",
        "a\u200cb\u200dc",
        "🏴\U000e0067\U000e007f",
        "a\tb\nc",
    ):
        assert show_controls(text) == settle_text(text) == text


@given(st.text())
def test_nothing_acts(text: str) -> None:
    assert not CONTROLS.search(show_controls(text))
    assert not CONTROLS.search(settle_text(text))


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text(BIDI + '##["\\\x7f\x9b'))))
def test_json_says_the_same(document: dict[str, object]) -> None:
    plain = json.dumps(document, ensure_ascii=False)
    escaped = escape_controls(plain)
    assert json.loads(escaped) == json.loads(plain)
    assert not CONTROLS.search(escaped)
    assert "##[" not in escaped
