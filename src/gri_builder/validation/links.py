"""Links inside the report: each leads to an anchor or a disclosure that is printed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.suggestions import find_nearest
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import SourceFile
from gri_builder.validation.disclosure_ids import DisclosureIds
from gri_builder.validation.headings import Headings
from gri_builder.validation.texts import Text, runs_of
from gri_builder.validation.unresolved_references import Reference, UnresolvedReferences

MAX_WORDS = 1000
"""Words on lines with an error that are searched for the name of a target."""


class _Link(NamedTuple):
    text: str
    target: str
    block: Location
    """Place of the block that holds it."""


def check_links(
    texts: Iterable[Text],
    headings: Headings,
    answered: Collection[str],
    ids: DisclosureIds,
    malformed: Sequence[Location],
    files: Mapping[str, SourceFile],
) -> Iterator[Finding]:
    """Yield a finding for each link that leads to nothing.

    `answered` are the ids of the disclosures with an answer. A target whose name is similar to a word on a `malformed`
    line, which has a finding already, is probably defined there.
    """
    links = list(_list_links(texts))
    words = _list_words(malformed)
    locator = SourceLocator(files)
    unresolved: list[Reference] = []
    near: dict[str, bool] = {}
    for link in links:
        target = link.target
        if target in headings.anchors or target in headings.covered or target in answered:
            continue
        where = locator.find(f"#{target}", link.block)
        if target not in near:
            near[target] = find_nearest(target, words) is not None
        if near[target]:
            continue
        if ids.find(target):
            message = f"'#{target}' leads to a disclosure that the report does not answer"
            hint = "answer it in disclosures/, cover it in a chapter, or remove the link"
            yield error("unknown-anchor", message, where, hint)
        else:
            unresolved.append(Reference(target, where))
    used = {link.target for link in links}
    hint = "give the heading an anchor after its title: ## Title {#anchor}"
    yield from UnresolvedReferences(
        "unknown-anchor", "anchor", tuple(unresolved), used, headings.anchors, hint
    ).report()


def check_link_numbers(texts: Iterable[Text], headings: Headings, files: Mapping[str, SourceFile]) -> Iterator[Finding]:
    """Yield a finding for each link that prints the number of a heading; only figures and tables have numbers."""
    locator = SourceLocator(files)
    for link in _list_links(texts):
        if "{number}" in link.text and link.target in headings.anchors and link.target not in headings.numbered:
            hint = "write {title} or {page}; figures and tables have numbers"
            message = f"the target of '#{link.target}' has no number"
            yield error("no-number", message, locator.find("{number}", link.block), hint)


def _list_words(places: Iterable[Location]) -> tuple[str, ...]:
    """Return the words on the lines of some places, the first MAX_WORDS of them."""
    lines = dict.fromkeys(where.excerpt or "" for where in places)
    words = dict.fromkeys(word for line in lines for word in re.split(r'[\s{}"#]+', line) if word)
    return tuple(words)[:MAX_WORDS]


def _list_links(texts: Iterable[Text]) -> Iterator[_Link]:
    for text in texts:
        for block in text.blocks:
            for run in runs_of(block) if block.where else ():
                if block.where and run.link and run.link.startswith("#"):
                    yield _Link(run.text, run.link[1:], block.where)
