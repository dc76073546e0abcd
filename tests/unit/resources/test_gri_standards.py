"""The GRI Standards of 2021 as data: complete, dated, graded, and joined to what was asked before."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from gri_builder.model.framework import Disclosure
from gri_builder.resources.frameworks import frameworks_folder, load_framework, shared_schemas

STANDARDS = load_framework("gri-2021")
G4 = load_framework("gri-g4")
OWN = [disclosure for disclosure in STANDARDS.disclosures.values() if not disclosure.sector]
REGISTRY: Registry[Any] = Registry().with_resources(
    (uri, Resource.from_contents(schema)) for uri, schema in shared_schemas("gri-2021").items()
)


def of_standard(number: str, edition: str = "") -> list[str]:
    return [d.code for d in OWN if d.label.split("-")[0] == number and d.edition.startswith(edition)]


def successions() -> list[dict[str, Any]]:
    file = frameworks_folder() / "gri-2021" / "predecessors" / "gri-g4.json"
    rows: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["disclosures"]
    return rows


# -- nothing lost


def test_counts() -> None:
    assert len(OWN) == 141
    assert [d.code for d in OWN if d.label.startswith("2-")] == [f"2-{number}" for number in range(1, 31)]
    assert Counter(d.kind for d in OWN) == {"general": 32, "indicator": 108, "management-approach": 1}
    assert Counter(d.evidence["grade"] for d in OWN) == {"A": 43, "B": 98}
    assert sum(len(d.parts) for d in OWN) == 400
    assert sum(len(r.items) for d in OWN for r in d.requirements) == 347


@pytest.mark.parametrize(
    ("published", "count"),
    [
        ("2022-12-31", 118),
        ("2023-01-01", 118),
        ("2025-12-31", 118),
        ("2026-01-01", 122),
        ("2026-12-31", 122),
        ("2027-01-01", 126),
        ("2040-01-01", 126),
    ],
)
def test_the_day_of_publication_decides_what_is_in_force(published: str, count: int) -> None:
    assert len(STANDARDS.disclosures_in_force(date.fromisoformat(published))) == count


@pytest.mark.parametrize(
    ("code", "last", "first"),
    [
        ("304-1", "2025-12-31", None),
        ("101-1@2024", None, "2026-01-01"),
        ("305-5", "2026-12-31", None),
        ("305-6", None, "2018-07-01"),
        ("201-2", "2026-12-31", None),
        ("102-1@2025", None, "2027-01-01"),
        ("103-5@2025", None, "2027-01-01"),
    ],
)
def test_dates(code: str, last: str | None, first: str | None) -> None:
    found = STANDARDS.disclosures[code]
    assert found.in_force_until == (date.fromisoformat(last) if last else None)
    assert found.in_force_from == date.fromisoformat(first or "2018-07-01")


def test_the_framework_before_has_no_dates() -> None:
    assert len(G4.disclosures_in_force(date(1999, 1, 1))) == 150


# -- numbers that were used again


def test_two_disclosures_of_one_number_are_in_force_at_once() -> None:
    both = STANDARDS.find_disclosures("306-3")
    assert [d.code for d in both] == ["306-3@2016", "306-3@2020"]
    assert all(d.in_force(date(2026, 6, 1)) for d in both)
    assert [d.code for d in STANDARDS.find_disclosures("306-3@2020")] == ["306-3@2020"]
    assert STANDARDS.find_disclosures("306-9") == ()


def test_only_numbers_that_were_used_again_have_an_edition() -> None:
    with_edition = {d.label.split("-")[0] for d in OWN if "@" in d.code}
    assert with_edition == {"101", "102", "103", "303", "306", "403"}
    assert all(d.code in (d.label, f"{d.label}@{d.edition}") for d in OWN)


# -- structure


def test_topics_follow_the_standards() -> None:
    topics = [aspect for aspect in STANDARDS.aspects.values() if not aspect.sector]
    assert Counter(topic.category for topic in topics) == {"economic": 7, "environmental": 9, "social": 17}
    assert list(STANDARDS.aspects["energy"].indicators) == of_standard("103") + of_standard("302")


def test_options() -> None:
    accordance, reference = STANDARDS.options.values()
    assert len(accordance.criteria) == 9
    assert len(reference.criteria) == 3
    fixed = {"2-1", "2-2", "2-3", "2-4", "2-5", "3-1", "3-2"}
    assert set(accordance.general) - accordance.omissible == fixed
    assert STANDARDS.required_for("3-3") == ("in-accordance",)
    assert STANDARDS.required_for("2-9") == ("in-accordance",)
    assert STANDARDS.required_for("204-1") == ()
    assert not STANDARDS.omission_permitted("2-1", "in-accordance")
    assert STANDARDS.omission_permitted("2-9", "in-accordance")
    assert STANDARDS.omission_permitted("3-3", "in-accordance")


@pytest.mark.parametrize(
    ("sector", "prefix", "topics", "added", "references"),
    [
        ("oil-and-gas", "11", 22, 13, 97),
        ("coal", "12", 22, 13, 98),
        ("agriculture-aquaculture-and-fishing", "13", 26, 22, 77),
        ("mining", "14", 25, 26, 103),
    ],
)
def test_sectors(sector: str, prefix: str, topics: int, added: int, references: int) -> None:
    found = STANDARDS.sectors[sector]
    assert (found.prefix, len(found.aspects), len(found.disclosures)) == (prefix, topics, added)
    assert len(found.references) == references
    for each in found.references:
        assert each.reference.startswith(f"{each.topic}.")
        assert each.code in STANDARDS.disclosures
        assert each.topic in found.aspects
        assert each.evidence
    numbers = [*(each.reference for each in found.references), *found.disclosures]
    assert len(numbers) == len(set(numbers))


# -- evidence


def test_every_source_that_is_named_is_listed() -> None:
    assert {source for d in STANDARDS.disclosures.values() for source in d.sources} <= set(STANDARDS.sources)
    assert all(d.sources for d in STANDARDS.disclosures.values())


def test_letters_that_are_not_known_are_named() -> None:
    unknown = [d.code for d in OWN if "letters" in d.evidence]
    assert unknown == [f"102-{number}@2025" for number in range(3, 11)]


# -- answers


def test_schemas_are_sound_and_their_references_resolve() -> None:
    for disclosure in STANDARDS.disclosures.values():
        Draft202012Validator.check_schema(disclosure.schema)
        assert faults(disclosure, "Words.") == []
        for part in filter(None, disclosure.parts):
            assert faults(disclosure, {part: "Words."}) == []


def test_omissions_name_letters_and_items() -> None:
    spills = STANDARDS.disclosures["306-3@2016"]
    known: list[object] = ["b", "b-ii", ["a", "b-i"]]
    for part in [*known, "a-i", "b-iv", "d"]:
        omission = {"part": part, "reason": "not-applicable", "explanation": "No spill."}
        assert (faults(spills, {"a": "Two.", "omissions": [omission]}) == []) is (part in known), part


def faults(disclosure: Disclosure, answer: object) -> list[str]:
    errors = Draft202012Validator(dict(disclosure.schema), registry=REGISTRY).iter_errors(answer)
    return [error.message for error in errors]


# -- what became of the disclosures before


def test_every_disclosure_of_the_framework_before_is_accounted_for() -> None:
    own = [d.code for d in G4.disclosures.values() if not d.sector]
    assert sorted(row["from"] for row in successions()) == sorted(own)


def test_targets_exist() -> None:
    targets = {target for row in successions() for target in (*row["to"], *row["in_part"])}
    assert {target for target in targets if target not in STANDARDS.disclosures} == {
        "in-accordance/requirement-7",
        "in-accordance/requirement-8",
    }
    assert {"requirement-7", "requirement-8"} <= {each.id for each in STANDARDS.options["in-accordance"].criteria}


def test_letters_exist_on_both_sides() -> None:
    for row in successions():
        named = {*row["to"], *row["in_part"]}
        for letter in row["letters"]:
            assert letter["from"] in G4.disclosures[row["from"]].parts, row["from"]
            for target in letter["to"]:
                code, _, part = target.rpartition("/")
                known = STANDARDS.disclosures.get(code)
                assert target in named if known is None else code in named and part in known.parts, target


def test_letters_that_changed_their_order_are_not_joined_by_their_names() -> None:
    assert dict(letters("G4-EN15")) == {
        "a": ["305-1/a"],
        "b": ["305-1/b"],
        "c": ["305-1/c"],
        "d": ["305-1/d"],
        "e": ["305-1/g"],
        "f": ["305-1/e"],
        "g": ["305-1/f"],
    }


def letters(code: str) -> Iterator[tuple[str, list[str]]]:
    (row,) = [row for row in successions() if row["from"] == code]
    yield from ((each["from"], each["to"]) for each in row["letters"])


def test_what_has_no_successor_is_known() -> None:
    rows: Mapping[str, dict[str, Any]] = {row["from"]: row for row in successions()}
    none = [code for code, row in rows.items() if not row["to"] and not row["in_part"]]
    assert sorted(none) == ["G4-29", "G4-EN10", "G4-EN27", "G4-EN30", "G4-EN31", "G4-HR1"]
    assert len([code for code, row in rows.items() if row["to"]]) == 128
    assert len([code for code, row in rows.items() if row["in_part"] and not row["to"]]) == 16
