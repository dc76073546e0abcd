"""The address of a preview: a free port of this machine, and which previews of a report are open already."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HOST = "127.0.0.1"
PORT = 8765
"""The first port that is tried, where none is asked for."""
TRIED = 50
"""Ports that are tried, one after the other."""


class NoPortError(Exception):
    """No port can be used; the text says why."""


def open_port(wanted: int) -> socket.socket:
    """Return a socket at a port of this machine, or at the next one that is free; 0 takes any. Raises NoPortError."""
    reason = ""
    for port in range(wanted, min(wanted + TRIED, 65536)) if wanted else (0,):
        opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if sys.platform == "win32":
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            opened.bind((HOST, port))
            opened.listen(64)
        except OSError as problem:
            opened.close()
            reason = problem.strerror or str(problem)
        else:
            return opened
    raise NoPortError(f"no port from {wanted} to {min(wanted + TRIED, 65536) - 1} can be used: {reason}")


def find_other(folder: Path) -> str | None:
    """Return the address of another preview of the same report that is open; None if there is no other."""
    note = _note_of(folder)
    try:
        address = note.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return None
    return address if address.startswith(f"http://{HOST}:") and _answers(address) else None


def _answers(address: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}page/preview.css", timeout=1) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError, ValueError):
        return False


@contextmanager
def noted(folder: Path, address: str) -> Iterator[None]:
    """Note the address of an open preview, where only its user can read it, for the next preview of the report."""
    note = _note_of(folder)
    with suppress(OSError):
        note.parent.mkdir(mode=0o700, exist_ok=True)
        if _is_private(note.parent):
            note.unlink(missing_ok=True)
            with os.fdopen(os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
                stream.write(address)
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            if note.read_text(encoding="utf-8") == address:
                note.unlink()


def _note_of(folder: Path) -> Path:
    name = hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:24]
    return Path(tempfile.gettempdir()) / f"gri-builder-previews-{_user()}" / name


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"


def _is_private(folder: Path) -> bool:
    """Whether only this user can put anything into a folder."""
    if not hasattr(os, "getuid"):
        return True
    found = folder.lstat()
    return not folder.is_symlink() and found.st_uid == os.getuid() and not found.st_mode & 0o077
