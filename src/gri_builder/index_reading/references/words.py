"""Words around page numbers in many languages, read from `schemas/page_references.json`: what each can mean."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

from msgspec import Struct

from gri_builder.resources.frameworks import schemas_folder

Role = Literal[
    "pages",
    "pages_behind",
    "to",
    "and",
    "from",
    "next_page",
    "following_pages",
    "see",
    "of",
    "label",
    "labels",
    "places",
    "placeholders",
]
"""What a word does: it names pages, joins them, extends them, or names something else that is numbered."""
ABBREVIATED = frozenset({"pages", "see", "label", "labels", "next_page", "following_pages", "to", "and"})
"""Roles of words that may end with a full stop which ends no sentence."""
SPELLED_TOGETHER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A letter of a script that writes words without blanks between them."""


class ReferenceWords(Struct, frozen=True):
    """Words around page numbers."""

    roles: Mapping[str, frozenset[str]]
    """What each word or phrase can mean, in small letters with single blanks."""
    documents: Mapping[str, str]
    """Kind of document by its names in small letters; abbreviations as written."""
    phrases: str
    """Pattern of all words and phrases, the longest first."""
    document_names: str
    """Pattern of the names of documents."""
    abbreviations: str
    """Pattern of the abbreviations of documents, which are distinguished from words by their capitals."""
    months: str
    """Pattern of the names of months."""
    glued_pages: str
    """Pattern of words for pages that are seen directly before a number."""


@cache
def load_reference_words() -> ReferenceWords:
    """Return the words of all languages together."""
    data = json.loads((schemas_folder() / "page_references.json").read_text(encoding="utf-8"))
    roles: dict[str, set[str]] = {}
    for role in Role.__args__:  # type: ignore[attr-defined]
        for word in _flat(data[role]):
            roles.setdefault(word, set()).add(role)
    names, shorts = dict(_names(data["documents"])), dict(_short(data["documents"]))
    return ReferenceWords(
        roles={word: frozenset(each) for word, each in sorted(roles.items())},
        documents=names | shorts,
        phrases=_pattern(roles),
        document_names=_pattern(names),
        abbreviations=_pattern(shorts),
        months=_pattern(_flat(data["months"])),
        glued_pages=_pattern(word for word in _flat(data["pages"]) if word != "s"),
    )


def _flat(by_language: Mapping[str, list[str]]) -> Iterator[str]:
    for words in by_language.values():
        yield from words


def _names(documents: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, str]]:
    for kind, by_language in documents.items():
        for language, words in by_language.items():
            if language != "short":
                yield from ((word, kind) for word in words)


def _short(documents: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, str]]:
    for kind, by_language in documents.items():
        yield from ((word, kind) for word in by_language.get("short", ()))


def _pattern(words: Iterator[str] | Mapping[str, object]) -> str:
    """Return a pattern of words, longest first; a blank of a word matches any white space."""
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.sub(r"(?:\\ )+", r"\\s+", re.escape(word)) for word in longest)
