"""Translations of all frameworks: they name what exists, leave nothing out, and agree with each other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gri_builder.model.framework import Framework
from gri_builder.resources.frameworks import frameworks_folder, load_framework
from gri_builder.resources.localized_frameworks import translate_framework
from gri_builder.resources.messages import clean_message
from gri_builder.validation.own_words import list_choices

FILES = sorted(frameworks_folder().glob("*/translations/*.json"))
PLACES = [f"{file.parents[1].name}/{file.stem}" for file in FILES]
OPTIONS = {"Core", "Comprehensive"}
"""Names of options, which are choices of a disclosure too; they are the same in each language."""
UNTRANSLATED_SECTORS = {"gri-g4"}
"""Frameworks of which the titles that sectors add are in English only."""


def read(file: Path) -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
    return data


def list_english(framework: Framework) -> dict[str, str]:
    """Return the English titles of disclosures by code, and of topics, sections and Categories by id."""
    titles = {
        part.id: part.name for group in (*framework.sections, *framework.categories) for part in (group, *group.parts)
    }
    titles |= {id: aspect.display_name or aspect.name for id, aspect in framework.aspects.items()}
    return titles | {code: disclosure.title for code, disclosure in framework.disclosures.items()}


def list_asked(framework: Framework) -> set[str]:
    """Return the codes and ids of which a translation needs titles."""
    added = {code for sector in framework.sectors.values() for code in (*sector.disclosures, *sector.aspects)}
    return set(list_english(framework)) - (added if framework.id in UNTRANSLATED_SECTORS else set())


def list_languages(framework: str) -> set[str]:
    return {file.stem for file in FILES if file.parents[1].name == framework}


def test_the_standards_have_translations() -> None:
    assert list_languages("gri-2016") == list_languages("gri-2021") >= {"nl", "pl", "sv", "ja", "zh"}
    assert list_languages("gri-2021") <= list_languages("gri-g4")


@pytest.mark.parametrize("file", FILES, ids=PLACES)
def test_each_disclosure_topic_section_and_choice_has_a_text(file: Path) -> None:
    framework, data = load_framework(file.parents[1].name), read(file)
    assert set(data) <= {"evidence", "titles", "requirements", "choices"}
    assert list_asked(framework) - set(data["titles"]) == set()
    named = {framework.id, "foundation", *framework.sectors}
    assert set(data["titles"]) - {*list_english(framework), *named} == set()
    letters = {f"{code}/{each.part}" for code, known in framework.disclosures.items() for each in known.requirements}
    assert set(data.get("requirements", ())) <= letters
    choices = set(list_choices(framework))
    assert choices - OPTIONS <= set(data["choices"]) <= choices


@pytest.mark.parametrize("file", FILES, ids=PLACES)
def test_texts_are_clean_and_say_that_no_native_speaker_has_read_them(file: Path) -> None:
    data = read(file)
    texts = [text for part in ("titles", "choices") for text in data[part].values()]
    assert [text for text in texts if clean_message(text) != text or not text] == []
    assert "own translation" in data["evidence"]
    assert "requirements" in data or "no native speaker" in data["evidence"]


@pytest.mark.parametrize("file", FILES, ids=PLACES)
def test_titles_are_translated_and_those_of_disclosures_differ(file: Path) -> None:
    """Editions of a Standard, and sectors, may ask for the same; 'Transport' is the same word in some languages."""
    framework, titles = load_framework(file.parents[1].name), read(file)["titles"]
    english = list_english(framework)
    same = [id for id, title in titles.items() if title == english.get(id)]
    assert [id for id in same if " " in english[id]] == []
    own = [each for each in framework.disclosures.values() if not each.sector and each.code in titles]
    assert len({(each.edition, titles[each.code]) for each in own}) == len(own)


@pytest.mark.parametrize("language", sorted(list_languages("gri-2016") & list_languages("gri-2021")))
def test_the_standards_of_2016_and_2021_share_titles(language: str) -> None:
    """What has the same English title in both has one title in another language, too."""
    files = [frameworks_folder() / id / "translations" / f"{language}.json" for id in ("gri-2016", "gri-2021")]
    (earlier, first), (later, second) = (
        (list_english(load_framework(file.parents[1].name)), read(file)["titles"]) for file in files
    )
    shared = [id for id in earlier if later.get(id) == earlier[id]]
    assert len(shared) > 100
    assert [(id, first[id], second[id]) for id in shared if first[id] != second[id]] == []


@pytest.mark.parametrize("file", [each for each in FILES if each.parents[1].name == "gri-2021"], ids=lambda f: f.stem)
def test_topics_of_sectors_have_the_names_of_the_topics(file: Path) -> None:
    """'Biodiversity' is one name, as a topic of the Topic Standards and of several Sector Standards."""
    framework = load_framework("gri-2021")
    translated = translate_framework(framework, file.stem)
    names: dict[str, set[str]] = {}
    for id, aspect in framework.aspects.items():
        names.setdefault(aspect.display_name.casefold(), set()).add(translated.aspects[id].display_name)
    assert {name: found for name, found in names.items() if len(found) > 1} == {}
