"""Keys in tokens (smart cards, USB tokens, HSMs): the key never leaves the token (PKCS #11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pkcs11
from asn1crypto import x509
from pkcs11.exceptions import PinIncorrect, PinInvalid, PinLenRange, PinLocked, PKCS11Error
from pyhanko.sign.pkcs11 import PKCS11Signer

from gri_builder.signing.keys import KeyFileError, SigningKey, WrongPassphraseError


@contextmanager
def open_token(
    library: str, token: str | None, label: str | None, pin: str | None, certificates: Iterable[x509.Certificate] = ()
) -> Iterator[SigningKey]:
    """Yield a key of a token; raises KeyFileError.

    `library` is the path of the token's PKCS #11 module, `token` the label of the token, `label` that of key and
    certificate: needed where there are several.
    """
    found = _find_token(library, token)
    try:
        session = found.open(user_pin=pin) if pin else found.open()
    except (PinIncorrect, PinInvalid, PinLenRange) as problem:
        raise WrongPassphraseError("the PIN is wrong; after some wrong ones, a token locks itself") from problem
    except PinLocked as problem:
        raise KeyFileError("the token is locked after too many wrong PINs") from problem
    except PKCS11Error as problem:
        raise KeyFileError(f"the token can't be opened ({type(problem).__name__})") from problem
    with session:
        key = _load_key(session, label, tuple(certificates))
        try:
            yield key
        except PKCS11Error as problem:
            raise KeyFileError(f"the token refused to sign ({type(problem).__name__})") from problem


def _find_token(library: str, label: str | None) -> Any:
    try:
        module = pkcs11.lib(library)
        tokens = [slot.get_token() for slot in module.get_slots(token_present=True)]
    except (PKCS11Error, RuntimeError, OSError) as problem:
        raise KeyFileError(f"'{library}' can't be used as a PKCS #11 module: {str(problem)[:200]}") from problem
    ready = [each for each in tokens if each.label.strip() and pkcs11.TokenFlag.TOKEN_INITIALIZED in each.flags]
    chosen = [each for each in ready if label is None or each.label.strip() == label]
    names = ", ".join(f"'{each.label.strip()}'" for each in ready)
    if not chosen:
        raise KeyFileError(f"no token has the label '{label}'; there are {names}" if ready else "no token is there")
    if len(chosen) > 1:
        raise KeyFileError(f"several tokens are there: {names}; name one with --token")
    return chosen[0]


def _load_key(session: Any, label: str | None, certificates: tuple[x509.Certificate, ...]) -> SigningKey:
    labels = sorted(
        {each.label for each in session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY})}
    )
    if label is None and len(labels) != 1:
        names = ", ".join(f"'{each}'" for each in labels)
        raise KeyFileError(
            f"the token holds the keys {names}; name one with --key-label" if labels else "it holds no key"
        )
    chosen = labels[0] if label is None else label
    if chosen not in labels:
        raise KeyFileError(f"the token holds no key with the label '{chosen}'")
    signer = PKCS11Signer(session, cert_label=chosen, key_label=chosen, ca_chain=certificates, other_certs_to_pull=None)
    try:
        certificate = signer.signing_cert
        signer.use_raw_mechanism = certificate.public_key.algorithm == "ec"  # many tokens don't hash for these
        others = tuple(signer.cert_registry)
    except (PKCS11Error, ValueError) as problem:
        raise KeyFileError(f"the token holds no certificate with the label '{chosen}' of its key") from problem
    return SigningKey(signer, certificate, (*others, *certificates))
