"""The journal of a set of files that is being replaced: which files, and whether to go forward or back.

It is there from the moment when all new files are on the disk until all are in place. A run that finds one finishes
what it says. Anyone who can write into the folder can write one, so it is not believed: no name leads out of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Literal

from msgspec import Struct

from gri_builder.storage.flushing import create_file, flush_folder

FORMAT = "gri-builder/journal/1"
_NAME, _NEXT = "journal.json", "journal.next"
_MAX_BYTES = 4_000_000

Direction = Literal["forward", "back"]


class Hashes(Struct, frozen=True):
    """SHA-256 of the new and of the old file; None for one that is not there. It is never both."""

    new: str | None
    old: str | None


class Journal(Struct, frozen=True):
    """The files of a set by their names in the folder, and where the set is going."""

    direction: Direction
    files: Mapping[str, Hashes]


def write_journal(journal: Journal, room: Path) -> None:
    """Write the journal into the set's hidden folder in one step. Raises OSError."""
    files = {name: [hashes.new, hashes.old] for name, hashes in journal.files.items()}
    document = {"format": FORMAT, "direction": journal.direction, "files": files}
    new = room / _NEXT
    new.unlink(missing_ok=True)
    create_file(new, json.dumps(document, indent=1).encode())
    new.replace(room / _NAME)
    flush_folder(room)


def read_journal(room: Path) -> Journal | None:
    """Return the journal in a hidden folder; None where it is missing or makes no sense."""
    file = room / _NAME
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        if file.is_symlink() or not file.is_file() or file.stat().st_size > _MAX_BYTES:
            return None
        document = json.loads(file.read_bytes())
        files = {name: Hashes(new and str(new), old and str(old)) for name, (new, old) in document["files"].items()}
        if document["format"] == FORMAT and document["direction"] in ("forward", "back") and all(map(_is_safe, files)):
            return Journal(document["direction"], files)
    return None


def remove_journal(room: Path) -> None:
    """Remove the journal: the set is whole. Raises OSError."""
    (room / _NAME).unlink(missing_ok=True)


def _is_safe(name: str) -> bool:
    """Whether a name leads to a place in the folder."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not any(part in ("..", "/") or set(part) & set("\\:\0") for part in parts)


def hash_file(file: Path) -> str | None:
    """Return the SHA-256 of a file; None where there is no such file."""
    if file.is_symlink() or not file.is_file():
        return None
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
