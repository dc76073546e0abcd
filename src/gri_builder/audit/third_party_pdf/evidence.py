"""Evidence: whether a page speaks of a disclosure's subject, and the passage that does."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from gri_builder.audit.third_party_pdf.codes import DASHES
from gri_builder.audit.third_party_pdf.subject_words import (
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
FEWEST_LETTERS = 20
"""Letters of a page from which on it has a text; a picture with its number has none."""
MANY_CODES = 8
"""Codes on a page from which on it lists disclosures, and speaks of none."""
RECOGNIZED_BY = 60
"""Pages by whose words the languages of a document are recognized."""
RANKS = {Verdict.UNKNOWN: 0, Verdict.NOT_FOUND: 1, Verdict.WEAK: 2, Verdict.FOUND: 3}


class EvidenceFinder(Struct, frozen=True, dict=True):
    """Looks for the subjects of disclosures on the pages of one document.

    A page that prints the code of a disclosure speaks of it. Else the words of its subject are looked for in the
    languages of the document; each weighs the more, the fewer pages hold it, and the more often the page does.
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
    def _counts(self) -> dict[str, dict[int, int]]:
        return {}

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {}

    def find(self, id: str, pages: Iterable[int]) -> Evidence:
        """Return the best evidence for a disclosure, by its id, on those pages."""
        code = id.partition(":")[0]
        subject = self._words.subject(id)
        best, score = Evidence(Verdict.UNKNOWN), (0, 0.0)
        for page in sorted(set(pages) & self._plain.keys()):
            if printed := self._printed_code(code, page):
                return printed
            if subject is None or (page in self.index_pages and not subject.listed):
                continue
            weight = self._weigh(subject, page)
            verdict = Verdict.FOUND if weight >= FOUND else Verdict.WEAK if weight >= WEAK else Verdict.NOT_FOUND
            if (RANKS[verdict], weight) > score:
                score = RANKS[verdict], weight
                best = Evidence(verdict, page, self._passage(subject, page))
        return best

    def _printed_code(self, code: str, page: int) -> Evidence | None:
        """Return the place of a page that prints the code, unless the page only lists codes."""
        if page in self.index_pages:
            return None
        edition, _, bare = code.rpartition("-")
        between = rf"\s?[{DASHES}\s.]\s?" if edition else ""
        pattern = rf"(?<!\w){re.escape(edition)}{between}{re.escape(bare)}(?!\w)"
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

    def _weight(self, concept: str, page: int) -> float:
        """Return what a concept on a page weighs: rarer ones more, and those that the page repeats."""
        counts = self._count(concept)
        if page not in counts:
            return 0.0
        rarity = math.log(1 + len(self._plain) / len(counts)) / math.log(1 + len(self._plain))
        return rarity * counts[page] / (counts[page] + 1)

    def _count(self, concept: str) -> dict[int, int]:
        """Return how often each page speaks of a concept, for those that do; the index does not count."""
        if concept not in self._counts:
            needles = self._words.needles(concept, self._languages)
            counted = {page: sum(map(text.count, needles)) for page, text in self._plain.items()}
            self._counts[concept] = {page: count for page, count in counted.items() if count}
        return self._counts[concept]

    def _passage(self, subject: Subject, page: int) -> str:
        """Return the passage that holds most of a subject, by the weight of its concepts."""
        text = " ".join(join_lines(self.texts[page]).split())
        places = sorted(
            (place, concept, self._weight(concept, page) * share)
            for concepts, share in ((subject.of, 1.0), (subject.along, LESSER))
            for concept in concepts
            for place in self._places(concept, text)
        )
        best, most = 0, 0.0
        for start, _, _ in places:
            near = {concept: weight for place, concept, weight in places if 0 <= place - start <= WINDOW}
            if sum(near.values()) > most:
                best, most = start, sum(near.values())
        return _cut(text, best - BEFORE, best + WINDOW) if most else ""

    def _places(self, concept: str, text: str) -> Iterator[int]:
        """Yield where a text speaks of a concept."""
        if concept not in self._patterns:
            needles = self._words.needles(concept, self._languages)
            self._patterns[concept] = re.compile("|".join(map(_pattern, needles)) or r"(?!)", re.IGNORECASE)
        yield from (found.start() for found in self._patterns[concept].finditer(text))


def _pattern(needle: str) -> str:
    """Return the regular expression of a needle for a text as it is printed."""
    start = r"(?<!\w)" if needle.startswith(" ") and needle[1].isalnum() else ""
    end = r"(?!\w)" if needle.endswith(" ") else ""
    return start + r"\W+".join(map(re.escape, needle.split())) + end


def _cut(text: str, start: int, end: int) -> str:
    """Return a stretch of a text in whole words."""
    start = text.rfind(" ", 0, max(start, 0)) + 1 if start > 0 else 0
    after = text.find(" ", end) if end < len(text) else len(text)
    return text[start : after if after >= 0 else len(text)].strip()
