"""Reporting frameworks, read from the data files in `schemas/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from gri_builder.model.framework import (
    ANSWER_KINDS,
    FROM_REPORT,
    Aspect,
    Condition,
    CrossReferenceColumn,
    Disclosure,
    Framework,
    Group,
    OmissionReason,
    Option,
    OptionCriterion,
    Requirement,
    RequirementItem,
    Sector,
    SectorReference,
    Successor,
    Terms,
)

SCHEMA_BASE = "https://gri-builder.example/schemas/"
"""Prefix of every schema's URI; a name only, nothing is fetched from there."""


class UnknownFrameworkError(LookupError):
    """The schemas have no framework with that id."""

    def __init__(self, id: str, known: tuple[str, ...]) -> None:
        super().__init__(f"'{id}' is not a framework; known: {', '.join(known)}")
        self.id = id
        self.known = known


def schemas_folder() -> Path:
    """Return the folder of the schemas: beside this module in an installed package, else that of the source tree."""
    installed = Path(__file__).parents[1] / "schemas"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "schemas"


def frameworks_folder() -> Path:
    """Return the folder that holds a folder for each framework."""
    return schemas_folder() / "frameworks"


def framework_ids() -> tuple[str, ...]:
    """Return the ids of all frameworks."""
    return tuple(sorted(file.parent.name for file in frameworks_folder().glob("*/framework.json")))


@cache
def load_framework(id: str = "gri-g4") -> Framework:
    """Return the framework with that id; raise UnknownFrameworkError for an unknown one."""
    folder = _framework_folder(id)
    data = _read_json(folder / "framework.json")
    shared = _read_json(frameworks_folder() / "common.json")["$defs"]
    verified = {grade: row["verified"] for grade, row in data["grades"].items()}
    supplements = [_read_json(file) for file in sorted((folder / "sectors").glob("*.json"))]
    successors = _read_successors(id)
    own = [_read_json(file) for file in (folder / "disclosures").glob("*.json")]
    disclosures = [
        *(_read_disclosure(row, id, shared, verified, successors) for row in _in_order(own, data)),
        *(
            _read_disclosure(row, id, shared, verified, successors, supplement["id"])
            for supplement in supplements
            for row in supplement["disclosures"]
        ),
    ]
    aspects = _read_aspects(data["aspects"], supplements, disclosures)
    return Framework(
        id=id,
        title=data["title"],
        index_title=data["index_title"],
        sections=tuple(_read_group(row) for row in data["sections"]),
        categories=tuple(_read_group(row) for row in data["categories"]),
        aspects=aspects,
        disclosures={disclosure.code: disclosure for disclosure in disclosures},
        management_approaches=tuple(data["management_approaches"]),
        terms=Terms(**data["terms"]),
        has_boundaries=data["has_boundaries"],
        in_force_from=_read_day(data, "from"),
        successor=_read_successor(data.get("successor")),
        short_title=data.get("short_title", data["title"]),
        foundation=data.get("foundation", ""),
        restatements=data.get("restatements"),
        options={row["id"]: _read_option(row) for row in data["options"]},
        omission_reasons={row["id"]: _read_reason(row) for row in data["omission_reasons"]},
        sectors={row["id"]: _read_sector(row) for row in supplements},
        linkages={
            **{row["id"]: _read_cross_reference_column(row, aspects.values()) for row in data["linkages"]},
            **{column.id: column for column in _read_mapped_columns(id)},
        },
        notes=data["notes"],
        sources=data["sources"],
    )


def find_framework(id: str | None) -> Framework:
    """Return the framework with that id; the first one that this program knew for None and for an unknown id."""
    return load_framework(id) if id in framework_ids() else load_framework()


@cache
def shared_schemas(id: str = "gri-g4") -> Mapping[str, Mapping[str, Any]]:
    """Return the schemas that the disclosures' schemas refer to, by URI; raise UnknownFrameworkError."""
    uri = f"{SCHEMA_BASE}{_framework_folder(id).name}/common.json"
    return {uri: _read_json(frameworks_folder() / "common.json") | {"$id": uri}}


@cache
def _read_mapping(file: Path) -> Sequence[Mapping[str, Any]]:
    """Return what became of each disclosure of an earlier framework."""
    rows: Sequence[Mapping[str, Any]] = _read_json(file)["disclosures"]
    return rows


