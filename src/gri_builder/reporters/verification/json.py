"""A verification as a document of `schemas/outputs/verification.schema.json`."""

from __future__ import annotations

from typing import Any

from gri_builder.reporters.findings.json import finding_object
from gri_builder.reporters.json_document import dump_json
from gri_builder.signatures.verdicts import CertificateName, Reason, SignatureVerdict, TimeStamp
from gri_builder.signatures.verification import Verification


def write_verification_json(found: Verification) -> str:
    """Return the verification as JSON text."""
    origin = found.audit.origin if found.audit else None
    document = {
        "format": "gri-builder/verification/1",
        "file": found.file,
        "sha256": found.sha256,
        "moment": found.moment,
        "verdict": found.verdict.value,
        "reason": found.reason,
        "signatures": [_signature_object(each) for each in found.signed.signatures],
        "revisions": found.signed.revisions,
        "checks": found.checks if found.audit else None,
        "program": origin.program if origin else None,
        "files": [{"path": path, "sha256": digest} for path, digest in origin.files] if origin else [],
        "rebuild": (
            {"folder": found.rebuild.folder, "agrees": found.rebuild.agrees, "message": found.rebuild.message}
            if found.rebuild
            else None
        ),
        "findings": [finding_object(each) for each in found.findings],
    }
    return dump_json(document)


def _signature_object(each: SignatureVerdict) -> dict[str, Any]:
    return {
        "field": each.field,
        "kind": each.kind,
        "signer": each.signer,
        "organization": each.organization,
        "verdict": each.verdict.value,
        "reasons": [_reason_object(reason) for reason in each.reasons],
        "claimed_time": each.claimed_time or None,
        "proven_time": each.proven_time or None,
        "time_stamp": _stamp_object(each.time_stamp) if each.time_stamp else None,
        "chain": [_certificate_object(certificate) for certificate in each.chain],
        "is_root_trusted": each.is_root_trusted,
        "revocation": each.revocation,
        "level": each.level,
        "digest": each.digest or None,
        "algorithm": each.algorithm or None,
        "reason": each.reason or None,
        "location": each.location or None,
        "revision": each.revision,
        "covers_all": each.covers_all,
        "permits": each.permits or None,
        "changes": list(each.changes),
    }


def _stamp_object(stamp: TimeStamp) -> dict[str, Any]:
    return {
        "time": stamp.time,
        "by": stamp.by,
        "verdict": stamp.verdict.value,
        "reasons": [_reason_object(reason) for reason in stamp.reasons],
        "chain": [_certificate_object(certificate) for certificate in stamp.chain],
    }


def _reason_object(reason: Reason) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "severity": reason.severity.value,
        "message": reason.message,
        "hint": reason.hint,
    }


def _certificate_object(certificate: CertificateName) -> dict[str, Any]:
    return {
        "name": certificate.name,
        "organization": certificate.organization,
        "sha256": certificate.sha256,
        "valid_from": certificate.valid_from,
        "valid_to": certificate.valid_to,
    }
