"""Sets of files: all new or all old, whatever ends the process.

The new files are written into a hidden folder inside the target folder (only within one file system is renaming one
step), flushed, and listed in a journal with their hashes and those of the old files. From then on the set goes forward:
the files are renamed to their places. A run that was killed in between is finished by the next one, which finds the
journal. When a file can't be renamed, the old copies go back; when that fails too, they are kept, and the error says
where.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from gri_builder.storage.file_kinds import check_place
from gri_builder.storage.flushing import create_file, flush_folder, keep_permissions
from gri_builder.storage.folder_lock import FolderInUseError, lock_folder
from gri_builder.storage.journal import Hashes, Journal, hash_file, read_journal, remove_journal, write_journal
from gri_builder.storage.leftovers import PREFIX, is_old, remove_folder, sweep_files
from gri_builder.storage.signals import uninterrupted


class MixedSetError(OSError):
    """Some files of a set are new and some are old, and neither the new nor the old ones can be put in place."""

    def __init__(self, reason: str, kept: Path) -> None:
        super().__init__(reason)
        self.kept = kept
        """Folder with the copies of the old files."""


def write_set(
    files: Mapping[str, bytes],
    folder: Path,
    waiting: Callable[[], None] | None = None,
    obsolete: Mapping[str, str] | None = None,
) -> tuple[Path, ...]:
    """Write all files into the folder or none, and return their paths; names may have folders (`a/b.txt`).

    `waiting` is called if another program writes into the folder for long. `obsolete` are files of an earlier set with
    their SHA-256: those that still have it are removed in the same step. Raises OSError after having put everything
    back, and MixedSetError if that was impossible.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with lock_folder(folder, waiting) as is_locked:
        broken = finish_sets(folder, is_locked, frozenset(files))
        for name in files:
            check_place(folder / name)
        room = Path(mkdtemp(prefix=PREFIX, dir=folder))
        _fill_and_swap(files, obsolete or {}, folder, room)
        with uninterrupted():
            for each in (room, *broken):
                remove_folder(each)
    return tuple(folder / name for name in files)


def _fill_and_swap(files: Mapping[str, bytes], obsolete: Mapping[str, str], folder: Path, room: Path) -> None:
    """Write the new files and put them in place; the hidden folder stays only where it holds the last old copies."""
    is_mixed = False
    try:
        journal = _prepare(files, obsolete, folder, room)
        with uninterrupted():
            try:
                _swap(journal, folder, room)
            except MixedSetError:
                is_mixed = True
                raise
    except BaseException:
        if not is_mixed:
            with uninterrupted():
                remove_folder(room)
        raise


def _prepare(files: Mapping[str, bytes], obsolete: Mapping[str, str], folder: Path, room: Path) -> Journal:
    """Put the new files and copies of the old ones into the hidden folder, on the disk, and then the journal."""
    hashes = {}
    for name, data in files.items():
        new, old, place = room / "new" / name, room / "old" / name, folder / name
        for each in (new, old):
            each.parent.mkdir(parents=True, exist_ok=True)
        create_file(new, data)
        if place.exists():
            _copy(place, old)
            keep_permissions(place, new)
        hashes[name] = Hashes(hashlib.sha256(data).hexdigest(), hash_file(old))
    for name, digest in obsolete.items():
        if name not in files and hash_file(folder / name) == digest:
            old = room / "old" / name
            old.parent.mkdir(parents=True, exist_ok=True)
            _copy(folder / name, old)
            hashes[name] = Hashes(None, hash_file(old))
    for each in sorted({(room / part / name).parent for name in hashes for part in ("new", "old")}):
        if each.is_dir():
            flush_folder(each)
    journal = Journal("forward", hashes)
    write_journal(journal, room)
    return journal


def _copy(file: Path, copy: Path) -> None:
    """Keep a file under another name too; where the file system has no hard links, or the file is one, copy it."""
    if not file.is_symlink():
        with suppress(OSError, NotImplementedError, AttributeError):
            os.link(file, copy)
            return
    shutil.copy2(file, copy)


def _swap(journal: Journal, folder: Path, room: Path) -> None:
    """Move the new files to their places; when one can't be, put the old ones back."""
    try:
        _move((name for name, hashes in journal.files.items() if hashes.new), folder, room / "new")
        _remove_obsolete(journal, folder)
    except BaseException as problem:
        back = Journal("back", journal.files)
        with suppress(OSError):
            write_journal(back, room)
        _go_back(back, folder, room, problem)
        raise
    flush_folder(folder)
    with suppress(OSError):
        remove_journal(room)


