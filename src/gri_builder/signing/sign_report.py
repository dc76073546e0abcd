"""Signs a report: a PDF that gri-builder built, and that is as it was built."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from gri_builder.audit.audit import audit_pdf
from gri_builder.model.audit_result import AuditResult
from gri_builder.model.finding import Finding, Location, Result, Severity, error
from gri_builder.model.theme import FontFamily
from gri_builder.signatures.verdicts import SignedPdf
from gri_builder.signing.keys import SigningKey
from gri_builder.signing.seal import make_seal
from gri_builder.signing.sign_pdf import RefusedError, SigningOrder, sign_pdf


def sign_report(
    file: Path, key: SigningKey, order: SigningOrder, visible: bool = False, font: FontFamily | None = None
) -> Result[SignedPdf]:
    """Return a PDF with a new signature; without a value where it can't be signed, with the reasons.

    The PDF is audited before, so that nobody vouches for pages that were changed. Raises OSError for one that can't
    be read. With `visible`, a seal is shown in the place that the report reserves, in the program's font or another.
    """
    data = file.read_bytes()
    audited = audit_pdf(file)
    if refusals := _find_refusals(file, audited):
        return Result(None, refusals)
    try:
        origin = audited.value.origin if audited.value else None
        if visible and origin:
            order = replace(order, appearance=make_seal(data, origin, key, order, font))
        return Result(sign_pdf(data, key, order))
    except RefusedError as problem:
        return Result(None, (error(problem.rule, str(problem), Location(file.name), problem.hint or None),))


def _find_refusals(file: Path, audited: Result[AuditResult]) -> tuple[Finding, ...]:
    """Return why a PDF is not to be signed: it can't be read, is not gri-builder's, or was changed since."""
    if audited.value is None:
        return audited.findings
    where = Location(file.name)
    if audited.value.producer != "gri-builder":
        message = "the PDF was not made by gri-builder: it holds no data that a reader could compare its pages with"
        return (error("unsignable-pdf", message, where, "sign it with another program"),)
    errors = tuple(each for each in audited.findings if each.severity is Severity.ERROR)
    if errors:
        message = "the PDF is not as it was built, so it was not signed: the other findings say what was changed"
        return (*errors, error("unsignable-pdf", message, where, "build the report again, and sign that PDF"))
    return ()
