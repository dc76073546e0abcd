"""Where a word may break: at its hyphens and dashes, at the author's soft hyphens, and by the patterns of a language.

Not hyphenated are addresses, acronyms, codes, and names: words that are known as such, and any capitalised word inside
a sentence, unless the text writes it small elsewhere, or its language writes all nouns so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gri_builder.fonts.faces import MOST_WORDS
from gri_builder.model.texts.vocabulary import Vocabulary
from gri_builder.typesetting.hyphenation import hyphen_positions

HYPHEN = "\u00ad"
"""Hyphens at line ends are soft ones, so that readers of the PDF join the word again (ISO 32000-1, 14.8.2.2.3)."""
SOFT_BREAK = "\ufdd0"
"""The author's soft hyphen inside a word: without a glyph, and left out of lines."""
MAX_HYPHENATED = 100
"""Letters of a word that is hyphenated at most."""
CAPITALIZING = frozenset({"de", "gsw", "lb", "nds"})
"""Languages that write all nouns with a capital letter."""
BREAK_AFTER = re.compile(r"(?<=[\w)])[-–—/](?=\w)|\u200b|(?<=[a-z])[.@_](?=[a-z])")
_HYPHENABLE = re.compile(r"[^\W\d_]{6,}")
_ADDRESS = re.compile(r"://|@|^www\.|[a-z0-9]\.[a-z]{2}")
_SENTENCE_END = re.compile(r"[.!?:…。！？]['\"’”»)\]]*\Z")
_LETTERS = re.compile(r"[^\W\d_]+")


class Cut(NamedTuple):
    """A place to break a text: where its head ends, where its tail starts, and whether the head gets a hyphen."""

    end: int
    start: int
    is_hyphenated: bool

    def head(self, text: str) -> str:
        """Return what stays on the line."""
        return text[: self.end] + (HYPHEN if self.is_hyphenated else "")

    def tail(self, text: str) -> str:
        """Return what starts the next line."""
        return text[self.start :]


@lru_cache(MOST_WORDS)
def find_cuts(text: str, language: str | None) -> tuple[Cut, ...]:
    """Return the places to break a text, in its order; where the author has soft hyphens, only there.

    Without a language it is not hyphenated.
    """
    cuts = [Cut(match.end(), match.end(), False) for match in BREAK_AFTER.finditer(text)]
    soft = [place for place, char in enumerate(text) if char == SOFT_BREAK] if not text.isascii() else []
    cuts += [Cut(place, place + 1, True) for place in soft if 0 < place < len(text) - 1]
    if language and not soft and not _ADDRESS.search(text):
        for match in _HYPHENABLE.finditer(text):
            if _is_plain_word(text, match):
                places = [match.start() + position for position in hyphen_positions(match[0], language)]
                cuts += [Cut(place, place, True) for place in places]
    return tuple(sorted(cuts))


def _is_plain_word(text: str, letters: re.Match[str]) -> bool:
    """Return whether letters are a word, not an acronym, a brand with capitals inside, or a part of a code."""
    rest = letters[0][1:]
    if rest != rest.lower() or len(rest) >= MAX_HYPHENATED:
        return False
    around = text[letters.start() - 1 : letters.start()] + text[letters.end() : letters.end() + 1]
    return not any(char.isdigit() or char == "_" for char in around)


def ends_sentence(text: str) -> bool:
    """Return whether a sentence, or what announces one, ends with a word: the next capital says nothing."""
    return _SENTENCE_END.search(text) is not None


def is_capitalized(text: str) -> bool:
    """Return whether a word starts with a capital letter; behind a quotation mark a sentence may start."""
    return text[:1].isupper() or (text[:1] == "(" and text[1:2].isupper())


def is_common(text: str, words: frozenset[str]) -> bool:
    """Return whether the first word of a text is one of the words, written small there."""
    found = _LETTERS.search(text)
    return found is not None and found[0].lower() in words


def find_known(text: str, vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """Return the parts of a text that are names, and those that are common words: all that breaking it asks for."""
    parts, common, names = set(_LETTERS.findall(text)), vocabulary.common, vocabulary.names
    return frozenset(filter(lambda part: has_name(part, names), parts)), frozenset(map(str.lower, parts)) & common


def has_name(text: str, names: frozenset[str]) -> bool:
    """Return whether a part of a text between hyphens is one of the names, also in the genitive: 'Halden’s'."""
    return any(part in names or part.removesuffix("s") in names for part in _LETTERS.findall(text))
