"""Evidence: whether a page speaks of a disclosure's subject, and the passage that does."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from gri_builder.index_reading.codes import DASHES
from gri_builder.index_reading.subject_words import (
    Subject,
    SubjectWords,
    join_lines,
    load_subject_words,
    plain_text,
)
from gri_builder.model.audit_result import Evidence, Verdict

BEFORE, WINDOW = 40, 150
"""Characters of a passage before the first word that speaks of the subject, and from there on."""
FOUND, WEAK = 0.3, 0.12
"""Weights of a page's words from which on its subject is found, or weak."""
LESSER = 0.5
"""Weight of concepts that only go along with a subject."""
TITLE, MOST_OF_TITLE = 0.45, 0.7
"""Weight of the words of a title of the index, and their share that a page must hold."""
FEWEST_LETTERS = 20
"""Letters of a page from which on it has a text; a picture with its number has none."""
MANY_CODES = 8
"""Codes on a page from which on it lists disclosures, and speaks of none."""
MOST_COMPARED = 120
"""Pages by which it is known how rare words are."""
RECOGNIZED_BY = 60
"""Pages by whose words the languages of a document are recognized."""


class EvidenceFinder(Struct, frozen=True, dict=True):
    """Looks for the subjects of disclosures on the pages of one document.

    A page that prints the code of a disclosure speaks of it. Else the words of its subject are looked for in the
    languages of the document; each weighs the more, the fewer pages hold it, and the more often the page does. In
    languages without such words only the title of the index can be found, and nothing is said to be missing.
    """

    texts: Mapping[int, str]
    """Text of each page by its number."""
    index_pages: frozenset[int] = frozenset()
    """Pages that hold the content index, which names all subjects and speaks of none."""
    framework: str = "gri-g4"
    """Id of the framework whose subjects are looked for."""

    @cached_property
    def _words(self) -> SubjectWords:
        return load_subject_words(self.framework)

    @cached_property
    def _plain(self) -> dict[int, str]:
        """Texts of the pages that have any, in plain form; a page number makes no text."""
        plain = {page: plain_text(text) for page, text in self.texts.items()}
        return {page: text for page, text in plain.items() if sum(map(str.isalpha, text)) >= FEWEST_LETTERS}

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        return self._words.languages(list(self._plain.values())[:RECOGNIZED_BY])

    @cached_property
    def _compared(self) -> tuple[str, ...]:
        """Texts by which it is known how rare words are: those of all pages but the index, of long documents some."""
        texts = [text for page, text in self._plain.items() if page not in self.index_pages]
        return tuple(texts[:: 1 + len(texts) // MOST_COMPARED])

    @cached_property
    def _rarities(self) -> dict[tuple[str, ...], float]:
        return {}

    @cached_property
    def _sought(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _lines(self) -> dict[int, str]:
        return {}

    @cached_property
    def _found(self) -> dict[tuple[tuple[str, ...], int], Sequence[int]]:
        return {}

    @cached_property
    def _patterns(self) -> dict[tuple[str, ...], re.Pattern[str]]:
        return {}

    def find(self, id: str, pages: Iterable[int], title: str = "") -> Evidence:
        """Return the best evidence for a disclosure, by its id, on those pages.

        `title` is what the index calls it; its words count too, in whatever language.
        """
        code, _, aspect = id.partition(":")
        subject = self._words.subject(id)
        named = () if aspect else _stems(title)
        weights: dict[int, float] = {}
        for page in sorted(set(pages) & self._plain.keys()):
            if not aspect and (printed := self._printed_code(code, page)):
                return printed
            if subject and (subject.listed or page not in self.index_pages):
                weights[page] = self._weigh(subject, page) + self._weigh_title(named, page)
        if not subject or not weights:
            return Evidence(Verdict.UNKNOWN)
        best = max(weights, key=lambda page: (weights[page], -page))
        verdict = _judge(weights[best])
        if verdict is not Verdict.FOUND and not any(self._needles(concept) for concept in subject.of):
            return Evidence(Verdict.UNKNOWN)
        return Evidence(verdict, best, self._passage(subject, named, best))

    def _printed_code(self, code: str, page: int) -> Evidence | None:
        """Return the place of a page that prints the code, unless the page only lists codes."""
        if page in self.index_pages:
            return None
        edition, _, bare = code.rpartition("-")
        between = rf"\s?[{DASHES}\s.]\s?" if edition else ""
        pattern = rf"(?<![^\W\d_]){re.escape(edition)}{between}{re.escape(bare)}(?!\w)"
        text = self.texts[page]
        found = re.search(pattern, text, re.IGNORECASE)
        if not found or self._lists_codes(edition, text):
            return None
        passage = _cut(text, found.start() - BEFORE, found.end() + WINDOW)
        return Evidence(Verdict.FOUND, page, " ".join(passage.split()))

    @staticmethod
    def _lists_codes(edition: str, text: str) -> bool:
        written = rf"\b{re.escape(edition)}[{DASHES}\s.]{{1,3}}[A-Z]{{0,3}}\d{{1,2}}\b"
        return bool(edition) and len(set(re.findall(written, text, re.IGNORECASE))) >= MANY_CODES

    def _weigh(self, subject: Subject, page: int) -> float:
        """Return how much a page speaks of a subject, from 0 to about 1; too little to be found without its own."""
        of = [self._weight(concept, page) for concept in subject.of]
        along = LESSER * sum(self._weight(concept, page) for concept in subject.along)
        return sum(of) + along if any(of) else min(along, WEAK)

    def _weigh_title(self, stems: Sequence[str], page: int) -> float:
        """Return what the words of a title weigh on a page that holds most of them: as much as they are rare."""
        found = [stem for stem in stems if stem in self._plain[page]]
        if len(found) < MOST_OF_TITLE * len(stems) or not found:
            return 0.0
        return TITLE * sum(self._rarity((stem,)) for stem in found) / len(stems)

    def _weight(self, concept: str, page: int) -> float:
        """Return what a concept on a page weighs: rarer ones more, and those that the page repeats."""
        needles = self._needles(concept)
        count = sum(map(self._plain[page].count, needles))
        return self._rarity(needles) * count / (count + 1) if count else 0.0

    def _rarity(self, needles: tuple[str, ...]) -> float:
        """Return how few pages hold any of some texts, from 0 to 1."""
        if needles not in self._rarities:
            pages = max(len(self._compared), 1)
            holding = max(sum(any(each in text for each in needles) for text in self._compared), 1)
            self._rarities[needles] = math.log(1 + pages / holding) / math.log(1 + pages)
        return self._rarities[needles]

    def _passage(self, subject: Subject, named: Sequence[str], page: int) -> str:
        """Return the passage that holds most of a subject, by the weight of its concepts and of its title's words."""
        text = self._joined(page)
        weights = {
            self._needles(concept): self._weight(concept, page) * share
            for concepts, share in ((subject.along, LESSER), (subject.of, 1.0))
            for concept in concepts
        }
        weights |= {(stem,): TITLE / len(named) for stem in named}
        places = sorted((place, needles) for needles in weights for place in self._places(needles, page))
        best, most = 0, 0.0
        for start, _ in places:
            near = {needles for place, needles in places if 0 <= place - start <= WINDOW}
            # As fsum rounds once, the order of the set does not matter.
            if (weight := math.fsum(weights[each] for each in near)) > most:
                best, most = start, weight
        return _cut(text, best - BEFORE, best + WINDOW) if most else ""

    def _joined(self, page: int) -> str:
        """Return the text of a page as one line, from a cache."""
        if page not in self._lines:
            self._lines[page] = " ".join(join_lines(self.texts[page]).split())
        return self._lines[page]

    def _places(self, needles: tuple[str, ...], page: int) -> Sequence[int]:
        """Return where the text of a page holds any of some texts, from a cache."""
        if (needles, page) not in self._found:
            if needles not in self._patterns:
                self._patterns[needles] = re.compile("|".join(map(_pattern, needles)) or r"(?!)", re.IGNORECASE)
            places = [found.start() for found in self._patterns[needles].finditer(self._joined(page))]
            self._found[needles, page] = places
        return self._found[needles, page]

    def _needles(self, concept: str) -> tuple[str, ...]:
        """Return what to look for in plain texts for a concept, in the languages of the document."""
        if concept not in self._sought:
            self._sought[concept] = self._words.needles(concept, self._languages)
        return self._sought[concept]


def _judge(weight: float) -> Verdict:
    if weight >= FOUND:
        return Verdict.FOUND
    return Verdict.WEAK if weight >= WEAK else Verdict.NOT_FOUND


def _pattern(needle: str) -> str:
    """Return the regular expression of a needle for a text as it is printed."""
    start = r"(?<!\w)" if needle.startswith(" ") and needle[1].isalnum() else ""
    end = r"(?!\w)" if needle.endswith(" ") else ""
    return start + r"\W+".join(map(re.escape, needle.split())) + end


def _stems(title: str) -> tuple[str, ...]:
    """Return the beginnings of the words of a title, without short ones, which say little."""
    words = (word for word in plain_text(title).split() if len(word) > 3 and word.isalpha())
    return tuple(dict.fromkeys(" " + word[: max(4, len(word) - 1 - (len(word) > 7))] for word in words))


def _cut(text: str, start: int, end: int) -> str:
    """Return a stretch of a text in whole words."""
    start = text.rfind(" ", 0, max(start, 0)) + 1 if start > 0 else 0
    after = text.find(" ", end) if end < len(text) else len(text)
    return text[start : after if after >= 0 else len(text)].strip()
