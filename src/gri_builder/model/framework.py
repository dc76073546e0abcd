"""A reporting framework: what it asks for. Read from data files in `schemas/`; the code knows no disclosure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal, get_args

from msgspec import Struct, field

AnswerKind = Literal["text", "figure", "choice", "list", "table"]
"""Kinds of answer that a requirement can accept."""
ANSWER_KINDS: tuple[AnswerKind, ...] = get_args(AnswerKind)
DisclosureKind = Literal["general", "indicator", "management-approach"]
"""Kinds of disclosure: General Standard Disclosure, Indicator, or Disclosure on Management Approach."""
DisclosureNature = Literal["quantitative", "qualitative", "mixed"]
"""Whether a disclosure asks for numbers, for words, or for both."""
IndicatorScope = Literal["one", "all", "relevant"]
"""How many Indicators of each material Aspect an option requires; `relevant`: those that fit its impacts."""
IndexColumn = Literal[
    "disclosure", "page", "omissions", "omitted-parts", "omission-reason", "omission-explanation", "assurance"
]
"""Columns of the content index; further columns are those of cross-references.

`omissions` has the omitted letters with the numbers of notes below the table; `omitted-parts`, `omission-reason` and
`omission-explanation` say all of it in the row.
"""
ConditionKind = Literal[
    "material-topics",
    "disclosures",
    "management-approach",
    "topic-disclosures",
    "sector-general",
    "sector-specific",
    "sector-topics",
    "sector-references",
    "omissions",
    "index",
    "statement",
    "author",
]
"""What a criterion of an option asks for:

- `material-topics`: at least one topic is named as material;
- `disclosures`: the disclosures listed, some of which may not be omitted;
- `management-approach`: that of each material topic;
- `topic-disclosures`: those of each material topic, as many as its `count` says;
- `sector-general`, `sector-specific`: the disclosures that the sector adds, the latter for each material topic;
- `sector-topics`: each topic of the sector is named as material, or as not material with the reason;
- `sector-references`: for each material topic of the sector, the disclosures that the sector lists for it;
- `omissions`: each omission is permitted and gives what its reason requires;
- `index`, `statement`: the content index, and in it the statement of use;
- `author`: what only the organization itself can know or do.
"""
CONDITION_KINDS: tuple[ConditionKind, ...] = get_args(ConditionKind)


class RequirementItem(Struct, frozen=True):
    """One item of a lettered requirement."""

    part: str
    """Its number below the letter, e.g. 'ii'."""
    summary: str
    """What it asks for, paraphrased."""


GivenKind = Literal[
    "organization",
    "contact",
    "period",
    "cycle",
    "period-and-cycle",
    "published",
    "option",
    "index",
    "assurance",
    "statement",
    "topics",
    "within",
    "outside",
]
"""What report.yaml says that answers a requirement: name and contact of the organization, the reporting period and how
often reports follow, the day of publication, the option, the place of the content index, the assurance, its statement
(or no assurance), the material Aspects, their boundaries within and outside the organization."""
FROM_REPORT = "report.yaml"
"""Value of the key 'from' of an answer that report.yaml gives."""


class Requirement(Struct, frozen=True):
    """One lettered requirement of a disclosure."""

    part: str
    """Its letter; '' if the disclosure has no letters."""
    summary: str
    """What it asks for, paraphrased."""
    kinds: tuple[AnswerKind, ...]
    """Kinds of answer that it accepts."""
    dimensions: tuple[str, ...] = ()
    """Unit dimensions that its fact series may have; empty for any."""
    breakdowns: tuple[str, ...] = ()
    """Dimensions by which facts must be broken down."""
    choices: tuple[str, ...] = ()
    """Values that a choice accepts."""
    instead_of: tuple[str, ...] = ()
    """Letters that need no answer if this one is answered, and vice versa (a brief statement suffices)."""
    items: tuple[RequirementItem, ...] = ()
    """What it consists of, if the framework numbers that."""
    given: GivenKind | None = None
    """What of report.yaml answers it; None where that says nothing about it."""


class Disclosure(Struct, frozen=True):
    """One Standard Disclosure."""

    code: str
    title: str
    """Paraphrased."""
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
    """Id of the sector supplement that defines it."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """Evidence grade of its requirements, a letter of the framework's own scale, and a sentence for each fact with
    separate evidence."""
    verified: bool = True
    """False if it was recorded from memory only and must not be presented as the framework's text."""
    successors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes that ask for the same in later frameworks, by the framework's id, e.g. 'gri-2016'; empty if none does."""
    partial_successors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes that ask for a part of it there, by the framework's id."""
    sources: tuple[str, ...] = ()
    """Ids of the sources against which its requirements were checked."""
    label: str = ""
    """Its code as printed in the content index, e.g. for the management approach of a sector."""

    standard: str = ""
    """Title and edition of the Standard that holds it, in a framework of several Standards."""
    edition: str = ""
    """Edition of that Standard, a year."""
    in_force_from: date | None = None
    """First day on which a published report follows it; None for no limit."""
    in_force_until: date | None = None
    """Last such day; None for no limit."""

    def in_force(self, published: date) -> bool:
        """Return whether a report that is published on that day follows it."""
        started = self.in_force_from is None or self.in_force_from <= published
        return started and (self.in_force_until is None or published <= self.in_force_until)

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
    """Id of its sub-Category, if the Category has any."""
    indicators: tuple[str, ...]
    """Codes of its Indicators, in order, without those of sector supplements."""
    sector: str | None = None
    """Id of the sector supplement that defines it."""
    display_name: str = ""
    """Its name when shown alone: includes the Category if several Aspects share a name."""
    specific_guidance: bool | None = None
    """Whether it has specific guidance on the management approach; None if unknown."""
    guidance_evidence: str = ""


