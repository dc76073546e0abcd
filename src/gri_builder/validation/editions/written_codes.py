"""Codes as people write them: a number that was used again, without the edition that the catalog adds to it.

The Standards use numbers again: a disclosure of 2018 on water has the number that another one had in 2016. The catalog
adds the edition to such a code, people write the number only. The disclosure that is in force when the report is
published is meant, so that the code is completed here, wherever a report may write one, and every later step knows the
catalog's codes only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import fields, replace

from gri_builder.model.finding import Location
from gri_builder.model.framework import Disclosure, Framework, has_edition
from gri_builder.model.rich_text import Directive, Heading, Run
from gri_builder.source.nodes import Entry, Node, Source
from gri_builder.source.values import day_of

TITLES = "titles"
"""Key of the titles in the file of own words."""

_NUMBER = re.compile(r"[^/:]+")
"""What is before the Aspect and the letters of an id."""

T = TypeVar("T")

Codes = Mapping[str, str]
"""Codes of the catalog by the numbers that mean them."""


def codes_meant(framework: Framework, published: date | None) -> Codes:
    """Return the code that each number means; a number that several disclosures in force have means none."""
    meant = {}
    for number in dict.fromkeys(each.label for each in framework.disclosures.values() if has_edition(each)):
        if len(found := meanings_of(number, framework, published)) == 1:
            meant[number] = found[0].code
    return meant


def meanings_of(number: str, framework: Framework, published: date | None) -> tuple[Disclosure, ...]:
    """Return the disclosures with a number that are in force on that day; all of them if none is, or without a day."""
    found = framework.find_disclosures(number)
    return tuple(each for each in found if published and framework.has_in_force(each, published)) or found


def complete_source(source: Source, framework: Framework) -> Source:
    """Return the files with complete codes: the keys of answers, and of titles in the report's own words."""
    codes = codes_meant(framework, day_of(source.report.get("published")))
    if not codes:
        return source
    disclosures = tuple(replace(root, entries=_rename_keys(root.entries, codes)) for root in source.disclosures)
    return replace(source, disclosures=disclosures, words=_complete_titles(source.words, codes))


def _complete_titles(words: Node | None, codes: Codes) -> Node | None:
    titles = words.entries.get(TITLES) if words else None
    if words is None or titles is None:
        return words
    renamed = replace(titles.value, entries=_rename_keys(titles.value.entries, codes))
    return replace(words, entries={**words.entries, TITLES: titles._replace(value=renamed)})


def _rename_keys(entries: Mapping[str, Entry], codes: Codes) -> dict[str, Entry]:
    """Return entries with complete codes; one that is there with its edition too keeps its number, which is refused."""
    names = {key: _complete(key, codes) for key in entries}
    return {key if names[key] in entries else names[key]: entry for key, entry in entries.items()}


def complete_texts(value: T, codes: Codes) -> T:
    """Return parsed texts, alone or in tuples, mappings and structs, with complete codes.

    Codes are in what headings cover, in the directive that places answers, and in links to disclosures.
    """
    if not codes:
        return value
    completed: T = _complete_value(value, codes)
    return completed


def _complete_value(value: Any, codes: Codes) -> Any:
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_complete_value(each, codes) for each in value)
    if isinstance(value, Mapping):
        return {key: _complete_value(each, codes) for key, each in value.items()}
    if isinstance(value, Run):
        named = value.link[1:] if value.link and value.link.startswith("#") else ""
        return replace(value, link=f"#{_complete(named, codes)}") if named else value
    if isinstance(value, Heading) and value.covers:
        value = replace(value, covers=tuple(_complete(each, codes) for each in value.covers))
    elif isinstance(value, Directive) and value.name == "disclosure":
        value = replace(value, arguments=tuple(_complete(each, codes) for each in value.arguments))
    if not isinstance(value, Struct) or isinstance(value, Location):
        return value
    parts = {each.name: getattr(value, each.name) for each in fields(value)}
    inner = {name: part for name, part in parts.items() if isinstance(part, (tuple, Mapping, Struct))}
    return replace(value, **{name: _complete_value(part, codes) for name, part in inner.items()}) if inner else value


def _complete(id: str, codes: Codes) -> str:
    """Return an id, of an Aspect after ':' too, or one with letters after '/', with the complete code."""
    return _NUMBER.sub(lambda found: codes.get(found[0], found[0]), id, count=1)
