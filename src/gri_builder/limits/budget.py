"""The processor time and the memory that a command may take: more for a large input, but not without end."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from gri_builder.limits.limit import MEGABYTE
from gri_builder.limits.limits import MEGABYTES, SECONDS

MOST_FILES = 20_000
"""Files of a folder whose sizes are added."""


class Growth(Struct, frozen=True):
    """How a limit grows with the size of the input."""

    each: int
    """What is added for each megabyte after the first."""
    most: int
    """What it grows to."""


FOLDER_SECONDS = Growth(5, 300)
PDF_SECONDS = Growth(1, 40)
FOLDER_MEGABYTES = Growth(50, 4_000)


class Budget(Struct, frozen=True):
    """What the process of a command may take."""

    seconds: int
    """Seconds of processor time."""
    megabytes: int
    """Megabytes of memory, of 1,048,576 bytes."""


def pdf_seconds(size: int) -> int:
    """Return the seconds of processor time that reading a PDF of that many bytes may take."""
    return SECONDS.most if SECONDS.is_changed else _grow(SECONDS.default, PDF_SECONDS, size)


def find_budget(paths: Iterable[Path]) -> Budget:
    """Return what a command may take that reads these report folders, PDFs and tables."""
    pdfs = folders = 0
    for path in paths:
        if path.suffix.lower() == ".pdf":
            pdfs += _size_of(path)
        else:
            folders += _size_of(path.parent if path.name == "report.yaml" else path)
    seconds = max(pdf_seconds(pdfs), _grow(SECONDS.default, FOLDER_SECONDS, folders))
    megabytes = _grow(MEGABYTES.default, FOLDER_MEGABYTES, folders)
    return Budget(
        SECONDS.most if SECONDS.is_changed else seconds, MEGABYTES.most if MEGABYTES.is_changed else megabytes
    )


def _grow(least: int, growth: Growth, size: int) -> int:
    return min(max(least, growth.most), least + growth.each * max(0, size // MEGABYTE - 1))


def _size_of(path: Path) -> int:
    """Return the bytes of a file, or of the files below a folder; 0 where they can't be listed."""
    try:
        if path.is_file():
            return path.stat().st_size
    except (OSError, ValueError):
        return 0
    total = count = 0
    for folder, folders, files in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        count += len(files)
        if count > MOST_FILES:
            break
        for name in files:
            total += _file_size(os.path.join(folder, name))  # noqa: PTH118  # a Path for each file takes ten times as long
    return total


def _file_size(path: str) -> int:
    try:
        return os.lstat(path).st_size
    except (OSError, ValueError):
        return 0
