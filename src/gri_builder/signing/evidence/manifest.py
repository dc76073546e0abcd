"""What an evidence pack holds, as `manifest.json` states it."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

MANIFEST, SUMS, README = "manifest.json", "SHA256SUMS", "README.txt"
REPORT, SOURCES, LEDGER = "report/", "sources/", "ledger/"
PAPER = "working-paper.xlsx"
FORMAT = "gri-builder/evidence-pack/1"
Role = Literal["report", "source", "ledger", "working paper", "instructions"]
Reason = Literal["hidden", "may hold a secret", "not read by the build", "link", "not a file"]


class Packed(Struct, frozen=True):
    """A file of the pack."""

    path: str
    role: Role
    bytes: int
    sha256: str


class LeftOut(Struct, frozen=True):
    """A file, or a folder with a slash at its end, of the report folder that is not in the pack."""

    path: str
    reason: Reason


class Manifest(Struct, frozen=True):
    """What an evidence pack holds."""

    program: str
    """Name and version of the program that packed it."""
    report: str
    """Name of the report's output files."""
    title: str
    organization: str
    language: str
    """BCP 47 tag."""
    pdf: str
    """Path of the PDF."""
    made_by: str
    """Name and version of the program that the PDF says it was built with."""
    has_signature: bool
    """Whether the PDF has a signature; whether it holds is for `verify` to say."""
    files: tuple[Packed, ...]
    """All files but this one and SHA256SUMS, by path."""
    left_out: tuple[LeftOut, ...]
    format: str = FORMAT


def write_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON; its schema is `schemas/outputs/evidence-pack.schema.json`."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def read_manifest(data: bytes) -> Manifest:
    """Return the manifest of a pack; raises ValueError for something else."""
    manifest = msgspec.json.decode(data, type=Manifest)
    if manifest.format != FORMAT:
        raise ValueError(f"its format is '{manifest.format[:60]}', and not '{FORMAT}'")
    return manifest
