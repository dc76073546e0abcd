"""PDFs that are not on this machine: listed and fetched by fsspec, which knows s3://, gs://, https:// and many more."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

from gri_builder.limits.limit import MEGABYTE
from gri_builder.limits.limits import REMOTE_MEGABYTES

_CHUNK = 1 << 20
INSTALL = "pip install 'gri-builder[cluster]'"
RIGHTS = "check the address, and that this user has the rights to read it; the next run tries it again"


class AddressError(Exception):
    """An address can't be read; the text gives the reason."""

    def __init__(self, reason: str, hint: str = RIGHTS) -> None:
        super().__init__(reason)
        self.hint = hint


def is_address(text: str) -> bool:
    """Return whether a text is an address such as 's3://bucket/report.pdf', and not a path."""
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", text)) or "::" in text.partition("/")[0]


def join_address(folder: str, name: str) -> str:
    """Return the address of a file below a folder."""
    return f"{folder.rstrip('/')}/{name}"


def list_folder(address: str) -> tuple[str, ...]:
    """Return the paths of all files below the folder of an address, relative to it. Raises AddressError."""
    system, root = _open_system(address)
    try:
        found = system.find(root)
    except Exception as problem:
        raise AddressError(_reason(problem)) from problem
    top = PurePosixPath(root)
    return tuple(sorted(_relative(path, top) for path in found))


def _relative(path: str, top: PurePosixPath) -> str:
    with suppress(ValueError):
        return PurePosixPath(path).relative_to(top).as_posix()
    return path.removeprefix(str(top)).lstrip("/")


@contextmanager
def fetch(address: str) -> Iterator[Path]:
    """Fetch a file into a folder for temporary files, for the statements of a `with` block. Raises AddressError."""
    system, path = _open_system(address)
    with tempfile.TemporaryDirectory(prefix="gri-builder-") as folder:
        target = Path(folder) / (PurePosixPath(path).name or "report.pdf")
        try:
            _copy(system, path, target)
        except AddressError:
            raise
        except Exception as problem:  # each file system has errors of its own
            raise AddressError(_reason(problem)) from problem
        yield target


def _copy(system: Any, path: str, target: Path) -> None:
    most, size = REMOTE_MEGABYTES.most * MEGABYTE, 0
    with system.open(path, "rb", block_size=5 * _CHUNK) as source, target.open("wb") as copy:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise AddressError(f"it has more than {REMOTE_MEGABYTES.most} megabytes", REMOTE_MEGABYTES.hint)
            copy.write(chunk)


def _open_system(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as problem:
        raise AddressError("addresses need fsspec", INSTALL) from problem
    try:
        system, path = url_to_fs(address)
    except ImportError as problem:  # names the package for the protocol
        raise AddressError(str(problem), f"install that package beside gri-builder ({INSTALL})") from problem
    except Exception as problem:
        raise AddressError(_reason(problem)) from problem
    return system, str(path)


def _reason(problem: BaseException) -> str:
    text = next(iter(str(problem).strip().splitlines()), "")
    if isinstance(problem, FileNotFoundError):
        return "there is no such file"
    return f"{type(problem).__name__}: {text}" if text else type(problem).__name__
