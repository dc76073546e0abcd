"""What a report or a PDF covers of what its framework asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from gri_builder.model.finding import Finding
from gri_builder.model.framework import CriterionId


class Omitted(Struct, frozen=True):
    """An omission as it is stated, for one requirement or the whole disclosure."""

    part: str | None
    """Letter of the requirement; None for the whole disclosure."""
    reason: str
    explanation: str
    counts: bool
    """Whether it is permitted here and says all that its reason must say."""


class CoverageRow(Struct, frozen=True):
    """How far one disclosure is covered."""

    id: str
    code: str
    aspect: str | None
    title: str
    status: Status
    required_for: tuple[str, ...]
    """Options that require it by itself, under these material Aspects."""
    requirements: Mapping[str, Status]
    """Covered, omitted or missing by letter; the letter is '' where the framework's are not known."""
    pages: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    omissions: tuple[Omitted, ...] = ()
    assured: bool = False
    assurance_page: str | None = None


class Totals(Struct, frozen=True):
    """What an option asks for, counted; where any one of an Aspect's Indicators will do, they count as one."""

    required: int
    covered: int
    partial: int
    omitted: int
    missing: int


class Criterion(Struct, frozen=True):
    """Whether one criterion of an option holds."""

    option: str
    criterion: CriterionId
    summary: str
    holds: bool
    needs: tuple[str, ...] = ()
    """Ids of what is still missing or partial; an Aspect's id where any one of its Indicators will do."""


class Coverage(Struct, frozen=True):
    """What is covered, and which options' criteria hold."""

    framework: str
    organization: str | None
    start: date | None
    end: date | None
    claimed: str | None
    judged: str | None
    """Id of the option that the rows' statuses and the findings are about: the one asked for, else the one claimed."""
    met: tuple[str, ...]
    """Ids of the options whose criteria hold."""
    totals: Mapping[str, Totals]
    aspects: tuple[str, ...]
    """Ids of the material Aspects, in the framework's order."""
    sector: str | None
    rows: tuple[CoverageRow, ...]
    criteria: tuple[Criterion, ...]
    findings: tuple[Finding, ...] = ()


class Status(StrEnum):
    """How far something that is asked for is covered; a single requirement is covered, omitted or missing."""

    COVERED = "covered"
    """No requirement is missing, and at least one is answered."""
    OMITTED = "omitted"
    """No requirement is missing, and none is answered: all are left out for a permitted reason."""
    PARTIAL = "partial"
    """Some requirement is missing, and some is answered or omitted."""
    MISSING = "missing"
    """Nothing is answered or omitted, and the option judged asks for it."""
    NOT_REQUIRED = "not-required"
    """Nothing is answered or omitted, and the option judged, if any, does not ask for it."""
