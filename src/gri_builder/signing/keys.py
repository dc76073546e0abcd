"""Keys to sign with: files in the format PKCS #12, and tokens (smart cards, HSMs) by PKCS #11."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from msgspec import Struct
from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore


class KeyFileError(Exception):
    """A key can't be used; the text says why."""


class WrongPassphraseError(KeyFileError):
    """The pass phrase is not that of the file."""


class SigningKey(Struct, frozen=True):
    """A key with its certificate, and the certificates above it that came with it."""

    signer: Any
    """A `pyhanko.sign.signers.Signer`."""
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...] = ()


def load_pkcs12(data: bytes, passphrase: bytes | None, certificates: Iterable[x509.Certificate] = ()) -> SigningKey:
    """Return the key of a file in the format PKCS #12 (`.p12`, `.pfx`); raises KeyFileError.

    `certificates` are further ones that complete its chain.
    """
    try:
        key, own, above = pkcs12.load_key_and_certificates(data, passphrase)
    except ValueError as problem:
        raise _explain(data, passphrase) from problem
    except Exception as problem:  # a damaged file raises whatever its breaks lead to
        raise KeyFileError("it is damaged, or not in the format PKCS #12 (.p12, .pfx)") from problem
    if key is None:
        raise KeyFileError("it holds no private key: export the certificate together with its key")
    if own is None:
        raise KeyFileError("it holds no certificate for its key")
    certificate = translate_pyca_cryptography_cert_to_asn1(own)
    others = (*map(translate_pyca_cryptography_cert_to_asn1, above), *certificates)
    try:
        signing_key = translate_pyca_cryptography_key_to_asn1(key)
        signer = SimpleSigner(signing_cert=certificate, signing_key=signing_key, cert_registry=_store(others))
    except (ValueError, TypeError, NotImplementedError) as problem:
        raise KeyFileError(f"its key can't sign PDFs ({type(key).__name__.lstrip('_')})") from problem
    return SigningKey(signer, certificate, others)


def _store(certificates: Iterable[x509.Certificate]) -> SimpleCertificateStore:
    store = SimpleCertificateStore()
    store.register_multiple(certificates)
    return store


def _explain(data: bytes, passphrase: bytes | None) -> KeyFileError:
    """Return why a file could not be opened: what it is not, or the pass phrase."""
    if data[:1] != b"\x30":
        what = "it holds PEM; make a .p12 of it with 'openssl pkcs12 -export'" if b"-----" in data else ""
        return KeyFileError(what or "it is not in the format PKCS #12 (.p12, .pfx)")
    if passphrase is None:
        return WrongPassphraseError("it has a pass phrase, and none was given")
    return WrongPassphraseError("the pass phrase is wrong, or the file is damaged")
