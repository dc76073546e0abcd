"""Where text without spaces may break: between characters of Chinese and Japanese (UAX #14; JIS X 4051, 6.1).

Korean breaks at its spaces. Thai, Lao, Khmer and Myanmar have spaces between sentences only; their words need a
dictionary, which the program does not have.
"""

from __future__ import annotations

import re
from itertools import pairwise

_IDEOGRAPHIC = (
    "\u2e80-\u2fff\u3003-\u3007\u3012\u3013\u3020-\u3029\u3030-\u3036\u3038-\u303a\u3041-\u3096\u309f\u30a1-\u30fa\u30ff"
    "\u3105-\u312f\u3190-\u31ff\u3200-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
    "\uff66\uff71-\uff9d\U0001b000-\U0001b2ff\U00020000-\U0003ffff"
)
_NOT_AT_START = (
    "\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff1f\uff01\u30fb\u2025\u2026\u203c\u2047-\u2049"
    "\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301b\u301e\u301f\uff09\uff3d\uff5d\uff60\u2019\u201d"
    "\u3005\u303b\u309d\u309e\u30fd\u30fe\u30fc\u301c\u30a0\uff5e\u2010\u2013"
    "\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e\u3095\u3096"
    "\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30f5\u30f6\u31f0-\u31ff\uff67-\uff70\u3099-\u309c"
    "\uff9e\uff9f\uff61\uff63\uff64\uff65\uff05\uffe0\u00b0\u2032\u2033\u2103%,.:;!?)\\]}\u00bb\u00a2\u2030"
)
_NOT_AT_END = (
    "\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\u301d\uff08\uff3b\uff5b\uff5f\uff62\u2018\u201c"
    "\uff04\uffe1\uffe5\uffe6(\\[{\u00ab$\u00a3\u00a5\u20a9\u20ac#"
)
_START = re.compile(f"[{_NOT_AT_START}]")
_END = re.compile(f"[{_NOT_AT_END}]")
_WIDE = re.compile(f"[{_IDEOGRAPHIC}]")
_ANY_WIDE = re.compile("[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef\U0001b000-\U0001b2ff\U00020000-\U0003ffff]")
_GLUE = frozenset("\u00a0\u2060\u202f\ufeff\u200d\u200b\ufe0e\ufe0f\ufdd0")
"""Characters that forbid a break on either side, or bring their own."""


def may_break_between(before: str, after: str) -> bool:
    """Return whether a line of Chinese or Japanese may break between two characters without a space between them.

    A break needs such a character on one side, no closing sign, small kana or iteration mark after it, and no opening
    sign before it.
    """
    if before.isascii() and after.isascii():
        return False
    if not (_ANY_WIDE.match(before) or _ANY_WIDE.match(after)):
        return False
    if before in _GLUE or after in _GLUE or _START.match(after) or _END.match(before):
        return False
    if _is_mark(after):
        return False
    return bool(_WIDE.match(before) or _WIDE.match(after) or _closes_wide(before) or _opens_wide(after))


def _is_mark(char: str) -> bool:
    return "\u0300" <= char <= "\u036f" or "\U000e0100" <= char <= "\U000e01ef" or "\u302a" <= char <= "\u302f"


def _closes_wide(char: str) -> bool:
    """Return whether a character is wide punctuation, behind which a line may end."""
    return char >= "\u3001" and bool(_START.match(char))


def _opens_wide(char: str) -> bool:
    return char >= "\u3001" and bool(_END.match(char))


def is_ideographic(char: str) -> bool:
    """Return whether a character is one of Chinese or Japanese, or wide punctuation."""
    return not char.isascii() and bool(_ANY_WIDE.match(char))


def split_at_breaks(text: str) -> list[str]:
    """Return a text without spaces in parts between which a line may break."""
    if text.isascii() or not _ANY_WIDE.search(text):
        return [text]
    edges = [0, *(i for i in range(1, len(text)) if may_break_between(text[i - 1], text[i])), len(text)]
    return [text[first:last] for first, last in pairwise(edges)]
