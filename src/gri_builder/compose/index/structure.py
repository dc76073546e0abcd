"""What the content index lists: its topics, and what its rows link to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

from msgspec import Struct

from gri_builder.compose.answers import list_external_references
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.outline import Branch, Topic, outline_general, outline_specific
from gri_builder.model.claim import Claim
from gri_builder.model.framework import CrossReferenceColumn, Disclosure
from gri_builder.model.omission_notes import OmissionNote, find_section, number_omissions

SECTOR_REFERENCE = "sector-reference"
"""Column with the numbers by which a Sector Standard lists the disclosures."""


class ContentIndex(Struct, frozen=True, dict=True):
    """The content of the index."""

    context: ComposeContext
    topics: tuple[Topic, ...]
    """Sections of the General Standard Disclosures."""
    branches: tuple[Branch, ...]
    """Categories and sub-Categories with their Aspects."""
    covered: frozenset[str]
    """Ids that the chapters cover."""
    statement: str | None
    """Anchor of the assurance statement, if the report has one."""

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Its rows in printed order, by disclosure id; page numbers are not known yet."""
        return {id: _make_claim(self.context, topic, id) for topic in self._topics for id in topic.ids}

    @cached_property
    def notes(self) -> tuple[OmissionNote, ...]:
        """What is omitted, numbered in the order of the rows."""
        claims = self.claims.values()
        framework = self.context.framework
        option = framework.options.get(self.context.report.option or "")
        if option and option.explains_in_rows:
            return ()
        return number_omissions(
            (find_section(each, framework), each.id, [(one.parts, one) for one in each.omissions]) for each in claims
        )

    @property
    def further(self) -> tuple[str, ...]:
        """Ids of the columns behind those of the option."""
        first = next(iter(self.claims.values()), None)
        return tuple(name for name, _ in first.linkage) if first else ()

    @property
    def _topics(self) -> Iterator[Topic]:
        yield from self.topics
        for branch in self.branches:
            yield from branch.topics


def make_content_index(
    context: ComposeContext, ids: Collection[str], covered: frozenset[str], statement: str | None
) -> ContentIndex:
    """Return the index of those disclosures, in the framework's order."""
    return ContentIndex(context, outline_general(context, ids), outline_specific(context, ids), covered, statement)


def list_linkages(context: ComposeContext) -> tuple[CrossReferenceColumn, ...]:
    """Return the cross-reference columns that the report asks for."""
    known = context.framework.linkages
    return tuple(known[id] for id in context.report.index_columns if id in known)


def _make_claim(context: ComposeContext, topic: Topic, id: str) -> Claim:
    disclosure, answer = context.disclosure(id), context.report.answers.get(id)
    return Claim(
        id,
        disclosure.code,
        disclosure.title,
        topic.name,
        topic.aspect.id if topic.aspect else None,
        references=list_external_references(answer) if answer else (),
        omissions=answer.omissions if answer else (),
        assured=bool(answer and answer.assured),
        linkage=(
            *((each.id, _list_principles(each, disclosure, topic)) for each in list_linkages(context)),
            *_sector_references(context, disclosure, topic),
        ),
    )


def _sector_references(context: ComposeContext, disclosure: Disclosure, topic: Topic) -> Iterator[tuple[str, str]]:
    """Yield the numbers by which the Sector Standard lists a disclosure for the material topics, if it lists any."""
    sector = context.framework.sectors.get(context.report.sector or "")
    if sector is None or not sector.references:
        return
    material = {each.aspect for each in context.report.aspects}
    own = {topic.aspect.id} if topic.aspect and disclosure.code in context.framework.management_approaches else material
    found = (
        each.reference for each in sector.references if each.code == disclosure.code and each.topic in own & material
    )
    yield SECTOR_REFERENCE, ", ".join(found)


def _list_principles(linkage: CrossReferenceColumn, disclosure: Disclosure, topic: Topic) -> str:
    aspect = linkage.links.get(topic.aspect.id, ()) if topic.aspect else ()
    return ", ".join(dict.fromkeys([*linkage.links.get(disclosure.code, ()), *aspect]))
