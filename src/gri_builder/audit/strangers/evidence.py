"""Evidence: whether a page speaks of a disclosure's subject, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from gri_builder.examination import Evidence, Verdict
from gri_builder.framework import Disclosure

PLAIN = frozenset(
    re.findall(
        r"\w+",
        "a an and any as at by for from how in into is its of on or other per that the their to under use used what "
        "where with not than all have has been",
    )
)
"""Words that say nothing of a subject."""
AROUND = 70
"""Characters shown on both sides of the evidence."""
STRONG, FEEBLE = 0.6, 0.3
"""Shares of a subject's words that make it found, or weak."""
LEAST = 2


def seek(disclosure: Disclosure, pages: Iterable[int], texts: Mapping[int, str]) -> Evidence:
    """Return the best evidence for a disclosure on those pages; `texts` are the texts of pages.

    A page that prints the code itself speaks of it; else its title's words are looked for, by their stems.
    """
    best = Evidence(Verdict.UNKNOWN)
    score = -1.0
    for page in pages:
        text = texts.get(page, "")
        if not any(character.isalpha() for character in text):
            continue
        if found := re.search(rf"{re.escape(disclosure.code)}(?!\d)", text, re.IGNORECASE):
            return Evidence(Verdict.FOUND, page, _around(text, found.start(), found.end()))
        stems = _stems(disclosure.title)
        places = [found for stem in stems if (found := re.search(rf"\b{re.escape(stem)}", text, re.IGNORECASE))]
        share = len(places) / len(stems) if stems else 0.0
        if share > score:
            score = share
            verdict = _judge(share, len(places))
            snippet = _around(text, places[0].start(), places[0].end()) if places else ""
            best = Evidence(verdict, page, snippet)
    return best


def _judge(share: float, count: int) -> Verdict:
    if share >= STRONG and count >= LEAST:
        return Verdict.FOUND
    return Verdict.WEAK if share >= FEEBLE or count else Verdict.NOT_FOUND


def _stems(title: str) -> list[str]:
    words = re.findall(r"[a-z]{3,}", title.lower())
    return list(dict.fromkeys(word[: max(4, len(word) - 2)] for word in words if word not in PLAIN))


def _around(text: str, start: int, end: int) -> str:
    cut = text[max(0, start - AROUND) : end + AROUND]
    return " ".join(cut.split())
