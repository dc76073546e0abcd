"""Coverage: how much of a framework a report or a PDF answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Literal

from msgspec import Struct, field

from gri_builder.model.finding import Finding

Basis = Literal["answers", "claims"]
"""What a coverage rests on: the answers themselves, or what the organization claims in its content index."""


class Omitted(Struct, frozen=True):
    """A stated omission, of one requirement or the whole disclosure."""

    part: str | None
    """Letter of the requirement; None for the whole disclosure."""
    reason: str
    explanation: str
    counts: bool
    """Whether it is permitted and gives all details that its reason requires."""


class CoverageRow(Struct, frozen=True):
    """Coverage of one disclosure."""

    id: str
    code: str
    aspect: str | None
    title: str
    status: Status
    required_for: tuple[str, ...]
    """Options that require this very disclosure, given the material Aspects."""
    requirements: Mapping[str, Status]
    """Covered, omitted or missing by letter; the letter is '' if the framework data has no letters."""
    pages: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    omissions: tuple[Omitted, ...] = ()
    assured: bool = False
    assurance_page: str | None = None
    unclear: str = ""
    """Why its status can't be decided, where it can't."""


class Totals(Struct, frozen=True):
    """Number of items that an option requires; if any Indicator of an Aspect is enough, they count as one."""

    required: int
    covered: int
    partial: int
    omitted: int
    missing: int
    unclear: int = 0
    """Those of which it can't be decided whether they are covered; none of them counts as one of the others."""


class Criterion(Struct, frozen=True):
    """Whether one criterion of an option is met."""

    option: str
    criterion: str
    """Its id in the framework's option."""
    summary: str
    holds: bool
    needs: tuple[str, ...] = ()
    """Ids of what is missing or partial; an Aspect's id if any of its Indicators is enough."""
    unclear: tuple[str, ...] = ()
    """Ids of those of which it can't be decided whether they are missing."""
    decidable: bool = True
    """False where it can't be decided what it asks for, e.g. without material Aspects."""
    by_author: bool = False
    """Whether only the organization itself can know if it is met."""

    @property
    def verdict(self) -> Outcome:
        """Whether it is met, as far as can be decided."""
        if self.by_author:
            return Outcome.AUTHOR
        if self.holds:
            return Outcome.HOLDS
        return Outcome.OPEN if self.needs or (self.decidable and not self.unclear) else Outcome.UNCLEAR


class Coverage(Struct, frozen=True):
    """What is covered, and which options' criteria are met."""

    framework: str
    organization: str | None
    start: date | None
    end: date | None
    claimed: str | None
    judged: str | None
    """Id of the option that statuses and findings refer to: the requested one, else the claimed one."""
    met: tuple[str, ...]
    """Ids of the options whose criteria are met, as far as others than the organization can know."""
    totals: Mapping[str, Totals]
    aspects: tuple[str, ...]
    """Ids of the material Aspects, in the framework's order."""
    sector: str | None
    rows: tuple[CoverageRow, ...]
    criteria: tuple[Criterion, ...]
    findings: tuple[Finding, ...] = ()
    basis: Basis = "answers"
    unclear: Mapping[str, str] = field(default_factory=dict)
    """Why the status of a disclosure can't be decided, by its id."""

    def verdict(self, option: str) -> Outcome:
        """Return whether all criteria of an option are met, as far as can be decided."""
        verdicts = {criterion.verdict for criterion in self.criteria if criterion.option == option}
        if Outcome.OPEN in verdicts:
            return Outcome.OPEN
        return Outcome.UNCLEAR if Outcome.UNCLEAR in verdicts else Outcome.HOLDS


class Outcome(StrEnum):
    """Whether criteria are met."""

    HOLDS = "holds"
    OPEN = "open"
    UNCLEAR = "unclear"
    """It can't be decided, e.g. because rows of a content index could not be read."""
    AUTHOR = "author"
    """Only the organization itself can know."""


class Status(StrEnum):
    """Coverage status; a single requirement is covered, omitted or missing."""

    COVERED = "covered"
    """No requirement is missing, and at least one is answered."""
    OMITTED = "omitted"
    """No requirement is missing or answered: all are omitted for a permitted reason."""
    PARTIAL = "partial"
    """Some requirements are missing, others are answered or omitted."""
    MISSING = "missing"
    """Nothing is answered or omitted, and the evaluated option requires it."""
    NOT_REQUIRED = "not-required"
    """Nothing is answered or omitted, and the evaluated option, if any, does not require it."""
