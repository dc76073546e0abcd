"""The trees of a PDF file: names, numbers, bookmarks. Each node is visited once, so traversal always ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MOST_NODES = 200_000
"""Nodes of a tree that are read; what lies beyond is left out."""
DEEPEST = 64
"""Levels of a tree that are read."""


def resolve(value: Any) -> Any:
    """Return what a reference leads to; None where it leads nowhere."""
    steps = 0
    while isinstance(value, IndirectObject):
        value, steps = value.get_object(), steps + 1
        if steps > DEEPEST:
            return None
    return value


def as_mapping(value: Any) -> Mapping[str, Any]:
    """Return a dictionary; an empty one for anything else."""
    value = resolve(value)
    return value if isinstance(value, DictionaryObject) else {}


def as_list(value: Any) -> list[Any]:
    """Return the items of an array, references unresolved; none for anything else."""
    value = resolve(value)
    return list(value) if isinstance(value, ArrayObject) else []


def reference_of(value: Any) -> tuple[int, int] | None:
    """Return the key of an indirect object; None for a direct object."""
    return (value.idnum, value.generation) if isinstance(value, IndirectObject) else None


def walk_names(root: Any, key: str = "/Names") -> Iterator[tuple[Any, Any]]:
    """Yield keys and values of a name tree, or with key '/Nums' of a number tree (ISO 32000-1, 7.9.6 and 7.9.7)."""
    seen: set[tuple[int, int]] = set()
    todo, count = [(root, 0)], 0
    while todo and count < MOST_NODES:
        value, depth = todo.pop()
        reference, node = reference_of(value), as_mapping(value)
        count += 1
        if reference in seen or depth > DEEPEST:
            continue
        if reference:
            seen.add(reference)
        pairs = as_list(node.get(key))
        for name, held in zip(pairs[::2], pairs[1::2], strict=False):
            yield resolve(name), held
        todo.extend((kid, depth + 1) for kid in reversed(as_list(node.get("/Kids"))))


def walk_outline(root: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield level and entries of each bookmark, in order (ISO 32000-1, 12.3.3)."""
    seen: set[tuple[int, int] | None] = set()
    todo: list[tuple[Any, int]] = [(as_mapping(root).get("/First"), 1)]
    while todo and len(seen) < MOST_NODES:
        value, level = todo.pop()
        reference, node = reference_of(value), as_mapping(value)
        if reference is None or reference in seen or level > DEEPEST or not node:
            continue
        seen.add(reference)
        yield level, node
        todo += [(node.get("/Next"), level), (node.get("/First"), level + 1)]


def read_labels(root: Mapping[str, Any], pages: int) -> tuple[str, ...]:
    """Return the label of each page (ISO 32000-1, 12.4.2); its number where the PDF states none."""
    rules = {int(start): as_mapping(rule) for start, rule in walk_names(root.get("/PageLabels"), "/Nums")}
    labels: list[str] = []
    rule: Mapping[str, Any] = {"/S": "/D"}
    first = 0
    for page in range(pages):
        if page in rules:
            rule, first = rules[page], page
        number = int(rule.get("/St", 1)) + page - first
        labels.append(f"{rule.get('/P', '')}{_number(str(rule.get('/S', '')), number)}")
    return tuple(labels)


def _number(style: str, number: int) -> str:
    if style in ("/R", "/r"):
        roman = _roman(number)
        return roman if style == "/R" else roman.lower()
    if style in ("/A", "/a"):
        letter = chr(ord("A") + (number - 1) % 26) * min((number - 1) // 26 + 1, DEEPEST)
        return letter if style == "/A" else letter.lower()
    return str(number) if style == "/D" else ""


_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text, number = text + letters * (number // value), number % value
    return text
