"""Judges all signatures of a PDF: bytes, chains, time stamps, later changes (EN 319 102-1, 5.6).

A time stamp over the whole file proves that everything before it existed by then. So the signatures are judged from the
last one back: each at the time of the last time stamp after it that holds, or at the moment of the judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    message_imprint_checker,
    validate_sig_integrity,
)

from gri_builder.model.finding import Severity
from gri_builder.signatures.algorithms import find_weakness, name_digest
from gri_builder.signatures.chains import Chain, judge_chain, name_certificate
from gri_builder.signatures.changes import COMPARE, find_forbidden_changes
from gri_builder.signatures.key_usage import find_signing_fault
from gri_builder.signatures.material import Material
from gri_builder.signatures.signed_file import (
    SignedRevisions,
    Unreadable,
    UnreadableFileError,
    find_value,
    has_store,
    list_additions,
    read_signed_file,
    read_stored_material,
)
from gri_builder.signatures.time_stamps import decide, judge_time_stamp, read_info, write_time
from gri_builder.signatures.verdicts import (
    Level,
    Reason,
    SignatureKind,
    SignatureVerdict,
    SignedFile,
    TimeStamp,
    Verdict,
)

FORGED = frozenset({"time-stamp-invalid", "weak-algorithm", "wrong-key-usage"})
"""Reasons for which a time stamp is a false statement; for others it only proves nothing."""
_PERMITS = {MDPPerm.NO_CHANGES: "nothing", MDPPerm.FILL_FORMS: "forms", MDPPerm.ANNOTATE: "annotations"}


class _Judging(Struct, frozen=True):
    """A PDF whose signatures are being judged."""

    file: SignedRevisions
    material: Material
    additions: tuple[str, ...]
    with_changes: bool


def judge_signatures(data: bytes, material: Material, moment: datetime, with_changes: bool = True) -> SignedFile:
    """Judge the signatures of a PDF at a moment, by certificates that the reader trusts.

    Nothing is fetched. Without roots to trust, signatures that are intact are left without a judgement.
    Without `with_changes`, what was added after a signature is not compared with what it allows, which takes long.
    """
    try:
        file = read_signed_file(data)
    except UnreadableFileError as problem:
        reason = Reason("damaged-pdf", f"the PDF can't be read: {problem}", hint=COMPARE)
        return SignedFile(Verdict.UNDECIDED, reason.message, (), (reason,))
    judging = _Judging(file, material + read_stored_material(file), list_additions(file), with_changes)
    verdicts = list[SignatureVerdict]()
    control = moment
    for signature in reversed(file.signatures):
        verdict = _judge(judging, signature, control)
        if verdict.kind == "time-stamp" and _proves(verdict.verdict, material):
            control = signature_time(signature) or control
        verdicts.append(verdict)
    verdicts += [_name_unreadable(each) for each in file.unreadable]
    return _conclude(tuple(reversed(verdicts)), tuple(_find_file_faults(file)), file.revisions, material)


def find_latest_time(data: bytes) -> datetime | None:
    """Return the latest time that the signatures of a PDF or their time stamps state; None without any."""
    try:
        file = read_signed_file(data)
    except UnreadableFileError:
        return None
    found = list[datetime]()
    for each in file.signatures:
        try:
            infos = [read_info(token) for token in extract_tst_data_iter(each.signer_info, signed=False)]
            found += [info["gen_time"].native for info in infos if info is not None]
            times = (signature_time(each), each.self_reported_timestamp)
            found += [time for time in times if time is not None]
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return max((time for time in found if time.tzinfo), default=None)


def signature_time(signature: Any) -> datetime | None:
    """Return the time of a document time stamp."""
    try:
        time = signature.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    except (ValueError, KeyError, TypeError):
        return None
    return time if isinstance(time, datetime) else None


def _proves(verdict: Verdict, material: Material) -> bool:
    """Return whether a time stamp is relied on: where nothing is trusted, one that is intact."""
    return verdict is Verdict.HOLDS or (verdict is Verdict.UNDECIDED and not material.roots)


def _judge(judging: _Judging, signature: Any, control: datetime) -> SignatureVerdict:
    """Judge a signature or a document time stamp at the time by which it is known to exist."""
    try:
        return _judge_readable(judging, signature, control)
    except (SignatureValidationError, ValueError, KeyError, TypeError, AttributeError, NotImplementedError) as problem:
        why = getattr(problem, "failure_message", "") or str(problem) or type(problem).__name__
        return _name_unreadable(Unreadable(signature.field_name, str(why)[:120]))


def _judge_readable(judging: _Judging, signature: Any, control: datetime) -> SignatureVerdict:
    is_stamp = signature.sig_object_type == "/DocTimeStamp"
    judged = _judge_stamp(judging, signature, control) if is_stamp else _judge_signature(judging, signature, control)
    reasons = (*judged.reasons, *find_forbidden_changes(signature, judging.with_changes))
    later = judging.additions[signature.signed_revision :]
    return replace(
        judged,
        reasons=reasons,
        verdict=decide(list(reasons)),
        revision=signature.signed_revision + 1,
        covers_all=not later and not any(each.rule == "signature-coverage" for each in reasons),
        changes=later,
    )


def _judge_stamp(judging: _Judging, signature: Any, control: datetime) -> SignatureVerdict:
    """Judge a document time stamp (ISO 32000-2, 12.8.5)."""
    stamp = judge_time_stamp(signature.signed_data, signature.compute_digest, judging.material, control)
    return _empty(
        signature.field_name,
        "time-stamp",
        signer=stamp.by,
        reasons=stamp.reasons,
        proven_time=stamp.time,
        chain=stamp.chain,
        is_root_trusted=not any(each.rule == "unknown-root" for each in stamp.reasons),
        digest=name_digest(signature.external_md_algorithm),
    )


def _judge_signature(judging: _Judging, signature: Any, control: datetime) -> SignatureVerdict:
    certificates = extract_certs_for_validation(signature.signed_data)
    own = certificates.signer_cert
    stamp = _judge_own_stamp(judging, signature, control)
    moment, proven = control, ""
    if stamp and _proves(stamp.verdict, judging.material):
        moment, proven = datetime.fromisoformat(stamp.time), stamp.time
    chain = judge_chain(own, certificates.other_certs, judging.material, moment)
    claimed = signature.self_reported_timestamp
    reasons = [*_find_faults(signature, own), *chain.reasons, *_explain_stamp(stamp)]
    named = name_certificate(own)
    if fault := find_signing_fault(own):
        reasons.append(Reason("wrong-key-usage", f"the certificate of '{named.name}' {fault}"))
    return _empty(
        signature.field_name,
        _find_kind(judging.file, signature),
        signer=named.name,
        organization=named.organization,
        reasons=tuple(reasons),
        claimed_time=write_time(claimed) if claimed else "",
        proven_time=proven,
        time_stamp=stamp,
        chain=chain.names,
        is_root_trusted=chain.is_trusted,
        revocation=chain.revocation,
        level=_find_level(judging, signature, stamp, chain),
        digest=name_digest(signature.md_algorithm),
        algorithm=signature.signer_info["signature_algorithm"]["algorithm"].native,
        reason=_text(signature, "/Reason"),
        location=_text(signature, "/Location"),
        permits=_PERMITS.get(signature.docmdp_level, ""),
    )


def _find_faults(signature: Any, own: Any) -> Iterator[Reason]:
    """Yield why the bytes of the file are not what the signer signed."""
    if weakness := find_weakness(signature.signer_info, own):
        yield Reason("weak-algorithm", f"it {weakness}")
    kind = signature.sig_object.get("/SubFilter")
    if kind not in ("/ETSI.CAdES.detached", "/adbe.pkcs7.detached"):
        yield Reason(
            "signature-kind", f"it is of the kind '{str(kind)[1:60]}', which is not accepted in signed reports"
        )
    is_intact, is_valid = validate_sig_integrity(signature.signer_info, own, "data", signature.compute_digest())
    if not is_valid:
        yield Reason(
            "signature-invalid", "it was not made with the key of its certificate, or was changed", hint=COMPARE
        )
    if not is_intact:
        yield Reason("signed-bytes-changed", "the bytes that it signs were changed after it was made", hint=COMPARE)


def _judge_own_stamp(judging: _Judging, signature: Any, control: datetime) -> TimeStamp | None:
    """Return the time stamp over a signature, the first that holds; None without one."""
    stamps = [
        judge_time_stamp(token, message_imprint_checker(signature.signer_info), judging.material, control)
        for token in extract_tst_data_iter(signature.signer_info, signed=False)
    ]
    return next((each for each in stamps if each.verdict is Verdict.HOLDS), stamps[0] if stamps else None)


def _explain_stamp(stamp: TimeStamp | None) -> Iterator[Reason]:
    """Yield what is wrong with the time stamp of a signature: an error if it is a false statement."""
    for each in stamp.reasons if stamp else ():
        if each.rule in FORGED:
            yield replace(each, message=f"its time stamp does not hold: {each.message}")
        elif each.severity is Severity.ERROR:
            message = f"its time stamp proves no time: {each.message}"
            yield Reason("time-stamp-unproven", message, Severity.WARNING, each.hint)


def _find_kind(file: SignedRevisions, signature: Any) -> SignatureKind:
    return "certification" if find_value(signature) == file.certifying else "approval"


def _find_level(judging: _Judging, signature: Any, stamp: TimeStamp | None, chain: Chain) -> Level:
    """Return the PAdES level that a signature has by what is in the file (EN 319 142-1, 6.3)."""
    if stamp is None or stamp.verdict is Verdict.BROKEN:
        return "B-B"
    file = judging.file
    stored = [each for each in range(signature.signed_revision, file.revisions) if has_store(file, each)]
    if not stored or chain.revocation != "good":
        return "B-T"
    stamps = (each for each in file.signatures if each.sig_object_type == "/DocTimeStamp")
    return "B-LTA" if any(each.signed_revision >= stored[0] for each in stamps) else "B-LT"


def _text(signature: Any, key: str) -> str:
    value = signature.sig_object.get(key)
    return " ".join(str(value).split()) if value is not None else ""


def _name_unreadable(each: Unreadable) -> SignatureVerdict:
    reason = Reason("signature-unreadable", f"it can't be read: {each.why}", hint=COMPARE)
    return _empty(each.field, "approval", reasons=(reason,), verdict=Verdict.BROKEN)


def _empty(field: str, kind: SignatureKind, **known: Any) -> SignatureVerdict:
    """Return a verdict with what is known, all else empty."""
    empty = SignatureVerdict(
        field=field,
        kind=kind,
        signer="",
        organization="",
        verdict=Verdict.UNDECIDED,
        reasons=(),
        claimed_time="",
        proven_time="",
        time_stamp=None,
        chain=(),
        is_root_trusted=False,
        revocation="unknown",
        level=None,
        digest="",
        algorithm="",
        reason="",
        location="",
        revision=0,
        covers_all=False,
        permits="",
        changes=(),
    )
    return replace(empty, **known)


def _find_file_faults(file: SignedRevisions) -> Iterator[Reason]:
    if file.removed or file.is_dangling:
        message = "a signature was taken out of the PDF: its bytes or the mention of it are still there"
        yield Reason("signature-removed", message, hint=COMPARE)
    if file.has_tail:
        message = "bytes follow the end of the PDF as it was signed, which some programs would show"
        yield Reason("signature-coverage", message, hint=COMPARE)
    later = [each.field_name for each in file.signatures[1:] if _find_kind(file, each) == "certification"]
    if later:
        yield Reason("certified-late", f"the signature '{later[0]}' certifies the PDF, but is not its first one")


def _conclude(
    verdicts: tuple[SignatureVerdict, ...], faults: tuple[Reason, ...], revisions: int, material: Material
) -> SignedFile:
    """Return the verdict on the whole file; with roots to trust, a signature by nobody trusted does not hold."""
    if material.roots:
        verdicts = tuple(_refuse_untrusted(each) for each in verdicts)
    verdicts = tuple(_soften(each) for each in verdicts)
    signers = [each for each in verdicts if each.kind != "time-stamp"]
    broken = [each for each in verdicts if each.verdict is Verdict.BROKEN and _counts(each)]
    if broken:
        errors = [reason for reason in broken[0].reasons if reason.severity is Severity.ERROR]
        first = min(errors, key=lambda reason: reason.rule == "unknown-root")
        named = f"the signature of '{broken[0].signer}'" if broken[0].signer else f"the signature '{broken[0].field}'"
        return SignedFile(Verdict.BROKEN, f"{named} does not hold: {first.message}", verdicts, faults, revisions)
    if faults:
        return SignedFile(Verdict.BROKEN, faults[0].message, verdicts, faults, revisions)
    if not signers:
        unsigned = Reason("not-signed", "the PDF is not signed", hint="ask the organization for its signed PDF")
        return SignedFile(Verdict.BROKEN, unsigned.message, verdicts, (unsigned,), revisions)
    names = " and ".join(map(_name_signed, signers))
    if any(each.verdict is Verdict.UNDECIDED for each in signers):
        why = f"it is intact since {names}, but whom to trust is not known: name root certificates with --trust"
        return SignedFile(Verdict.UNDECIDED, why, verdicts, (), revisions)
    return SignedFile(Verdict.HOLDS, f"it is as {names}", verdicts, (), revisions)


def _name_signed(each: SignatureVerdict) -> str:
    """Return a signer with the day: that of the time stamp, else the claimed one."""
    day = (each.proven_time or each.claimed_time)[:10]
    verb = "certified" if each.kind == "certification" else "approved"
    return f"'{each.signer}' {verb} it" + (f" on {day}" if day else "")


def _refuse_untrusted(each: SignatureVerdict) -> SignatureVerdict:
    is_refused = each.verdict is Verdict.UNDECIDED and each.kind != "time-stamp"
    return replace(each, verdict=Verdict.BROKEN) if is_refused else each


def _soften(each: SignatureVerdict) -> SignatureVerdict:
    """Make a root that nobody vouches for a warning, where it leaves the verdict open."""
    if each.verdict is not Verdict.UNDECIDED:
        return each
    warned = (
        replace(reason, severity=Severity.WARNING) if reason.rule == "unknown-root" else reason
        for reason in each.reasons
    )
    return replace(each, reasons=tuple(warned))


def _counts(each: SignatureVerdict) -> bool:
    """Return whether a broken one breaks the file: a time stamp only if it is a false statement or was passed over."""
    if each.kind != "time-stamp":
        return True
    rules = {reason.rule for reason in each.reasons if reason.severity is Severity.ERROR}
    return bool(rules - {"certificate-expired", "certificate-revoked", "unknown-root", "certificate-not-yet-valid"})
