"""Words by which a page is known to speak of a disclosure's subject, in the languages of a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from gri_builder.resources.frameworks import frameworks_folder

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
    """Return the framework's data on subjects."""
    data: Any = (frameworks_folder() / framework / "keywords.json").read_bytes()
    return msgspec.json.decode(data, type=SubjectWords)


def plain_text(text: str) -> str:
    """Return a text in small letters, its words parted and enclosed by one space, without hyphens at line ends."""
    whole = join_lines(text).casefold().replace("@", " @ ")
    return f" {_NO_WORD.sub(' ', whole).strip()} "


def join_lines(text: str) -> str:
    """Return a text with ligatures resolved and words made whole that a hyphen breaks over lines."""
    text = _PARTED.sub("", text)
    whole = unicodedata.normalize("NFKC", text).replace("\u00ad\n", "").replace("\u00ad", "").replace("\ufffe", "")
    return re.sub(r"(?<=[^\W\d_])[-\u2010]\r?\n\s*(?=[^\W\d_])", "", whole)
