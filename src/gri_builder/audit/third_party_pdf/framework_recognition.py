"""Which framework a PDF reports by, and which option it claims."""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct

STANDARDS, THIRD = "gri-standards", "gri-g3"
_STANDARDS = re.compile(r"GRI\s+Standards?\b|\bGRI\s+[1-4]\d\d\s*:|\b[1-4]\d\d-\d{1,2}\b(?=\s+[A-Z])")
_THIRD = re.compile(r"\bG3(?:\.1)?\b")
_NEAR = 90
_OPTIONS = {
    "core": r"core|esencial|essencial|kern|essentielle?s?",
    "comprehensive": r"comprehensive|exhaustiva|abrangente|umfassend|étendus?|exhaustive",
}
_ACCORDANCE = (
    r"in\s+accordance|accordance|de\s+conformidad|de\s+acordo|in\s+übereinstimmung|en\s+conformité|G4|guidelines|"
    r"content\s+index|option"
)


class RecognizedFramework(Struct, frozen=True):
    """What a PDF says of itself."""

    framework: str | None
    option: str | None = None


def recognize_framework(text: str, framework: str, edition: str, codes: int) -> RecognizedFramework:
    """Return the framework and the option that a text speaks for.

    `framework` is the id of the known framework, `edition` its name in codes, `codes` the number of codes in the index.
    """
    mentions = len(re.findall(rf"\b{re.escape(edition)}\b", text)) + codes
    later, earlier = len(_STANDARDS.findall(text)), len(_THIRD.findall(text))
    if mentions and mentions >= max(later, earlier):
        return RecognizedFramework(framework, find_option(text))
    if later:
        return RecognizedFramework(STANDARDS)
    if earlier:
        return RecognizedFramework(THIRD)
    return RecognizedFramework(framework if codes else None)


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
