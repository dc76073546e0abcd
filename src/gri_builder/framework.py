"""A reporting framework: what is asked. Read from the data files in `schemas/`; no disclosure is known to code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Requirement:
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


@dataclass(frozen=True, slots=True)
class Disclosure:
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
    """Grade ('A', 'B', 'C', 'M') of its requirements, and a sentence for each fact recorded with evidence of its own."""
    verified: bool = True
    """False where what is recorded is recalled only, so that it is not presented as the framework's own."""
    successors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes that took its place, by edition, e.g. 'gri-standards-2016'."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Letters of its requirements, in order."""
        return tuple(requirement.part for requirement in self.requirements)


@dataclass(frozen=True, slots=True)
class Aspect:
    """A topic that may be material."""

    id: str
    name: str
    category: str
    """Id of its Category."""
    sub_category: str | None
    """Id of its sub-Category, where the Category has any."""
    indicators: tuple[str, ...]
    """Codes of its Indicators, in order."""
    sector: str | None = None
    """Id of the sector supplement that it comes from."""


@dataclass(frozen=True, slots=True)
class Group:
    """A named part of the framework: a section, a Category or a sub-Category."""

    id: str
    name: str
    parts: tuple[Group, ...] = ()
    """Sub-Categories of a Category."""


@dataclass(frozen=True, slots=True)
class OmissionReason:
    """A reason for which information may be left out (G4 Part 1, 3.2)."""

    id: str
    name: str
    requires: tuple[str, ...]
    """Names of what an omission for this reason must hold, e.g. 'explanation', 'steps', 'available'."""
    explain: str
    """What has to be explained, in our own words."""


@dataclass(frozen=True, slots=True)
class Option:
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


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector supplement."""

    id: str
    name: str
    prefix: str
    disclosures: tuple[str, ...]
    aspects: tuple[str, ...]
    """Ids of the Aspects that it adds."""


@dataclass(frozen=True, slots=True)
class Linkage:
    """Links from disclosures to principles of another initiative."""

    id: str
    name: str
    column: str
    """Heading of its column in the content index."""
    verified: bool
    links: Mapping[str, tuple[str, ...]]
    """Principles by disclosure code, or by Aspect id for everything under an Aspect."""


@dataclass(frozen=True, slots=True)
class Framework:
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
    notes: Mapping[str, str] = field(default_factory=dict)
    """What is not verified about the framework as a whole, by subject."""


def disclosure_id(code: str, aspect: str | None = None) -> str:
    """Return the id of a disclosure; that of the management approach names its Aspect."""
    return f"{code}:{aspect}" if aspect else code


def split_id(id: str) -> tuple[str, str | None]:
    """Return the code and the Aspect's id of a disclosure id."""
    code, _, aspect = id.partition(":")
    return code, aspect or None
