"""A reporting framework: what is asked. Read from the data files in `schemas/`; no disclosure is known to code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, field

SCHEMA_BASE = "https://gri-builder.example/schemas/"
"""Start of the URI of every schema; a name only, nothing is fetched from there."""

KINDS = ("text", "figure", "choice", "list", "table")
"""Kinds of answer that a requirement can take."""


class Requirement(Struct, frozen=True):
    """One lettered requirement of a disclosure."""

    part: str
    """Its letter; '' where a disclosure is not known to have letters."""
    summary: str
    """What it asks for, in our own words."""
    kinds: tuple[str, ...]
    """Kinds of answer that it takes, out of 'text', 'figure', 'choice', 'list', 'table'."""
    dimensions: tuple[str, ...] = ()
    """Dimensions of unit that its fact series may have; empty when any will do."""
    breakdowns: tuple[str, ...] = ()
    """Dimensions by which it asks facts to be broken down."""
    choices: tuple[str, ...] = ()
    """Values that it takes, for a choice."""
    instead_of: tuple[str, ...] = ()
    """Letters that need no answer when this one has one, and the other way round (a brief statement that suffices)."""


class Disclosure(Struct, frozen=True):
    """One Standard Disclosure."""

    code: str
    title: str
    """In our own words."""
    kind: str
    """'general', 'indicator' or 'management-approach'."""
    requirements: tuple[Requirement, ...]
    schema: Mapping[str, Any]
    """JSON Schema (Draft 2020-12) of the answer."""
    section: str | None = None
    """Id of its section, for a General Standard Disclosure."""
    aspect: str | None = None
    """Id of its Aspect, for an Indicator."""
    nature: str | None = None
    """'quantitative', 'qualitative' or 'mixed'."""
    sector: str | None = None
    """Id of the sector supplement that it comes from."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """Grade ('A', 'B', 'C', 'M') of its requirements, and a sentence for each fact recorded with evidence of its
    own."""
    verified: bool = True
    """False where what is recorded is recalled only, so that it is not presented as the framework's own."""
    successors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes that took its place, by edition, e.g. 'gri-standards-2016'."""
    sources: tuple[str, ...] = ()
    """Ids of the sources that its requirements were checked against."""
    label: str = ""
    """How the content index writes its code, where that differs, e.g. for a sector's management approach."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Letters of its requirements, in order."""
        return tuple(requirement.part for requirement in self.requirements)


class Aspect(Struct, frozen=True):
    """A topic that may be material."""

    id: str
    name: str
    category: str
    """Id of its Category."""
    sub_category: str | None
    """Id of its sub-Category, where the Category has any."""
    indicators: tuple[str, ...]
    """Codes of its Indicators, in order; those of sector supplements are not among them."""
    sector: str | None = None
    """Id of the sector supplement that it comes from."""
    display_name: str = ""
    """Its name where it stands alone: says which Category it is of, where several Aspects share a name."""
    specific_guidance: bool | None = None
    """Whether it has guidance of its own on the management approach; None where that is not established."""
    guidance_evidence: str = ""


class Group(Struct, frozen=True):
    """A named part of the framework: a section, a Category or a sub-Category."""

    id: str
    name: str
    parts: tuple[Group, ...] = ()
    """Sub-Categories of a Category."""


class OmissionReason(Struct, frozen=True):
    """A reason for which information may be left out (G4 Part 1, 3.2)."""

    id: str
    name: str
    requires: tuple[str, ...]
    """Names of what an omission for this reason must hold, e.g. 'explanation', 'steps', 'available'."""
    explain: str
    """What has to be explained, in our own words."""


