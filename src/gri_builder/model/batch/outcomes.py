"""What a batch made of the reports of a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from gri_builder.model.finding import Finding, sort_findings

Status = Literal["built", "valid", "not-built", "left-out", "failed", "lost"]
"""'valid' was only checked; 'not-built' has errors; 'left-out' has errors in its row of the list; 'failed' met a fault
of the program; 'lost' had workers that ended."""


class RowResult(Struct, frozen=True):
    """What became of a report."""

    status: Status
    findings: tuple[Finding, ...] = ()
    """With whole paths."""
    files: tuple[str, ...] = ()
    pages: int | None = None
    used: frozenset[str] = frozenset()
    """Names of the parameters that its template asks for."""
    is_read: bool = True
    """Whether its template could be read."""


class Outcomes(Struct, frozen=True):
    """What became of the reports of a list."""

    list: str
    """The list, as it was named."""
    reports: Mapping[str, RowResult]
    """By name, in the order of the list; what its rows leave out comes last."""
    findings: tuple[Finding, ...]
    """About the list as a whole."""

    def count(self, *statuses: Status) -> int:
        """Return how many reports have one of these statuses."""
        return sum(each.status in statuses for each in self.reports.values())

    def all_findings(self) -> tuple[Finding, ...]:
        """Return all findings, each once."""
        return sort_findings((*self.findings, *(one for each in self.reports.values() for one in each.findings)))
