"""Test keys. Whoever reads this has them; what is signed with them proves nothing outside the tests."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from tests.support.paths import CASES

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "md5": hashes.MD5(),
    "sha1": hashes.SHA1(),
    "sha256": hashes.SHA256(),
    "sha512": hashes.SHA512(),
}


@lru_cache
def curve_key(number: int, curve: type[ec.EllipticCurve] = ec.SECP256R1) -> ec.EllipticCurvePrivateKey:
    """Return the key of a curve that follows from a number."""
    return ec.derive_private_key(1_000_003 * number + 17, curve())


@lru_cache
def edwards_key(number: int) -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number] * 32))


@lru_cache
def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    data = (CASES / "signatures" / "keys" / f"rsa-{bits}.pem").read_bytes()
    key = serialization.load_pem_private_key(data, None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def sign_bytes(key: Key, data: bytes, digest: str = "sha256") -> bytes:
    """Return the signature over bytes: the same for the same bytes (RFC 6979 for curves)."""
    match key:
        case rsa.RSAPrivateKey():
            return key.sign(data, padding.PKCS1v15(), DIGESTS[digest])
        case ed25519.Ed25519PrivateKey():
            return key.sign(data)
    return key.sign(data, ec.ECDSA(DIGESTS[digest], deterministic_signing=True))


def name_algorithm(key: Key, digest: str) -> dict[str, Any]:
    """Return the algorithm of `sign_bytes` as CMS and X.509 name it."""
    match key:
        case rsa.RSAPrivateKey():
            return {"algorithm": f"{digest}_rsa"}
        case ed25519.Ed25519PrivateKey():
            return {"algorithm": "ed25519"}
    return {"algorithm": f"{digest}_ecdsa"}
