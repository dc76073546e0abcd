"""Lines of the report's own files, for people to see what was written where."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from gri_builder.model.texts.control_characters import settle_text

CONTEXT = 4
"""Lines that are shown before and after."""
LONGEST_LINE = 400
"""Characters of a line that are shown."""
LARGEST = 8 << 20
"""Bytes of a file from which lines are shown."""


class Excerpt(Struct, frozen=True):
    """Some lines of a text file."""

    first: int
    """Number of the first line, from 1."""
    lines: tuple[str, ...]


def find_file(folder: Path, path: str) -> Path | None:
    """Return a file of the report folder by its path in it; None if it is elsewhere, hidden, or no file."""
    parts = path.split("/")
    if not path or "\\" in path or "\0" in path or any(part.startswith(".") or not part for part in parts):
        return None
    try:
        root = os.path.realpath(folder)
        file = os.path.realpath(os.path.join(root, *parts))  # noqa: PTH118 (a drive in a part must not win)
        inside = os.path.commonpath([root, file]) == root
        return Path(file) if inside and os.path.isfile(file) else None  # noqa: PTH113
    except (OSError, ValueError):
        return None


def read_excerpt(file: Path, line: int) -> Excerpt | None:
    """Return the lines around a line, from 1; None if the file can't be read as text."""
    try:
        if file.stat().st_size > LARGEST:
            return None
        text = file.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError:
        return None
    if "\0" in text:
        return None
    lines = text.splitlines()
    first = max(1, min(line, len(lines)) - CONTEXT)
    chosen = lines[first - 1 : line + CONTEXT]
    return Excerpt(first, tuple(settle_text(_cut(each)) for each in chosen))


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} …"