def _read_successors(framework: str) -> dict[str, dict[str, Mapping[str, Any]]]:
    """Return what became of each disclosure, by code, then by the id of the later framework."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for file in sorted(frameworks_folder().glob(f"*/predecessors/{framework}.json")):
        for row in _read_mapping(file):
            found.setdefault(row["from"], {})[file.parents[1].name] = row
    return found


def _read_successor(row: Mapping[str, str] | None) -> Successor | None:
    return Successor(row["name"], date.fromisoformat(row["from"])) if row else None


def _framework_folder(id: str) -> Path:
    known = framework_ids()
    if id not in known:
        raise UnknownFrameworkError(id, known)
    return frameworks_folder() / id


def _read_json(file: Path) -> Any:
    return msgspec.json.decode(file.read_bytes())


def _in_order(rows: Iterable[dict[str, Any]], data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return disclosures in the order of kind, section or Aspect, then number."""
    kinds = {"general": 0, "management-approach": 1, "indicator": 2}
    groups = {row["id"]: place for place, row in enumerate((*data["sections"], *data["aspects"]))}

    def place(row: dict[str, Any]) -> tuple[int, int, list[int], str]:
        group = groups.get(row.get("section") or row.get("aspect"), 0)
        return kinds[row["kind"]], group, [int(digits) for digits in re.findall(r"\d+", row["code"])], row["code"]

    return sorted(rows, key=place)


def _read_disclosure(
    row: dict[str, Any],
    framework: str,
    shared: dict[str, Any],
    verified: Mapping[str, bool],
    successors: Mapping[str, Mapping[str, Any]],
    sector: str | None = None,
) -> Disclosure:
    names = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{SCHEMA_BASE}{framework}/disclosures/{row['code']}.json",
    }
    return Disclosure(
        code=row["code"],
        title=row["title"],
        kind=row["kind"],
        requirements=tuple(_read_requirement(each, row["answer"], shared) for each in row["requirements"]),
        schema=names | _with_given(_with_sign_off(row["answer"], shared), row["requirements"]),
        section=row.get("section"),
        aspect=row.get("aspect"),
        nature=row.get("nature"),
        sector=sector,
        evidence=row["evidence"],
        verified=verified[row["evidence"]["grade"]],
        successors={later: tuple(became["to"]) for later, became in successors.get(row["code"], {}).items()},
        partial_successors={
            later: tuple(became["in_part"])
            for later, became in successors.get(row["code"], {}).items()
            if became["in_part"]
        },
        sources=tuple(row["sources"]),
        label=row.get("label", row["code"]),
        standard=row.get("standard", ""),
        edition=row.get("edition", ""),
        in_force_from=_read_day(row, "from"),
        in_force_until=_read_day(row, "until"),
    )