class Option(Struct, frozen=True):
    """An 'in accordance' option and its criteria (G4 Part 1, 3.1)."""

    id: str
    name: str
    general: tuple[str, ...]
    """Codes of the general disclosures that it requires."""
    omissible: frozenset[str]
    """Codes among them for which omissions are permitted; omissions are always permitted for the management
    approach, Indicators and sector disclosures."""
    indicators: str
    """'one' or 'all' Indicators of each material Aspect."""
    general_columns: tuple[str, ...]
    """Ids of the index columns for general disclosures: 'disclosure', 'page', 'omissions', 'assurance'."""
    specific_columns: tuple[str, ...]
    """Ids of the index columns for specific disclosures."""
    criteria: Mapping[str, str] = field(default_factory=dict)
    """Its criteria in our own words, by id, e.g. 'general', 'management-approach', 'indicators'."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """What is known of its criteria, by id."""


class Sector(Struct, frozen=True):
    """A sector supplement."""

    id: str
    name: str
    prefix: str
    disclosures: tuple[str, ...]
    aspects: tuple[str, ...]
    """Ids of the Aspects that it adds."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """What is known of its parts, by part."""


class Linkage(Struct, frozen=True):
    """Links from disclosures to principles of another initiative."""

    id: str
    name: str
    column: str
    """Heading of its column in the content index."""
    verified: bool
    links: Mapping[str, tuple[str, ...]]
    """Principles by disclosure code, or by Aspect id for everything under an Aspect."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """What is known of the links, by principle."""


class Framework(Struct, frozen=True):
    """A reporting framework, e.g. the G4 Guidelines."""

    id: str
    title: str
    index_title: str
    sections: tuple[Group, ...]
    categories: tuple[Group, ...]
    aspects: Mapping[str, Aspect]
    disclosures: Mapping[str, Disclosure]
    """By code, in the framework's order: general, management approach, Indicators, then sector disclosures."""
    management_approach: str
    """Code of the disclosure on management approach, which is answered once for each material Aspect."""
    options: Mapping[str, Option]
    omission_reasons: Mapping[str, OmissionReason]
    sectors: Mapping[str, Sector]
    linkages: Mapping[str, Linkage]
    statement: str
    """What a report that claims no option says of itself, in our own words (G4 Part 1, 3.4)."""
    restatements: str | None = None
    """Code of the disclosure on restatements, with whose answer the table of them stands."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What is not verified about the framework as a whole, by subject."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Where the facts were read, by the id that evidence and `sources` name."""

    def disclosure(self, id: str) -> Disclosure | None:
        """Return the disclosure of that id, or None; only the management approach may name an Aspect."""
        code, aspect = split_id(id)
        if aspect and (code != self.management_approach or aspect not in self.aspects):
            return None
        return self.disclosures.get(code)

    def general_disclosures(self, sector: str | None = None) -> tuple[Disclosure, ...]:
        """Return the General Standard Disclosures in order, then those of the sector."""
        wanted = {None, sector}
        return tuple(d for d in self.disclosures.values() if d.kind == "general" and d.sector in wanted)

    def disclosures_of_aspect(self, aspect: str, sector: str | None = None) -> tuple[Disclosure, ...]:
        """Return what an Aspect asks for when it is material: management approach, Indicators, then the sector's."""
        of_aspect = (d for d in self.disclosures.values() if d.aspect == aspect and d.sector in (None, sector))
        return self.disclosures[self.management_approach], *of_aspect

    def required_for(self, code: str) -> tuple[str, ...]:
        """Return the options that require that disclosure by itself (where it has an Aspect: a material one)."""
        disclosure = self.disclosures[code]
        return tuple(option.id for option in self.options.values() if self._requires(option, disclosure))

    def omission_permitted(self, code: str, option: str | None) -> bool:
        """Return whether that disclosure may be omitted for a reason (G4 Part 1, 3.1 and 3.2).

        Where the option does not ask for the disclosure, or none is given, it may be when any option permits it.
        """
        disclosure = self.disclosures[code]
        if disclosure.kind != "general" or disclosure.sector:
            return True
        if option and code in self.options[option].general:
            return code in self.options[option].omissible
        return any(code in each.omissible for each in self.options.values())

    def _requires(self, option: Option, disclosure: Disclosure) -> bool:
        if disclosure.sector or disclosure.kind == "management-approach":
            return True
        if disclosure.kind == "general":
            return disclosure.code in option.general
        only_one = disclosure.aspect is not None and self.aspects[disclosure.aspect].indicators == (disclosure.code,)
        return option.indicators == "all" or only_one


class UnknownFrameworkError(LookupError):
    """There is no framework of that id among the schemas."""

    def __init__(self, id: str, known: tuple[str, ...]) -> None:
        super().__init__(f"'{id}' is not a framework; known: {', '.join(known)}")
        self.id = id
        self.known = known


def disclosure_id(code: str, aspect: str | None = None) -> str:
    """Return the id of a disclosure; that of the management approach names its Aspect."""
    return f"{code}:{aspect}" if aspect else code


def split_id(id: str) -> tuple[str, str | None]:
    """Return the code and the Aspect's id of a disclosure id."""
    code, _, aspect = id.partition(":")
    return code, aspect or None


def schemas_folder() -> Path:
    """Return the folder of the schemas: beside this module in an installed package, else that of the source tree."""
    installed = Path(__file__).parent / "schemas"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "schemas"


def framework_ids() -> tuple[str, ...]:
    """Return the ids of the frameworks that there are."""
    return tuple(sorted(file.parent.name for file in schemas_folder().glob("*/framework.json")))


