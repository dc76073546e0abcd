"""Missing glyphs: characters that no font of the report can draw, in everything that is printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from gri_builder.facts.shared_files import list_series
from gri_builder.fonts.glyph_coverage import missing_glyphs
from gri_builder.model.facts import Fact, Series
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.rich_text import Block
from gri_builder.model.theme import FontFamily
from gri_builder.source.nodes import Node, Source, SourceFile
from gri_builder.source.yaml_events import UNPRINTABLE
from gri_builder.validation.texts import Text, runs_of

Fonts = tuple[FontFamily, ...]

SOURCES = frozenset({"from", "aggregate", "query", "derive"})
"""Keys of a fact series that say where its values come from, which is not printed."""


def check_glyphs(
    source: Source, files: Iterable[SourceFile], series: Iterable[Series], texts: Iterable[Text], fonts: Fonts
) -> Iterator[Finding]:
    """Yield a finding for each printed character that the fonts can't draw; `files` are the printed chapters."""
    chapters = tuple(files)
    yield from _check_nodes((source.report, *source.disclosures), fonts)
    yield from _check_nodes(
        (entry.value for root in source.figures for _, entry in list_series(root)[0]), fonts, SOURCES
    )
    yield from _check_members(series, fonts)
    for file in chapters:
        yield from _check_file(file, fonts)
    written = {root.file.path: _characters_of(root) for root in (source.report, *source.disclosures, *source.figures)}
    written |= {file.path: frozenset(file.text) for file in chapters}
    yield from _check_runs((block for text in texts for block in text.blocks), written, fonts)


def _check_nodes(roots: Iterable[Node], fonts: Fonts, unprinted: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """Yield a finding for each character of a YAML value that can't be drawn; comments are not printed.

    Neither are the values under the `unprinted` keys.
    """
    for root in roots:
        scalars = [node for node in _scalars(root, False, unprinted) if node.text]
        missing = _missing({character for node in scalars for character in node.text}, fonts)
        for node in scalars if missing else ():
            for character in sorted(missing.intersection(node.text)):
                yield _report(character, _place_in(node, character))


def _check_members(series: Iterable[Series], fonts: Fonts) -> Iterator[Finding]:
    """Yield a finding for each missing character of periods and members from data files, at its first place."""
    first: dict[str, Location] = {}
    for fact in (fact for each in series for fact in each.facts if _is_from_file(fact)):
        for character in "".join((fact.period, *fact.members)):
            first.setdefault(character, fact.where)
    for character in sorted(_missing(first, fonts)):
        yield _report(character, first[character])


def _is_from_file(fact: Fact) -> bool:
    """Whether a fact comes from a data file; values in YAML are checked where they are written."""
    return fact.origin is not None and (fact.origin.file != fact.where.file or fact.where.pointer is None)


def _check_file(file: SourceFile, fonts: Fonts) -> Iterator[Finding]:
    """Yield a finding for each character of a Markdown file that can't be drawn, once for each line."""
    missing = _missing(file.text, fonts)
    for number, line in enumerate(file.lines, 1) if missing else ():
        for character in sorted(missing.intersection(line)):
            yield _report(character, file.where(number, line.index(character) + 1))


def _check_runs(blocks: Iterable[Block], written: Mapping[str, frozenset[str]], fonts: Fonts) -> Iterator[Finding]:
    """Yield a finding for each missing character that its file holds only as an entity, such as `&#9731;`.

    `written` are the characters of each file, by its path.
    """
    for block in blocks:
        known = written.get(block.where.file, frozenset()) if block.where else frozenset()
        for run in runs_of(block):
            unwritten = set(run.text) - known
            for character in sorted(_missing(unwritten, fonts)) if unwritten else ():
                if block.where:
                    yield _report(character, block.where)


def _characters_of(root: Node) -> frozenset[str]:
    """Return the characters of a YAML file and of its values, which may be written as escapes."""
    return frozenset(root.file.text).union(*(node.text for node in _scalars(root, False)))


def _missing(characters: Iterable[str], fonts: Fonts) -> set[str]:
    """Return the characters that can't be drawn; control characters have a finding from the YAML reader."""
    text = "".join(sorted(set(characters)))
    missing = missing_glyphs(text, fonts) if text else ()
    return {character for character in missing if not UNPRINTABLE.match(character)}


def _scalars(node: Node, with_keys: bool, unprinted: frozenset[str] = frozenset()) -> Iterator[Node]:
    """Yield the scalars of a node, and the keys below 'values', which are printed as members and periods."""
    if node.kind == "mapping":
        for key, entry in node.entries.items():
            if with_keys:
                yield entry.key
            if key not in unprinted:
                yield from _scalars(entry.value, with_keys or key == "values")
    elif node.kind == "list":
        for item in node.items:
            yield from _scalars(item, with_keys)
    elif node.kind != "invalid":
        yield node


def _place_in(node: Node, character: str) -> Location:
    """Return the place of a character in a scalar; the place of the scalar if the character is written as an escape."""
    lines = node.file.lines
    last = node.line + node.text.count("\n") + 1
    for number in range(node.line, min(last, len(lines)) + 1):
        column = lines[number - 1].find(character, node.column - 1 if number == node.line else 0)
        if column >= 0:
            return node.file.where(number, column + 1, 1, node.pointer)
    return node.where


def _report(character: str, where: Location) -> Finding:
    name = unicodedata.name(character, "no name")
    message = f"no font of the report has the character '{character}' (U+{ord(character):04X}, {name})"
    return error("missing-glyph", message, where, "write it in other characters")
