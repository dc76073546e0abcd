"""What the rules look at, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from gri_builder.audit.extracted import Extracted
from gri_builder.audit.own import Own
from gri_builder.audit.read import PdfFile
from gri_builder.coverage import Coverage
from gri_builder.examination import CheckStatus
from gri_builder.finding import Severity
from gri_builder.framework import Framework


class Subject(Struct, frozen=True):
    """A PDF that is being audited."""

    pdf: PdfFile
    framework: Framework
    extracted: Extracted
    coverage: Coverage | None
    own: Own | None
    """What a PDF of ours carries; None for anyone else's."""


class Outcome(Struct, frozen=True):
    """How one check of a rule ended; the driver adds rule, file and label."""

    status: CheckStatus
    message: str
    id: str | None = None
    page: int | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR


Rule = Callable[[Subject], Iterator[Outcome]]
"""A rule yields an outcome for each thing that it checks; its docstring says why, and the clause it rests on."""


def holds(message: str, id: str | None = None, page: int | None = None) -> Outcome:
    """Return that something is as it should be."""
    return Outcome(CheckStatus.PASS, message, id, page)


def fails(
    message: str,
    id: str | None = None,
    page: int | None = None,
    hint: str | None = None,
    severity: Severity = Severity.ERROR,
) -> Outcome:
    """Return that something is not as it should be."""
    return Outcome(CheckStatus.FAIL, message, id, page, hint, severity)


def skipped(reason: str, id: str | None = None, page: int | None = None) -> Outcome:
    """Return that something could not be checked, and why."""
    return Outcome(CheckStatus.SKIPPED, reason, id, page)
