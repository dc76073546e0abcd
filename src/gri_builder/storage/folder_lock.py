"""A lock on a folder: of two programs that write sets of files into it, one waits for the other.

The lock is the system's, on the folder itself; it ends with the process, however that ends. Windows locks a small file
in the folder instead, which is removed afterwards.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MESSAGE_AFTER = 2.0
"""Seconds of waiting after which the caller gets a message."""
LONGEST = 120.0
"""Seconds of waiting after which it is given up: the other program hangs, or was paused."""
_PAUSE = 0.02
_LOCK_FILE = ".gri-builder.lock"


class FolderInUseError(OSError):
    """Another program writes into the folder, and does not end."""


@contextmanager
def lock_folder(folder: Path, waiting: Callable[[], None] | None = None, longest: float = LONGEST) -> Iterator[bool]:
    """Hold the lock of an existing folder; yields whether the system has such locks there.

    `waiting` is called once if it takes long. Raises FolderInUseError if it takes more than `longest` seconds.
    """
    handle = _open(folder)
    if handle is None:
        yield False
        return
    try:
        is_locked = _wait(handle, folder, waiting, longest)
        yield is_locked
    finally:
        os.close(handle)
        if sys.platform == "win32":
            with suppress(OSError):
                (folder / _LOCK_FILE).unlink()


def _open(folder: Path) -> int | None:
    place = folder / _LOCK_FILE if sys.platform == "win32" else folder
    try:
        return os.open(place, os.O_RDWR | os.O_CREAT if sys.platform == "win32" else os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None


def _wait(handle: int, folder: Path, waiting: Callable[[], None] | None, longest: float) -> bool:
    start, is_announced = time.monotonic(), False
    while (state := _try_lock(handle)) is False:
        passed = time.monotonic() - start
        if passed > longest:
            raise FolderInUseError(f"another program has been writing into '{folder}' for {longest:.0f} seconds")
        if passed > MESSAGE_AFTER and not is_announced and waiting:
            waiting()
            is_announced = True
        time.sleep(_PAUSE)
    return state is True


def _try_lock(handle: int) -> bool | None:
    """Return whether the lock could be had; None where the file system has no locks."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
