"""The languages of a report, as 'languages' in report.yaml lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

from gri_builder.model.finding import Finding, error
from gri_builder.resources.languages import is_locale, language_hint, language_name
from gri_builder.source.nodes import Node
from gri_builder.source.values import text_of

KEY = "languages"


class Named(Protocol):
    """A language, or what is known of the edition in it."""

    @property
    def tag(self) -> str:
        """Its BCP 47 tag, e.g. 'de-DE'."""

    @property
    def key(self) -> str:
        """What names it in texts, folders and files."""


L = TypeVar("L", bound=Named)


class Language(Struct, frozen=True):
    """A language of a report."""

    tag: str
    """BCP 47 tag as listed, e.g. 'de-DE'."""
    key: str
    """What names it in texts, folders and files: 'de', or the whole tag where two have the same language."""
    node: Node
    """Its entry in report.yaml."""

    @property
    def name(self) -> str:
        """Its name in English; with its tag where the language alone is ambiguous."""
        name = language_name(self.tag)
        return name if "-" not in self.key else f"{name} ({self.tag})"


def read_languages(report: Node) -> tuple[Language, ...]:
    """Return the languages that report.yaml lists, the source language first; nothing where it lists none.

    Entries that are no languages, and repeated ones, are left out.
    """
    listed = report.get(KEY)
    nodes: dict[str, Node] = {}
    for node in listed.items if listed else ():
        tag = text_of(node)
        if tag and is_locale(tag):
            nodes.setdefault(tag, node)
    bases = [_base(tag) for tag in nodes]
    return tuple(
        Language(tag, _base(tag) if bases.count(_base(tag)) == 1 else tag.lower(), node) for tag, node in nodes.items()
    )


def check_languages(report: Node) -> Iterator[Finding]:
    """Yield what is wrong with 'languages' in report.yaml."""
    entry = report.entries.get(KEY)
    if entry is None:
        return
    if "language" in report.entries:
        message = "report.yaml names both 'language' and 'languages'"
        hint = "remove 'language': the first of 'languages' is the one that the others are translated from"
        yield error("wrong-value", message, report.entries["language"].key.where, hint)
    if entry.value.kind != "list" or not entry.value.items:
        hint = "list the languages, the one that the texts are written in first: languages: [en-GB, de-DE]"
        yield error("wrong-value", "'languages' is not a list of languages", entry.where, hint)
        return
    seen: set[str] = set()
    for node in entry.value.items:
        tag = text_of(node)
        if tag is None or not is_locale(tag):
            written = node.text or "this entry"
            yield error("unknown-language", f"unknown language '{written}'", node.where, language_hint(written))
        elif tag in seen:
            yield error("wrong-value", f"'languages' lists '{tag}' twice", node.where, "remove one of the two")
        seen.add(tag or "")


def find_language(name: str, languages: Sequence[L]) -> L | None:
    """Return the language that a key or a folder names: by its tag, or by the language alone where that is enough."""
    plain = name.strip().replace("_", "-").lower()
    return next((each for each in languages if plain in (each.tag.lower(), each.key)), None)


def is_other_language(name: str) -> bool:
    """Return whether a key or a folder is named like a language."""
    plain = name.strip().replace("_", "-")
    language, *rest = plain.split("-")
    return 2 <= len(language) <= 3 and language.islower() and is_locale("-".join((language, *map(_settle, rest))))


def _settle(part: str) -> str:
    return part.title() if len(part) == 4 else part.upper()


def _base(tag: str) -> str:
    return tag.split("-")[0].lower()
