"""Signs a PDF: a certification signature for the publisher, an approval signature for the assurer (EN 319 142-1).

The publisher's signature lets others sign later and permits nothing else (DocMDP 2; ISO 32000-2, 12.8.2.2), so that
the assurer's leaves it valid. The level that is reached depends on the material: B-B needs the key alone, B-T
a time-stamping authority, B-LT and B-LTA also CRLs or OCSP responses for each certificate below a root.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509
from msgspec import Struct
from msgspec.structs import replace
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp.base import BaseStampStyle

from gri_builder.model.document import SIGNATURE_FIELDS, SignerRole
from gri_builder.model.finding import Severity
from gri_builder.signatures.chains import Chain, judge_chain, name_certificate
from gri_builder.signatures.judge import find_latest_time, judge_signatures
from gri_builder.signatures.key_usage import SIGNING, find_signing_fault
from gri_builder.signatures.material import Material
from gri_builder.signatures.signed_file import (
    EncryptedFileError,
    SignedRevisions,
    UnreadableFileError,
    read_signed_file,
)
from gri_builder.signatures.verdicts import LEVELS, Level, SignedPdf, Verdict
from gri_builder.signing.fetching import fetch_material
from gri_builder.signing.incremental import AppendingWriter, open_writer
from gri_builder.signing.keys import SigningKey

STAMP_FIELD = "Time stamp"
DIGEST = "sha256"
INVISIBLE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
"""A field that shows nothing, in the way that both PDF/UA-1 and PDF/A-3 allow."""


class RefusedError(Exception):
    """A PDF can't be signed; `rule` names the kind of the reason, the text says why, `hint` what to do."""

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.hint = hint


class Invisible(BaseStampStyle):
    """Shows nothing, whatever the size of the field."""

    def create_stamp(self, writer: Any, box: Any, text_params: Any) -> None:
        """Return no stamp."""


class SigningOrder(Struct, frozen=True):
    """What is to be signed, as whom, and by what it can be validated later."""

    role: SignerRole
    time: datetime
    """Signing time, with its time zone."""
    reason: str = ""
    location: str = ""
    time_stamper: Any = None
    """A `TimeStamper`; None for a signature without a time stamp."""
    material: Material = Material()
    """Certificates above those of the signer and the authority, and what says that none is revoked."""
    fetch: bool = False
    """Whether to ask the issuers of the certificates for CRLs and OCSP responses, at the addresses in them."""
    level: Level | None = None
    """The level to reach; None for the highest that the material allows."""
    appearance: Any = None
    """A stamp style that draws the seal into the reserved field; None for a signature that shows nothing."""


def sign_pdf(data: bytes, key: SigningKey, order: SigningOrder) -> SignedPdf:
    """Return a PDF with a new signature; what it was before is its first bytes, unchanged.

    The result was verified before it is returned. Raises RefusedError where the PDF can't be signed so.
    """
    file = _read(data)
    _check_order(file, order)
    own = _check_certificate(key, order)
    return _sign(data, file, key, order, own)


def _read(data: bytes) -> SignedRevisions:
    try:
        file = read_signed_file(data)
    except EncryptedFileError as problem:
        hint = "sign the PDF as it was built, which is not encrypted"
        raise RefusedError("unsignable-pdf", "the PDF is encrypted", hint) from problem
    except UnreadableFileError as problem:
        raise RefusedError("unsignable-pdf", f"the PDF can't be signed: {problem}", "build it again") from problem
    if file.unreadable:
        raise RefusedError("unsignable-pdf", f"the signature '{file.unreadable[0].field}' in it can't be read")
    return file


def _check_order(file: SignedRevisions, order: SigningOrder) -> None:
    """Raise RefusedError where the signatures that a PDF has leave no place for another."""
    signers = [each for each in file.signatures if each.sig_object_type != "/DocTimeStamp"]
    if order.role == "publisher" and file.signatures:
        name = name_certificate((signers or file.signatures)[0].signer_cert).name
        hint = "an assurer signs with '--as assurer'; to sign as the publisher again, use the PDF as it was built"
        raise RefusedError("already-signed", f"'{name}' has signed the PDF: the publisher signs first", hint)
    for each in signers:
        if each.docmdp_level is MDPPerm.NO_CHANGES:
            name = name_certificate(each.signer_cert).name
            message = f"the signature of '{name}' allows no change of the PDF, and so no other signature"
            raise RefusedError("already-signed", message, "ask the publisher for a PDF that lets an assurer sign")


