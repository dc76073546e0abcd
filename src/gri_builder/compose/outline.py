"""Outline: sections, Categories and Aspects in the framework's order, for the disclosures to be printed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from gri_builder.compose.context import ComposeContext
from gri_builder.model.framework import Aspect, Disclosure, Group, disclosure_id


class Topic(Struct, frozen=True):
    """A section of the General Standard Disclosures, or an Aspect, with its disclosures in order."""

    name: str
    ids: tuple[str, ...]
    aspect: Aspect | None = None


class Branch(Struct, frozen=True):
    """A Category, or one of its sub-Categories, with its Aspects in order."""

    category: Group
    sub_category: Group | None
    topics: tuple[Topic, ...]


def outline_general(context: ComposeContext, ids: Collection[str]) -> tuple[Topic, ...]:
    """Return the sections of the disclosures; those without a section of the framework come last."""
    known = {section.id: section.name for section in context.framework.sections}
    general = [one for one in context.framework.disclosures.values() if one.kind == "general" and one.code in ids]
    topics = [Topic(name, _codes(one for one in general if one.section == id)) for id, name in known.items()]
    others = Topic(context.translate("sector-general"), _codes(one for one in general if one.section not in known))
    return tuple(topic for topic in [*topics, others] if topic.ids)


def outline_specific(
    context: ComposeContext, ids: Collection[str], aspects: Collection[str] = ()
) -> tuple[Branch, ...]:
    """Return Categories and sub-Categories with the Aspects of the disclosures, and the given Aspects."""
    homes = _find_homes(context)
    topics = [_topic(context, aspect, ids, homes) for aspect in context.framework.aspects.values()]
    kept = [topic for topic in topics if topic.ids or (topic.aspect and topic.aspect.id in aspects)]
    branches = [
        Branch(category, part, tuple(topic for topic in kept if _belongs(topic.aspect, category, part)))
        for category in context.framework.categories
        for part in (None, *category.parts)
    ]
    return tuple(branch for branch in branches if branch.topics)


def _find_homes(context: ComposeContext) -> dict[str, str]:
    """Return the topic of the sector that lists a disclosure, by its code, where its own topic is not material."""
    sector = context.framework.sectors.get(context.report.sector or "")
    material = {each.aspect for each in context.report.aspects}
    homes: dict[str, str] = {}
    for each in sector.references if sector else ():
        disclosure = context.framework.disclosures[each.code]
        if each.topic in material and disclosure.aspect not in material:
            homes.setdefault(each.code, each.topic)
    return homes


def _topic(context: ComposeContext, aspect: Aspect, ids: Collection[str], homes: Mapping[str, str]) -> Topic:
    """Return an Aspect with its disclosures: management approach first, then Indicators, then the sector's."""
    approaches = [disclosure_id(code, aspect.id) for code in context.framework.management_approaches]
    codes = _codes(
        one for one in context.framework.disclosures.values() if homes.get(one.code, one.aspect) == aspect.id
    )
    return Topic(aspect.display_name or aspect.name, tuple(id for id in (*approaches, *codes) if id in ids), aspect)


def _belongs(aspect: Aspect | None, category: Group, part: Group | None) -> bool:
    return aspect is not None and aspect.category == category.id and aspect.sub_category == (part.id if part else None)


def _codes(disclosures: Iterable[Disclosure]) -> tuple[str, ...]:
    return tuple(one.code for one in disclosures)
