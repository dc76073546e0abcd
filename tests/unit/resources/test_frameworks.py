"""G4 as data: nothing lost, every schema sound, every disclosure with answers that it takes and that it refuses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from gri_builder.index_reading.subject_words import load_subject_words
from gri_builder.resources.frameworks import (
    UnknownFrameworkError,
    framework_ids,
    load_framework,
    schemas_folder,
    shared_schemas,
)
from tests.support.paths import TESTS

CASES = TESTS / "cases"
G4 = load_framework()
GENERAL = [d for d in G4.disclosures.values() if d.kind == "general" and not d.sector]
INDICATORS = [d for d in G4.disclosures.values() if d.kind == "indicator" and not d.sector]
REGISTRY: Registry[Any] = Registry().with_resources(
    (uri, Resource.from_contents(schema)) for uri, schema in shared_schemas().items()
)
CODES = sorted(file.stem for file in (CASES / "disclosures").glob("*.yaml"))


def codes(first: int, last: int, prefix: str = "G4-") -> list[str]:
    return [f"{prefix}{number}" for number in range(first, last + 1)]


def faults(schema: Mapping[str, Any], answer: Any) -> list[tuple[str, str]]:
    """Return keyword and place of each fault that the schema finds in an answer."""
    errors = Draft202012Validator(dict(schema), registry=REGISTRY).iter_errors(answer)
    return [(e.validator, "".join(f"/{step}" for step in e.absolute_path)) for e in errors]


def files() -> list[Path]:
    return sorted((schemas_folder() / "frameworks").rglob("*.json"))


# -- nothing lost


def test_every_code_letter_grade_and_title_is_there_in_order() -> None:
    lines = [f"{d.code} {''.join(d.parts) or '-'} {d.evidence['grade']} {d.title}" for d in G4.disclosures.values()]
    assert lines == (CASES / "disclosures.txt").read_text(encoding="utf-8").splitlines()


def test_counts() -> None:
    assert [d.code for d in GENERAL] == codes(1, 58)
    assert len(INDICATORS) == 91
    assert sum(len(d.parts) for d in GENERAL + INDICATORS) == 311
    assert len([a for a in G4.aspects.values() if not a.sector]) == 46
    assert {d.evidence["grade"] for d in G4.disclosures.values()} == {"A", "Q", "B", "M"}


@pytest.mark.parametrize(("series", "count"), [("EC", 9), ("EN", 34), ("LA", 16), ("HR", 12), ("SO", 11), ("PR", 9)])
def test_indicators_are_without_gap(series: str, count: int) -> None:
    assert [d.code for d in INDICATORS if d.code.startswith(f"G4-{series}")] == codes(1, count, f"G4-{series}")


def test_each_indicator_is_in_one_aspect_in_order() -> None:
    listed = [code for aspect in G4.aspects.values() for code in aspect.indicators]
    assert listed == [d.code for d in INDICATORS]
    assert all(d.code in G4.aspects[d.aspect or ""].indicators for d in INDICATORS)


@pytest.mark.parametrize(
    ("section", "first", "last"),
    [
        ("strategy-and-analysis", 1, 2),
        ("organizational-profile", 3, 16),
        ("identified-material-aspects-and-boundaries", 17, 23),
        ("stakeholder-engagement", 24, 27),
        ("report-profile", 28, 33),
        ("governance", 34, 55),
        ("ethics-and-integrity", 56, 58),
    ],
)
def test_sections(section: str, first: int, last: int) -> None:
    assert [d.code for d in GENERAL if d.section == section] == codes(first, last)


@pytest.mark.parametrize(
    ("category", "sub_category", "count"),
    [
        ("economic", None, 4),
        ("environmental", None, 12),
        ("social", "labor-practices-and-decent-work", 8),
        ("social", "human-rights", 10),
        ("social", "society", 7),
        ("social", "product-responsibility", 5),
    ],
)
def test_aspects_by_category(category: str, sub_category: str | None, count: int) -> None:
    found = [a for a in G4.aspects.values() if (a.category, a.sub_category) == (category, sub_category)]
    assert len(found) == count


def test_categories_name_every_group_that_aspects_use() -> None:
    groups = {group.id for each in G4.categories for group in (each, *each.parts)}
    assert groups == {name for a in G4.aspects.values() for name in (a.category, a.sub_category) if name}
    assert [group.name for group in G4.categories] == ["Economic", "Environmental", "Social", "Sector-specific Aspects"]


def test_aspects_that_share_a_name_are_told_apart() -> None:
    assert [a.display_name for a in G4.aspects.values() if a.name == "Compliance"] == [
        "Compliance (Environmental)",
        "Compliance (Society)",
        "Compliance (Product Responsibility)",
    ]


def test_specific_guidance_keeps_its_evidence() -> None:
    verified = [a.id for a in G4.aspects.values() if a.guidance_evidence.startswith("verified")]
    assert verified == ["indirect-economic-impacts"]
    assert [a.specific_guidance for a in G4.aspects.values() if not a.sector].count(True) == 20


# -- options


def test_options() -> None:
    core, comprehensive = G4.options["core"], G4.options["comprehensive"]
    assert core.general == ("G4-1", *codes(3, 34), "G4-56")
    assert len(core.general) == 34
    assert comprehensive.general == tuple(codes(1, 58))
    assert (core.indicators, comprehensive.indicators) == ("one", "all")
    assert core.omissible == frozenset()
    assert comprehensive.omissible == {*codes(35, 55), "G4-57", "G4-58"}
    assert len(comprehensive.omissible) == 23
    assert [each.id for each in core.criteria] == [each.id for each in comprehensive.criteria]


def test_index_columns() -> None:
    core, comprehensive = G4.options["core"], G4.options["comprehensive"]
    assert core.general_columns == ("disclosure", "page", "assurance")
    assert comprehensive.general_columns == ("disclosure", "page", "omissions", "assurance")
    assert core.specific_columns == comprehensive.specific_columns == ("disclosure", "page", "omissions", "assurance")


@pytest.mark.parametrize(
    ("code", "option", "permitted"),
    [
        ("G4-1", "core", False),
        ("G4-1", "comprehensive", False),
        ("G4-1", None, False),
        ("G4-2", "core", False),
        ("G4-2", "comprehensive", False),
        ("G4-35", "core", True),
        ("G4-35", "comprehensive", True),
        ("G4-35", None, True),
        ("G4-56", "comprehensive", False),
        ("G4-58", "comprehensive", True),
        ("G4-DMA", "core", True),
        ("G4-EN3", "core", True),
        ("G4-EN3", None, True),
        ("G4-EU1", "core", True),
        ("FS1", "comprehensive", True),
    ],
)
def test_omission_permitted(code: str, option: str | None, permitted: bool) -> None:
    assert G4.omission_permitted(code, option) is permitted


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("G4-1", ("core", "comprehensive")),
        ("G4-2", ("comprehensive",)),
        ("G4-DMA", ("core", "comprehensive")),
        ("G4-EN3", ("comprehensive",)),
        ("G4-EN29", ("core", "comprehensive")),
        ("G4-FS6", ("core", "comprehensive")),
        ("G4-EU1", ("core", "comprehensive")),
    ],
)
def test_required_for(code: str, options: tuple[str, ...]) -> None:
    assert G4.required_for(code) == options


def test_omission_reasons_agree_with_the_schema_of_an_omission() -> None:
    omission = next(iter(shared_schemas().values()))["$defs"]["omission"]
    assert list(G4.omission_reasons) == omission["properties"]["reason"]["enum"]
    for reason in G4.omission_reasons.values():
        full = {"reason": reason.id} | dict.fromkeys(reason.requires, "words")
        assert faults(omission | shared_base(), full) == []
        for name in reason.requires:
            lacking = {key: value for key, value in full.items() if key != name}
            assert faults(omission | shared_base(), lacking) == [("required", "")]


def shared_base() -> dict[str, Any]:
    """Return the shared definitions, for a schema taken out of them."""
    return {"$defs": next(iter(shared_schemas().values()))["$defs"]}


# -- links


def test_global_compact_links() -> None:
    links = G4.linkages["un-global-compact"].links
    assert links["G4-11"] == ("3",)
    assert links["energy"] == ("7", "8", "9")
    assert links["child-labor"] == ("1", "2", "5")
    assert links["local-communities"] == ("1",)
    assert links["anti-corruption"] == ("10",)
    assert "economic-performance" not in links
    assert len(links) == 35


def test_no_linkage_is_presented_as_verified() -> None:
    others = ["un-global-compact", "oecd-guidelines", "sustainable-development-goals"]
    assert list(G4.linkages) == [*others, "gri-2016", "gri-2021"]
    assert not any(linkage.verified for linkage in G4.linkages.values())
    assert G4.linkages["un-global-compact"].evidence["1"] == "verified"
    assert all("recalled" in text for text in G4.linkages["oecd-guidelines"].evidence.values())
    assert G4.linkages["sustainable-development-goals"].links["G4-EC1"] == ("2", "5", "7", "8", "9")


def test_columns_name_what_asks_for_the_same_in_other_frameworks() -> None:
    assert G4.linkages["gri-2021"].links["G4-EN15"] == ("305-1",)
    assert G4.linkages["gri-2016"].links["G4-EN8"] == ("303-1",)
    assert G4.linkages["gri-2021"].links["G4-32"] == ("2-5",)
    later = load_framework("gri-2021").linkages
    assert later["gri-g4"].links["305-1"] == ("G4-EN15",)
    assert later["gri-g4"].links["3-3"] == ("G4-20", "G4-21", "G4-DMA")
    assert later["gri-2016"].links["2-22"] == ("102-14",)
    assert later["gri-g4"].column == "G4"


def test_links_lead_to_disclosures_and_aspects() -> None:
    for linkage in G4.linkages.values():
        assert set(linkage.links) <= {*G4.disclosures, *G4.aspects}


# -- sectors


@pytest.mark.parametrize(
    ("sector", "prefix", "count", "aspects"),
    [
        ("airport-operators", "AO", 9, 5),
        ("construction-and-real-estate", "CRE", 8, 1),
        ("electric-utilities", "EU", 30, 8),
        ("event-organizers", "EO", 13, 4),
        ("financial-services", "FS", 16, 3),
        ("food-processing", "FP", 13, 2),
        ("media", "M", 7, 4),
        ("mining-and-metals", "MM", 11, 5),
        ("ngo", "NGO", 10, 8),
        ("oil-and-gas", "OG", 14, 5),
    ],
)
def test_sectors(sector: str, prefix: str, count: int, aspects: int) -> None:
    found = G4.sectors[sector]
    assert (found.prefix, len(found.disclosures), len(found.aspects)) == (prefix, count, aspects)
    for code in found.disclosures:
        disclosure = G4.disclosures[code]
        assert (disclosure.sector, disclosure.parts, disclosure.verified) == (sector, ("",), False)
        assert disclosure.section if disclosure.kind == "general" else disclosure.aspect in G4.aspects
    for aspect in found.aspects:
        assert (G4.aspects[aspect].sector, G4.aspects[aspect].category) == (sector, "sector")


def test_there_are_ten_sectors() -> None:
    assert len(G4.sectors) == 10


def test_the_management_approach_of_a_sector_keeps_its_code_and_says_how_the_index_writes_it() -> None:
    assert (G4.disclosures["FP4"].kind, G4.disclosures["FP4"].label) == (
        "management-approach",
        "G4-DMA (formerly FP4)",
    )


# -- evidence


def test_what_is_recalled_only_is_not_verified() -> None:
    recalled = [d for d in G4.disclosures.values() if not d.verified]
    assert recalled == [d for d in G4.disclosures.values() if d.evidence["grade"] == "M"]
    assert all("recalled" in d.evidence["requirements"] for d in recalled)
    assert all(d.sector for d in recalled)


def test_the_requirements_of_g4_itself_were_seen() -> None:
    grades = Counter(d.evidence["grade"] for d in GENERAL + INDICATORS)
    assert grades == {"A": 46, "Q": 102, "B": 1}
    assert all("DIALOG" in d.sources for d in GENERAL + INDICATORS if d.evidence["grade"] == "Q")


def test_every_source_that_is_named_is_listed() -> None:
    assert {source for d in G4.disclosures.values() for source in d.sources} <= set(G4.sources)


def test_three_disclosures_have_no_successor() -> None:
    later = "gri-2016"
    orphans = [d.code for d in GENERAL + INDICATORS if not d.successors[later] and later not in d.partial_successors]
    assert orphans == ["G4-EN27", "G4-EN30", "G4-EN31"]


# -- schemas


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_files_are_written_one_way(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


def test_schemas_are_sound_and_their_references_resolve() -> None:
    Draft202012Validator.check_schema(next(iter(shared_schemas().values())))
    for disclosure in G4.disclosures.values():
        Draft202012Validator.check_schema(disclosure.schema)
        resolver = REGISTRY.resolver(base_uri=disclosure.schema["$id"])
        assert all(resolver.lookup(reference).contents for reference in references(disclosure.schema))


def references(schema: Any) -> list[str]:
    if isinstance(schema, Mapping):
        own = [schema["$ref"]] if "$ref" in schema else []
        return own + [found for value in schema.values() for found in references(value)]
    return [found for value in schema for found in references(value)] if isinstance(schema, list) else []


@pytest.mark.parametrize("name", ["catalog", "coverage"])
def test_output_schemas_are_sound(name: str) -> None:
    schema = json.loads((schemas_folder() / "outputs" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)


def test_every_letter_takes_text_and_a_reference_elsewhere() -> None:
    place = {"reference": {"document": "Annual Report"}}
    for disclosure in G4.disclosures.values():
        assert all("text" in requirement.kinds for requirement in disclosure.requirements)
        assert faults(disclosure.schema, "Words.") == faults(disclosure.schema, place) == []
        for part in filter(None, disclosure.parts):
            assert faults(disclosure.schema, {part: "Words."}) == faults(disclosure.schema, {part: place}) == []


def test_choices_are_words() -> None:
    choices = [c for d in G4.disclosures.values() for r in d.requirements for c in r.choices]
    assert choices
    assert all(isinstance(yaml.safe_load(choice), str) for choice in choices)


def test_kinds_dimensions_and_breakdowns_are_read_from_the_schema() -> None:
    total, factors = G4.disclosures["G4-EN3"].requirements[4:6]
    assert (total.kinds, total.dimensions, total.breakdowns) == (
        ("text", "figure", "table"),
        ("energy",),
        ("renewable / non-renewable",),
    )
    assert (factors.kinds, factors.dimensions) == (("text",), ())
    assert G4.disclosures["G4-EN15"].requirements[6].choices == (
        "equity share",
        "financial control",
        "operational control",
    )


def test_units_are_measured_in_known_dimensions() -> None:
    known = "energy mass volume area emissions ozone-depletion currency share count headcount time time-per-person"
    dimensions = {name for d in G4.disclosures.values() for r in d.requirements for name in r.dimensions}
    assert dimensions == {*known.split(), "ratio", "rate", "score", "intensity"}


def test_brief_statements_stand_in_for_the_other_letters() -> None:
    found = {d.code: (r.part, r.instead_of) for d in G4.disclosures.values() for r in d.requirements if r.instead_of}
    assert found == {
        "G4-EN29": ("b", ("a",)),
        "G4-SO8": ("b", ("a", "c")),
        "G4-PR2": ("b", ("a",)),
        "G4-PR4": ("b", ("a",)),
        "G4-PR7": ("b", ("a",)),
        "G4-PR8": ("c", ("a", "b")),
        "G4-PR9": ("b", ("a",)),
    }


# -- a case for each disclosure


def test_every_disclosure_has_its_cases() -> None:
    assert sorted(d.code for d in G4.disclosures.values() if not d.sector) == CODES
    assert len(CODES) == 150


@pytest.mark.parametrize("code", CODES)
def test_cases(code: str) -> None:
    cases = yaml.safe_load((CASES / "disclosures" / f"{code}.yaml").read_text(encoding="utf-8"))
    assert len(cases["valid"]) >= 2
    assert len(cases["invalid"]) >= 1
    for answer in cases["valid"]:
        assert faults(G4.disclosures[code].schema, answer) == [], answer
    for case in cases["invalid"]:
        assert faults(G4.disclosures[code].schema, case["answer"]) == [(case["fault"], case["at"])], case["answer"]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("We engage all of them.", []),
        ({"figure": "portfolio", "chart": "bar", "assured": True}, []),
        ({"text": "In part.", "omissions": [{"reason": "not-applicable", "explanation": "We lend to no one."}]}, []),
        ({"a": "There are no letters here."}, [("additionalProperties", "")]),
        (
            {"omissions": [{"part": "a", "reason": "not-applicable", "explanation": "No letters."}]},
            [("pattern", "/omissions/0/part")],
        ),
    ],
)
def test_answers_to_a_disclosure_without_known_letters(answer: Any, found: list[tuple[str, str]]) -> None:
    assert faults(G4.disclosures["G4-FS6"].schema, answer) == found


# -- loading


def test_an_unknown_framework_is_named_with_the_known_ones() -> None:
    assert framework_ids() == ("gri-2016", "gri-2021", "gri-g4")
    with pytest.raises(UnknownFrameworkError, match=r"'gri-g5' is not a framework; known: gri-2016, gri-2021, gri-g4"):
        load_framework("gri-g5")
    with pytest.raises(UnknownFrameworkError):
        shared_schemas("../gri-g4")


def test_a_framework_is_read_once() -> None:
    assert load_framework("gri-g4") is load_framework("gri-g4")


@pytest.mark.parametrize(
    ("id", "code"),
    [
        ("G4-EN3", "G4-EN3"),
        ("G4-DMA:energy", "G4-DMA"),
        ("G4-DMA:active-ownership", "G4-DMA"),
        ("G4-DMA", "G4-DMA"),
        ("G4-DMA:enrgy", None),
        ("G4-EN3:energy", None),
        ("G4-EN99", None),
        ("", None),
    ],
)
def test_disclosure_of_an_id(id: str, code: str | None) -> None:
    found = G4.disclosure(id)
    assert (found.code if found else None) == code


def test_disclosures_of_an_aspect() -> None:
    assert [d.code for d in G4.disclosures_of_aspect("materials")] == ["G4-DMA", "G4-EN1", "G4-EN2"]
    assert [d.code for d in G4.disclosures_of_aspect("procurement-practices", "food-processing")] == [
        "G4-DMA",
        "G4-EC9",
        "G4-FP1",
        "G4-FP2",
    ]
    assert [d.code for d in G4.disclosures_of_aspect("active-ownership", "financial-services")] == [
        "G4-DMA",
        "G4-FS10",
        "G4-FS11",
        "FS12",
    ]


def test_general_disclosures_of_a_sector_follow_the_others() -> None:
    assert [d.code for d in G4.general_disclosures("electric-utilities")] == [*codes(1, 58), *codes(1, 5, "G4-EU")]
    assert len(G4.general_disclosures()) == 58


def test_every_disclosure_and_aspect_has_words_of_its_subject_in_every_language() -> None:
    words = load_subject_words("gri-g4")
    assert set(words.subjects) == set(G4.disclosures)
    assert set(words.aspects) == set(G4.aspects)
    spoken = list(next(iter(words.concepts.values())))
    assert len(spoken) == 8
    assert set(spoken) < set(words.common)
    for subject in (*words.subjects.values(), *words.aspects.values()):
        assert subject.of
        assert {*subject.of, *subject.along} <= set(words.concepts)
    for concept, stems in words.concepts.items():
        assert list(stems) == spoken, concept
        for language, found in stems.items():
            assert found, (concept, language)
            assert len(found) == len(set(found)), (concept, language)
            assert all(stem == stem.strip().lower() for stem in found), (concept, language)