def _check_certificate(key: SigningKey, order: SigningOrder) -> Chain:
    """Return the chain of the key's certificate; raises RefusedError if it may not sign."""
    named = name_certificate(key.certificate)
    if fault := find_signing_fault(key.certificate):
        hint = "ask your certification authority for a certificate that signs documents"
        raise RefusedError("wrong-key-usage", f"the certificate of '{named.name}' {fault}", hint)
    chain = _judge_by_itself(key.certificate, key.others, order.material, order.time)
    for each in chain.reasons:
        if each.severity is Severity.ERROR and each.rule != "unknown-root":
            message = f"the certificate of '{named.name}' can't sign: {each.message}"
            raise RefusedError(each.rule, message, "sign with a certificate that is valid")
    return chain


def _judge_by_itself(
    certificate: x509.Certificate, others: Iterable[x509.Certificate], material: Material, moment: datetime
) -> Chain:
    """Judge a chain by its own uppermost certificate: whom to trust is for the reader to say."""
    known = tuple(others)
    top = judge_chain(certificate, known, replace(material, roots=()), moment).certificates[-1]
    return judge_chain(certificate, known, replace(material, roots=(top,)), moment)


def _sign(data: bytes, file: SignedRevisions, key: SigningKey, order: SigningOrder, own: Chain) -> SignedPdf:
    stamp_chain = _request_chain(order) if order.time_stamper else None
    if order.fetch:
        order, own, stamp_chain = _fetch(order, key, own, stamp_chain)
    level, missing = _choose_level(order, own, stamp_chain)
    if level == "B-B":
        order = replace(order, time_stamper=None)
    signed = asyncio.run(_add_signature(data, file, key, order))
    if level in ("B-LT", "B-LTA"):
        assert stamp_chain
        signed = asyncio.run(_add_store(signed, order, (own, stamp_chain), level == "B-LTA"))
    _check_result(signed, key, order)
    return SignedPdf(signed, name_certificate(key.certificate).name, level, missing)


def _fetch(
    order: SigningOrder, key: SigningKey, own: Chain, stamp: Chain | None
) -> tuple[SigningOrder, Chain, Chain | None]:
    """Return the order with what the issuers of the certificates answer, and the chains judged by it."""
    chains = [own, stamp] if stamp else [own]
    pool = (*key.others, *order.material.certificates, *(each for chain in chains for each in chain.certificates))
    found = fetch_material([chain.certificates[0] for chain in chains], pool)
    material = order.material + found
    judged = [_judge_by_itself(chain.certificates[0], pool, material, order.time) for chain in chains]
    return replace(order, material=material), judged[0], judged[1] if stamp else None


def _request_chain(order: SigningOrder) -> Chain:
    """Return the chain of the time-stamping authority, from a time stamp over nothing."""
    stamper: TimeStamper = order.time_stamper
    try:
        asyncio.run(stamper.async_dummy_response(DIGEST))
    except (OSError, ValueError, TypeError, AttributeError) as problem:
        message = f"the time-stamping authority gave no time stamp: {str(problem)[:200]}"
        raise RefusedError(
            "no-time-stamp", message, "check its address, or leave out --tsa to sign without"
        ) from problem
    certificates = list(stamper._certs.values())
    above = list(stamper.cert_registry)
    if not certificates:
        raise RefusedError("no-time-stamp", "the time-stamping authority did not send its certificate")
    return _judge_by_itself(certificates[0], above, order.material, order.time)


