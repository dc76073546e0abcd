"""The GRI Standards of 2016 as data: complete, dated, and joined by letter to what came before and after."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from gri_builder.model.framework import Framework
from gri_builder.resources.frameworks import frameworks_folder, load_framework

G4, STANDARDS, LATER = map(load_framework, ("gri-g4", "gri-2016", "gri-2021"))


def test_counts() -> None:
    labels = [d.label for d in STANDARDS.disclosures.values()]
    assert [label for label in labels if label.startswith("102-")] == [f"102-{number}" for number in range(1, 57)]
    assert [label for label in labels if label.startswith("103-")] == ["103-1", "103-2", "103-3"]
    assert len(labels) == 160


@pytest.mark.parametrize(
    ("published", "held", "left_out"),
    [
        ("2020-12-31", "303-1@2016", "303-1@2018"),
        ("2021-01-01", "303-1@2018", "303-1@2016"),
        ("2021-12-31", "306-2@2016", "306-2@2020"),
        ("2022-01-01", "306-2@2020", "306-2@2016"),
        ("2022-12-31", "102-1@2016", "403-1@2016"),
        ("2023-01-01", "102-1@2016", "403-1@2016"),
        ("2017-01-01", "303-1@2016", "303-1@2018"),
    ],
)
def test_the_day_of_publication_decides_what_is_in_force(published: str, held: str, left_out: str) -> None:
    codes = {d.code for d in STANDARDS.disclosures_in_force(date.fromisoformat(published))}
    assert held in codes
    assert left_out not in codes


def test_what_both_frameworks_hold_is_the_same() -> None:
    for code in STANDARDS.disclosures.keys() & LATER.disclosures.keys():
        assert STANDARDS.disclosures[code].requirements == LATER.disclosures[code].requirements


def test_schemas_are_sound() -> None:
    for disclosure in STANDARDS.disclosures.values():
        Draft202012Validator.check_schema(disclosure.schema)
        assert disclosure.sources
        assert set(disclosure.sources) <= STANDARDS.sources.keys()


@pytest.mark.parametrize(("before", "after"), [(G4, STANDARDS), (STANDARDS, LATER)], ids=["to 2016", "to 2021"])
def test_every_disclosure_and_letter_is_joined_to_known_ones(before: Framework, after: Framework) -> None:
    rows = successions(before, after)
    assert sorted(rows) == sorted(d.code for d in before.disclosures.values() if not d.sector)
    for code, row in rows.items():
        named = {*row["to"], *row["in_part"]}
        for letter in row["letters"]:
            assert letter["from"] in before.disclosures[code].parts
            for target in letter["to"]:
                of, _, part = target.rpartition("/")
                assert target in named if of in after.options else of in named and part in after.disclosures[of].parts


def successions(before: Framework, after: Framework) -> Mapping[str, dict[str, Any]]:
    file = frameworks_folder() / after.id / "predecessors" / f"{before.id}.json"
    return {row["from"]: row for row in json.loads(file.read_text(encoding="utf-8"))["disclosures"]}
