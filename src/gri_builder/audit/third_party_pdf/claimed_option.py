"""Which 'in accordance' option a third-party PDF claims."""

from __future__ import annotations

import re
from collections import Counter

_NEAR = 90
_OPTIONS = {
    "core": r"core|esencial|essencial|kern|essentielle?s?",
    "comprehensive": r"comprehensive|exhaustiva|abrangente|umfassend|étendus?|exhaustive",
}
_ACCORDANCE = (
    r"in\s+accordance|accordance|de\s+conformidad|de\s+acordo|in\s+übereinstimmung|en\s+conformité|G4|guidelines|"
    r"content\s+index|option"
)


def find_option(text: str) -> str | None:
    """Return the option that is named most often beside what speaks of accordance."""
    votes: Counter[str] = Counter()
    for option, names in _OPTIONS.items():
        for found in re.finditer(rf"\b(?:{names})\b", text, re.IGNORECASE):
            around = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
            near = re.findall(_ACCORDANCE, around, re.IGNORECASE)
            if len(set(map(str.lower, near))) >= 2:
                votes[option] += 1
    return votes.most_common(1)[0][0] if votes else None
