"""Which framework a PDF reports by, and which option it claims."""

from __future__ import annotations

import re

from msgspec import Struct

from gri_builder.audit.third_party_pdf.claimed_option import find_option

STANDARDS, THIRD = "gri-standards", "gri-g3"
_STANDARDS = re.compile(r"GRI\s+Standards?\b|\bGRI\s+[1-4]\d\d\s*:|\b[1-4]\d\d-\d{1,2}\b(?=\s+[A-Z])")
_THIRD = re.compile(r"\bG3(?:\.1)?\b")


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
