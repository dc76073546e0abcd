"""Which digests and keys are too weak to prove anything (SOG-IS Agreed Cryptographic Mechanisms; EN 319 312)."""

from __future__ import annotations

from asn1crypto import cms, x509
from pyhanko_certvalidator.policy_decl import DisallowWeakAlgorithmsPolicy

WEAK_DIGESTS = frozenset({"md2", "md5", "sha1"})
SMALLEST_RSA = 2048
"""Bits."""
SMALLEST_CURVE = 224
"""Bits."""

POLICY = DisallowWeakAlgorithmsPolicy(weak_hash_algos=WEAK_DIGESTS, rsa_key_size_threshold=SMALLEST_RSA)


def name_digest(name: str) -> str:
    """Return the name of a digest as it is written, such as SHA-256."""
    return name.upper().replace("SHA3_", "SHA3-").replace("_", "/").replace("SHA", "SHA-", 1).replace("SHA-3-", "SHA3-")


def find_weakness(signer_info: cms.SignerInfo, certificate: x509.Certificate) -> str:
    """Return what is too weak about a signature, the rest of a sentence; empty if nothing is."""
    digest = signer_info["digest_algorithm"]["algorithm"].native
    if digest in WEAK_DIGESTS:
        return f"is made with {name_digest(digest)}, a digest for which forgeries can be computed"
    signature = signer_info["signature_algorithm"]
    try:
        hashed = signature.hash_algo
    except ValueError:  # named by parameters, or by the key
        hashed = ""
    if hashed in WEAK_DIGESTS:
        return f"is made with {name_digest(hashed)}, a digest for which forgeries can be computed"
    key = certificate.public_key
    if key.algorithm.startswith("rsa") and key.bit_size < SMALLEST_RSA:
        return f"is made with an RSA key of {key.bit_size} bits, which is too short"
    if key.algorithm == "ec" and key.bit_size < SMALLEST_CURVE:
        return f"is made with a curve of {key.bit_size} bits, which is too short"
    return ""
