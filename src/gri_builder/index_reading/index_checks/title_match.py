"""How well the title in a row of an index agrees with the disclosures of the framework."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from gri_builder.index_reading.subject_words import load_subject_words, plain_text
from gri_builder.resources.frameworks import load_framework

WeighedWords = tuple[frozenset[str], float]
"""Words, and their weight together."""
LONG_WORD = 4
"""Letters from which on a word of a title says something."""
SURE = ((0.75, 0.35, 3), (0.95, 0.86, 4))
"""When another disclosure is surely meant: the weight that its words found must have, the most that those of the row's
own may have, and how many words must be found."""
CONCEPT = "concept:{}"
"""How a concept is written among words."""
BEHIND = 0.1
"""How much the next best must be behind."""


def rate_title(title: str, code: str, framework: str) -> float:
    """Return how much of a disclosure's subject a title names, from 0 to 1; rare words weigh more."""
    return _rate(_find_words(title, framework), _subjects(framework)[code], framework)[0]


def is_rated(code: str, framework: str) -> bool:
    """Return whether titles can be compared with that of a disclosure: the framework itself has it."""
    return code in _subjects(framework)


def find_other_title(title: str, code: str, framework: str) -> str | None:
    """Return the only other disclosure whose subject a title surely names, if it does not name that of the code."""
    found = _find_words(title, framework)
    subjects = _subjects(framework)
    own = _rate(found, subjects[code], framework)[0]
    rated = ((*_rate(found, subjects[other][:1], framework), other) for other in subjects if other != code)
    (share, count, other), next_best = sorted(rated, reverse=True)[:2]
    sure = any(share >= high and own <= low and count >= fewest for high, low, fewest in SURE)
    return other if sure and share - next_best[0] > BEHIND else None


def _find_words(title: str, framework: str) -> frozenset[str]:
    """Return the words of all subjects that a title contains, in any inflection, and the concepts that it names."""
    text = plain_text(title)
    starts = {word[:end] for word in text.split() for end in range(LONG_WORD, len(word) + 1)}
    concepts = {concept for needle, concept in _needles(framework) if needle in text}
    return frozenset((*(starts & _weights(framework).keys()), *map(CONCEPT.format, concepts)))


@cache
def _needles(framework: str) -> Sequence[tuple[str, str]]:
    """Return what to look for in plain texts, each with the concept that it names."""
    words = load_subject_words(framework)
    return [(needle, concept) for concept, found in words.concepts.items() for needle in words.needles(concept, found)]


def _rate(found: frozenset[str], subject: Sequence[WeighedWords], framework: str) -> tuple[float, int]:
    """Return weight and number of a subject's words found: of its title, or of its concepts."""
    weights, best = _weights(framework), (0.0, 0)
    for words, total in subject:
        if named := found & words:
            best = max(best, (math.fsum(weights[word] for word in named) / total, len(named)))
    return best


@cache
def _subjects(framework: str) -> Mapping[str, tuple[WeighedWords, ...]]:
    """Return the words of each disclosure's title by code, then its concepts, each list with its weight."""
    weights = _weights(framework)
    return {
        code: tuple((frozenset(words), math.fsum(weights[word] for word in set(words))) for words in lists if words)
        for code, lists in _words(framework).items()
    }


@cache
def _words(framework: str) -> Mapping[str, tuple[Sequence[str], ...]]:
    """Return the words of each disclosure's subject by code: those of its title, and the concepts of the data."""
    subjects = load_subject_words(framework).subjects
    return {
        code: (
            _stems(disclosure.title),
            *([CONCEPT.format(each) for each in (*found.of, *found.along)] for found in [subjects.get(code)] if found),
        )
        for code, disclosure in load_framework(framework).disclosures.items()
    }


def _stems(title: str) -> list[str]:
    words = (word for word in re.findall(r"[^\W\d_]+", title.casefold()) if len(word) >= LONG_WORD)
    return list(dict.fromkeys(word[: max(LONG_WORD, len(word) - 2)] for word in words))


@cache
def _weights(framework: str) -> Mapping[str, float]:
    """Return the weight of each word: the more disclosures share it, the less."""
    subjects = _words(framework)
    counts = Counter(word for each in subjects.values() for word in {word for words in each for word in words})
    return {word: math.log(1 + len(subjects) / count) for word, count in counts.items()}
