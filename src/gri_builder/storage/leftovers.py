"""What killed runs leave: hidden files and folders half written, which the next run removes."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path

PREFIX = ".gri-builder-"
"""Start of the names of files and folders in which something is being written."""
AGE = 3600.0
"""Seconds after which they are left over, where the system has no locks that would show that nobody writes there."""


def sweep_files(folder: Path, is_locked: bool) -> None:
    """Remove files that were left half written; `is_locked`: the folder's lock is held, so that nobody writes there."""
    with suppress(OSError):
        for file in folder.glob(f"{PREFIX}*.part"):
            with suppress(OSError):
                if is_locked or is_old(file):
                    file.unlink()


def is_old(path: Path) -> bool:
    """Return whether something in a folder without locks was left over."""
    return time.time() - path.lstat().st_mtime > AGE


def remove_folder(folder: Path) -> None:
    """Remove a hidden folder with all in it, as far as the system lets us."""
    shutil.rmtree(folder, ignore_errors=True)
