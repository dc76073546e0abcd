"""Missing glyphs: characters that no font of the report can draw, in everything that is printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from gri_builder.facts.shared_files import list_series
from gri_builder.fonts.glyph_coverage import missing_glyphs
from gri_builder.fonts.script_names import find_script, script_title
from gri_builder.model.facts import Fact, Series
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.rich_text import Block
from gri_builder.model.theme import FontFamily
from gri_builder.resources.locale_texts import list_locale_texts
from gri_builder.resources.quotation_marks import quotation_marks
from gri_builder.source.nodes import Node, Source, SourceFile
from gri_builder.source.yaml_events import UNPRINTABLE
from gri_builder.validation.texts import Text, runs_of

Fonts = tuple[FontFamily, ...]


class Missing(NamedTuple):
    """A character that is printed, but that no font has."""

    character: str
    where: Location


SOURCES = frozenset({"from", "aggregate", "query", "derive"})
"""Keys of a fact series that say where its values come from, which is not printed."""


def check_glyphs(
    source: Source,
    files: Iterable[SourceFile],
    series: Iterable[Series],
    texts: Iterable[Text],
    fonts: Fonts,
    language: str,
    days: Iterable[date],
) -> Iterator[Finding]:
    """Yield a finding for each printed character that the fonts can't draw, and only one for each script.

    `files` are the printed chapters; dates of the `days` are printed in words of the language.
    """
    missing = (
        *_check_program(source.report, language, days, fonts),
        *_check_author(source, tuple(files), series, texts, fonts),
    )
    scripts: dict[str, dict[str, Location]] = {}
    for each in missing:
        script = find_script(each.character)
        if script is None:
            yield _report(*each)
        else:
            scripts.setdefault(script, {}).setdefault(each.character, each.where)
    for script, places in scripts.items():
        yield _report_script(script, places)


def _check_program(report: Node, language: str, days: Iterable[date], fonts: Fonts) -> Iterator[Missing]:
    """Yield each missing character of dates, lists and numbers in the language of the report."""
    written = report.get("language")
    where = written.where if written else report.where
    quoted = report.get("typographic_quotes")
    marks = quotation_marks(language) if quoted and quoted.text == "true" else ()
    missing = _missing("".join((*list_locale_texts(language, days), *marks)), fonts)
    yield from (Missing(each, where) for each in sorted(missing, key=lambda each: (not each.isalpha(), each)))


def _check_author(
    source: Source, chapters: tuple[SourceFile, ...], series: Iterable[Series], texts: Iterable[Text], fonts: Fonts
) -> Iterator[Missing]:
    """Yield each printed character of the report's files that can't be drawn."""
    words = (source.words,) if source.words else ()
    yield from _check_nodes((source.report, *words, *source.disclosures), fonts)
    yield from _check_nodes(
        (entry.value for root in source.figures for _, entry in list_series(root)[0]), fonts, SOURCES
    )
    yield from _check_members(series, fonts)
    for file in chapters:
        yield from _check_file(file, fonts)
    written = {root.file.path: _characters_of(root) for root in (source.report, *source.disclosures, *source.figures)}
    written |= {file.path: frozenset(file.text) for file in chapters}
    yield from _check_runs((block for text in texts for block in text.blocks), written, fonts)


def _check_nodes(roots: Iterable[Node], fonts: Fonts, unprinted: frozenset[str] = frozenset()) -> Iterator[Missing]:
    """Yield each character of a YAML value that can't be drawn; comments are not printed.

    Neither are the values under the `unprinted` keys.
    """
    for root in roots:
        scalars = [node for node in _scalars(root, False, unprinted) if node.text]
        missing = _missing({character for node in scalars for character in node.text}, fonts)
        for node in scalars if missing else ():
            for character in sorted(missing.intersection(node.text)):
                yield Missing(character, _place_in(node, character))


def _check_members(series: Iterable[Series], fonts: Fonts) -> Iterator[Missing]:
    """Yield each missing character of periods and members from data files, at its first place."""
    first: dict[str, Location] = {}
    for fact in (fact for each in series for fact in each.facts if _is_from_file(fact)):
        for character in "".join((fact.period, *fact.members)):
            first.setdefault(character, fact.where)
    for character in sorted(_missing(first, fonts)):
        yield Missing(character, first[character])


def _is_from_file(fact: Fact) -> bool:
    """Whether a fact comes from a data file; values in YAML are checked where they are written."""
    return fact.origin is not None and (fact.origin.file != fact.where.file or fact.where.pointer is None)


def _check_file(file: SourceFile, fonts: Fonts) -> Iterator[Missing]:
    """Yield each character of a Markdown file that can't be drawn, once for each line."""
    missing = _missing(file.text, fonts)
    for number, line in enumerate(file.lines, 1) if missing else ():
        for character in sorted(missing.intersection(line), key=line.index):
            yield Missing(character, file.where(number, line.index(character) + 1))


def _check_runs(blocks: Iterable[Block], written: Mapping[str, frozenset[str]], fonts: Fonts) -> Iterator[Missing]:
    """Yield each missing character that its file holds only as an entity, such as `&#9731;`.

    `written` are the characters of each file, by its path.
    """
    for block in blocks:
        known = written.get(block.where.file, frozenset()) if block.where else frozenset()
        for run in runs_of(block):
            unwritten = set(run.text) - known
            for character in sorted(_missing(unwritten, fonts)) if unwritten else ():
                if block.where:
                    yield Missing(character, block.where)


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
    message = f"no font of the report has the character {_name(character)}"
    return error("missing-glyph", message, where, "write it in other characters")


def _report_script(script: str, places: Mapping[str, Location]) -> Finding:
    """Return the finding for all characters of a script, at the first one; `places` holds where each is printed."""
    (character, where), *others = places.items()
    more = f", nor {len(others)} {'others' if len(others) > 1 else 'other'}" if others else ""
    message = f"no font of the report has the {script_title(script)} character {_name(character)}{more}"
    if where.pointer == "/language":
        message += "; the dates of the report are written with it"
    hint = (
        "put the file of a font that has them into the report folder, and name it for text and headings: "
        "theme: {text_font: {regular: fonts/NAME.ttf}, heading_font: {regular: fonts/NAME.ttf}}"
    )
    return error("missing-glyph", message, where, hint)


def _name(character: str) -> str:
    return f"'{character}' (U+{ord(character):04X}, {unicodedata.name(character, 'no name')})"
