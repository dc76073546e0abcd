"""A verification as text for people: the first line says whether the PDF holds, and why."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.model.finding import Severity
from gri_builder.reporters.terminal import MAX_WIDTH, colorize, sanitize, wrap
from gri_builder.signatures.verdicts import Reason, SignatureVerdict, Verdict
from gri_builder.signatures.verification import Verification

_COLORS = {Verdict.HOLDS: "good", Verdict.BROKEN: "error", Verdict.UNDECIDED: "warning"}
_KINDS = {
    "certification": "certified by",
    "approval": "approved by",
    "time-stamp": "time stamp over the whole file, by",
}
_PERMITS = {
    "nothing": "it lets nobody change the PDF",
    "forms": "it lets others sign, and nothing else be changed",
    "annotations": "it lets others sign and comment",
}
INDENT, LABEL = "   ", 12
"""Space before the details of a signature, and the width of their labels."""


def write_verification_text(found: Verification, width: int = MAX_WIDTH, color: bool = False) -> str:
    """Return the verification as text of at most `width` columns, but for paths and hashes."""
    parts = [
        [*_head(found, width, color)],
        *([*_describe(number, each, width, color)] for number, each in enumerate(found.signed.signatures, 1)),
        [*_data(found, width)],
        [*_findings(found, width, color)],
        [*_files(found)],
    ]
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts if part)


def _head(found: Verification, width: int, color: bool) -> Iterator[str]:
    first, *rest = wrap(f"{found.verdict}: {found.file}: {found.reason}.", width)
    yield colorize(first, _COLORS[found.verdict], color)
    yield from (colorize(line, _COLORS[found.verdict], color) for line in rest)
    for reason in found.signed.reasons:
        yield from wrap(f"{reason.message}; {reason.hint}." if reason.hint else f"{reason.message}.", width)


def _describe(number: int, each: SignatureVerdict, width: int, color: bool) -> Iterator[str]:
    """Yield who signed, when, by which chain, and what follows from it."""
    organization = f" ({each.organization})" if each.organization and each.organization not in each.signer else ""
    signer = each.signer or f"the field '{each.field}'"
    verdict = "intact, by an unknown root" if each.verdict is Verdict.UNDECIDED else each.verdict.value
    yield colorize(sanitize(f"{number}. {_KINDS[each.kind]} {signer}{organization}: {verdict}"), "strong", color)
    for label, text in _list_details(each):
        if text:
            yield from wrap(text, width, f"{INDENT}{label:<{LABEL}}", INDENT + " " * LABEL)
    for reason in each.reasons:
        yield from _write_reason(reason, width, color)


def _list_details(each: SignatureVerdict) -> Iterator[tuple[str, str]]:
    yield "when", "; ".join(_list_times(each))
    yield "reason", each.reason
    yield "place", each.location
    chain = " < ".join(certificate.name for certificate in each.chain)
    trusted = "which you trust" if each.is_root_trusted else "which nobody vouches for"
    yield "chain", f"{chain}, {trusted}" if chain else ""
    if each.chain:
        own = each.chain[0]
        yield "certificate", f"valid from {own.valid_from} to {own.valid_to}; SHA-256 {own.sha256}"
    if each.kind != "time-stamp" and each.chain:
        known = {"good": "no", "revoked": "yes", "unknown": "not known"}[each.revocation]
        yield "revoked", known
    level = f"PAdES {each.level}" if each.level else ""
    yield "made with", ", ".join(filter(None, (level, each.digest)))
    yield "permits", _PERMITS.get(each.permits, "")
    yield "added later", ", then ".join(each.changes) or ("nothing" if each.covers_all else "")


def _list_times(each: SignatureVerdict) -> Iterator[str]:
    if each.claimed_time:
        yield f"{print_time(each.claimed_time)}, as the signer says"
    if each.kind == "time-stamp" and each.proven_time:
        yield print_time(each.proven_time)
    elif each.time_stamp and each.time_stamp.time:
        stamp = each.time_stamp
        says = "proves" if each.proven_time and stamp.verdict is Verdict.HOLDS else "says, but nobody vouches for it,"
        yield f"a time stamp of '{stamp.by}' {says} {print_time(stamp.time)}"
    elif each.kind != "time-stamp":
        yield "no time stamp proves it"


def print_time(text: str) -> str:
    """Return a time in ISO 8601 as people read it."""
    return f"{text[:16].replace('T', ' ')} UTC"


def _write_reason(reason: Reason, width: int, color: bool) -> Iterator[str]:
    look = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "faint"}[reason.severity]
    first = f"{INDENT}{colorize(reason.severity.value, look, color)} {reason.rule}: "
    text = f"{reason.message}; {reason.hint}" if reason.hint else reason.message
    yield from wrap(text, width, first, INDENT * 2)


def _data(found: Verification, width: int) -> Iterator[str]:
    """Yield what the audit says about the data in the PDF, and what a fresh build gives."""
    if found.audit is None:
        yield "The PDF could not be audited."
        return
    if found.audit.producer != "gri-builder":
        text = "It was not made by gri-builder: it holds no data that its pages could be compared with."
        yield from wrap(text, width)
        return
    checks = found.checks
    numbers = f"{checks['pass']} checks passed, {checks['fail']} failed, {checks['skipped']} were skipped"
    agree = "do not agree" if checks["fail"] else "agree"
    yield from wrap(f"Pages, content index and embedded data {agree}: {numbers}.", width)
    if found.rebuild and found.rebuild.agrees:
        text = f"The report in '{found.rebuild.folder}' builds the same PDF, byte for byte, as was signed."
        yield from wrap(text, width)


def _findings(found: Verification, width: int, color: bool) -> Iterator[str]:
    """Yield the findings of the audit, which are not those of a signature."""
    own = {reason.rule for each in found.signed.signatures for reason in each.reasons}
    own |= {reason.rule for reason in found.signed.reasons}
    for finding in found.findings:
        if finding.rule not in own and finding.rule != "rebuild-differs":
            page = f" (page {finding.where.page})" if finding.where.page else ""
            yield from _write_reason(
                Reason(finding.rule, f"{finding.message}{page}", finding.severity, finding.hint), width, color
            )


def _files(found: Verification) -> Iterator[str]:
    """Yield the files that the report was made from, as `sha256sum` writes and checks them."""
    origin = found.audit.origin if found.audit else None
    if origin is None:
        return
    yield sanitize(f"Made by {origin.program} from {len(origin.files)} files (SHA-256, path):")
    for path, digest in origin.files:
        yield sanitize(f"{digest}  {path}")
