"""Approvals by language: `approved: {en: {by: …}, de: {by: …}}`. One without a language is of the source language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gri_builder.model.finding import Finding, warning
from gri_builder.source.editions.languages import Language, find_language, is_other_language
from gri_builder.source.editions.word_places import Path
from gri_builder.source.nodes import Node

APPROVED = "approved"


def is_approval(file: str, path: Path) -> bool:
    """Return whether a place of a YAML file holds the approval of a fact series or an answer."""
    if path[-1:] != (APPROVED,):
        return False
    is_shared = file.startswith("figures/") and len(path) == 5 and path[0] == "files" and path[2] == "series"
    return is_shared or (len(path) == 2 and file.startswith(("figures/", "disclosures/")))


def holds_languages(keys: Iterable[str]) -> bool:
    """Return whether the keys of a mapping are languages, all of them."""
    listed = tuple(keys)
    return bool(listed) and all(map(is_other_language, listed))


def choose_approval(
    node: Node, language: Language, languages: Sequence[Language]
) -> tuple[Node | None, tuple[Finding, ...]]:
    """Return the approval in a language, with findings for those in languages that the report does not have."""
    if node.kind != "mapping" or not holds_languages(node.entries):
        return node if language is languages[0] else None, ()
    found = {key: find_language(key, languages) for key in node.entries}
    own = next((node.entries[key].value for key, each in found.items() if each is language), None)
    listed = ", ".join(each.tag for each in languages)
    unlisted = tuple(
        warning(
            "translation-unlisted",
            f"the approval in '{key}' counts for nothing: report.yaml lists {listed} only",
            node.entries[key].key.where,
            f"add '{key}' to 'languages' in report.yaml, or delete it",
        )
        for key, each in found.items()
        if each is None
    )
    return own if own is not None and own.kind != "null" else None, unlisted
