"""One file: written beside its place, flushed, and put there in one step. What was there stays until then."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from gri_builder.storage.file_kinds import check_place
from gri_builder.storage.flushing import create_file, flush_folder, keep_permissions
from gri_builder.storage.folder_lock import FolderInUseError, lock_folder
from gri_builder.storage.leftovers import PREFIX, sweep_files
from gri_builder.storage.signals import uninterrupted

PATIENCE = 2.0
"""Seconds to wait for the lock of the folder; a single file can do without."""
_UNKNOWN = object()


class ChangedFileError(OSError):
    """The file was changed by another program in the meantime."""


def write_file(file: Path, data: bytes, previous: bytes | object | None = _UNKNOWN) -> None:
    """Write a file whole, or leave what is there; a link is followed.

    With `previous`, the content that the new one was made from (None for no file), a file that is different by now
    is left alone, and ChangedFileError raised. Raises OSError.
    """
    place = Path(os.path.realpath(file))
    check_place(place)
    lock = lock_folder(place.parent, longest=PATIENCE)
    with suppress(FolderInUseError), lock as is_locked:
        sweep_files(place.parent, is_locked)
        _replace(place, data, previous)
        return
    _replace(place, data, previous)


def _replace(place: Path, data: bytes, previous: bytes | object | None) -> None:
    new = place.parent / f"{PREFIX}{token_hex(8)}.part"
    try:
        create_file(new, data)
        if place.exists():
            keep_permissions(place, new)
        _check_previous(place, previous)
        new.replace(place)
    except BaseException:
        with uninterrupted(), suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    flush_folder(place.parent)


def _check_previous(place: Path, previous: bytes | object | None) -> None:
    if previous is not _UNKNOWN and previous != (place.read_bytes() if place.exists() else None):
        raise ChangedFileError("another program has changed it in the meantime")
