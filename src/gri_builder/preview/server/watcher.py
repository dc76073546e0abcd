"""Watches a report folder: reports which files have another content, once they are written.

Events of the system only wake it up; what changed is found by comparing the folder with what was there before. So it
misses nothing where the system has no events, and reports nothing where a file was only touched.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing
from pathlib import Path

from msgspec import Struct
from watchfiles import awatch

from gri_builder.source.loader import REPORT_FILE

PAUSE = 0.012
"""Seconds between two looks at a file that is being written."""
PATIENCE = 0.25
"""Seconds to wait for a file that is empty or gone: many editors empty or remove a file before they write it anew."""
LONGEST = 1.0
"""Seconds after which a file that is still being written is read as it is."""
INTERVAL = 1.0
"""Seconds between two looks at the folder where there is no event."""
SHARE = 20
"""How many times longer than a look the pause after it is at least: large folders on slow disks."""


class FileState(Struct, frozen=True):
    """What the system says of a file, by which a change is noticed."""

    size: int
    modified: int
    number: int
    """Number of the file in its file system: another one after an atomic rename."""


Snapshot = Mapping[str, FileState]
"""States of files by their path in the folder."""


class Change(Struct, frozen=True):
    """What changed in the folder."""

    paths: frozenset[str]
    """Files whose content changed, that are new, or that are gone."""
    is_gone: bool = False
    """Whether there is no report in the folder any more."""


class FolderWatcher:
    """Reports the changes of one folder."""

    def __init__(self, folder: Path, ignored: Path) -> None:
        """`ignored` is a folder whose files are results, wherever it is."""
        self.folder = folder
        self._ignored = os.path.realpath(ignored)
        self._known: dict[str, FileState] = {}
        self._hashes: dict[str, bytes | None] = {}
        self._is_gone = False
        for path, state in self._look().items():
            self._known[path], self._hashes[path] = state, self._hash(path)

    async def watch(self) -> AsyncIterator[Change]:
        """Yield each change; ends only if the task is cancelled."""
        while True:
            identity = _identify(self.folder)
            async with aclosing(_wake_ups(self.folder if identity else None)) as wake_ups:
                async for _ in wake_ups:
                    if change := await self._compare():
                        yield change
                    if _identify(self.folder) != identity:  # renamed, removed, or put back: it is another folder
                        break

    async def _compare(self) -> Change | None:
        """Return what changed since the last look, once it is written."""
        start = time.monotonic()
        looked = await asyncio.to_thread(self._look)
        took = time.monotonic() - start
        while changed := _differences(self._known, looked):
            waited = time.monotonic() - start
            is_whole = all(path in looked and looked[path].size for path in changed)
            await asyncio.sleep(max(PAUSE, took))
            again = await asyncio.to_thread(self._look)
            is_quiet = not any(looked.get(path) != again.get(path) for path in changed | _differences(looked, again))
            looked = again
            if (is_quiet and (is_whole or waited >= PATIENCE)) or waited >= LONGEST:
                break
        return await asyncio.to_thread(self._settle, looked, _differences(self._known, looked))

    def _settle(self, looked: Snapshot, candidates: set[str]) -> Change | None:
        """Return those of the files that have another content than before; what is there now is known from here on."""
        changed = set()
        for path in sorted(candidates):
            before = self._hashes.get(path, b"")
            if path not in looked:
                changed.add(path)
                del self._known[path], self._hashes[path]
                continue
            self._known[path], self._hashes[path] = looked[path], self._hash(path)
            if self._hashes[path] != before:
                changed.add(path)
        was_gone, self._is_gone = self._is_gone, REPORT_FILE not in looked
        if changed or was_gone != self._is_gone:
            return Change(frozenset(changed), self._is_gone)
        return None

    def _hash(self, path: str) -> bytes | None:
        """Return the hash of a file; None if it can't be read."""
        try:
            with (self.folder / path).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").digest()
        except OSError:
            return None

    def _look(self) -> Snapshot:
        return dict(self._list_below(self.folder, ""))

    def _list_below(self, folder: str | Path, prefix: str, depth: int = 0) -> Iterator[tuple[str, FileState]]:
        """Yield the files below a folder with their states; hidden ones and results are left out."""
        try:
            with os.scandir(folder) as entries:
                children = [each for each in entries if not each.name.startswith(".")]
        except OSError:
            return
        for child in children:
            try:
                if child.is_dir():
                    if depth < _DEEPEST and os.path.realpath(child.path) != self._ignored:
                        yield from self._list_below(child.path, f"{prefix}{child.name}/", depth + 1)
                elif child.is_file():
                    found = child.stat()
                    yield prefix + child.name, FileState(found.st_size, found.st_mtime_ns, found.st_ino)
            except OSError:
                continue


_DEEPEST = 12
"""Folders inside folders that are looked into; ends links that lead in a circle."""


def _differences(before: Snapshot, after: Snapshot) -> set[str]:
    """Return the paths whose states differ."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def _identify(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another one of the same name; None if there is no such folder."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


async def _wake_ups(folder: Path | None) -> AsyncGenerator[None]:
    """Yield whenever it is time to look at a folder: at once, at an event of the system, and now and then."""
    yield
    if folder is not None:
        try:
            # A wake-up at an interval needs no event, so that no change is missed where the system has none.
            async for _ in awatch(
                folder,
                watch_filter=None,
                debounce=50,
                step=8,
                rust_timeout=int(INTERVAL * 1000),
                yield_on_timeout=True,
                ignore_permission_denied=True,
            ):
                yield
        except (OSError, RuntimeError):  # no events left for this user, or the folder has gone
            pass
    while True:
        await asyncio.sleep(INTERVAL / 2)
        yield
