"""How lines of the report's texts have moved, so that the browser finds again the line that someone is reading."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gri_builder.preview.server.excerpts import find_file

ENDINGS = (".md", ".yaml", ".yml")
LARGEST = 2 << 20
"""Bytes of a file whose lines are followed."""

Shift = tuple[int, int, int]
"""First line that changed, first line after the change as it was, and by how many lines those after it have moved."""


class LineShifts:
    """Keeps the lines of the texts in a report folder, to compare them with what is written next."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: dict[str, list[int]] = {}
        self._shifts: dict[str, list[Shift]] = {}
        self.edits: dict[str, int] = {}
        """Files that changed and are not shown yet, each with the first line that changed, from 1."""

    def remember(self) -> None:
        """Read all texts once."""
        for ending in ENDINGS:
            for file in sorted(self._folder.rglob(f"*{ending}")):
                path = file.relative_to(self._folder).as_posix()
                self._lines[path] = self._read(path)

    def note(self, paths: Iterable[str]) -> None:
        """Compare files that changed with what they were."""
        for path in paths:
            if not path.endswith(ENDINGS):
                self.edits[path] = 1
                continue
            old, new = self._lines.get(path, []), self._read(path)
            self._lines[path], self.edits[path] = new, find_edit(old, new)
            if shift := find_shift(old, new):
                self._shifts.setdefault(path, []).append(shift)

    def take(self) -> dict[str, list[Shift]]:
        """Return how lines have moved since the last call, by file; shifts of one file follow each other."""
        taken, self._shifts = self._shifts, {}
        return taken

    def _read(self, path: str) -> list[int]:
        """Return a number for each line, the same for equal lines."""
        file = find_file(self._folder, path)
        try:
            if file is None or file.stat().st_size > LARGEST:
                return []
            return [hash(line) for line in file.read_bytes().splitlines()]
        except OSError:
            return []


def find_edit(old: list[int], new: list[int]) -> int:
    """Return the first line, from 1, by which two versions of a file differ."""
    most = min(len(old), len(new))
    return next((i for i in range(most) if old[i] != new[i]), most) + 1


def find_shift(old: list[int], new: list[int]) -> Shift | None:
    """Return where two versions of a file differ; None if no line has moved."""
    most, start = min(len(old), len(new)), find_edit(old, new) - 1
    end = next((i for i in range(most - start) if old[-1 - i] != new[-1 - i]), most - start)
    moved = len(new) - len(old)
    return (start + 1, len(old) - end + 1, moved) if moved else None
