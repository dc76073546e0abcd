"""Ends of sentences, and the spaces between them, in several scripts."""

from __future__ import annotations

import pytest

from gri_builder.resources.sentences import end_sentence, join_sentences, space_after


@pytest.mark.parametrize(
    ("text", "stop", "ended"),
    [
        ("Meters are read", ".", "Meters are read."),
        ("Why? ", ".", "Why?"),
        ("記録していない", "。", "記録していない。"),
        ("記録していない。", "。", "記録していない。"),
        ("मीटर पढ़े जाते हैं।", "।", "मीटर पढ़े जाते हैं।"),
        ("لماذا؟", ".", "لماذا؟"),
    ],
)
def test_a_sentence_ends_once(text: str, stop: str, ended: str) -> None:
    assert end_sentence(text, {"full-stop": stop}) == ended


def test_a_language_without_a_stop_has_the_usual_one() -> None:
    assert end_sentence("Read", {}) == "Read."


def test_wide_signs_bring_their_own_space() -> None:
    assert space_after("出典：") == ""
    assert space_after("Source:") == " "
    assert join_sentences(["該当しない。", "理由。"]) == "該当しない。理由。"
    assert join_sentences(["Not applicable.", "We make nothing."]) == "Not applicable. We make nothing."
