"""Frameworks in the language of a report: titles, what letters ask for, and choices, some of them the report's own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec.structs import replace

from gri_builder.model.framework import Disclosure, Framework, Group
from gri_builder.resources.messages import DEFAULT_LANGUAGE
from gri_builder.resources.translations import load_translation

Texts = Mapping[str, str]
"""Titles by the keys of `list_titles`; choices by their English text."""
FOUNDATION = "foundation"
"""Key of the title of the Standard that says how to use the others."""
_NOTHING: Texts = MappingProxyType({})


def translate_framework(
    framework: Framework, language: str, titles: Texts = _NOTHING, choices: Texts = _NOTHING
) -> Framework:
    """Return the framework in a language (BCP 47), with a report's own titles and choices.

    Titles that are not translated stay English. What letters ask for is left out then, as it would stay in the text.
    """
    known = load_translation(framework.id, language)
    is_english = language.split("-")[0].lower() == DEFAULT_LANGUAGE
    if is_english and not titles and not choices:
        return framework
    titles, requirements = {**known.titles, **titles}, {**known.requirements, **titles}
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
        title=titles.get(framework.id, framework.title),
        foundation=titles.get(FOUNDATION, framework.foundation),
        sectors={id: replace(each, standard=titles.get(id, each.standard)) for id, each in framework.sectors.items()},
        aspects=aspects,
        disclosures=disclosures,
        sections=sections,
        categories=categories,
        choices={**known.choices, **choices},
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
