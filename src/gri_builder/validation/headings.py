"""Headings: the anchors that links lead to, and the disclosures that sections cover."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from gri_builder.limits.limits import TITLE_CHARACTERS
from gri_builder.model.facts import Series
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.rich_text import Directive, Heading, find_anchor, plain_text
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import Node, SourceFile
from gri_builder.validation.disclosure_ids import DisclosureIds, UnknownId, unknown_part
from gri_builder.validation.texts import Text
from gri_builder.validation.unresolved_references import Reference, first_places


class Headings(Struct, frozen=True):
    """What links can lead to, and which disclosures sections cover."""

    anchors: Mapping[str, Location]
    """First place of each anchor of a heading, a figure or a table."""
    numbered: frozenset[str]
    """Anchors of figures and tables, which have a number."""
    covered: frozenset[str]
    """Ids of the disclosures that sections cover."""
    unknown_ids: tuple[UnknownId, ...]
    """Ids in 'covers' that identify no disclosure."""
    assumed: tuple[Reference, ...]
    """Disclosures that are probably covered, on a line with an error."""


TITLES = frozenset({"title", "subtitle", "name", "short_name", "topic", "kind"})
"""Keys of report.yaml whose values are titles or names."""


class _Heading(NamedTuple):
    heading: Heading
    where: Location
    is_chapter: bool


class _Cover(NamedTuple):
    """One entry of a heading's 'covers': a disclosure, with the letters that are covered, if not all."""

    id: str
    letters: tuple[str, ...]
    where: Location
    is_chapter: bool


def read_headings(
    texts: Sequence[Text], ids: DisclosureIds, malformed: Sequence[Location], files: Mapping[str, SourceFile]
) -> tuple[Headings, tuple[Finding, ...]]:
    """Return the anchors and covered disclosures of all texts, and what is wrong with them.

    `malformed` are the places of Markdown findings: the disclosures named on their lines count as covered.
    """
    headings = list(_list_headings(texts))
    anchors, numbered = _list_anchors(texts, files)
    unopened = _check_braces(headings, malformed, files)
    covers = _list_covers(headings, files)
    in_chapters = [cover for cover in covers if cover.is_chapter]
    letter_findings = {cover: _check_letters(cover, ids) for cover in in_chapters}
    lines = _one_for_each_line((*(finding.where for finding in unopened), *malformed))
    assumed = (Reference(cover.id, cover.where) for cover, found in letter_findings.items() if found)
    read = Headings(
        anchors=first_places(anchors),
        numbered=numbered,
        covered=frozenset(cover.id for cover in in_chapters if ids.find(cover.id)),
        unknown_ids=tuple(UnknownId(cover.id, cover.where) for cover in in_chapters if not ids.find(cover.id)),
        assumed=(*assumed, *(reference for where in lines for reference in _ids_on_line(where, ids))),
    )
    misplaced = (_misplaced(cover.where) for cover in covers if not cover.is_chapter)
    unknown_letters = (finding for found in letter_findings.values() for finding in found)
    return read, (*unopened, *_check_anchors(anchors, ids), *unknown_letters, *misplaced)


def _list_headings(texts: Iterable[Text]) -> Iterator[_Heading]:
    for text in texts:
        for block in text.blocks:
            if isinstance(block, Heading) and block.where:
                yield _Heading(block, block.where, text.is_chapter)


def _list_anchors(
    texts: Iterable[Text], files: Mapping[str, SourceFile]
) -> tuple[tuple[Reference, ...], frozenset[str]]:
    """Return all anchors with their places, and those of figures and tables, which have a number."""
    locator = SourceLocator(files)
    blocks = [block for text in texts for block in text.blocks]
    named = [(block, name) for block in blocks if block.where and (name := find_anchor(block))]
    anchors = tuple(Reference(name, locator.find(f"#{name}", block.where)) for block, name in named if block.where)
    return anchors, frozenset(name for block, name in named if not isinstance(block, Heading))


