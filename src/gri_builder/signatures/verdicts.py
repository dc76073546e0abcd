"""Signatures in a PDF as they were judged: who signed, when, by which chain of certificates, and whether it holds.

Clauses: ISO 32000-2, 12.8; EN 319 142-1 (PAdES); EN 319 102-1 (how signatures are validated); RFC 5280.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from gri_builder.model.finding import Finding, Severity

SignatureKind = Literal["certification", "approval", "time-stamp"]
"""A certification signature says what may be changed later; an approval signature adds itself; a document time stamp
proves that the file existed (ISO 32000-2, 12.8.1 and 12.8.5)."""

Level = Literal["B-B", "B-T", "B-LT", "B-LTA"]
"""PAdES levels: a signature; with a time stamp; with what its validation needs; with a time stamp over that."""
LEVELS: tuple[Level, ...] = ("B-B", "B-T", "B-LT", "B-LTA")

Revocation = Literal["good", "revoked", "unknown"]


class Verdict(StrEnum):
    """Whether a signature, or a whole PDF, holds."""

    HOLDS = "holds"
    BROKEN = "does not hold"
    UNDECIDED = "no judgement"


class Reason(Struct, frozen=True):
    """Why a signature does not hold, or what is worth knowing about it; the rest of a sentence about it."""

    rule: str
    """Id of the rule, in kebab-case, which names the kind of the reason."""
    message: str
    severity: Severity = Severity.ERROR
    hint: str | None = None


class CertificateName(Struct, frozen=True):
    """A certificate of a chain."""

    name: str
    """Its common name, else the name of the organization."""
    organization: str
    sha256: str
    valid_from: str
    """Day in ISO 8601."""
    valid_to: str


class TimeStamp(Struct, frozen=True):
    """A time stamp of a time-stamping authority (RFC 3161)."""

    time: str
    """Time in ISO 8601."""
    by: str
    """Name of the authority."""
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    chain: tuple[CertificateName, ...] = ()


class SignatureVerdict(Struct, frozen=True):
    """A signature, or a document time stamp, and whether it holds."""

    field: str
    """Full name of its form field."""
    kind: SignatureKind
    signer: str
    """The common name in the certificate of the signer, else the name of the organization; empty if unreadable."""
    organization: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    claimed_time: str
    """When it was signed as the signer says, in ISO 8601; empty if it does not say so."""
    proven_time: str
    """Time by which a time stamp proves that it existed; empty without one."""
    time_stamp: TimeStamp | None
    chain: tuple[CertificateName, ...]
    """Certificates from that of the signer to the root, as far as they are known."""
    is_root_trusted: bool
    revocation: Revocation
    level: Level | None
    """None for a document time stamp."""
    digest: str
    algorithm: str
    reason: str
    """Why it was signed, as the signer says."""
    location: str
    revision: int
    """Revision of the file that it signs, from 1."""
    covers_all: bool
    """Whether nothing was added to the file after it."""
    permits: Literal["nothing", "forms", "annotations", ""]
    """What a certification signature lets others change; empty if it says nothing."""
    changes: tuple[str, ...]
    """What was added to the file after it, each a few words."""

    @property
    def holds(self) -> bool:
        """Whether it is intact and valid, by a root that is trusted."""
        return self.verdict is Verdict.HOLDS


class SignedFile(Struct, frozen=True):
    """All signatures of a PDF, and whether they hold."""

    verdict: Verdict
    reason: str
    """Why: the rest of a sentence."""
    signatures: tuple[SignatureVerdict, ...]
    """In the order in which they were made; document time stamps among them."""
    reasons: tuple[Reason, ...] = ()
    """What is wrong with the file as a whole, such as a signature that was taken out."""
    revisions: int = 1

    @property
    def holds(self) -> bool:
        """Whether it is signed, and all of its signatures hold."""
        return self.verdict is Verdict.HOLDS

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules of all reasons of severity error, sorted."""
        found = [*self.reasons, *(reason for each in self.signatures for reason in each.reasons)]
        return tuple(sorted({each.rule for each in found if each.severity is Severity.ERROR}))


class SignedPdf(Struct, frozen=True):
    """A PDF with a new signature."""

    data: bytes
    signer: str
    level: Level
    why_not_higher: str
    """What was missing for the next level; empty at the highest."""
    findings: tuple[Finding, ...] = ()
