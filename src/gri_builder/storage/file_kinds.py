"""Pipes, sockets and devices: what a path can lead to instead of a file that can be read or replaced."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def name_special_file(path: Path) -> str | None:
    """Return 'a named pipe', 'a socket' or 'a device' for a path that leads to one, else None; it is never opened."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return None
    return next((name for is_kind, name in _KINDS if is_kind(mode)), None)


def check_readable(file: Path) -> None:
    """Raise OSError if a path leads to something that could be read without end, or would be waited for."""
    if kind := name_special_file(file):
        raise OSError(errno.EINVAL, f"it is {kind}, not a file")


def check_place(file: Path) -> None:
    """Raise OSError if what is at the place of a file to be written can't be replaced by one."""
    if kind := name_special_file(file):
        raise OSError(errno.EINVAL, f"it is {kind}, not a file")
    if file.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder, not a file")
    if file.exists() and not os.access(file, os.W_OK):
        raise PermissionError(errno.EACCES, f"'{file.name}' is protected against writing")
