"""What a text omits and why: G4's reasons, and texts that give none (G4 Part 1, 3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from gri_builder.index_reading.statements.omission_words import (
    NOT_APPLICABLE,
    PARTIAL,
    Kind,
    OmissionWords,
    load_omission_words,
)
from gri_builder.index_reading.statements.phrases import plain

LETTERS = r"[a-h](?:\s*(?:,|and|&|und|y|et|e|en|och|og|/|-|–|to)\s*[a-h])*"
_SENTENCE_END = re.compile(
    r"(?<=[.!?;])(?<!\bn\.)(?<!\ba\.)(?<!\bk\.)(?<!\bno\.)(?<!\bp\.)(?<!\bpp\.)\s+|(?<=[。；])|\s*[•▪]\s*"
)
_PAGES_FIRST = re.compile(
    r"^(?:(?:pages?|pgs?|pp?|páginas?|págs?|seiten?|s|str)\b\.?\s*)?"
    r"\(?\d{1,4}(?:\s*(?:[,;/&–—-]|and|und|y|et|e|en|to|bis)?\s*\d{1,4})*\)?[,;.:]?\s+(?=\D)(?![–-]\s?\d|%|\+)",
    re.IGNORECASE,
)
_LETTER_FIRST = re.compile(rf"^\(?(?P<letters>{LETTERS})(?:\s?[):.–-]+|\s*=)\s*(?=\S)")
_LETTERS_THEN = re.compile(rf"^(?P<letters>{LETTERS})\s+(?P<rest>.+)")
_LETTERS_ALONE = re.compile(rf"^\(?(?P<letters>{LETTERS})\)?\.?$")
_LETTER_LAST = re.compile(rf"[:(]\s*(?P<letters>{LETTERS})\)?\s*\.?$")
FEW_WORDS = 3
"""Words of a text that explain nothing."""


class ReadOmission(Struct, frozen=True):
    """An omission in a text."""

    text: str
    """As written, on one line."""
    kind: str | None
    """Id of the reason, or of a text that gives none; None where no reason is understood."""
    explanation: str = ""
    letters: tuple[str, ...] = ()


def split_sentences(cell: str) -> list[str]:
    """Return the sentences of a cell, without the page numbers before them."""
    text = plain(cell)
    return [each for part in _SENTENCE_END.split(text) if part and (each := _PAGES_FIRST.sub("", part.strip()))]


def read_omission(sentence: str, lenient: bool = False) -> ReadOmission | None:
    """Return what a sentence omits; None if it omits nothing. `lenient` is for a column of omissions."""
    words = load_omission_words()
    letters, rest = _part_letters(sentence, words)
    bare = rest.strip(" -–—:,;([])*")
    if bare and all(character in words.gaps for character in bare):
        return ReadOmission(sentence, "not-reported", "", letters)
    for kind in words.kinds:
        if found := kind.whole.match(bare) or kind.whole.match(words.subject.sub("", bare)):
            return ReadOmission(sentence, _better(kind, bare, words), _behind(found), letters)
        if kind.is_stated(bare):
            return ReadOmission(sentence, kind.id, bare, letters)
    if lenient:
        kind_id = next((kind.id for kind in words.kinds if kind.lenient.search(bare)), None)
        return ReadOmission(sentence, kind_id, bare, letters)
    return None


def _part_letters(sentence: str, words: OmissionWords) -> tuple[tuple[str, ...], str]:
    """Return the letters that a sentence names, and the sentence without those that it starts with."""
    if letters := find_letters(sentence, words):
        return letters, _LETTER_FIRST.sub("", sentence)
    found = _LETTERS_THEN.match(sentence)
    if found and any(kind.whole.match(found["rest"]) for kind in words.kinds):
        return tuple(sorted(set(_expand(found["letters"].lower())))), found["rest"]
    return (), sentence


def _better(kind: Kind, text: str, words: OmissionWords) -> str:
    """Return the reason that a text gives behind the words that it starts with, else what these say."""
    if kind.id in {PARTIAL, "not-reported"}:
        given = (each.id for each in words.kinds if each.id != kind.id and each.is_stated(text))
        behind = kind.whole.match(text)
        rest = _behind(behind) if behind else ""
        alone = (each.id for each in words.kinds if each.id not in {PARTIAL, "not-reported"} and each.whole.match(rest))
        return next(given, None) or (next(alone, None) if rest else None) or kind.id
    return kind.id


def _behind(found: re.Match[str]) -> str:
    """Return what follows the words of a kind."""
    groups = ("after", "next", "dashed", "because")
    return next((value.strip(" ).;") for name in groups if (value := found[name])), "")


def find_letters(text: str, words: OmissionWords | None = None) -> tuple[str, ...]:
    """Return the letters of the requirements that a text names, in alphabetical order."""
    words = words or load_omission_words()
    named = re.compile(rf"(?:{words.letters.pattern})\s*\(?(?P<letters>{LETTERS})\)?(?!\w)", re.IGNORECASE)
    found = _LETTERS_ALONE.match(text) or _LETTER_FIRST.match(text) or named.search(text) or _LETTER_LAST.search(text)
    return tuple(sorted(set(_expand(found["letters"].lower())))) if found else ()


def _expand(letters: str) -> Iterator[str]:
    """Yield the letters of a list; a dash means all between."""
    single = re.sub(r"(?:and|und|och|og|en|&|/)|(?<=\s)[ye](?=\s)|et", ",", letters)
    for first, last in re.findall(r"([a-h])(?:\s*(?:-|–|to)\s*([a-h]))?", single):
        yield from map(chr, range(ord(first), ord(last or first) + 1))


def is_nothing(text: str) -> bool:
    """Return whether a text in a column of omissions says that nothing is omitted."""
    words = load_omission_words()
    bare = plain(text)
    marks = set(words.empty + words.checks)
    return set(bare) <= {*marks, " "} or bool(words.no_omission.match(bare) or words.complete.match(bare))


def is_not_applicable(text: str) -> bool:
    """Return whether a text says 'not applicable', without a reason."""
    found = next(kind for kind in load_omission_words().kinds if kind.id == NOT_APPLICABLE).whole.match(plain(text))
    return bool(found) and not _behind(found) if found else False


def give_details(explanation: str, requires: Sequence[str]) -> dict[str, str]:
    """Return the details of a reason that an explanation gives, by the framework's key."""
    patterns = load_omission_words().details
    return {name: explanation for name in requires if name in patterns and patterns[name].search(explanation)}


def explains(text: str) -> bool:
    """Return whether a text says more than a reason's name."""
    return len(text.split()) >= FEW_WORDS or bool(re.search(r"[\u3040-\u9fff]{6}", text))
