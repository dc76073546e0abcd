"""Words by which a page is known to speak of a disclosure's subject, in the languages of a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, reduce

import msgspec
from msgspec import Struct

from gri_builder.model.framework import Framework
from gri_builder.resources.frameworks import framework_ids, frameworks_folder, load_framework

WHOLE = 3
"""Letters up to which a stem must be a whole word."""
INNER = 5
"""Letters from which on a stem is also looked for inside words, in languages that join words."""
SPOKEN = 0.25
"""Share of the common words of the most spoken language from which on another one is spoken, too."""
COMMON = 0.03
"""Share of the words of a text that are the common ones of its language, at least."""
_PARTED = re.compile(
    r"(?:(?<=[^\W\d_]f[il])(?<!wifi)|(?<=[\ufb00-\ufb04])|(?<=\b[Ee]ff)|(?<=\b[Aa]ff)|(?<=\b[DdSs][iu]ff)) (?=[a-zà-ÿ])"
)
"""White that some programs put behind a ligature within a word."""
_NO_WORD = re.compile(r"[^\w@]+|_+")


class Subject(Struct, frozen=True):
    """What a disclosure is about."""

    of: tuple[str, ...]
    """Concepts of which one at least must be spoken of."""
    along: tuple[str, ...] = msgspec.field(default=(), name="with")
    """Concepts that make it surer."""
    listed: bool = False
    """Whether it is the content index itself."""


class SubjectWords(Struct, frozen=True):
    """The framework's data on subjects."""

    concepts: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Stems by concept and language."""
    subjects: Mapping[str, Subject]
    """By code of a disclosure."""
    aspects: Mapping[str, Subject]
    """By id of an Aspect: what its management approach is about."""
    common: Mapping[str, tuple[str, ...]]
    """Frequent words of each language, also of languages without stems."""
    compounding: frozenset[str]
    """Languages that join words to one."""

    def subject(self, id: str) -> Subject | None:
        """Return what the disclosure of an id is about; None where nothing is known of it."""
        code, _, aspect = id.partition(":")
        return self.aspects.get(aspect) if aspect else self.subjects.get(code)

    def languages(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the languages of plain texts, as far as they are recognized; some may have no stems."""
        counts = dict.fromkeys(self.common, 0)
        words = 0
        for text in texts:
            words += text.count(" ")
            for language, found in self.common.items():
                counts[language] += sum(text.count(f" {word} ") for word in found)
        least = max(max(counts.values(), default=0) * SPOKEN, words * COMMON, 1)
        return tuple(each for each, count in counts.items() if count >= least)

    def needles(self, concept: str, languages: Iterable[str]) -> tuple[str, ...]:
        """Return what to look for in plain texts for a concept."""
        found = self.concepts[concept]
        return tuple(
            dict.fromkeys(self._needle(stem, language) for language in languages for stem in found.get(language, ()))
        )

    def _needle(self, stem: str, language: str) -> str:
        plain = plain_text(stem).strip()
        if len(plain) <= WHOLE:
            return f" {plain} "
        return plain if language in self.compounding and len(plain) >= INNER else f" {plain}"


@cache
def load_subject_words(framework: str) -> SubjectWords:
    """Return the data of a framework on subjects; where it has none, that of one before it, by what became of it."""
    folder = frameworks_folder() / framework
    if (file := folder / "keywords.json").is_file():
        return msgspec.json.decode(file.read_bytes(), type=SubjectWords)
    for id in framework_ids():
        if id != framework and (frameworks_folder() / id / "keywords.json").is_file():
            return _succeed(load_subject_words(id), load_framework(id), load_framework(framework))
    return SubjectWords({}, {}, {}, {}, frozenset())


def _succeed(words: SubjectWords, before: Framework, framework: Framework) -> SubjectWords:
    """Return the subjects of a framework's disclosures by those that they replaced, in whole or else in part."""
    subjects: dict[str, Subject] = {}
    for whole in (True, False):
        known = set(subjects)
        for old in before.disclosures.values():
            for code in (old.successors if whole else old.partial_successors).get(framework.id, ()):
                if code not in known and (subject := words.subjects.get(old.code)):
                    subjects[code] = _join(subjects[code], subject) if code in subjects else subject
    return SubjectWords(
        concepts=words.concepts,
        subjects={code: subject for code, subject in subjects.items() if code in framework.disclosures},
        aspects={id: found for id in framework.aspects if (found := _find_aspect(id, words, subjects, framework))},
        common=words.common,
        compounding=words.compounding,
    )


def _find_aspect(id: str, words: SubjectWords, subjects: Mapping[str, Subject], framework: Framework) -> Subject | None:
    """Return what the management approach of an Aspect is about: as before, or what its Indicators are about."""
    if id in words.aspects:
        return words.aspects[id]
    found = [subjects[code] for code in framework.aspects[id].indicators if code in subjects]
    return reduce(_join, found) if found else None


def _join(one: Subject, other: Subject) -> Subject:
    of = tuple(dict.fromkeys((*one.of, *other.of)))
    along = tuple(each for each in dict.fromkeys((*one.along, *other.along)) if each not in of)
    return Subject(of, along, one.listed or other.listed)


def plain_text(text: str) -> str:
    """Return a text in small letters, its words parted and enclosed by one space, without hyphens at line ends."""
    whole = join_lines(text).casefold().replace("@", " @ ")
    return f" {_NO_WORD.sub(' ', whole).strip()} "


def join_lines(text: str) -> str:
    """Return a text with ligatures resolved and words made whole that a hyphen breaks over lines."""
    text = _PARTED.sub("", text)
    whole = unicodedata.normalize("NFKC", text).replace("\u00ad\n", "").replace("\u00ad", "").replace("\ufffe", "")
    return re.sub(r"(?<=[^\W\d_])[-\u2010]\r?\n\s*(?=[^\W\d_])", "", whole)
