"""Verifies a signed report: its signatures, its data and pages by the audit, and a fresh build if a folder is given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from gri_builder.audit.audit import DEFAULT, audit_pdf
from gri_builder.audit.sandbox import Limits
from gri_builder.model.audit_result import AuditResult
from gri_builder.model.finding import Finding, Location, Result, Severity, sort_findings
from gri_builder.signatures.judge import judge_signatures
from gri_builder.signatures.material import Material
from gri_builder.signatures.time_stamps import write_time
from gri_builder.signatures.verdicts import SignatureVerdict, SignedFile, Verdict
from gri_builder.signatures.verification import Rebuild, Verification
from gri_builder.signing.rebuild import compare_with_build


def verify_report(
    file: Path, material: Material, moment: datetime, report: Path | None = None, limits: Limits = DEFAULT
) -> Verification:
    """Verify a PDF at a moment, by the certificates that the reader trusts; nothing is fetched.

    With a report folder, it is built again in memory and compared with what was signed.
    Raises OSError where the file can't be read.
    """
    data = file.read_bytes()
    signed = judge_signatures(data, material, moment)
    audited = audit_pdf(file, limits=limits)
    origin = audited.value.origin if audited.value else None
    rebuild = compare_with_build(data, report, origin) if report else None
    verdict, reason = _decide(signed, audited, rebuild)
    return Verification(
        file=file.name,
        sha256=hashlib.sha256(data).hexdigest(),
        moment=write_time(moment),
        verdict=verdict,
        reason=reason,
        signed=signed,
        audit=audited.value,
        rebuild=rebuild,
        findings=sort_findings(_list_findings(file.name, signed, audited, rebuild)),
    )


def _decide(signed: SignedFile, audited: Result[AuditResult], rebuild: Rebuild | None) -> tuple[Verdict, str]:
    """Return the verdict on all of it, and the first reason for it."""
    if signed.verdict is Verdict.BROKEN:
        return Verdict.BROKEN, signed.reason
    if audited.value is None and signed.verdict is Verdict.HOLDS:
        return Verdict.UNDECIDED, f"the signatures hold, but {audited.findings[0].message}"
    errors = _list_errors(audited)
    if errors:
        count = f"{len(errors)} check{'s' if len(errors) > 1 else ''} failed"
        return Verdict.BROKEN, f"pages, data and content index of the PDF do not agree: {count}"
    if rebuild and not rebuild.agrees:
        return Verdict.BROKEN, rebuild.message
    return signed.verdict, signed.reason


def _list_errors(audited: Result[AuditResult]) -> list[Finding]:
    """Return the errors of the audit of a gri-builder PDF; a third-party one has no data to agree with."""
    if audited.value is None or audited.value.producer != "gri-builder":
        return []
    return [each for each in audited.findings if each.severity is Severity.ERROR]


def _list_findings(
    file: str, signed: SignedFile, audited: Result[AuditResult], rebuild: Rebuild | None
) -> Iterator[Finding]:
    where = Location(file)
    for reason in signed.reasons:
        yield Finding(reason.rule, reason.severity, reason.message, where, reason.hint)
    for each in signed.signatures:
        for reason in each.reasons:
            message = f"{name_signature(each)}: {reason.message}"
            yield Finding(reason.rule, reason.severity, message, where, reason.hint)
    if audited.value is None:
        yield from audited.findings
    elif audited.value.producer == "gri-builder":
        yield from (replace(each, where=replace(each.where, file=file)) for each in audited.findings)
    if rebuild and not rebuild.agrees:
        hint = "compare the report folder, and the version of the program, with those of the signed PDF"
        yield Finding("rebuild-differs", Severity.ERROR, rebuild.message, where, hint)


def name_signature(each: SignatureVerdict) -> str:
    """Return a signature as findings name it."""
    kind = "the time stamp of" if each.kind == "time-stamp" else "the signature of"
    return f"{kind} '{each.signer}'" if each.signer else f"the signature '{each.field}'"
