"""Ends of sentences: the full stop of each language, where a text has none yet."""

from __future__ import annotations

from collections.abc import Mapping

_ENDS = (".", "!", "?", "…", "。", "．", "！", "？", "؟", "۔", "।", "॥", "։", "።", "။", "។")
"""Signs that end a sentence in any script (Unicode, property Sentence_Terminal)."""


def end_sentence(text: str, words: Mapping[str, str]) -> str:
    """Return the text with the full stop of a language behind it unless it ends with such a sign already."""
    text = text.rstrip()
    return text if text.endswith(_ENDS) else text + words.get("full-stop", ".")
