"""Words for totals in tables, such as 'Subtotal' or 'Gesamt', read from `schemas/totals.json`."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache

from gri_builder.resources.frameworks import schemas_folder

MAX_WORDS = 6
"""Words of a label that may name a total; a longer text is a remark."""


class TotalKind(StrEnum):
    """What the label of a row says that it summarizes."""

    ALL = "all"
    """The total of everything, such as 'Grand total' or 'All sites'."""
    SOME = "some"
    """A total with further words, such as 'Total Europe'."""
    OTHER = "other"
    """Not a sum of the other rows: their average, or the total of an earlier period."""


@lru_cache(maxsize=10_000)
def total_kind(label: str, header: str = "") -> TotalKind | None:
    """Return what a label under a header summarizes; None for a label that names no total."""
    text = _plain(label)
    if not text or len(text.split()) > MAX_WORDS or _holds(text, "not"):
        return None
    if text.split()[-1] in _words("names") and not _holds(text, "generic"):
        return None
    if text in _words("averages"):
        return TotalKind.OTHER
    if text in _words("whole") or text in _all_of(header) or _is_all_of_several(text):
        return TotalKind.ALL
    if not (
        _holds(text, "anywhere")
        or any(each in text for each in _words("inside"))
        or any(text.endswith(f" {each}") for each in _words("last"))
        or any(text.startswith(f"{each} ") for each in _words("first"))
    ):
        return None
    if _holds(text, "earlier"):
        return TotalKind.OTHER
    return TotalKind.ALL if _is_generic(text, header) else TotalKind.SOME


def is_remainder(label: str) -> bool:
    """Return whether a label names what is left beside the other rows, such as 'Other countries'."""
    words = _plain(label).split()
    return any(" ".join(words[:count]) in _words("remainder") for count in (1, 2))


@cache
def total_pattern() -> str:
    """Return a regular expression that occurs in each label that names a total, in lower case, and in some others."""
    kinds = ("anywhere", "whole", "inside", "last", "first", "averages")
    words = {max(each.split(), key=len) for kind in kinds for each in _words(kind)}
    # Letters of full width are compared in their common form, which a database does not do.
    return "|".join((*sorted(map(re.escape, words)), "[\uff01-\uff5e]", "∑"))


def _holds(text: str, kind: str) -> bool:
    """Return whether a text holds a word of a kind, as a whole word."""
    return any(f" {each} " in f" {text} " for each in _words(kind))


def _is_generic(text: str, header: str) -> bool:
    """Return whether a label says nothing but that it is a total, perhaps of a year or of what the header names."""
    known = {*_words("generic"), *_words("anywhere"), *_words("whole"), *_words("inside"), *_all_of(header)}
    known.update(_forms(header))
    rest = [word for word in text.split() if word not in known and not word.isdecimal()]
    return not rest


def _all_of(header: str) -> Sequence[str]:
    """Return the labels that mean everything under a header, such as 'all mills'."""
    return [f"all {each}" for each in _forms(header)]


def _is_all_of_several(text: str) -> bool:
    """Return whether a label is 'all' with a plural, such as 'all workers', and no name, such as 'All Saints'."""
    first, _, rest = text.partition(" ")
    return first == "all" and rest.endswith("s") and " " not in rest and rest not in _words("all but")


def _forms(header: str) -> Sequence[str]:
    """Return the singular and the regular plurals of a header."""
    text = _plain(header)
    return [text, f"{text}s", f"{text}es", f"{text[:-1]}ies"] if text else []


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    """Return a text for comparison: case-folded words, without signs between them."""
    folded = unicodedata.normalize("NFKC", text.replace("∑", " sum ")).casefold()
    return " ".join("".join(_kept(folded)).split())


def _kept(text: str) -> Iterator[str]:
    """Yield the letters, marks and digits of a text, and a space for each other character."""
    return (each if unicodedata.category(each)[0] in "LMN" else " " for each in text)


@cache
def _words(kind: str) -> frozenset[str]:
    """Return the words of a kind, ready for comparison."""
    table: Mapping[str, Sequence[str]] = json.loads((schemas_folder() / "totals.json").read_text(encoding="utf-8"))
    return frozenset(map(_plain, table[kind]))
