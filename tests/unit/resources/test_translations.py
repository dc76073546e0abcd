"""Translations of all frameworks: they name what exists, leave nothing out, and agree with each other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gri_builder.resources.frameworks import framework_ids, frameworks_folder, load_framework
from gri_builder.resources.localized_frameworks import translate_framework
from gri_builder.resources.messages import clean_message
from gri_builder.validation.own_words import list_choices, list_titles

FILES = sorted(frameworks_folder().glob("*/translations/*.json"))
PLACES = [f"{file.parents[1].name}/{file.stem}" for file in FILES]
OPTIONS = {"Core", "Comprehensive"}
"""Names of options, which are choices of a disclosure too; they are the same in each language."""
UNTRANSLATED_SECTORS = {"gri-g4"}
"""Frameworks of which the titles that sectors add are in English only."""


def read(file: Path) -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
    return data


def list_asked(framework: str) -> set[str]:
    """Return the codes and ids of which a translation needs a title."""
    known = load_framework(framework)
    titles = {id for id in list_titles(known) if "/" not in id}
    if framework not in UNTRANSLATED_SECTORS:
        return titles
    added = {code for sector in known.sectors.values() for code in (*sector.disclosures, *sector.aspects)}
    return titles - added


def test_the_standards_have_translations() -> None:
    translated = {language for framework, _, language in (place.partition("/") for place in PLACES)}
    assert {"nl", "pl", "sv", "ja", "zh"} <= translated
    for framework in framework_ids():
        assert {f"{framework}/{language}" for language in ("nl", "pl", "sv", "ja", "zh")} <= set(PLACES)


@pytest.mark.parametrize("file", FILES, ids=PLACES)
def test_each_disclosure_topic_section_and_choice_has_a_text(file: Path) -> None:
    framework, data = load_framework(file.parents[1].name), read(file)
    assert set(data) <= {"evidence", "titles", "requirements", "choices"}
    assert list_asked(framework.id) - set(data["titles"]) == set()
    assert set(data["titles"]) - {id for id in list_titles(framework) if "/" not in id} == set()
    assert set(data.get("requirements", ())) <= {id for id in list_titles(framework) if "/" in id}
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
    """A sector may list what another sector has, too; a word such as 'Transport' is the same in some languages."""
    framework, titles = load_framework(file.parents[1].name), read(file)["titles"]
    english = list_titles(framework)
    same = [id for id, title in titles.items() if title == english[id]]
    assert [id for id in same if " " in english[id]] == []
    own = [code for code, disclosure in framework.disclosures.items() if not disclosure.sector and code in titles]
    assert len({titles[code] for code in own}) == len(own)


@pytest.mark.parametrize("file", FILES, ids=PLACES)
def test_frameworks_use_one_title_for_one_thing(file: Path) -> None:
    """What has the same English name in two frameworks has the same one in another language."""
    framework, titles = load_framework(file.parents[1].name), read(file)["titles"]
    english = list_titles(framework)
    for other in framework_ids():
        beside = frameworks_folder() / other / "translations" / file.name
        if not beside.is_file():
            continue
        names, known = list_titles(load_framework(other)), read(beside)["titles"]
        shared = [id for id in titles if id in known and names[id].casefold() == english[id].casefold()]
        assert [(id, titles[id], known[id]) for id in shared if titles[id] != known[id]] == []


@pytest.mark.parametrize("file", [each for each in FILES if each.parents[1].name == "gri-2021"], ids=lambda f: f.stem)
def test_topics_of_sectors_have_the_names_of_the_topics(file: Path) -> None:
    """'Biodiversity' is one name, as a topic of the Topic Standards and of several Sector Standards."""
    framework = load_framework("gri-2021")
    translated = translate_framework(framework, file.stem)
    names: dict[str, set[str]] = {}
    for id, aspect in framework.aspects.items():
        names.setdefault(aspect.display_name.casefold(), set()).add(translated.aspects[id].display_name)
    assert {name: found for name, found in names.items() if len(found) > 1} == {}
