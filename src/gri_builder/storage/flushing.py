"""Bytes to the disk: a file or folder is flushed, so that what follows on the disk never precedes it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


def create_file(file: Path, data: bytes) -> None:
    """Create a file that must be new, with its content on the disk. Raises OSError."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(handle, "wb", buffering=0) as stream:
        rest = memoryview(data)
        while rest:
            rest = rest[stream.write(rest) :]
        os.fsync(handle)


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can; Windows does so by itself."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def keep_permissions(old: Path, new: Path) -> None:
    """Give a new file the permissions and, where the system lets us, the owner of the one that it replaces."""
    with suppress(OSError):
        state = old.stat()
        new.chmod(state.st_mode & 0o777)
        if sys.platform != "win32" and (state.st_uid, state.st_gid) != (new.stat().st_uid, new.stat().st_gid):
            os.chown(new, state.st_uid, state.st_gid)
