"""Time stamps of time-stamping authorities (RFC 3161): what they stamp, and whether they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from asn1crypto import cms, tsp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity

from gri_builder.model.finding import Severity
from gri_builder.signatures.algorithms import WEAK_DIGESTS, find_weakness, name_digest
from gri_builder.signatures.chains import judge_chain, name_certificate
from gri_builder.signatures.key_usage import find_time_stamping_fault
from gri_builder.signatures.material import Material
from gri_builder.signatures.verdicts import Reason, TimeStamp, Verdict


def judge_time_stamp(
    token: cms.SignedData, digest: Callable[[str], bytes], material: Material, moment: datetime
) -> TimeStamp:
    """Judge a time stamp at a moment; `digest` returns that of what it stamps, by a named algorithm."""
    info = read_info(token)
    if info is None:
        return TimeStamp("", "", Verdict.BROKEN, (Reason("time-stamp-invalid", "it is no time stamp of RFC 3161"),))
    time = info["gen_time"].native
    try:
        certificates = extract_certs_for_validation(token)
    except (SignatureValidationError, ValueError, KeyError):
        reason = Reason("time-stamp-invalid", "it does not hold the certificate of its authority")
        return TimeStamp(write_time(time), "", Verdict.BROKEN, (reason,))
    own = certificates.signer_cert
    chain = judge_chain(own, certificates.other_certs, material, moment)
    reasons = [*_find_faults(token, info, digest, own), *chain.reasons]
    if fault := find_time_stamping_fault(own):
        reasons.append(Reason("wrong-key-usage", f"the certificate of '{name_certificate(own).name}' {fault}"))
    if not own.not_valid_before <= time <= own.not_valid_after:
        named = name_certificate(own)
        valid = f"the certificate of '{named.name}' is valid from {named.valid_from} to {named.valid_to}"
        reasons.append(Reason("time-stamp-invalid", f"its time is {time:%Y-%m-%d}, and {valid}"))
    if time > moment:
        reasons.append(Reason("time-stamp-invalid", f"its time, {time:%Y-%m-%d}, is later than {moment:%Y-%m-%d}"))
    return TimeStamp(
        time=write_time(time),
        by=name_certificate(own).name,
        verdict=decide(reasons),
        reasons=tuple(reasons),
        chain=chain.names,
    )


def _find_faults(token: cms.SignedData, info: tsp.TSTInfo, digest: Callable[[str], bytes], own: object) -> list[Reason]:
    """Return why a token is not signed by its authority, or stamps something else."""
    signer = token["signer_infos"][0]
    if weakness := find_weakness(signer, own):
        return [Reason("weak-algorithm", f"the time stamp {weakness}")]
    imprint = info["message_imprint"]
    name = imprint["hash_algorithm"]["algorithm"].native
    if name in WEAK_DIGESTS:
        return [Reason("weak-algorithm", f"the time stamp is over a digest by {name_digest(name)}, which is too weak")]
    content = bytes(token["encap_content_info"]["content"])
    try:
        hashed = hashlib.new(signer["digest_algorithm"]["algorithm"].native, content).digest()
        is_intact, is_valid = validate_sig_integrity(signer, own, "tst_info", hashed)
        stamped = digest(name)
    except (SignatureValidationError, ValueError, KeyError, TypeError):
        return [Reason("time-stamp-invalid", "the time stamp can't be read")]
    if not is_intact or not is_valid:
        return [Reason("time-stamp-invalid", "the time stamp was changed: its authority did not sign it so")]
    if stamped != imprint["hashed_message"].native:
        return [Reason("time-stamp-invalid", "the time stamp is that of something else")]
    return []


def read_info(token: cms.SignedData) -> tsp.TSTInfo | None:
    """Return what a time stamp states; None where it is none."""
    try:
        info = token["encap_content_info"]["content"].parsed
        return info if isinstance(info, tsp.TSTInfo) and info["gen_time"].native else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def decide(reasons: list[Reason]) -> Verdict:
    """Return the verdict that follows from what was found: an unknown root alone leaves it open."""
    rules = {each.rule for each in reasons if each.severity is Severity.ERROR}
    if not rules:
        return Verdict.HOLDS
    return Verdict.UNDECIDED if rules == {"unknown-root"} else Verdict.BROKEN


def write_time(time: datetime) -> str:
    """Return a time in ISO 8601, in UTC."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