def _check_anchors(anchors: Iterable[Reference], ids: DisclosureIds) -> Iterator[Finding]:
    """Yield a finding for each anchor that is used twice, or that belongs to a disclosure."""
    first: dict[str, Location] = {}
    for name, where in ((anchor.name, anchor.where) for anchor in anchors):
        if name in first:
            message = f"the anchor '#{name}' is already used in {first[name].file}:{first[name].line}"
            yield error("duplicate-anchor", message, where, "give one of the two another name")
        elif ids.find(name):
            hint = f'write covers="{name}" where a section covers it, or choose another name'
            yield error("duplicate-anchor", f"'#{name}' is the anchor of the disclosure itself", where, hint)
        first.setdefault(name, where)


def _check_braces(
    headings: Iterable[_Heading], malformed: Iterable[Location], files: Mapping[str, SourceFile]
) -> list[Finding]:
    """Return a finding for each heading whose attributes are printed, as their braces are never opened."""
    locator = SourceLocator(files)
    reported = {(where.file, where.line) for where in malformed}
    hint = 'write a brace before the attributes: ## Title {#anchor covers="…"}'
    return [
        error(
            "heading-attribute",
            "the attributes of the heading have no opening brace",
            locator.find("covers=", where),
            hint,
        )
        for heading, where, _ in headings
        if "covers=" in plain_text(heading.runs) and (where.file, where.line) not in reported
    ]


def _one_for_each_line(places: Iterable[Location]) -> tuple[Location, ...]:
    """Return the first of the places on each line."""
    first: dict[tuple[str, int | None], Location] = {}
    for where in places:
        first.setdefault((where.file, where.line), where)
    return tuple(first.values())


def _ids_on_line(where: Location, ids: DisclosureIds) -> Iterator[Reference]:
    """Yield the disclosures that are named on a line with an error, as the line probably covers them."""
    for word in re.findall(r"[\w@-]+(?::[\w.-]+)?", where.excerpt or ""):
        if ids.find(word):
            yield Reference(word, where)


def _list_covers(headings: Iterable[_Heading], files: Mapping[str, SourceFile]) -> list[_Cover]:
    locator = SourceLocator(files)
    covers: list[_Cover] = []
    for heading, where, is_chapter in headings:
        for cover in heading.covers:
            id, _, letters = cover.partition("/")
            covers.append(_Cover(id, tuple(filter(None, letters.split(","))), locator.find(cover, where), is_chapter))
    return covers


def _check_letters(cover: _Cover, ids: DisclosureIds) -> list[Finding]:
    """Return a finding for each letter that the disclosure does not have."""
    disclosure = ids.find(cover.id)
    if disclosure is None:
        return []
    return [unknown_part(letter, cover.where, disclosure) for letter in cover.letters if letter not in disclosure.parts]


def _misplaced(where: Location) -> Finding:
    hint = "an answer covers only its disclosure; move the section to a chapter"
    return error("misplaced-directive", "'covers' is not allowed in an answer", where, hint)


def check_lengths(texts: Iterable[Text], nodes: Iterable[Node], series: Iterable[Series]) -> Iterator[Finding]:
    """Yield a finding for each title or name that is longer than a title can be: one of a page can't be set.

    `nodes` are the contents of YAML files, whose titles are found by their keys.
    """
    titled = [(one.title, one.where) for one in series]
    for text in texts:
        for block in text.blocks:
            if isinstance(block, Heading) and block.where:
                titled.append((plain_text(block.runs), block.where))
            elif isinstance(block, Directive):
                titled.append((" ".join((*block.arguments[:1], block.options.get("title", ""))), block.where))
    titled += [(node.text, node.where) for root in nodes for node in _titles_in(root)]
    for title, where in titled:
        if len(title) > TITLE_CHARACTERS.most:
            message = f"the title '{shorten(title)}' has {len(title):,} characters, more than {TITLE_CHARACTERS.most:,}"
            hint = f"shorten it, and write the rest as text; or {TITLE_CHARACTERS.hint}"
            yield error("title-too-long", message, where, hint)


def _titles_in(node: Node) -> Iterator[Node]:
    for key, entry in node.entries.items():
        if key in TITLES and not entry.value.entries and not entry.value.items:
            yield entry.value
        yield from _titles_in(entry.value)
    for item in node.items:
        yield from _titles_in(item)
