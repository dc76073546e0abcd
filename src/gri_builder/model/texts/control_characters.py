"""Characters that act instead of being seen: they move a cursor, recolour a terminal, or reorder the text around them.

Text from data may hold them. In what the program writes they are shown as U+FFFD, or escaped where a format can.
"""

from __future__ import annotations

import re

MARKS = "\u061c\u200e\u200f"
"""Marks of direction. Texts in Arabic and Hebrew need them in places; a column of a table does not."""
_ACTING = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1, ESC among them
    "\u2028\u2029\u202a-\u202e\u2066-\u206f\ufff9-\ufffb"  # separators, embedding, override, isolates; annotations
    "\ud800-\udfff"
)
CONTROLS = re.compile(f"[{_ACTING}{MARKS}]")
"""All of them, except for tabs and the ends of lines."""
_REMOVED = dict.fromkeys(map(ord, MARKS))


def show_controls(text: str) -> str:
    """Return a text with U+FFFD for each character that would act."""
    return text if text.isascii() and text.isprintable() else CONTROLS.sub("\ufffd", text)


def settle_text(text: str) -> str:
    """Return a text for a cell or an element of a page: marks of direction are removed, what would act is shown."""
    return text if text.isascii() and text.isprintable() else CONTROLS.sub("\ufffd", text.translate(_REMOVED))


def escape_controls(json: str) -> str:
    """Return a JSON document in which the characters that would act are escaped; it says the same."""
    if json.isascii() and "\x7f" not in json and "##[" not in json:
        return json
    escaped = CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", json)
    return escaped.replace("##[", "##\\u005b")  # a command in the log of GitHub Actions
