"""Evidence: whether a page speaks of a disclosure's subject, and the words that say so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache

from gri_builder.model.audit_result import Evidence, Verdict
from gri_builder.model.framework import Disclosure
from gri_builder.resources.frameworks import schemas_folder

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
RANKS = {Verdict.UNKNOWN: 0, Verdict.NOT_FOUND: 1, Verdict.WEAK: 2, Verdict.FOUND: 3}


def find_evidence(
    disclosure: Disclosure, pages: Iterable[int], texts: Mapping[int, str], framework: str = "gri-g4"
) -> Evidence:
    """Return the best evidence for a disclosure on those pages; `texts` are the texts of pages.

    A page that prints the code itself speaks of it; else the words of its subject are looked for: those of its title,
    by their stems, and in each language those that the framework's data names.
    """
    subjects = [_stems(disclosure.title), *load_keywords(framework).get(disclosure.code, ())]
    best, score = Evidence(Verdict.UNKNOWN), (-1, -1.0)
    for page in pages:
        text = texts.get(page, "")
        if not any(character.isalpha() for character in text):
            continue
        if found := re.search(rf"{re.escape(disclosure.code)}(?!\d)", text, re.IGNORECASE):
            return Evidence(Verdict.FOUND, page, _around(text, found.start(), found.end()))
        for words in subjects:
            places = [found for word in words if (found := _find(word, text))]
            share = len(places) / len(words) if words else 0.0
            verdict = _judge(share, len(places))
            if (RANKS[verdict], share) > score:
                score = RANKS[verdict], share
                snippet = _around(text, places[0].start(), places[0].end()) if places else ""
                best = Evidence(verdict, page, snippet)
    return best


def _find(word: str, text: str) -> re.Match[str] | None:
    """Return the first place where a word starts with that."""
    return re.search(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE)


def _judge(share: float, count: int) -> Verdict:
    if share >= STRONG and count >= LEAST:
        return Verdict.FOUND
    return Verdict.WEAK if share >= FEEBLE or count else Verdict.NOT_FOUND


@cache
def load_keywords(framework: str) -> Mapping[str, tuple[list[str], ...]]:
    """Return the words of each disclosure's subject by code, a list for each language."""
    data = json.loads((schemas_folder() / framework / "keywords.json").read_text(encoding="utf-8"))
    return {code: tuple(words.values()) for code, words in data["keywords"].items()}


def _stems(title: str) -> list[str]:
    words = re.findall(r"[a-z]{3,}", title.lower())
    return list(dict.fromkeys(word[: max(4, len(word) - 2)] for word in words if word not in PLAIN))


def _around(text: str, start: int, end: int) -> str:
    cut = text[max(0, start - AROUND) : end + AROUND]
    return " ".join(cut.split())
