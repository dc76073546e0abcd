"""Files that no output may replace: those of a report folder that the report is made from."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from gri_builder.source.loader import FOLDERS, REPORT_FILE, THEME_FILE, YAML_ENDINGS

_MAX_BYTES = 20_000_000


def is_same_file(first: Path, second: Path) -> bool:
    """Return whether two paths lead to one file: through links, or with names that some systems do not distinguish."""
    try:
        if first.samefile(second):
            return True
    except (OSError, ValueError):
        pass
    return fold(first) == fold(second)


def fold(path: Path) -> str:
    """Return the place that a path leads to, without the differences that some file systems ignore."""
    try:
        place = os.path.realpath(path)
    except (OSError, ValueError):
        place = str(path)
    return unicodedata.normalize("NFC", place).casefold()


def is_source(file: Path, report: Path) -> bool:
    """Return whether a file is one that the report folder's report is made from, under whichever name.

    These are report.yaml, theme.yaml, what is in the folders of sources, and what their YAML files mention.
    """
    root, place = fold(report), fold(file)
    if place.startswith(root + os.sep):
        parts = Path(place).relative_to(root).parts
        if parts[0] in (REPORT_FILE, THEME_FILE) or (parts[0] in FOLDERS and len(parts) > 1):
            return True
        name = parts[-1]
        return file.exists() and any(name in text for text in _texts(report))
    return _has_other_names(file) and any(is_same_file(file, each) for each in _files(report))


def is_source_folder(folder: Path, report: Path) -> bool:
    """Return whether a folder is the report folder itself, or one of those for sources in it."""
    root, place = fold(report), fold(folder)
    return place == root or f"{place}{os.sep}".startswith(tuple(f"{root}{os.sep}{name}{os.sep}" for name in FOLDERS))


def _has_other_names(file: Path) -> bool:
    try:
        return file.stat().st_nlink > 1
    except (OSError, ValueError):
        return False


def _files(report: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(report):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names))


def _texts(report: Path) -> Iterator[str]:
    """Yield the texts that name tables and pictures, without differences of case."""
    for file in _files(report):
        if file.name.casefold().endswith(YAML_ENDINGS) and file.is_file() and file.stat().st_size < _MAX_BYTES:
            yield unicodedata.normalize("NFC", file.read_text(encoding="utf-8", errors="replace")).casefold()