def _with_sign_off(answer: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an answer with the keys that every answer takes; one without letters has them already.

    A text that answers all letters may have them beside it.
    """
    if "properties" not in answer:
        return answer
    common = shared["sign-off"]["properties"]
    keys = {key: {"$ref": f"../common.json#/$defs/sign-off/properties/{key}"} for key in common}
    whole = {"text": {"$ref": "../common.json#/$defs/text"}}
    return answer | {"properties": answer["properties"] | keys | whole}


def _with_given(answer: dict[str, Any], requirements: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the schema of an answer that may be taken from report.yaml, if that says something about it."""
    given = [row["part"] for row in requirements if row.get("given")]
    if not given:
        return answer
    described = f"Answers {', '.join(given)} by what report.yaml says; letters that are written here take its place."
    return answer | {"properties": answer["properties"] | {"from": {"description": described, "enum": [FROM_REPORT]}}}


def _read_day(row: Mapping[str, Any], end: str) -> date | None:
    """Return one end of the time in which a disclosure or Standard is in force; None for no limit."""
    day = row.get("in_force", {}).get(end)
    return date.fromisoformat(day) if day else None


def _read_requirement(row: dict[str, Any], answer: dict[str, Any], shared: dict[str, Any]) -> Requirement:
    """Read a requirement; its kinds come from the schema of its letter, or of the whole answer if it has no letter."""
    schema = answer["properties"][row["part"]] if row["part"] else answer
    taken = shared[schema["$ref"].rpartition("/")[2]]["properties"]
    return Requirement(
        part=row["part"],
        summary=row["summary"],
        kinds=tuple(kind for kind in ANSWER_KINDS if kind in taken),
        dimensions=tuple(schema.get("unit-dimensions", ())),
        breakdowns=tuple(schema.get("breakdowns", ())),
        choices=tuple(schema["properties"]["choice"]["enum"]) if "choice" in taken else (),
        instead_of=tuple(row.get("instead_of", ())),
        items=tuple(RequirementItem(item["part"], item["summary"]) for item in row.get("items", ())),
        given=row.get("given"),
    )


def _read_aspects(
    rows: Iterable[dict[str, Any]], supplements: Iterable[dict[str, Any]], disclosures: Iterable[Disclosure]
) -> dict[str, Aspect]:
    indicators: dict[str | None, list[str]] = {}
    for disclosure in disclosures:
        if disclosure.kind == "indicator" and not disclosure.sector:
            indicators.setdefault(disclosure.aspect, []).append(disclosure.code)
    own = [_read_aspect(row, tuple(indicators.get(row["id"], ()))) for row in rows]
    added = [_read_sector_aspect(row, s["id"]) for s in supplements for row in s["aspects"]]
    return {aspect.id: aspect for aspect in (*own, *added)}


def _read_aspect(row: dict[str, Any], indicators: tuple[str, ...]) -> Aspect:
    return Aspect(
        id=row["id"],
        name=row["name"],
        category=row["category"],
        sub_category=row.get("sub_category"),
        indicators=indicators,
        display_name=row.get("display_name", row["name"]),
        specific_guidance=row["specific_guidance"]["value"],
        guidance_evidence=row["specific_guidance"]["evidence"],
    )


def _read_sector_aspect(row: dict[str, Any], sector: str) -> Aspect:
    return Aspect(row["id"], row["name"], "sector", None, (), sector, display_name=row["name"])


def _read_group(row: dict[str, Any]) -> Group:
    return Group(row["id"], row["name"], tuple(_read_group(part) for part in row.get("parts", ())))


def _read_option(row: dict[str, Any]) -> Option:
    return Option(
        id=row["id"],
        name=row["name"],
        criteria=tuple(_read_criterion(each) for each in row["criteria"]),
        general_columns=tuple(row["index_columns"]["general"]),
        specific_columns=tuple(row["index_columns"]["specific"]),
        evidence=row["evidence"],
    )


def _read_criterion(row: dict[str, Any]) -> OptionCriterion:
    conditions = tuple(_read_condition(each) for each in row["asks"])
    return OptionCriterion(row["id"], row["summary"], conditions, row["clause"])


def _read_condition(row: dict[str, Any]) -> Condition:
    codes = tuple(row.get("codes", ()))
    kept = row.get("not_omissible", ())
    return Condition(row["kind"], codes, frozenset(codes if kept == "all" else kept), row.get("count", "all"))


def _read_reason(row: dict[str, Any]) -> OmissionReason:
    return OmissionReason(row["id"], row["name"], tuple(row["requires"]), row["explain"])


def _read_sector(row: dict[str, Any]) -> Sector:
    codes = tuple(each["code"] for each in row["disclosures"])
    return Sector(
        id=row["id"],
        name=row["name"],
        prefix=row["prefix"],
        disclosures=codes,
        aspects=tuple(aspect["id"] for aspect in row["aspects"]),
        evidence=row["evidence"],
        references=tuple(
            SectorReference(each["reference"], each["code"], group["topic"], each["evidence"])
            for group in row.get("references", ())
            for each in group["disclosures"]
        ),
        standard=row.get("standard", ""),
        in_force_from=_read_day(row, "from"),
    )


def _read_cross_reference_column(row: dict[str, Any], aspects: Iterable[Aspect]) -> CrossReferenceColumn:
    links: dict[str, tuple[str, ...]] = {}
    for principle in row["principles"]:
        for key in _linked_to(principle, aspects):
            links[key] = (*links.get(key, ()), principle["id"])
    evidence = {principle["id"]: principle["evidence"] for principle in row["principles"]}
    return CrossReferenceColumn(row["id"], row["name"], row["column"], row["verified"], links, evidence)


def _read_mapped_columns(framework: str) -> Iterator[CrossReferenceColumn]:
    """Yield a column for each framework to or from which disclosures are mapped: the codes that ask for the same."""
    folder = frameworks_folder()
    for file in sorted(folder.glob(f"*/predecessors/{framework}.json")):
        later = file.parents[1]
        edition = _read_json(later / "framework.json")["edition"]
        rows = _read_mapping(file)
        yield _make_mapped_column(later, {row["from"]: _list_first(row["to"], edition) for row in rows})
    for file in sorted((folder / framework / "predecessors").glob("*.json")):
        links: dict[str, list[str]] = {}
        for row in _read_mapping(file):
            for code in row["to"]:
                links.setdefault(code, []).append(row["from"])
        yield _make_mapped_column(folder / file.stem, links)


def _list_first(targets: Iterable[str], edition: str) -> list[str]:
    """Return the codes among targets that a framework had from its first day: not requirements, nor later editions."""
    return [each for each in targets if "/" not in each and (each.partition("@")[2] or edition) <= edition]


def _make_mapped_column(other: Path, links: Mapping[str, list[str]]) -> CrossReferenceColumn:
    """Return the column that names disclosures of another framework, by the numbers that indexes print."""
    data = _read_json(other / "framework.json")
    printed = {code: tuple(dict.fromkeys(each.partition("@")[0] for each in linked)) for code, linked in links.items()}
    return CrossReferenceColumn(other.name, data["title"], data["column"], verified=False, links=printed)


def _linked_to(principle: dict[str, Any], aspects: Iterable[Aspect]) -> list[str]:
    """Return disclosure codes, and the ids of all Aspects that are linked by name or as part of a Category."""
    groups = {*principle.get("categories", ()), *principle.get("sub_categories", ())}
    named = {*principle.get("aspects", ())}
    of_aspects = [a.id for a in aspects if a.id in named or a.category in groups or a.sub_category in groups]
    return [*principle.get("general", ()), *principle.get("disclosures", ()), *of_aspects]
