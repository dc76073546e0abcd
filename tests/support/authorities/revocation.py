"""What authorities say on revoked certificates: lists (CRL; RFC 5280, 5) and answers (OCSP; RFC 6960)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import asn1crypto.crl
import asn1crypto.ocsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp

from gri_builder.signatures.material import Material
from tests.support.authorities.certificates import Identity, name_key

SAID = datetime(2016, 5, 20, 8, tzinfo=UTC)
"""When the authorities said so, unless a case says another time."""
VALIDITY = timedelta(days=90)


def list_revoked(
    issuer: Identity,
    revoked: Mapping[int, datetime] | None = None,
    said: datetime = SAID,
    until: datetime | None = None,
) -> bytes:
    """Return a list of revoked certificates, as DER; `revoked` holds their serials and when each was revoked."""
    builder = x509.CertificateRevocationListBuilder(issuer.certificate.subject, said, until or said + VALIDITY)
    identifier = name_key(issuer.certificate.public_key())
    builder = builder.add_extension(identifier, False).add_extension(x509.CRLNumber(1), False)
    for serial, when in (revoked or {}).items():
        reason = x509.CRLReason(x509.ReasonFlags.key_compromise)
        entry = x509.RevokedCertificateBuilder(serial, when).add_extension(reason, False)
        builder = builder.add_revoked_certificate(entry.build())
    made = builder.sign(issuer.key, hashes.SHA256(), ecdsa_deterministic=True)
    return made.public_bytes(serialization.Encoding.DER)


def answer(
    about: Identity,
    issuer: Identity,
    by: Identity | None = None,
    revoked: datetime | None = None,
    said: datetime = SAID,
) -> bytes:
    """Return an OCSP response about a certificate, as DER; `by` signs it, else the issuer itself."""
    signer = by or issuer
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=about.certificate,
        issuer=issuer.certificate,
        algorithm=hashes.SHA256(),
        cert_status=ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD,
        this_update=said,
        next_update=said + VALIDITY,
        revocation_time=revoked,
        revocation_reason=x509.ReasonFlags.key_compromise if revoked else None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, signer.certificate)
    builder = builder.certificates([signer.certificate])
    return builder.sign(signer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def refuse_to_answer() -> bytes:
    """Return an OCSP response of a responder that is too busy."""
    made = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)
    return made.public_bytes(serialization.Encoding.DER)


def gather(
    roots: tuple[Identity, ...] = (),
    crls: tuple[bytes, ...] = (),
    ocsps: tuple[bytes, ...] = (),
    certificates: tuple[Identity, ...] = (),
) -> Material:
    """Return what a reader has: roots to trust, and what authorities said."""
    return Material(
        roots=tuple(each.parsed for each in roots),
        certificates=tuple(each.parsed for each in certificates),
        crls=tuple(asn1crypto.crl.CertificateList.load(each) for each in crls),
        ocsps=tuple(asn1crypto.ocsp.OCSPResponse.load(each) for each in ocsps),
    )