class Group(Struct, frozen=True):
    """A named part of the framework: a section, a Category or a sub-Category."""

    id: str
    name: str
    parts: tuple[Group, ...] = ()
    """Sub-Categories of a Category."""


class OmissionReason(Struct, frozen=True):
    """A permitted reason for omitting information (G4 Part 1, 3.2)."""

    id: str
    name: str
    requires: tuple[str, ...]
    """Keys that an omission for this reason must have, e.g. 'explanation', 'steps', 'available'."""
    explain: str
    """What must be explained, paraphrased."""


class Condition(Struct, frozen=True):
    """One thing that a criterion asks for."""

    kind: ConditionKind
    codes: tuple[str, ...] = ()
    """Codes of the disclosures, for the kind `disclosures`."""
    not_omissible: frozenset[str] = frozenset()
    """Codes among them that may not be omitted; all others may be."""
    count: IndicatorScope = "all"
    """How many disclosures of each material topic, for the kind `topic-disclosures`."""


class OptionCriterion(Struct, frozen=True):
    """A criterion of an option; it is met when all of its conditions are."""

    id: str
    summary: str
    """What it asks for, paraphrased."""
    conditions: tuple[Condition, ...]
    clause: str = ""
    """Where the framework's text states it."""


class Option(Struct, frozen=True):
    """A way to claim the use of a framework, e.g. 'in accordance', and its criteria."""

    id: str
    name: str
    criteria: tuple[OptionCriterion, ...]
    general_columns: tuple[IndexColumn, ...]
    """Columns of the content index for general disclosures."""
    specific_columns: tuple[IndexColumn, ...]
    """Columns of the content index for specific disclosures."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """Evidence for its criteria, by id."""

    @property
    def general(self) -> tuple[str, ...]:
        """Codes of the disclosures that it requires whatever is material, in order."""
        return tuple(code for condition in self.conditions("disclosures") for code in condition.codes)

    @property
    def explains_in_rows(self) -> bool:
        """Whether its index explains omissions in columns of their own, not in notes below the tables."""
        return "omission-explanation" in (*self.general_columns, *self.specific_columns)

    def adds_assurance(self, assured: bool) -> bool:
        """Whether its index has a column on assurance beyond those that it asks for, as some disclosure is assured."""
        return assured and "assurance" not in (*self.general_columns, *self.specific_columns)

    @property
    def omissible(self) -> frozenset[str]:
        """Codes among `general` that may be omitted; the management approach and the disclosures of topics and
        sectors may always be."""
        asked = self.conditions("disclosures")
        return frozenset(code for each in asked for code in each.codes if code not in each.not_omissible)

    @property
    def indicators(self) -> IndicatorScope | None:
        """How many disclosures of each material topic it requires; None if it asks for none."""
        return next((condition.count for condition in self.conditions("topic-disclosures")), None)

    @property
    def management_approach(self) -> bool:
        """Whether it requires the management approach of each material topic."""
        return bool(self.conditions("management-approach"))

    def conditions(self, *kinds: ConditionKind) -> tuple[Condition, ...]:
        """Return its conditions of those kinds, in the order of its criteria."""
        return tuple(c for criterion in self.criteria for c in criterion.conditions if c.kind in kinds)


class SectorReference(Struct, frozen=True):
    """A disclosure that a Sector Standard lists for one of its topics."""

    reference: str
    """Number by which the Sector Standard lists it."""
    code: str
    """Code of the disclosure."""
    topic: str
    """Id of the topic, which is an Aspect of the sector."""
    evidence: str
    """Whether the number was seen or follows from the order."""


class Sector(Struct, frozen=True):
    """A sector supplement or Sector Standard."""

    id: str
    name: str
    prefix: str
    disclosures: tuple[str, ...]
    aspects: tuple[str, ...]
    """Ids of the Aspects that it adds."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """Evidence for its parts, by part."""
    references: tuple[SectorReference, ...] = ()
    """What it lists of the framework's disclosures, in its order."""
    standard: str = ""
    """Title and edition of the Sector Standard."""
    in_force_from: date | None = None
    """First day on which a published report follows it; None for no limit."""


