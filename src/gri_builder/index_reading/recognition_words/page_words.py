"""Words that show what a page is: a content index, an assurance statement; of `schemas/recognition/pages.json`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import msgspec
from msgspec import Struct

from gri_builder.resources.frameworks import schemas_folder

FEWEST_PHRASES = 4
"""Phrases of an assurance statement that make a page one."""


class _Data(Struct, frozen=True):
    index: Mapping[str, str]
    elsewhere: Mapping[str, str]
    address: str
    assurance_statement: tuple[str, ...]
    units: str


class PageWords(Struct, frozen=True):
    """Patterns of the words on pages."""

    index: re.Pattern[str]
    """Name of a content index."""
    elsewhere: re.Pattern[str]
    """What says that something is in another document, or on a web site."""
    address: re.Pattern[str]
    """Start of a web address."""
    assurance_statement: tuple[re.Pattern[str], ...]
    """Phrases of an assurance statement (ISAE 3000, 69), each in all languages."""
    value: re.Pattern[str]
    """A number with its unit, or written as figures are, not pages."""

    def is_assurance_statement(self, text: str) -> bool:
        """Return whether a page is an assurance statement, or a part of one."""
        return sum(bool(phrase.search(text)) for phrase in self.assurance_statement) >= FEWEST_PHRASES


@cache
def load_page_words() -> PageWords:
    """Return the words, in all languages."""
    data = msgspec.json.decode((schemas_folder() / "recognition" / "pages.json").read_bytes(), type=_Data)
    return PageWords(
        index=_join(data.index),
        elsewhere=re.compile(f"(?i:{'|'.join(data.elsewhere[language] for language in sorted(data.elsewhere))})"),
        address=re.compile(f"(?i:{data.address})"),
        assurance_statement=tuple(re.compile(f"(?i){each}") for each in data.assurance_statement),
        value=re.compile(
            r"(?<![\w.,/-])-?(?:\d{1,3}(?:[,. ']\d{3})+(?:[.,]\d+)?|\d+\.\d+)(?![\w.,/-])"
            rf"|\d\s?{data.units}(?!\w)"
        ),
    )


def _join(words: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(f"(?i:{'|'.join(words[language] for language in sorted(words))})")
