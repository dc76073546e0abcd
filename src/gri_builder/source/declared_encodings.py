"""Encodings that descriptions of fact series state for CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from gri_builder.model.finding import Finding, error
from gri_builder.source.nodes import Node
from gri_builder.source.paths import normalize_path
from gri_builder.source.text_encodings import ENCODINGS
from gri_builder.source.values import text_of

KEY = "encoding"


class DeclaredEncoding(Struct, frozen=True):
    """The encoding that a description states for a file."""

    name: str
    """As in the list of known encodings."""
    node: Node
    """Its place in the description."""


def find_declared_encodings(roots: Iterable[Node]) -> tuple[Mapping[str, DeclaredEncoding], list[Finding]]:
    """Return the encoding of each file whose description states one, and findings for files with two of them."""
    found: dict[str, DeclaredEncoding] = {}
    findings: list[Finding] = []
    for path, declared in (each for root in roots for each in _statements(root)):
        first = found.setdefault(path, declared)
        if first.name != declared.name:
            message = f"'{path}' is read as {declared.name} here, but as {first.name} by another series"
            hint = f"write the same encoding in both: encoding: {first.name}"
            findings.append(error("conflicting-encodings", message, declared.node.where, hint))
    return found, findings


def _statements(node: Node) -> Iterator[tuple[str, DeclaredEncoding]]:
    """Yield the path of each file with an encoding that is stated beside it."""
    stated = node.get(KEY)
    name = (text_of(stated) or "").lower()
    if stated is not None and name in ENCODINGS:
        for text in _paths(node):
            if plain := normalize_path(text):
                yield plain, DeclaredEncoding(name, stated)
    for inner in (*node.items, *(entry.value for entry in node.entries.values())):
        yield from _statements(inner)


def _paths(node: Node) -> Iterator[str]:
    file, files = node.get("file"), node.get("files")
    named = [*((file.items or (file,)) if file else ()), *(e.value for e in (files.entries.values() if files else ()))]
    return filter(None, map(text_of, named))
