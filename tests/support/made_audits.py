"""Audits made by hand, for tests of how they look."""

from __future__ import annotations

from datetime import date

from gri_builder.coverage.assess import assess
from gri_builder.coverage.coverage_input import CoverageInput, DisclosureClaim
from gri_builder.model.audit_result import (
    AuditClaim,
    AuditResult,
    Check,
    CheckStatus,
    Evidence,
    PageName,
    Reference,
    Verdict,
)
from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.model.report import Omission
from gri_builder.resources.frameworks import load_framework

FRAMEWORK = load_framework()
FILE = "acme 2015.pdf"


def at(page: int) -> Location:
    """Return a page of the audited file."""
    return Location(FILE, page=page, label=str(page - 2))


CLAIMS = (
    AuditClaim(
        "G4-1",
        "G4-1",
        "G4-1",
        40,
        (Reference("3–4", (5, 6)),),
        assured=False,
        evidence=Evidence(Verdict.FOUND, 5, "G4-1 A letter from the chief executive"),
    ),
    AuditClaim(
        "G4-DMA",
        "G4-DMA:energy",
        "DMA",
        41,
        (Reference("12", (14,)), Reference("Annual Report, p. 7", (), True)),
        evidence=Evidence(Verdict.WEAK, 14, "=HYPERLINK(\"x\") <b>energy</b> & 'more'"),
    ),
    AuditClaim(
        "G4-EN3",
        "G4-EN3",
        "EN3",
        41,
        (Reference("99"),),
        ("a", "b"),
        "b: not available",
        (Omission(("b",), "information-unavailable", "No meters", at(41), {"steps": "Fit them", "available": "2017"}),),
        True,
        43,
        evidence=Evidence(Verdict.NOT_FOUND),
    ),
)
CHECKS = (
    Check("page-exists", CheckStatus.PASS, "the pages 5–6 are there", at(5), "G4-1"),
    Check("page-exists", CheckStatus.FAIL, "there is no page '99'", at(41), "G4-EN3", "ask which page is meant"),
    Check("reference-outside", CheckStatus.SKIPPED, "it leads to another document", at(41), "G4-DMA:energy"),
    Check("assurance-page", CheckStatus.PASS, "page 43 is there", at(43), "G4-EN3"),
)
FINDINGS = (
    Finding("page-exists", Severity.ERROR, "there is no page '99'", at(41), "ask which page is meant", "G4-EN3"),
    Finding("code-unknown", Severity.WARNING, "'G4-EN99' is no code", at(41)),
)


def make_audit(**changes: object) -> AuditResult:
    """Return an audit with something of everything."""
    stated = {
        "G4-1": DisclosureClaim(frozenset({""}), pages=("3", "4")),
        "G4-DMA:energy": DisclosureClaim(frozenset({""}), pages=("12",), links=("Annual Report, p. 7",)),
    }
    subject = CoverageInput(
        stated, ("energy",), at(1), "core", None, "Acme & Sons", date(2015, 1, 1), date(2015, 12, 31)
    )
    values: dict[str, object] = {
        "file": FILE,
        "sha256": "0123456789abcdef" * 4,
        "pages": 44,
        "producer": "other",
        "recognized": "gri-g4",
        "claimed_option": "core",
        "index_pages": (PageName(40, "38"), PageName(41, "39")),
        "claims": CLAIMS,
        "checks": CHECKS,
        "coverage": assess(FRAMEWORK, subject),
        "findings": FINDINGS,
        "title": "Report <of> Acme & Sons",
        "labels": ("", "", *(str(n) for n in range(1, 43))),
    }
    return AuditResult(**{**values, **changes})  # type: ignore[arg-type]
