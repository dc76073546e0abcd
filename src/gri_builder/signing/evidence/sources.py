"""Which files of a report folder are evidence: those that the build reads. All others are left out, and named."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from gri_builder.model.finding import Finding, Location, error
from gri_builder.signing.evidence.manifest import LeftOut, Reason
from gri_builder.source.canonical import hash_files
from gri_builder.source.file_reader import FileReader
from gri_builder.source.nodes import Source

_SECRET_NAMES = re.compile(
    r"(?i).*\.(?:pem|key|p12|pfx|p8|jks|keystore|ppk|gpg|asc|kdbx|env|ovpn|token|tok)|id_(?:rsa|dsa|ecdsa|ed25519).*"
    r"|.*(?:password|passwort|passwd|credential|secret).*"
)
"""Names of files that often hold keys or passwords."""
_SECRETS = {
    "a private key": re.compile(rb"-----\w{5} [A-Z0-9 ]*PRIVATE KEY"),
    "a password in an address": re.compile(rb"\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s/:@\"'<>]+:[^\s/@\"'<>]+@"),
}
TEXT_ENDINGS = (".yaml", ".yml", ".md", ".csv", ".tsv", ".svg", ".json", ".txt")
MOST_LEFT_OUT = 2_000
"""Files that are named as left out."""


def read_sources(source: Source, folder: Path) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the content of each file that the build has read, by path, with a finding for each that can't go in."""
    files = FileReader(folder).list_files()
    contents, findings = dict[str, bytes](), list[Finding]()
    for path, digest in hash_files(source):
        data = _read(files.get(path))
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            message = f"{path} was changed while it was packed"
            findings.append(
                error("pack-changed", message, Location(path), "pack again when nobody writes into the folder")
            )
            continue
        contents[path] = data
        findings.extend(_find_secrets(path, data))
    return contents, findings


def _read(file: Path | None) -> bytes | None:
    try:
        return file.read_bytes() if file else None
    except OSError:
        return None


def _find_secrets(path: str, data: bytes) -> Iterator[Finding]:
    """Yield an error for each line that holds a secret; none of them shows it."""
    if not path.lower().endswith(TEXT_ENDINGS):
        return
    for kind, pattern in _SECRETS.items():
        for match in pattern.finditer(data):
            line = data.count(b"\n", 0, match.start()) + 1
            message = f"line {line} holds {kind}; an evidence pack is given away, and nothing was written"
            yield error(
                "secret-in-file", message, Location(path, line), "take it out of the report folder, and renew it"
            )


def list_left_out(folder: Path, sources: Iterable[str], output: Path | None) -> tuple[LeftOut, ...]:
    """Return what else is in a report folder, without the file that is being written; of hidden folders the name."""
    known = frozenset(sources)
    ignored = os.path.realpath(output) if output else ""
    found = sorted(_walk(folder, folder, known, ignored), key=lambda each: each.path)
    return tuple(found[:MOST_LEFT_OUT])


def _walk(folder: Path, root: Path, known: Mapping[str, bytes] | frozenset[str], ignored: str) -> Iterator[LeftOut]:
    try:
        children = sorted(folder.iterdir())
    except OSError:
        return
    for child in children:
        path = unicodedata.normalize("NFC", child.relative_to(root).as_posix().encode("utf-8", "replace").decode())
        if path in known or os.path.realpath(child) == ignored:
            continue
        if child.is_dir() and not child.is_symlink() and not child.name.startswith("."):
            yield from _walk(child, root, known, ignored)
            continue
        yield LeftOut(f"{path}/" if child.is_dir() else path, _explain(child))


def _explain(file: Path) -> Reason:
    if file.name.startswith("."):
        return "hidden"
    if file.is_symlink():
        return "link"
    if not file.is_file():
        return "not a file"
    return "may hold a secret" if _SECRET_NAMES.fullmatch(file.name) else "not read by the build"
