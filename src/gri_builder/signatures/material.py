"""What signatures are judged by: certificates, lists of revoked certificates (CRL), OCSP responses, read from files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from asn1crypto import crl, ocsp, pem, x509
from msgspec import Struct

T = TypeVar("T")


class MaterialError(Exception):
    """A file does not hold what it should; the text says what it holds."""


class Material(Struct, frozen=True):
    """Certificates and statements about them, beside what a PDF embeds."""

    roots: tuple[x509.Certificate, ...] = ()
    """Certificates that the reader trusts."""
    certificates: tuple[x509.Certificate, ...] = ()
    """Further certificates, to complete chains; they are not trusted by themselves."""
    crls: tuple[crl.CertificateList, ...] = ()
    ocsps: tuple[ocsp.OCSPResponse, ...] = ()

    def __add__(self, other: Material) -> Material:
        """Return both, each thing once."""
        return Material(
            roots=_merge(self.roots, other.roots),
            certificates=_merge(self.certificates, other.certificates),
            crls=_merge(self.crls, other.crls),
            ocsps=_merge(self.ocsps, other.ocsps),
        )


def read_certificates(data: bytes) -> tuple[x509.Certificate, ...]:
    """Return the certificates of a file in PEM or DER; raises MaterialError without any."""
    names = ("CERTIFICATE", "X509 CERTIFICATE")
    return _read_all(data, names, x509.Certificate, lambda each: each["tbs_certificate"]["subject"].native)


def read_crls(data: bytes) -> tuple[crl.CertificateList, ...]:
    """Return the lists of revoked certificates of a file in PEM or DER; raises MaterialError without any."""
    names = ("X509 CRL", "CRL")
    return _read_all(data, names, crl.CertificateList, lambda each: each["tbs_cert_list"]["this_update"].native)


def read_ocsp(data: bytes) -> tuple[ocsp.OCSPResponse, ...]:
    """Return the OCSP response of a file in DER; raises MaterialError for another file or one without an answer."""
    found = _read_all(data, ("OCSP RESPONSE",), ocsp.OCSPResponse, lambda each: each["response_status"].native)
    for each in found:
        if each["response_status"].native != "successful":
            raise MaterialError(f"the responder gave no answer ({each['response_status'].native})")
    return found


def _merge(first: tuple[T, ...], second: tuple[T, ...]) -> tuple[T, ...]:
    return tuple({each.dump(): each for each in (*first, *second)}.values())  # type: ignore[attr-defined]


def _read_all(data: bytes, names: tuple[str, ...], kind: Any, probe: Callable[[Any], object]) -> tuple[Any, ...]:
    """Return the values in a file; `probe` reads a part that only values of the kind have."""
    found = []
    for der in _list_blobs(data, names):
        try:
            value = kind.load(der, strict=True)
            probe(value)
        except (ValueError, TypeError, KeyError) as problem:
            raise MaterialError("its content is of another kind, or damaged") from problem
        found.append(value)
    return tuple(found)


def _list_blobs(data: bytes, names: tuple[str, ...]) -> Iterator[bytes]:
    """Yield the DER of a file; of a PEM file that of each block with one of the names."""
    if not pem.detect(data):
        yield data
        return
    try:
        blocks = list(pem.unarmor(data, multiple=True))
    except (ValueError, TypeError) as problem:
        raise MaterialError("it is a damaged PEM file") from problem
    found = [der for name, _, der in blocks if name in names]
    if not found:
        raise MaterialError(f"it holds {', '.join(sorted({str(name) for name, _, _ in blocks})) or 'nothing'}")
    yield from found
