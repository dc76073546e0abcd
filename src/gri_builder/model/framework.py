"""A reporting framework: what is asked. Read from the data files in `schemas/`; no disclosure is known to code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from msgspec import Struct, field

AnswerKind = Literal["text", "figure", "choice", "list", "table"]
"""Kinds of answer that a requirement can accept."""
ANSWER_KINDS: tuple[AnswerKind, ...] = get_args(AnswerKind)
DisclosureKind = Literal["general", "indicator", "management-approach"]
"""Kinds of disclosure: General Standard Disclosure, Indicator, or Disclosure on Management Approach."""
DisclosureNature = Literal["quantitative", "qualitative", "mixed"]
"""Whether a disclosure asks for numbers, for words, or for both."""
IndicatorScope = Literal["one", "all"]
"""How many Indicators of each material Aspect an option requires."""
IndexColumn = Literal["disclosure", "page", "omissions", "assurance"]
"""Columns of the content index; further columns are those of cross-references."""
CriterionId = Literal[
    "general", "management-approach", "indicators", "material-aspect", "sector-general", "sector-specific"
]
"""Criteria of an 'in accordance' option, as far as the code evaluates them."""


class Requirement(Struct, frozen=True):
    """One lettered requirement of a disclosure."""

    part: str
    """Its letter; '' where a disclosure is not known to have letters."""
    summary: str
    """What it asks for, in our own words."""
    kinds: tuple[AnswerKind, ...]
    """Kinds of answer that it accepts."""
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
    kind: DisclosureKind
    requirements: tuple[Requirement, ...]
    schema: Mapping[str, Any]
    """JSON Schema (Draft 2020-12) of the answer."""
    section: str | None = None
    """Id of its section, for a General Standard Disclosure."""
    aspect: str | None = None
    """Id of its Aspect, for an Indicator."""
    nature: DisclosureNature | None = None
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
    indicators: IndicatorScope
    """How many Indicators of each material Aspect it requires."""
    general_columns: tuple[IndexColumn, ...]
    """Columns of the content index for general disclosures."""
    specific_columns: tuple[IndexColumn, ...]
    """Columns of the content index for specific disclosures."""
    criteria: Mapping[CriterionId, str] = field(default_factory=dict)
    """Its criteria, each paraphrased, by id."""
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


class CrossReferenceColumn(Struct, frozen=True):
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
    linkages: Mapping[str, CrossReferenceColumn]
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


def disclosure_id(code: str, aspect: str | None = None) -> str:
    """Return the id of a disclosure; that of the management approach names its Aspect."""
    return f"{code}:{aspect}" if aspect else code


def split_id(id: str) -> tuple[str, str | None]:
    """Return the code and the Aspect's id of a disclosure id."""
    code, _, aspect = id.partition(":")
    return code, aspect or None
