"""Certificates with fixed serials and dates: an authority, one below it, a publisher, an assurer, a time stamper.

Each may be made wrong in one way: `issue` takes what differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Any

import asn1crypto.x509
from asn1crypto.algos import SignedDigestAlgorithm
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from msgspec import Struct

from tests.support.authorities.keys import Key, curve_key, name_algorithm, sign_bytes

START, END = datetime(2015, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)
SIGNING = ("digital_signature", "content_commitment")
ISSUING = ("key_cert_sign", "crl_sign")
STAMPING = (ExtendedKeyUsageOID.TIME_STAMPING,)
ANSWERS = x509.AccessDescription(
    AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://ocsp.example/")
)
ANSWERING = (ExtendedKeyUsageOID.OCSP_SIGNING,)
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


class Identity(Struct, frozen=True, dict=True):
    """A certificate, its key, and the certificates above it."""

    der: bytes
    key: Key
    above: tuple[Identity, ...] = ()

    @cached_property
    def certificate(self) -> x509.Certificate:
        return x509.load_der_x509_certificate(self.der)

    @cached_property
    def parsed(self) -> Any:
        """The certificate as pyHanko takes it."""
        return asn1crypto.x509.Certificate.load(self.der)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """The key without a pass phrase: it is a test key."""
        plain = serialization.NoEncryption()
        return self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)

    def pack(self, passphrase: bytes | None = b"test") -> bytes:
        """Return key and certificates as PKCS #12."""
        how = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
        above = [each.certificate for each in self.above]
        return pkcs12.serialize_key_and_certificates(b"test key", self.key, self.certificate, above, how)


def issue(
    name: str,
    serial: int,
    above: Identity | None = None,
    key: Key | None = None,
    start: datetime = START,
    end: datetime = END,
    usage: Sequence[str] | None = SIGNING,
    extended: Sequence[x509.ObjectIdentifier] = (),
    is_authority: bool | None = False,
    path_length: int | None = None,
    permitted: Sequence[x509.GeneralName] = (),
    organization: str = "Locks Ltd",
    digest: str = "sha256",
    is_answered: bool = True,
    extra: Sequence[tuple[x509.ExtensionType, bool]] = (),
) -> Identity:
    """Return a certificate; without one above it, it signs itself.

    `is_authority` None leaves out the basic constraints; `permitted` are names that it may issue for; with
    `is_answered` it names the address where its issuer answers by OCSP.
    """
    own = key or curve_key(serial)
    subject = _name(name, organization)
    issuer = above.certificate.subject if above else subject
    signing = above.key if above else own
    builder = x509.CertificateBuilder(issuer, subject, own.public_key(), serial, start, end)
    found: list[tuple[x509.ExtensionType, bool]] = [
        (x509.SubjectKeyIdentifier.from_public_key(own.public_key()), False),
        (name_key(above.certificate.public_key() if above else own.public_key()), False),
    ]
    if is_authority is not None:
        found.append((x509.BasicConstraints(is_authority, path_length), True))
    if usage is not None:
        found.append((x509.KeyUsage(**{each: each in usage for each in _USAGES}), True))
    if extended:
        found.append((x509.ExtendedKeyUsage(extended), True))
    if above and is_answered:
        found.append((x509.AuthorityInformationAccess([ANSWERS]), False))
    if permitted:
        found.append((x509.NameConstraints(list(permitted), None), True))
    for each, is_critical in (*found, *extra):
        builder = builder.add_extension(each, is_critical)
    return _sign(builder, own, signing, digest, (above, *above.above) if above else ())


def _sign(
    builder: x509.CertificateBuilder, own: Key, signing: Key, digest: str, above: tuple[Identity, ...]
) -> Identity:
    hashed = None if isinstance(signing, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    repeatable = True if isinstance(signing, ec.EllipticCurvePrivateKey) else None
    made = builder.sign(signing, hashed, ecdsa_deterministic=repeatable)
    der = made.public_bytes(serialization.Encoding.DER)
    return Identity(der if digest == "sha256" else _sign_weakly(der, signing, digest), own, above)


def _sign_weakly(der: bytes, signing: Key, digest: str) -> bytes:
    """Return a certificate that is signed by another digest, which libraries refuse to make."""
    made = asn1crypto.x509.Certificate.load(der)
    algorithm = SignedDigestAlgorithm(name_algorithm(signing, digest))
    made["tbs_certificate"]["signature"] = algorithm
    made["signature_algorithm"] = algorithm
    made["signature_value"] = sign_bytes(signing, made["tbs_certificate"].dump(force=True), digest)
    return bytes(made.dump(force=True))


def name_key(key: Any) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key)


def _name(common: str, organization: str) -> x509.Name:
    parts = ((NameOID.COUNTRY_NAME, "NL"), (NameOID.ORGANIZATION_NAME, organization), (NameOID.COMMON_NAME, common))
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])


@lru_cache
def root() -> Identity:
    return issue("Test Root", 1, usage=ISSUING, is_authority=True, organization="Trust Test")


@lru_cache
def intermediate() -> Identity:
    return issue("Test Authority", 2, root(), usage=ISSUING, is_authority=True, organization="Trust Test")


@lru_cache
def publisher() -> Identity:
    return issue("Locks Ltd reporting", 3, intermediate())


@lru_cache
def assurer() -> Identity:
    return issue("Weir Assurance", 4, intermediate(), organization="Weir Assurance")


@lru_cache
def stamper() -> Identity:
    return issue("Test Time Stamps", 5, root(), extended=STAMPING, organization="Trust Test")


@lru_cache
def responder() -> Identity:
    """Return who answers by OCSP for the intermediate authority."""
    no_check = ((x509.OCSPNoCheck(), False),)
    return issue("Test Responder", 6, intermediate(), extended=ANSWERING, extra=no_check, organization="Trust Test")


@lru_cache
def stranger() -> Identity:
    """Return a root that nobody trusts."""
    return issue("Unknown Root", 7, usage=ISSUING, is_authority=True, organization="Unknown")
