"""The words of a report: the program's in the report's language, replaced by those that the report brings."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from gri_builder.model.framework import Framework, Group
from gri_builder.model.report import Report
from gri_builder.resources.messages import complete_messages

Titles = Mapping[str, str]


def report_words(report: Report) -> Mapping[str, str]:
    """Return the fixed texts that a report prints, by key."""
    return complete_messages(report.language, report.words)


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
