"""Titles and choices of the frameworks in other languages: whole, of known things, and the same in all editions."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from gri_builder.model.framework import Disclosure, Framework
from gri_builder.resources.frameworks import framework_ids, frameworks_folder, load_framework
from gri_builder.resources.localized_frameworks import FOUNDATION, translate_framework
from gri_builder.resources.messages import clean_message
from gri_builder.validation.own_words import list_choices, list_titles

FILES = sorted(frameworks_folder().glob("*/translations/*.json"))
KEPT = ("Core", "Comprehensive")
"""Names of options, which may stay English where a choice names them."""
STANDARDS = ("gri-2016", "gri-2021")
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parents[1].name}-{file.stem}")


def read(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return data


def framework_of(file: Path) -> Framework:
    return load_framework(file.parents[1].name)


def names(framework: Framework) -> set[str]:
    """Return the keys of what the index names beside disclosures and topics, that have names in other languages."""
    standards = {id for id, sector in framework.sectors.items() if sector.standard}
    return {framework.id, *([FOUNDATION] if framework.foundation else ()), *standards}


def needed(framework: Framework) -> set[str]:
    """Return the keys of the titles that each translation has: not those of G4's sector supplements."""
    known = {id for id in list_titles(framework) if "/" not in id} - names(framework)
    if framework.id in STANDARDS:
        return known
    return known - {each for sector in framework.sectors.values() for each in (*sector.disclosures, *sector.aspects)}


def in_force_together(one: Disclosure, other: Disclosure) -> bool:
    """Return whether a report may have both."""
    later = max(one.in_force_from or date.min, other.in_force_from or date.min)
    return later <= min(one.in_force_until or date.max, other.in_force_until or date.max)


@each_file
def test_titles_are_whole_and_of_known_things(file: Path) -> None:
    framework, data = framework_of(file), read(file)
    assert needed(framework) - {*data["titles"]} == set()
    assert {*data["titles"]} - {id for id in list_titles(framework) if "/" not in id} == set()
    assert {*data.get("requirements", ())} <= {id for id in list_titles(framework) if "/" in id}
    choices = {*list_choices(framework)}
    assert choices - {*KEPT} <= {*data["choices"]} <= choices
    texts = [*data["titles"].values(), *data["choices"].values(), *data.get("requirements", {}).values()]
    assert [text for text in texts if not text or "  " in text or clean_message(text) != text] == []
    assert file.stem != "fr" or [text for text in texts if " :" in text] == []


@each_file
def test_files_say_who_wrote_them(file: Path) -> None:
    data = read(file)
    assert {*data} - {"requirements"} == {"evidence", "titles", "choices"}
    assert "this project's own translation" in data["evidence"]
    assert ("requirements" in data) or ("no native speaker" in data["evidence"])


@each_file
def test_no_title_of_several_words_stays_english(file: Path) -> None:
    """'Transport' is the same word in some languages."""
    english = list_titles(framework_of(file))
    titles = read(file)["titles"]
    assert [id for id, title in titles.items() if title == english.get(id) and " " in title] == []


@each_file
def test_no_two_disclosures_of_a_report_have_the_same_title(file: Path) -> None:
    """Those of sectors may: only one sector's are in a report."""
    framework, titles = framework_of(file), read(file)["titles"]
    own = [each for each in framework.disclosures.values() if not each.sector]
    pairs = [(one, other) for one, other in combinations(own, 2) if titles[one.code] == titles[other.code]]
    assert [(one.code, other.code) for one, other in pairs if in_force_together(one, other)] == []


def test_the_standards_have_the_same_languages() -> None:
    languages = [{file.stem for file in FILES if file.parents[1].name == id} for id in (*STANDARDS, "gri-g4")]
    assert languages[0] == languages[1] == languages[2] != set()


@pytest.mark.parametrize("language", sorted({file.stem for file in FILES if file.parents[1].name in STANDARDS}))
def test_what_both_editions_share_has_one_title(language: str) -> None:
    english = [list_titles(load_framework(id)) for id in STANDARDS]
    titles, choices = (
        [read(frameworks_folder() / id / "translations" / f"{language}.json")[part] for id in STANDARDS]
        for part in ("titles", "choices")
    )
    shared = [id for id in titles[0] if id in titles[1] and english[0][id] == english[1][id]]
    assert len(shared) > 100
    assert [id for id in shared if titles[0][id] != titles[1][id]] == []
    assert {text: choices[0][text] for text in choices[1]} == choices[1]


@pytest.mark.parametrize("id", STANDARDS)
@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "it", "nl", "pl", "sv", "ja", "zh"])
def test_the_index_names_standards_in_the_language(id: str, language: str) -> None:
    framework = load_framework(id)
    assert names(framework) <= {*read(frameworks_folder() / id / "translations" / f"{language}.json")["titles"]}
    translated = translate_framework(framework, language)
    assert translated.foundation != framework.foundation
    assert re.split(r"\s?[:：]", translated.foundation)[0] == framework.foundation.partition(":")[0]
    assert translated.title != framework.title
    for sector, own in framework.sectors.items():
        name = translated.sectors[sector].standard
        assert name != own.standard
        assert re.findall(r"\d+", name) == re.findall(r"\d+", own.standard)


@pytest.mark.parametrize("file", [each for each in FILES if each.parents[1].name == "gri-2021"], ids=lambda f: f.stem)
def test_topics_of_sectors_have_the_names_of_the_topics(file: Path) -> None:
    """'Biodiversity' is one name, as a topic of the Topic Standards and of several Sector Standards."""
    framework = framework_of(file)
    translated = translate_framework(framework, file.stem)
    found: dict[str, set[str]] = {}
    for id, aspect in framework.aspects.items():
        found.setdefault(aspect.display_name.casefold(), set()).add(translated.aspects[id].display_name)
    assert {name: texts for name, texts in found.items() if len(texts) > 1} == {}


@pytest.mark.parametrize("id", framework_ids())
def test_own_titles_replace_all_that_is_listed(id: str) -> None:
    framework = load_framework(id)
    own = {key: f"own {key}" for key in list_titles(framework)}
    assert list_titles(translate_framework(framework, "de", own)) == own
