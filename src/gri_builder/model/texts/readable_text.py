"""Text for readers and searches: without the characters that only say where a line may break."""

from __future__ import annotations

SOFT_HYPHEN = "\u00ad"
_BREAKS = dict.fromkeys(map(ord, f"{SOFT_HYPHEN}\u200b\u2060\ufeff"))


def readable(text: str) -> str:
    """Return the text without soft hyphens, zero width spaces and word joiners (UAX #14, BA, ZW and WJ).

    Characters that join letters or set their order stay.
    """
    return text if text.isascii() else text.translate(_BREAKS)


def without_inner_hyphens(text: str) -> str:
    """Return a text of one line without soft hyphens but at its end, where the line breaks."""
    if text.isascii() or SOFT_HYPHEN not in text[:-1]:
        return text
    return text[:-1].replace(SOFT_HYPHEN, "") + text[-1]