class CrossReferenceColumn(Struct, frozen=True):
    """A column that links disclosures to the principles of another initiative."""

    id: str
    name: str
    column: str
    """Heading of its column in the content index."""
    verified: bool
    links: Mapping[str, tuple[str, ...]]
    """Principles by disclosure code, or by Aspect id for all disclosures of an Aspect."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """Evidence for the links, by principle."""


class Terms(Struct, frozen=True):
    """What a framework calls its parts."""

    topic: str
    """What may be material, e.g. 'Aspect'."""
    topics: str
    disclosure: str
    """What is disclosed about a topic beside the management approach, e.g. 'Indicator'."""
    disclosures: str


class Successor(Struct, frozen=True):
    """What replaced a framework."""

    name: str
    start: date
    """Reports published on or after this day follow the successor."""


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
    management_approaches: tuple[str, ...]
    """Codes of the disclosures on the management approach, which are answered once for each material Aspect."""
    terms: Terms
    options: Mapping[str, Option]
    omission_reasons: Mapping[str, OmissionReason]
    sectors: Mapping[str, Sector]
    linkages: Mapping[str, CrossReferenceColumn]
    choices: Mapping[str, str] = field(default_factory=dict)
    """Choices as printed in another language, by their English text."""
    has_boundaries: bool = True
    """Whether a report states where each material topic has its impacts, within and outside the organization."""
    in_force_from: date | None = None
    """First day on which a published report must follow it where it follows the publisher; earlier use is free."""
    successor: Successor | None = None
    short_title: str = ""
    """Its title in running text."""
    foundation: str = ""
    """Title of the Standard that says how to use the others; the index names it with the statement of use."""
    restatements: str | None = None
    """Code of the disclosure on restatements; its answer shows the table of restatements."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Unverified points about the framework as a whole, by subject."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Sources of the data, by the id used in evidence and `sources`."""

    def disclosure(self, id: str) -> Disclosure | None:
        """Return the disclosure of that id, or None; only the id of a management approach may name an Aspect."""
        code, aspect = split_id(id)
        if aspect and (code not in self.management_approaches or aspect not in self.aspects):
            return None
        return self.disclosures.get(code)

    def print_id(self, id: str) -> str:
        """Return an id for readers: without the edition that tells disclosures of the same number apart."""
        code, aspect = split_id(id)
        found = self.disclosures.get(code)
        known = found is not None and code.startswith(f"{found.label}@")
        return disclosure_id(found.label, aspect) if found and known else id

    def find_disclosures(self, code: str) -> tuple[Disclosure, ...]:
        """Return the disclosures with that code, in any letter case; several if its number was used again.

        It may be the code of the catalog, which has an edition if the number was used again, or the one that an
        index prints.
        """
        wanted = code.casefold()
        exact = tuple(d for d in self.disclosures.values() if d.code.casefold() == wanted)
        return exact or tuple(d for d in self.disclosures.values() if d.label.casefold() == wanted)

    def effective_day(self, published: date) -> date:
        """Return the day that decides which disclosures are in force: that of publication, within the framework's time.

        A report may use a framework before its first day. One that uses it after its last day has a finding of its own,
        and is held against what was in force on that day.
        """
        day = max(published, self.in_force_from or published)
        return min(day, self.successor.start - timedelta(days=1)) if self.successor else day

    def has_in_force(self, disclosure: Disclosure, published: date) -> bool:
        """Return whether a report published on that day follows a disclosure."""
        return disclosure.in_force(self.effective_day(published))

    def disclosures_in_force(self, published: date) -> tuple[Disclosure, ...]:
        """Return the disclosures, without those of sectors, that a report published on that day follows."""
        return tuple(d for d in self.disclosures.values() if not d.sector and self.has_in_force(d, published))

    def general_disclosures(self, sector: str | None = None) -> tuple[Disclosure, ...]:
        """Return the General Standard Disclosures in order, then those of the sector."""
        wanted = {None, sector}
        return tuple(d for d in self.disclosures.values() if d.kind == "general" and d.sector in wanted)

    def disclosures_of_aspect(self, aspect: str, sector: str | None = None) -> tuple[Disclosure, ...]:
        """Return the disclosures of a material Aspect: management approach, Indicators, then the sector's."""
        of_aspect = (d for d in self.disclosures.values() if d.aspect == aspect and d.sector in (None, sector))
        return *(self.disclosures[code] for code in self.management_approaches), *of_aspect

    def required_for(self, code: str) -> tuple[str, ...]:
        """Return the options that require this very disclosure (if it has an Aspect: when material)."""
        disclosure = self.disclosures[code]
        return tuple(option.id for option in self.options.values() if self._requires(option, disclosure))

    def omission_permitted(self, code: str, option: str | None) -> bool:
        """Return whether that disclosure may be omitted for a reason (G4 Part 1, 3.1 and 3.2).

        If the option does not require the disclosure, or is None, it is permitted if any option permits it.
        """
        disclosure = self.disclosures[code]
        if disclosure.kind != "general" or disclosure.sector:
            return True
        if option and code in self.options[option].general:
            return code in self.options[option].omissible
        return any(code in each.omissible for each in self.options.values())

    def _requires(self, option: Option, disclosure: Disclosure) -> bool:
        if disclosure.kind == "management-approach":
            return option.management_approach
        if disclosure.sector:
            return bool(option.conditions("sector-general" if disclosure.kind == "general" else "sector-specific"))
        if disclosure.kind == "general":
            return disclosure.code in option.general
        only_one = disclosure.aspect is not None and self.aspects[disclosure.aspect].indicators == (disclosure.code,)
        return option.indicators == "all" or (option.indicators == "one" and only_one)


def has_edition(disclosure: Disclosure) -> bool:
    """Return whether the code of a disclosure has an edition behind its number, which was used again."""
    return bool(disclosure.edition) and disclosure.code == f"{disclosure.label}@{disclosure.edition}"


def printed_code(code: str) -> str:
    """Return a code as pages print it: without the edition that the catalog adds to a number that was used again."""
    return code.partition("@")[0]


def disclosure_id(code: str, aspect: str | None = None) -> str:
    """Return the id of a disclosure; that of a management approach includes its Aspect."""
    return f"{code}:{aspect}" if aspect else code


def split_id(id: str) -> tuple[str, str | None]:
    """Return the code and the Aspect's id of a disclosure id."""
    code, _, aspect = id.partition(":")
    return code, aspect or None
