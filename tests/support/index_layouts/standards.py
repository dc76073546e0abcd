"""Codes and words of made reports by the Standards."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from tests.support.index_layouts.words import HERE, titles, words

G4, OF_2016, OF_2021 = "gri-g4", "gri-2016", "gri-2021"
TRUTH_NAMES = {G4: "GRI G4", OF_2016: "gri-standards-2016", OF_2021: "gri-standards-2021"}
YEARS = {G4: 2016, OF_2016: 2019, OF_2021: 2022}
"""Years that made reports are about."""
OWN = {OF_2016: ("102",), OF_2021: ("2", "3")}
"""Standards that are about the company as a whole."""
UNIVERSAL = {
    "102": "GRI 102: General Disclosures 2016",
    "103": "GRI 103: Management Approach 2016",
    "2": "GRI 2: General Disclosures 2021",
    "3": "GRI 3: Material Topics 2021",
}


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    lines = (HERE / "standards.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(part.strip() for part in line.split("|")) for line in lines if not line.startswith("#"))


@cache
def full_codes(framework: str) -> Mapping[str, str]:
    """Return the codes of a framework as an index prints them, by the code that their title has in G4."""
    if framework == G4:
        return {code: f"G4-{code}" for code in titles("en")}
    place = 1 if framework == OF_2016 else 2
    return {line[0]: line[place] for line in _lines() if len(line) == 3 and line[place] != "-"}


def order(code: str) -> tuple[int, ...]:
    """Return the place of a code of the Standards among others."""
    return tuple(map(int, code.split("-")))


def topic_of(code: str) -> str:
    """Return the number of the Standard of a code."""
    return code.partition("-")[0]


def is_universal(code: str) -> bool:
    """Return whether a code is of a Standard that is about the company as a whole, and not of the topics' approach."""
    return any(topic_of(code) in own for own in OWN.values()) and code != "3-3"


def standard_name(topic: str) -> str:
    """Return the name of a Standard with its year."""
    names = {line[0]: f"GRI {line[0]}: {line[1]}" for line in _lines() if len(line) == 2}
    return (UNIVERSAL | names)[topic]


@cache
def standard_words(language: str) -> Mapping[str, Any]:
    """Return what reports by the Standards say in a language."""
    found: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "words_standards.yaml").read_text(encoding="utf-8"))
    return found[language]


@cache
def framework_words(language: str, framework: str, option: str) -> dict[str, Any]:
    """Return what reports say in a language; those by the Standards other words in some places."""
    found = words(language) | {"year": YEARS[framework]}
    if framework == G4:
        return found
    own = standard_words(language)
    claim = own["core" if option in found["options"] else option]
    options = {"in-accordance": "", "with-reference": "", **found["options"]}
    heads = found["heads"] | {"code": own["code"], "standard": own["standard"], "sector": own["sector"]}
    return found | {"heads": heads, "title": own["title"], "claim": claim, "groups": own["groups"], "options": options}
