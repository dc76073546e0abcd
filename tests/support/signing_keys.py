"""A certification authority for tests of signing: a root, keys of signers, a time-stamping authority, a CRL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import asn1crypto.x509
from asn1crypto.crl import CertificateList
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from msgspec import Struct
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from gri_builder.signing.keys import SigningKey, load_pkcs12

START, WHEN, END = (datetime(year, 3, 1, 12, tzinfo=UTC) for year in (2016, 2017, 2019))
"""When certificates start, when tests sign, and when certificates end."""
PASSPHRASE = b"correct horse"
PEM = serialization.Encoding.PEM
DER = serialization.Encoding.DER


class Identity(Struct, frozen=True):
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def asn1(self) -> asn1crypto.x509.Certificate:
        return asn1crypto.x509.Certificate.load(self.certificate.public_bytes(DER))

    def p12(self, passphrase: bytes | None = PASSPHRASE, *others: Identity) -> bytes:
        """Return both as a file, with the root and others above it."""
        plain = serialization.NoEncryption()
        encryption = serialization.BestAvailableEncryption(passphrase) if passphrase else plain
        above = [root().certificate, *(each.certificate for each in others)]
        return pkcs12.serialize_key_and_certificates(b"key", self.key, self.certificate, above, encryption)

    def load(self, *others: Identity) -> SigningKey:
        return load_pkcs12(self.p12(PASSPHRASE, *others), PASSPHRASE)


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@cache
def root() -> Identity:
    """Return the root, which signs itself."""
    return _issue("Test root", None, is_authority=True)


@cache
def identity(
    name: str, usage: str = "signature", start: datetime = START, end: datetime = END, purpose: str = ""
) -> Identity:
    """Return a certificate that the root issued."""
    return _issue(name, root(), usage=usage, start=start, end=end, purpose=purpose)


def issue_by(issuer: Identity, name: str, purpose: str = "", crl_at: str = "") -> Identity:
    """Return a certificate that some other certificate issued; it says where its list of revoked ones is."""
    return _issue(name, issuer, purpose=purpose, crl_at=crl_at)


def _issue(
    name: str,
    issuer: Identity | None,
    is_authority: bool = False,
    usage: str = "signature",
    start: datetime = START,
    end: datetime = END + timedelta(days=3650),
    purpose: str = "",
    crl_at: str = "",
) -> Identity:
    is_stamper = purpose == "time-stamping"  # pyHanko's stamps with RSA only
    key = rsa.generate_private_key(65537, 2048) if is_stamper else ec.generate_private_key(ec.SECP256R1())
    by = issuer.certificate.subject if issuer else _name(name)
    is_signer = usage == "signature" and not is_authority
    usages = x509.KeyUsage(
        digital_signature=is_signer,
        content_commitment=is_signer,
        key_encipherment=usage == "encryption",
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder(by, _name(name), key.public_key(), x509.random_serial_number(), start, end)
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(usages, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if crl_at:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl_at)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    if purpose:
        oid = {"time-stamping": ExtendedKeyUsageOID.TIME_STAMPING, "server": ExtendedKeyUsageOID.SERVER_AUTH}[purpose]
        builder = builder.add_extension(x509.ExtendedKeyUsage([oid]), critical=True)
    return Identity(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)


def time_stamper(when: datetime = WHEN, made: Identity | None = None) -> DummyTimeStamper:
    """Return a time-stamping authority whose clock stopped."""
    made = made or identity("Test TSA", purpose="time-stamping")
    private = made.key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    store = SimpleCertificateStore()
    store.register(root().asn1)
    return DummyTimeStamper(made.asn1, PrivateKeyInfo.load(private), certs_to_embed=store, fixed_dt=when)


def crl(*revoked: Identity, when: datetime = WHEN) -> CertificateList:
    """Return the list of revoked certificates of the root, valid for a year from its start."""
    builder = x509.CertificateRevocationListBuilder(_name("Test root"), START, END)
    builder = builder.add_extension(x509.CRLNumber(1), critical=False)
    for each in revoked:
        entry = x509.RevokedCertificateBuilder(each.certificate.serial_number, when)
        builder = builder.add_revoked_certificate(entry.build())
    return CertificateList.load(builder.sign(root().key, hashes.SHA256()).public_bytes(DER))