@cache
def load_framework(id: str = "gri-g4") -> Framework:
    """Return the framework of that id; raises UnknownFrameworkError when there is none."""
    folder = _framework_folder(id)
    data = _read_json(folder / "framework.json")
    shared = _read_json(folder / "common.json")["$defs"]
    verified = {grade: row["verified"] for grade, row in data["grades"].items()}
    supplements = [_read_json(file) for file in sorted((folder / "sectors").glob("*.json"))]
    own = [_read_json(file) for file in (folder / "disclosures").glob("*.json")]
    disclosures = [
        *(_read_disclosure(row, id, shared, verified) for row in _in_order(own, data)),
        *(_read_disclosure(row, id, shared, verified, s["id"]) for s in supplements for row in s["disclosures"]),
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
        management_approach=data["management_approach"],
        restatements=data.get("restatements"),
        options={row["id"]: _read_option(row) for row in data["options"]},
        omission_reasons={row["id"]: _read_reason(row) for row in data["omission_reasons"]},
        sectors={row["id"]: _read_sector(row) for row in supplements},
        linkages={row["id"]: _read_linkage(row, aspects.values()) for row in data["linkages"]},
        statement=data["statement"]["text"],
        notes=data["notes"],
        sources=data["sources"],
    )


@cache
def shared_schemas(id: str = "gri-g4") -> Mapping[str, Mapping[str, Any]]:
    """Return the schemas that the disclosures' schemas refer to, by URI; raises UnknownFrameworkError."""
    common = _read_json(_framework_folder(id) / "common.json")
    return {common["$id"]: common}


def _framework_folder(id: str) -> Path:
    known = framework_ids()
    if id not in known:
        raise UnknownFrameworkError(id, known)
    return schemas_folder() / id


def _read_json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


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
        schema=names | row["answer"],
        section=row.get("section"),
        aspect=row.get("aspect"),
        nature=row.get("nature"),
        sector=sector,
        evidence=row["evidence"],
        verified=verified[row["evidence"]["grade"]],
        successors={edition: tuple(codes) for edition, codes in row["successors"].items()},
        sources=tuple(row["sources"]),
        label=row.get("label", row["code"]),
    )


def _read_requirement(row: dict[str, Any], answer: dict[str, Any], shared: dict[str, Any]) -> Requirement:
    """Read a requirement; what it takes stands in the schema of its letter, or of the answer where it has none."""
    schema = answer["properties"][row["part"]] if row["part"] else answer
    taken = shared[schema["$ref"].rpartition("/")[2]]["properties"]
    return Requirement(
        part=row["part"],
        summary=row["summary"],
        kinds=tuple(kind for kind in KINDS if kind in taken),
        dimensions=tuple(schema.get("unit-dimensions", ())),
        breakdowns=tuple(schema.get("breakdowns", ())),
        choices=tuple(schema["properties"]["choice"]["enum"]) if "choice" in taken else (),
        instead_of=tuple(row.get("instead_of", ())),
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
        general=tuple(row["general"]),
        omissible=frozenset(row["omissible"]),
        indicators=row["indicators"],
        general_columns=tuple(row["index_columns"]["general"]),
        specific_columns=tuple(row["index_columns"]["specific"]),
        criteria=row["criteria"],
        evidence=row["evidence"],
    )


def _read_reason(row: dict[str, Any]) -> OmissionReason:
    return OmissionReason(row["id"], row["name"], tuple(row["requires"]), row["explain"])


def _read_sector(row: dict[str, Any]) -> Sector:
    codes = tuple(each["code"] for each in row["disclosures"])
    return Sector(row["id"], row["name"], row["prefix"], codes, tuple(a["id"] for a in row["aspects"]), row["evidence"])


def _read_linkage(row: dict[str, Any], aspects: Iterable[Aspect]) -> Linkage:
    links: dict[str, tuple[str, ...]] = {}
    for principle in row["principles"]:
        for key in _linked_to(principle, aspects):
            links[key] = (*links.get(key, ()), principle["id"])
    evidence = {principle["id"]: principle["evidence"] for principle in row["principles"]}
    return Linkage(row["id"], row["name"], row["column"], row["verified"], links, evidence)


def _linked_to(principle: dict[str, Any], aspects: Iterable[Aspect]) -> list[str]:
    """Return disclosure codes, and the ids of all Aspects that are linked by name or as part of a Category."""
    groups = {*principle.get("categories", ()), *principle.get("sub_categories", ())}
    named = {*principle.get("aspects", ())}
    of_aspects = [a.id for a in aspects if a.id in named or a.category in groups or a.sub_category in groups]
    return [*principle.get("general", ()), *principle.get("disclosures", ()), *of_aspects]
