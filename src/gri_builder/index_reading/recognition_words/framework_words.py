"""The words by which a PDF names the initiative and its editions, of `schemas/recognition/editions.json`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import msgspec
from msgspec import Struct

from gri_builder.resources.frameworks import schemas_folder


class _Edition(Struct, frozen=True):
    id: str
    name: str
    mark: str
    frameworks: tuple[str, ...] = ()


class _Data(Struct, frozen=True):
    initiative: str
    guidelines: Mapping[str, str]
    statements: Mapping[str, str]
    not_this_report: str
    editions: tuple[_Edition, ...]
    names: tuple[_Edition, ...]
    standards: Mapping[str, int]
    profile: Mapping[str, int]
    third: Mapping[str, int]


class EditionWords(Struct, frozen=True):
    """Patterns of an edition of the guidelines or standards."""

    id: str
    name: str
    mark: re.Pattern[str]
    frameworks: tuple[str, ...] = ()
    """Ids of the frameworks among which codes decide; empty where the edition is one."""


class FrameworkWords(Struct, frozen=True):
    """Patterns by which frameworks are recognized."""

    initiative: re.Pattern[str]
    """Name or sign of the initiative."""
    guidelines: re.Pattern[str]
    """What is said of guidelines beside an edition's sign."""
    statements: re.Pattern[str]
    """What states that a report was prepared by them."""
    not_this_report: re.Pattern[str]
    """What speaks of another report than this one, before or after it."""
    editions: tuple[EditionWords, ...]
    names: tuple[EditionWords, ...]
    """More exact names of editions, by what must be written for them."""
    standards: Mapping[str, int]
    """Last disclosure number of each Standard of 2016 or later."""
    profile: Mapping[str, int]
    """Last number of each section of the profile disclosures of G3."""
    third: Mapping[str, int]
    """Last number of each series of indicators of G3 and G3.1."""


@cache
def load_framework_words() -> FrameworkWords:
    """Return the words, in all languages."""
    data = msgspec.json.decode((schemas_folder() / "recognition" / "editions.json").read_bytes(), type=_Data)
    return FrameworkWords(
        initiative=re.compile(data.initiative),
        guidelines=_join(data.guidelines),
        statements=_join(data.statements),
        not_this_report=re.compile(rf"(?i)\b(?:{data.not_this_report})\b"),
        editions=tuple(EditionWords(e.id, e.name, re.compile(e.mark), e.frameworks) for e in data.editions),
        names=tuple(EditionWords(each.id, each.name, re.compile(each.mark)) for each in data.names),
        standards=data.standards,
        profile=data.profile,
        third=data.third,
    )


def _join(words: Mapping[str, str]) -> re.Pattern[str]:
    """Return one pattern of the words of all languages; words of languages without spaces may be anywhere."""
    spaced = "|".join(words[language] for language in sorted(words) if language not in ("ja", "zh"))
    unspaced = "|".join(words[language] for language in ("ja", "zh"))
    return re.compile(rf"(?i)\b(?:{spaced})\b|{unspaced}")
