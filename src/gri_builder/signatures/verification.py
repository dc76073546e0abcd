"""What `verify` found out about a signed PDF: its signatures, its data and pages, and a fresh build of its report."""

from __future__ import annotations

from msgspec import Struct

from gri_builder.model.audit_result import AuditResult, CheckStatus
from gri_builder.model.finding import Finding
from gri_builder.signatures.verdicts import SignedFile, Verdict


class Rebuild(Struct, frozen=True):
    """The report that a signed PDF was made from, built again."""

    folder: str
    agrees: bool
    """Whether the signed PDF starts with the same bytes."""
    message: str
    """What differs; empty if nothing does."""


class Verification(Struct, frozen=True):
    """A signed PDF, verified."""

    file: str
    sha256: str
    moment: str
    """Time of the judgement, in ISO 8601."""
    verdict: Verdict
    reason: str
    """Why: a sentence without its full stop."""
    signed: SignedFile
    audit: AuditResult | None
    """None for a PDF that could not be audited."""
    rebuild: Rebuild | None
    findings: tuple[Finding, ...]

    @property
    def checks(self) -> dict[str, int]:
        """Number of checks of the audit by outcome."""
        return {status.value: self.audit.count(status) if self.audit else 0 for status in CheckStatus}