def _move(names: Iterable[str], folder: Path, source: Path) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).replace(folder / name)


def _remove_obsolete(journal: Journal, folder: Path) -> None:
    """Remove the old files that the set has no longer, as far as they are there."""
    for name, hashes in journal.files.items():
        if hashes.new is None and hashes.old:
            _remove(folder, name, hashes.old)


def _go_back(journal: Journal, folder: Path, room: Path, problem: BaseException) -> None:
    """Put the old files in place; raises MixedSetError if one of them can't be."""
    failed = []
    for name, hashes in reversed(list(journal.files.items())):
        try:
            if hashes.old is None:
                _remove(folder, name, hashes.new)
            elif hash_file(room / "old" / name) == hashes.old:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (room / "old" / name).replace(folder / name)
        except OSError:
            failed.append(name)
    if failed:
        reason = f"{problem}; and {' and '.join(map(repr, failed))} could not be put back"
        raise MixedSetError(reason, room / "old") from problem
    flush_folder(folder)
    with suppress(OSError):
        remove_journal(room)


def _remove(folder: Path, name: str, digest: str | None) -> None:
    """Remove a file by its hash, with folders that are empty then; another file in its place stays."""
    file = folder / name
    if digest and hash_file(file) == digest:
        file.unlink()
    with suppress(OSError):
        for parent in file.parents[: len(Path(name).parts) - 1]:
            parent.rmdir()


# What a killed run has left


def is_unfinished(folder: Path) -> bool:
    """Return whether a set of files in a folder is being replaced right now, or was when a run was killed."""
    with suppress(OSError):
        return any(read_journal(room) is not None for room in folder.glob(f"{PREFIX}*"))
    return False


def recover_folder(folder: Path) -> None:
    """Finish the sets that killed runs have left in a folder, where no other program writes into it right now.

    Raises OSError if a file can't be moved, and MixedSetError where neither the new nor the old files are complete.
    """
    if next(folder.glob(f"{PREFIX}*"), None) is not None:
        with suppress(FolderInUseError), lock_folder(folder, longest=0) as is_locked:
            finish_sets(folder, is_locked)


def finish_sets(folder: Path, is_locked: bool, replaced: frozenset[str] = frozenset()) -> tuple[Path, ...]:
    """Finish the sets that killed runs have left in a folder, and sweep what never became a set.

    The folder's lock is held, or the file system has none (`is_locked` is False). Raises OSError if a file can't be
    moved, and MixedSetError where neither the new nor the old files are complete, unless all of them are about to be
    `replaced`; returns the hidden folders of such sets, to be removed after that.
    """
    sweep_files(folder, is_locked)
    broken = []
    for room in sorted(folder.glob(f"{PREFIX}*")):
        if room.is_symlink() or not room.is_dir() or not (is_locked or is_old(room)):
            continue
        journal = read_journal(room)
        try:
            if journal:
                with uninterrupted():
                    _finish(journal, folder, room)
        except MixedSetError:
            if journal is None or not replaced.issuperset(journal.files):
                raise
            broken.append(room)
        else:
            remove_folder(room)
    return tuple(broken)


def _finish(journal: Journal, folder: Path, room: Path) -> None:
    new = {name: hashes.new for name, hashes in journal.files.items() if hashes.new}
    old = {name: hashes.old for name, hashes in journal.files.items() if hashes.old}
    if journal.direction == "forward" and (names := _find_missing(new, folder, room / "new")) is not None:
        _move(names, folder, room / "new")
        _remove_obsolete(journal, folder)
        flush_folder(folder)
    elif (names := _find_missing(old, folder, room / "old")) is not None:
        _go_back(journal, folder, room, OSError("an earlier run was stopped"))
    else:
        reason = "an earlier run was stopped while it replaced the files, and its copies of them are damaged"
        raise MixedSetError(reason, room / "old")
    with suppress(OSError):
        remove_journal(room)


def _find_missing(wanted: Mapping[str, str], folder: Path, source: Path) -> list[str] | None:
    """Return the files, by their hashes, that are not in their places yet; None where one of them is damaged."""
    missing = [name for name, digest in wanted.items() if hash_file(folder / name) != digest]
    return missing if all(hash_file(source / name) == wanted[name] for name in missing) else None
