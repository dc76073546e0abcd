"""Ends of sentences: the full stop of each language, where a text has none yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_ENDS = (".", "!", "?", "…", "。", "．", "！", "？", "؟", "۔", "।", "॥", "։", "።", "။", "។")
"""Signs that end a sentence in any script (Unicode, property Sentence_Terminal)."""

_WIDE = ("。", "．", "！", "？", "：", "、", "，", "；", "）", "」")
"""Wide signs (Unicode, East_Asian_Width), which bring their own space."""


def end_sentence(text: str, words: Mapping[str, str]) -> str:
    """Return the text with the full stop of a language behind it unless it ends with such a sign already."""
    text = text.rstrip()
    return text if text.endswith(_ENDS) else text + words.get("full-stop", ".")


def space_after(text: str) -> str:
    """Return the space between a text and what follows it: none behind the wide signs of East Asia."""
    return "" if text.endswith(_WIDE) else " "


def join_sentences(texts: Iterable[str]) -> str:
    """Return sentences as one text."""
    joined = ""
    for text in texts:
        joined = f"{joined}{space_after(joined)}{text}" if joined else text
    return joined
