"""The key of a command that signs, and what is secret about it: asked for, or read from where nobody else can."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gri_builder.cli.extras import require_extra
from gri_builder.cli.output import FindingError, InputError, UsageError
from gri_builder.storage.file_kinds import check_readable

if TYPE_CHECKING:
    from gri_builder.signatures.material import Material
    from gri_builder.signing.keys import SigningKey

T = TypeVar("T")
LONGEST = 1_000
"""Characters of a pass phrase."""
LARGEST = 20_000_000
"""Bytes of a key, a certificate, a CRL or an OCSP response."""


def add_key(parser: argparse.ArgumentParser) -> None:
    """Add the options that name a key and its pass phrase."""
    keys = parser.add_mutually_exclusive_group(required=True)
    keys.add_argument("--key", metavar="FILE", type=Path, help="key and certificate in one file (.p12, .pfx)")
    keys.add_argument(
        "--pkcs11", metavar="LIBRARY", type=Path, help="module of a smart card, USB token or HSM that holds the key"
    )
    parser.add_argument("--token", metavar="LABEL", help="label of the token, where there are several")
    parser.add_argument("--key-label", metavar="LABEL", help="label of the key in the token, where there are several")
    secrets = parser.add_mutually_exclusive_group()
    secrets.add_argument(
        "--passphrase-fd",
        metavar="NUMBER",
        type=int,
        help="file descriptor to read the pass phrase or PIN from; default: it is asked for",
    )
    secrets.add_argument(
        "--passphrase-env", metavar="NAME", help="environment variable that holds the pass phrase or PIN"
    )


def add_material(parser: argparse.ArgumentParser) -> None:
    """Add the options for certificates and what is known about them."""
    for name, text in (
        ("--certs", "certificates that complete the chain of a signer or of a time stamp (PEM or DER)"),
        ("--crl", "list of revoked certificates (PEM or DER)"),
        ("--ocsp", "answer of an OCSP responder (DER)"),
    ):
        parser.add_argument(
            name, metavar="FILE", type=Path, action="append", default=[], help=f"{text}; may be given several times"
        )


def read_material(arguments: argparse.Namespace) -> Material:
    """Return the certificates, CRLs and OCSP responses that the arguments name; raises UsageError."""
    from gri_builder.signatures.material import Material, read_certificates, read_crls, read_ocsp

    return Material(
        roots=_read_each(getattr(arguments, "trust", []), read_certificates, "a certificate"),
        certificates=_read_each(arguments.certs, read_certificates, "a certificate"),
        crls=_read_each(arguments.crl, read_crls, "a CRL"),
        ocsps=_read_each(arguments.ocsp, read_ocsp, "an OCSP response"),
    )


def _read_each(files: list[Path], read: Callable[[bytes], tuple[T, ...]], what: str) -> tuple[T, ...]:
    from gri_builder.signatures.material import MaterialError

    found: list[T] = []
    for file in files:
        try:
            found += read(read_small(file))
        except MaterialError as problem:
            raise UsageError(f"'{file}' is not {what}: {problem}") from problem
    return tuple(found)


def read_small(file: Path) -> bytes:
    """Return the content of a file that is small by its nature; raises InputError."""
    try:
        check_readable(file)
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as problem:
        raise InputError(f"'{file}' can't be read: {problem.strerror or problem}", file) from problem
    if len(data) > LARGEST:
        raise InputError(f"'{file}' is too large: more than {LARGEST // 1_000_000} MB", file)
    return data


@contextmanager
def open_key(arguments: argparse.Namespace, material: Material) -> Iterator[SigningKey]:
    """Yield the key that the arguments name; raises UsageError or FindingError."""
    from gri_builder.signing.keys import KeyFileError

    named = arguments.key or arguments.pkcs11
    try:
        if arguments.pkcs11:
            require_extra("pkcs11", "tokens")
            from gri_builder.signing.tokens import open_token

            secret = _read_secret(arguments, "PIN of the token: ")
            place = str(arguments.pkcs11), arguments.token, arguments.key_label
            with open_token(*place, secret, material.certificates) as key:
                yield key
            return
        opened = _open_file(arguments, material)
    except KeyFileError as problem:
        raise _refuse(named, problem) from problem
    yield opened


def _open_file(arguments: argparse.Namespace, material: Material) -> SigningKey:
    """Return the key of a file; its pass phrase is asked for only if it has one. Raises KeyFileError."""
    from gri_builder.signing.keys import WrongPassphraseError, load_pkcs12

    data = read_small(arguments.key)
    if arguments.passphrase_fd is None and arguments.passphrase_env is None:
        with suppress(WrongPassphraseError):
            return load_pkcs12(data, None, material.certificates)
    secret = _read_secret(arguments, f"Pass phrase of '{arguments.key}': ")
    return load_pkcs12(data, secret.encode() if secret else None, material.certificates)


def _refuse(file: Path, problem: Exception) -> FindingError:
    from gri_builder.model.finding import Location, error

    hint = "give the pass phrase when it is asked for, or with --passphrase-fd or --passphrase-env"
    message = f"the key '{file}' can't be used: {problem}"
    is_secret = "pass phrase" in str(problem) or "PIN" in str(problem)
    return FindingError(error("unusable-key", message, Location(file.name), hint if is_secret else None))


def _read_secret(arguments: argparse.Namespace, prompt: str) -> str | None:
    """Return the pass phrase from where the arguments say, or from the terminal; None without any."""
    if arguments.passphrase_env is not None:
        if arguments.passphrase_env not in os.environ:
            raise UsageError(f"the environment variable '{arguments.passphrase_env}' is not set")
        return os.environ[arguments.passphrase_env]
    if arguments.passphrase_fd is not None:
        return _read_descriptor(arguments.passphrase_fd)
    if not sys.stdin.isatty():
        return None
    from getpass import getpass

    try:
        return getpass(prompt)
    except EOFError as problem:
        raise UsageError("no pass phrase was given") from problem


def _read_descriptor(number: int) -> str:
    try:
        with open(number, encoding="utf-8", closefd=False) as stream:
            return stream.readline(LONGEST).rstrip("\r\n")
    except (OSError, UnicodeDecodeError, ValueError) as problem:
        raise UsageError(f"the file descriptor {number} can't be read; for standard input, it is 0") from problem
