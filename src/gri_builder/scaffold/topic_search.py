"""Search of material Aspects in plain words: 'community' finds Local Communities, 'carbon' Emissions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from gri_builder.model.framework import Aspect, Framework
from gri_builder.resources.frameworks import schemas_folder

IN_NAME, IN_WORDS, IN_TITLES, IN_REQUIREMENTS = 8.0, 6.0, 3.0, 1.0
"""What a word counts, by where it is found."""
STARTS, RESEMBLES = 0.8, 0.6
"""What a word counts that starts with the one looked for, or that is spelt nearly like it."""
LEAST_SIMILAR = 0.8
SHORTEST = 3
"""Letters from which on a part of a word finds it."""
SHARE_OF_BEST = 0.3
"""Share of the best score from which on a topic is shown."""
MOST = 8
"""Topics that are shown."""
_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "our",
        "the",
        "their",
        "this",
        "to",
        "we",
        "with",
        "how",
        "what",
        "impact",
        "impacts",
    ]
)


def search_topics(framework: Framework, words: str, sector: str | None = None) -> tuple[Aspect, ...]:
    """Return the Aspects of a report that some words mean, the likeliest first; `sector` adds its own."""
    wanted = [stem(word) for word in _split(words) if word not in _COMMON]
    known = [aspect for aspect in framework.aspects.values() if aspect.sector in (None, sector)]
    if not wanted:
        return ()
    scores = {aspect.id: _score(wanted, _vocabulary(framework.id, aspect, framework)) for aspect in known}
    best = max(scores.values(), default=0.0)
    found = [each for each in known if scores[each.id] and scores[each.id] >= best * SHARE_OF_BEST]
    named = words.strip().casefold()
    names = {aspect.id: named in (aspect.id, aspect.display_name.casefold()) for aspect in found}
    return tuple(sorted(found, key=lambda aspect: (not names[aspect.id], -scores[aspect.id]))[:MOST])


def stem(word: str) -> str:
    """Return a word without the ending of its plural, and in one spelling: 'communities' as 'community'."""
    word = word.replace("labour", "labor").replace("behaviour", "behavior")
    for ending, other in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending) + other
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > SHORTEST else word


def _split(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _score(wanted: Iterable[str], known: Mapping[str, float]) -> float:
    """Return how well words fit; 0 if one of them does not fit at all."""
    scores = [max((_fit(word, each) * weight for each, weight in known.items()), default=0.0) for word in wanted]
    return sum(scores) if all(scores) else 0.0


def _fit(word: str, known: str) -> float:
    if word == known:
        return 1.0
    if len(word) >= SHORTEST and known.startswith(word):
        return STARTS
    if len(word) <= SHORTEST or abs(len(word) - len(known)) > 2:
        return 0.0
    from rapidfuzz.distance import OSA

    return RESEMBLES if OSA.normalized_similarity(word, known) >= LEAST_SIMILAR else 0.0


def _vocabulary(framework_id: str, aspect: Aspect, framework: Framework) -> Mapping[str, float]:
    """Return the stems of the words that describe an Aspect, each with what it counts."""
    disclosures = framework.disclosures_of_aspect(aspect.id, aspect.sector)
    own = [each for each in disclosures if each.code not in framework.management_approaches]
    texts = [
        (IN_REQUIREMENTS, " ".join(each.summary for one in own for each in one.requirements)),
        (IN_TITLES, " ".join(each.title for each in own)),
        (IN_WORDS, _load_words().get(aspect.id, "")),
        (IN_NAME, f"{aspect.name} {aspect.display_name}"),
    ]
    return {stem(word): weight for weight, text in texts for word in _split(text) if word not in _COMMON}


@cache
def _load_words() -> Mapping[str, str]:
    """Return the plain words for Aspects that neither their names nor their disclosures use, by id."""
    words: dict[str, str] = msgspec.json.decode((schemas_folder() / "topic_words.json").read_bytes())
    return words
