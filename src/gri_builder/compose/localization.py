"""The words of a report: the program's in the report's language, replaced by those that the report brings."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from gri_builder.model.framework import Disclosure, Framework, Group
from gri_builder.model.report import Report
from gri_builder.resources.messages import DEFAULT_LANGUAGE, complete_messages
from gri_builder.resources.translations import load_translation

Texts = Mapping[str, str]


def report_words(report: Report) -> Mapping[str, str]:
    """Return the fixed texts that a report prints, by key."""
    return complete_messages(report.language, report.words)


def translate_framework(framework: Framework, report: Report) -> Framework:
    """Return the framework in the words of a report: titles, what its letters ask for, choices.

    Titles that are not translated stay English. What letters ask for is left out then, as it would stay in the text.
    """
    known = load_translation(framework.id, report.language)
    titles = {**known.titles, **report.titles}
    is_english = report.language.split("-")[0].lower() == DEFAULT_LANGUAGE
    if is_english and not titles and not report.choices:
        return framework
    requirements = {**known.requirements, **report.titles}
    disclosures = {
        code: _translate(disclosure, titles, requirements, is_english)
        for code, disclosure in framework.disclosures.items()
    }
    aspects = {
        id: replace(aspect, name=titles[id], display_name=titles[id]) if id in titles else aspect
        for id, aspect in framework.aspects.items()
    }
    sections, categories = (_rename(groups, titles) for groups in (framework.sections, framework.categories))
    return replace(
        framework,
        aspects=aspects,
        disclosures=disclosures,
        sections=sections,
        categories=categories,
        choices={**known.choices, **report.choices},
    )


def _translate(disclosure: Disclosure, titles: Texts, requirements: Texts, is_english: bool) -> Disclosure:
    """Return a disclosure with its title and what its letters ask for."""
    code = disclosure.code
    asked = tuple(
        replace(each, summary=requirements.get(f"{code}/{each.part}", each.summary if is_english else ""))
        for each in disclosure.requirements
    )
    return replace(disclosure, title=titles.get(code, disclosure.title), requirements=asked)


def _rename(groups: tuple[Group, ...], titles: Texts) -> tuple[Group, ...]:
    return tuple(
        replace(group, name=titles.get(group.id, group.name), parts=_rename(group.parts, titles)) for group in groups
    )
