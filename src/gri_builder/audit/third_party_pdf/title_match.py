"""How well the title in a row of an index agrees with the disclosures of the framework."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from gri_builder.audit.third_party_pdf.evidence import load_keywords
from gri_builder.resources.frameworks import load_framework

LONG_WORD = 4
"""Letters from which on a word of a title says something."""
SURE = ((0.75, 0.35, 3), (0.95, 0.78, 4))
"""When another disclosure is surely meant: the weight that its words found must have, the most that those of the row's
own may have, and how many words must be found."""
BEHIND = 0.1
"""How much the next best must be behind."""


def rate_title(title: str, code: str, framework: str) -> float:
    """Return how much of a disclosure's subject a title names, from 0 to 1; rare words weigh more."""
    return _rate(_find_words(title, framework), code, framework)[0]


def find_other_title(title: str, code: str, framework: str) -> str | None:
    """Return the only other disclosure whose subject a title surely names, if it does not name that of the code."""
    found = _find_words(title, framework)
    own = _rate(found, code, framework)[0]
    rated = ((*_rate(found, other, framework), other) for other in _subjects(framework) if other != code)
    (share, count, other), next_best = sorted(rated, reverse=True)[:2]
    sure = any(share >= high and own <= low and count >= fewest for high, low, fewest in SURE)
    return other if sure and share - next_best[0] > BEHIND else None


def _find_words(title: str, framework: str) -> frozenset[str]:
    """Return the words of all subjects that a title contains, in any inflection."""
    text = " ".join(title.casefold().split())
    starts = {word[:end] for word in re.findall(r"[^\W_]+", text) for end in range(3, len(word) + 1)}
    return frozenset(word for word in _weights(framework) if word in starts or (" " in word and word in text))


def _rate(found: frozenset[str], code: str, framework: str) -> tuple[float, int]:
    """Return weight and number of a subject's words found, in the language in which it is named best."""
    weights, best = _weights(framework), (0.0, 0)
    for words, total in _weighed(framework).get(code, ()):
        named = found & words
        if named:
            best = max(best, (sum(weights[word] for word in named) / total, len(named)))
    return best


@cache
def _weighed(framework: str) -> Mapping[str, tuple[tuple[frozenset[str], float], ...]]:
    """Return the words of each disclosure's subject, language by language, each list with its weight."""
    weights = _weights(framework)
    return {
        code: tuple((frozenset(words), sum(weights[word] for word in set(words))) for words in lists if words)
        for code, lists in _subjects(framework).items()
    }


@cache
def _subjects(framework: str) -> Mapping[str, tuple[Sequence[str], ...]]:
    """Return the words of each disclosure's subject by code: those of its title, and by language those of the data."""
    keywords = load_keywords(framework)
    return {
        code: (_stems(disclosure.title), *([word.casefold() for word in words] for words in keywords.get(code, ())))
        for code, disclosure in load_framework(framework).disclosures.items()
    }


def _stems(title: str) -> list[str]:
    words = (word for word in re.findall(r"[^\W\d_]+", title.casefold()) if len(word) >= LONG_WORD)
    return list(dict.fromkeys(word[: max(LONG_WORD, len(word) - 2)] for word in words))


@cache
def _weights(framework: str) -> Mapping[str, float]:
    """Return the weight of each word: the more disclosures share it, the less."""
    subjects = _subjects(framework)
    counts = Counter(word for each in subjects.values() for word in {word for words in each for word in words})
    return {word: math.log(1 + len(subjects) / count) for word, count in counts.items()}