def _choose_level(order: SigningOrder, own: Chain, stamp: Chain | None) -> tuple[Level, str]:
    """Return the level to reach, and what the next one would need; raises RefusedError for one out of reach."""
    if stamp is None:
        highest: Level = "B-B"
        missing = "no time-stamping authority was named (--tsa)"
    elif names := [name_certificate(each.certificates[0]).name for each in (own, stamp) if each.revocation != "good"]:
        highest = "B-T"
        missing = f"no CRL or OCSP response says that the chain of {' and '.join(map(repr, names))} is not revoked"
        missing += " (--crl, --ocsp)"
    else:
        highest, missing = "B-LTA", ""
    if order.level is None or LEVELS.index(order.level) == LEVELS.index(highest):
        return highest, missing
    if LEVELS.index(order.level) > LEVELS.index(highest):
        raise RefusedError("level-out-of-reach", f"the level {order.level} can't be reached: {missing}")
    return order.level, f"--level {order.level} was asked for"


async def _add_signature(data: bytes, file: SignedRevisions, key: SigningKey, order: SigningOrder) -> bytes:
    writer = open_writer(data)
    usage = key.certificate.key_usage_value
    field, is_new = _choose_field(file, writer, order)
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=_choose_digest(key.certificate),
        location=order.location or None,
        reason=order.reason or None,
        certify=order.role == "publisher",
        subfilter=SigSeedSubFilter.PADES,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        signer_key_usage=set(usage.native) & SIGNING if usage is not None else set(),
    )
    place = SigFieldSpec(field, invis_sig_settings=INVISIBLE, readable_field_name=field) if is_new else None
    shown, stamper = order.appearance or Invisible(), order.time_stamper
    signer = PdfSigner(metadata, key.signer, timestamper=stamper, stamp_style=shown, new_field_spec=place)
    try:
        session = signer.init_signing_session(writer)
        session.system_time = order.time
        reserved = await session.estimate_signature_container_size(None)
        prepared = session.prepare_tbs_document(None, reserved)
        output = BytesIO()
        digest, _ = prepared.digest_tbs_document(output=output)
        await prepared.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=order.time))
    except (SigningError, PdfError) as problem:
        raise RefusedError("unsignable-pdf", f"the PDF can't be signed: {problem}") from problem
    return output.getvalue()


def _choose_field(file: SignedRevisions, writer: AppendingWriter, order: SigningOrder) -> tuple[str, bool]:
    """Return the name of the field to sign, and whether it is to be made."""
    fields = {name: value for name, value, _ in enumerate_sig_fields(file.reader)}
    name = SIGNATURE_FIELDS[order.role]
    number = 1
    while name in fields and fields[name] is not None:
        number += 1
        name = f"{SIGNATURE_FIELDS[order.role]} {number}"
    return name, name not in fields


def _choose_digest(certificate: x509.Certificate) -> str:
    """Return the digest for a key: SHA-512 for Ed25519 (RFC 8419), SHAKE256 for Ed448, SHA-256 for others."""
    return {"ed25519": "sha512", "ed448": "shake256"}.get(certificate.public_key.algorithm, DIGEST)


async def _add_store(data: bytes, order: SigningOrder, chains: Iterable[Chain], is_stamped: bool) -> bytes:
    """Append what validates the signature later (DSS), and a time stamp over the whole file."""
    writer = open_writer(data)
    material = order.material
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[certificate for chain in chains for certificate in chain.certificates],
        ocsps=list(material.ocsps),
        crls=list(material.crls),
    )
    output = BytesIO()
    if not is_stamped:
        writer.write(output)
        return output.getvalue()
    taken = {name for name, _, _ in enumerate_sig_fields(writer.prev)}
    name = next(each for number in range(1, len(taken) + 2) if (each := f"{STAMP_FIELD} {number}") not in taken)
    stamper = PdfTimeStamper(order.time_stamper, field_name=name, invis_settings=INVISIBLE, readable_field_name=name)
    result = await stamper.async_timestamp_pdf(writer, DIGEST)
    return bytes(result.getvalue())


def _check_result(signed: bytes, key: SigningKey, order: SigningOrder) -> None:
    """Raise RefusedError if the signature that was made does not hold, so that nothing bad is ever written."""
    pool = (*key.others, *order.material.certificates, key.certificate)
    moment = max(order.time, find_latest_time(signed) or order.time)
    judged = judge_signatures(signed, replace(order.material, roots=(), certificates=pool), moment)
    if judged.verdict is Verdict.BROKEN:
        raise RefusedError("signature-failed", f"the new signature does not hold, and was not written: {judged.reason}")
