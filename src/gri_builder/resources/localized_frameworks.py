"""Frameworks in the words of a report: titles that it gives to disclosures, Aspects, sections and categories."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from gri_builder.model.framework import Framework, Group

Titles = Mapping[str, str]
"""Titles by code of a disclosure, or by id of an Aspect, a section or a category."""


def translate_framework(framework: Framework, titles: Titles) -> Framework:
    """Return the framework with other titles of disclosures by code, and of Aspects, sections and categories by id."""
    if not titles:
        return framework
    aspects = {
        id: replace(aspect, name=titles[id], display_name=titles[id]) if id in titles else aspect
        for id, aspect in framework.aspects.items()
    }
    disclosures = {
        code: replace(disclosure, title=titles[code]) if code in titles else disclosure
        for code, disclosure in framework.disclosures.items()
    }
    sections, categories = (_rename(groups, titles) for groups in (framework.sections, framework.categories))
    return replace(framework, aspects=aspects, disclosures=disclosures, sections=sections, categories=categories)


def _rename(groups: tuple[Group, ...], titles: Titles) -> tuple[Group, ...]:
    return tuple(
        replace(group, name=titles.get(group.id, group.name), parts=_rename(group.parts, titles)) for group in groups
    )
