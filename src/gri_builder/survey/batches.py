"""Which PDF is in which batch, and the rows that wait until they are written."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from gri_builder.storage.signals import uninterrupted
from gri_builder.survey.result_files import Known, write_batch

PATIENCE = 60.0
"""Seconds after which results are written though their batch is not complete: so much work a killed run may lose."""


def plan_batches(files: Iterable[str], known: Mapping[str, Known], size: int) -> dict[str, int]:
    """Return the batch of each file, from 1; `files` are in order.

    A batch is a stretch of the ordered files, whatever order they are done in, so that a run that was stopped and
    continued writes the same files as one that was not. Where the results were made of other files, what is there
    keeps its place, and new PDFs get new batches.
    """
    ordered = list(files)
    ideal = {file: 1 + n // size for n, file in enumerate(ordered)}
    if all(each.batch == ideal.get(file) for file, each in known.items()):
        return ideal
    last = max((each.batch for each in known.values()), default=0)
    new = {file: last + 1 + n // size for n, file in enumerate(file for file in ordered if file not in known)}
    return {file: known[file].batch if file in known else new[file] for file in ordered}


class Batches:
    """Collects rows, and writes those of a batch when it is complete, or when they have waited long enough."""

    def __init__(self, folder: Path, plan: Mapping[str, int], gone: Mapping[str, int]) -> None:
        self._folder, self._plan = folder, plan
        self._pending = Counter(plan.values())
        self._rows: dict[int, list[Mapping[str, bytes]]] = defaultdict(list)
        self._gone: dict[int, set[str]] = defaultdict(set)
        for file, batch in gone.items():
            self._gone[batch].add(file)
        self._written = time.monotonic()

    def add(self, file: str, rows: Mapping[str, bytes] | None) -> None:
        """Take the rows of a PDF; None if those that are there are still right."""
        batch = self._plan[file]
        self._pending[batch] -= 1
        if rows is not None:
            self._rows[batch].append(rows)
        if not self._pending[batch] and self._rows[batch]:
            self._write([batch])
        elif time.monotonic() - self._written > PATIENCE:
            self.write_all()

    def write_all(self) -> None:
        """Write all rows that wait, and take out those of PDFs that are gone."""
        self._write(sorted({batch for batch, rows in self._rows.items() if rows} | self._gone.keys()))
        self._written = time.monotonic()

    def _write(self, batches: Collection[int]) -> None:
        for batch in batches:
            with uninterrupted():
                write_batch(self._folder, batch, self._rows.pop(batch, ()), self._gone.pop(batch, ()))
