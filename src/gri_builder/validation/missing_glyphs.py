"""Characters that no font at hand can draw, in everything that is printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

from gri_builder.model.facts import Fact, Series
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.rich_text import Block
from gri_builder.source.nodes import Node, SourceFile
from gri_builder.source.yaml_events import UNPRINTABLE
from gri_builder.validation.references import runs_of

Undrawable = Callable[[str], frozenset[str]]
"""Returns the characters of a text that no font can draw."""


SOURCES = frozenset({"from", "aggregate", "query", "derive"})
"""Keys of a fact series that say where its values come from, which is not printed."""


def check_nodes(
    roots: Iterable[Node], undrawable: Undrawable, unprinted: frozenset[str] = frozenset()
) -> Iterator[Finding]:
    """Yield a finding for each character of a YAML value that can't be drawn; comments are not printed.

    Nor is what stands below the `unprinted` keys of the entries of a file.
    """
    for root in roots:
        scalars = [node for node in _scalars(root, False, unprinted) if node.text]
        missing = _missing({character for node in scalars for character in node.text}, undrawable)
        for node in scalars if missing else ():
            for character in sorted(missing.intersection(node.text)):
                yield _report(character, _place_in(node, character))


def check_members(series: Iterable[Series], undrawable: Undrawable) -> Iterator[Finding]:
    """Yield a finding for each character of periods and members from data files without a font, at its first place."""
    first: dict[str, Location] = {}
    for fact in (fact for each in series for fact in each.facts if _is_from_file(fact)):
        for character in "".join((fact.period, *fact.members)):
            first.setdefault(character, fact.where)
    for character in sorted(_missing(first, undrawable)):
        yield _report(character, first[character])


def _is_from_file(fact: Fact) -> bool:
    """Whether a fact comes from a data file; what stands in YAML is checked where it is written."""
    return fact.origin is not None and (fact.origin.file != fact.where.file or fact.where.pointer is None)


def check_file(file: SourceFile, undrawable: Undrawable) -> Iterator[Finding]:
    """Yield a finding for each character of a Markdown file that can't be drawn, once for each line."""
    missing = _missing(file.text, undrawable)
    for number, line in enumerate(file.lines, 1) if missing else ():
        for character in sorted(missing.intersection(line)):
            yield _report(character, file.where(number, line.index(character) + 1))


def check_runs(
    blocks: Iterable[Block], written: Mapping[str, frozenset[str]], undrawable: Undrawable
) -> Iterator[Finding]:
    """Yield a finding for each character that its file holds only as an entity, such as `&#9731;`.

    `written` are the characters of each file, by its path.
    """
    for block in blocks:
        known = written.get(block.where.file, frozenset()) if block.where else frozenset()
        for run in runs_of(block):
            unwritten = set(run.text) - known
            for character in sorted(_missing(unwritten, undrawable)) if unwritten else ():
                if block.where:
                    yield _report(character, block.where)


def characters_of(root: Node) -> frozenset[str]:
    """Return the characters of a YAML file and of its values, which may be written as escapes."""
    return frozenset(root.file.text).union(*(node.text for node in _scalars(root, False)))


def _missing(characters: Iterable[str], undrawable: Undrawable) -> set[str]:
    """Return the characters that can't be drawn, but for those that have a finding of their own."""
    asked = "".join(sorted(set(characters)))
    missing = undrawable(asked) if asked else ()
    return {character for character in missing if not UNPRINTABLE.match(character)}


def _scalars(node: Node, with_keys: bool, unprinted: frozenset[str] = frozenset(), depth: int = 0) -> Iterator[Node]:
    """Yield the scalars of a node, and the keys below 'values', which are printed as members and periods."""
    if node.kind == "mapping":
        for key, entry in node.entries.items():
            if with_keys:
                yield entry.key
            if depth != 1 or key not in unprinted:
                yield from _scalars(entry.value, with_keys or key == "values", unprinted, depth + 1)
    elif node.kind == "list":
        for item in node.items:
            yield from _scalars(item, with_keys, unprinted, depth + 1)
    elif node.kind != "invalid":
        yield node


def _place_in(node: Node, character: str) -> Location:
    """Return the place of a character in a scalar; the scalar's own place where it is written as an escape."""
    lines = node.file.lines
    last = node.line + node.text.count("\n") + 1
    for number in range(node.line, min(last, len(lines)) + 1):
        column = lines[number - 1].find(character, node.column - 1 if number == node.line else 0)
        if column >= 0:
            return node.file.where(number, column + 1, 1, node.pointer)
    return node.where


def _report(character: str, where: Location) -> Finding:
    name = unicodedata.name(character, "no name")
    message = f"no font at hand has the character '{character}' (U+{ord(character):04X}, {name})"
    return error("missing-glyph", message, where, "write it in other characters")
