"""A rule: what a finding of that name is about, and why it matters."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from gri_builder.model.finding import Severity


class Stage(StrEnum):
    """The stage of the work that reports a rule's findings, in the order of the work."""

    SOURCE = "source"
    MARKDOWN = "markdown"
    SPREADSHEETS = "spreadsheets"
    FACTS = "facts"
    INTAKE = "intake"
    WAREHOUSE = "warehouse"
    VALIDATION = "validation"
    EDITIONS = "editions"
    CROSS_CHECKS = "cross-checks"
    COVERAGE = "coverage"
    LAYOUT = "layout"
    BUILD = "build"
    SIGN_OFF = "sign-off"
    REVIEW = "review"
    PROVENANCE = "provenance"
    AUDIT = "audit"
    BATCH = "batch"
    SIGNATURES = "signatures"
    SURVEY = "survey"


class Rule(Struct, frozen=True):
    """The record of a rule."""

    id: str
    """Name of the rule, in kebab-case, as findings state it."""
    stage: Stage
    severities: tuple[Severity, ...]
    """Severities of its findings, the most common first."""
    title: str
    """What is wrong, in a few words, without a full stop."""
    why: str
    """Why it matters, in full sentences."""
    bad: str
    """An example that breaks the rule."""
    good: str
    """The same example, corrected."""
    clause: str | None = None
    """The clause of a standard that the rule rests on, if there is one."""

    @property
    def severity(self) -> Severity:
        """The most common severity of its findings."""
        return self.severities[0]
