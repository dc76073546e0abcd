"""Opens an evidence pack, a ZIP file or an unpacked folder, that others may have changed. Nothing is unpacked."""

from __future__ import annotations

import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from msgspec import Struct

from gri_builder.limits.limit import MEGABYTE, Limit
from gri_builder.limits.limits import PACK_FILES, PACK_MEGABYTES, UNPACKED_RATIO
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.signing.evidence.manifest import SUMS

ASK = "ask for the pack again, and let its sender check it with 'gri-builder pack --check'"
DROPPINGS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".directory"})
"""Files that desktops add to folders that they show."""
NAME_LENGTH = 26
"""Place in the header of a file at which the lengths of its name and its further entries are."""
DESCRIPTOR = 24
"""Bytes that some programs write behind a file: its hash and its sizes."""
CHUNK = 1_000_000
"""Bytes that are read at a time."""


class DamagedPackError(Exception):
    """A pack can't be opened, or a file in it can't be read; the text says why."""


class OpenPack(Struct, frozen=True):
    """The files of a pack by path, each with a function that opens it."""

    files: dict[str, Callable[[], BinaryIO]]
    findings: tuple[Finding, ...]
    """What is wrong with the pack as a file."""

    def read_chunks(self, path: str) -> Iterator[bytes]:
        """Yield the content of a file; raises DamagedPackError."""
        try:
            with self.files[path]() as stream:
                while chunk := stream.read(CHUNK):
                    yield chunk
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as problem:
            raise DamagedPackError(str(problem)[:120] or type(problem).__name__) from problem

    def read(self, path: str) -> bytes:
        """Return the content of a file; raises DamagedPackError."""
        return b"".join(self.read_chunks(path))


def open_pack(path: Path) -> OpenPack:
    """Open a pack; raises DamagedPackError for something else, and OSError where it can't be read."""
    return _open_folder(path) if path.is_dir() else _open_zip(path)


def _open_zip(path: Path) -> OpenPack:
    with path.open("rb"):
        pass
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as problem:
        raise DamagedPackError(f"it is not a ZIP file, or a damaged one ({str(problem)[:80]})") from problem
    entries = archive.infolist()
    if limit := _find_exceeded(entries, path.stat().st_size):
        raise DamagedPackError(f"it would unpack to more than {limit.most:,} {limit.unit}")
    files, findings = dict[str, Callable[[], BinaryIO]](), list[Finding]()
    if flaw := _find_hidden(path, archive):
        findings.append(error("pack-unsafe", f"'{path.name}' {flaw}", Location(path.name), ASK))
    known = dict[str, str]()
    for entry in entries:
        name = entry.orig_filename
        flaw = find_flaw(name) or _find_kind(entry) or _find_twin(name, known)
        if flaw:
            findings.append(error("pack-unsafe", f"'{_show(name)}' {flaw}", Location(path.name), ASK))
        elif not name.endswith("/"):
            files[name] = _open_entry(archive, entry)
    return OpenPack(files, tuple(findings))


def _open_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: archive.open(entry)  # type: ignore[return-value]  # a stream of bytes


def _find_hidden(path: Path, archive: zipfile.ZipFile) -> str:
    """Return where a ZIP file holds bytes that belong to none of its files, the rest of a sentence.

    Programs could read these as another file (APPNOTE.TXT, 4.3.1 and 4.3.7).
    """
    if archive.comment:
        return "has a comment, in which another file can hide"
    place = 0
    with path.open("rb") as stream:
        for entry in sorted(archive.infolist(), key=lambda each: each.header_offset):
            if entry.header_offset < place:
                return "has files that share bytes"
            if entry.header_offset > place + DESCRIPTOR:
                return "holds bytes that belong to no file"
            stream.seek(entry.header_offset + NAME_LENGTH)
            lengths = stream.read(4)
            name, extra = int.from_bytes(lengths[:2], "little"), int.from_bytes(lengths[2:], "little")
            place = entry.header_offset + NAME_LENGTH + 4 + name + extra + entry.compress_size
    return "holds bytes that belong to no file" if archive.start_dir > place + DESCRIPTOR else ""


def _find_exceeded(entries: list[zipfile.ZipInfo], stored: int) -> Limit | None:
    """Return the limit that a ZIP file exceeds by its directory; an entry can't unpack to more than is said there."""
    unpacked = sum(each.file_size for each in entries)
    if len(entries) > PACK_FILES.most:
        return PACK_FILES
    if unpacked > PACK_MEGABYTES.most * MEGABYTE:
        return PACK_MEGABYTES
    return UNPACKED_RATIO if unpacked > MEGABYTE and unpacked > UNPACKED_RATIO.most * stored else None


def find_flaw(name: str) -> str:
    """Return why a path must not be unpacked, the rest of a sentence; empty for one that stays in the folder."""
    parts = PurePosixPath(name).parts
    if "\0" in name or any(unicodedata.category(sign) == "Cc" for sign in name):
        return "has control characters in its name"
    if not parts or name.startswith("/") or "\\" in name or ":" in parts[0]:
        return "would be unpacked outside the folder: its path is not relative"
    if ".." in parts:
        return "would be unpacked outside the folder: there is '..' in its path"
    return ""


def _find_kind(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "is a link, which may lead anywhere"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is not a file"
    return "is encrypted" if entry.flag_bits & 1 else ""


def _find_twin(name: str, known: dict[str, str]) -> str:
    """Return that a path is there twice: some systems do not distinguish all letters."""
    folded = unicodedata.normalize("NFC", name).casefold().rstrip("/")
    other = known.setdefault(folded, name)
    if other is name:
        return ""
    return "is in the pack twice" if other == name else f"would replace '{_show(other)}' on some systems"


def _open_folder(folder: Path) -> OpenPack:
    folder = _find_top(folder)
    files, findings = dict[str, Callable[[], BinaryIO]](), list[Finding]()
    for place, folders, names in os.walk(folder):
        folders.sort()
        links = [each for each in folders if Path(place, each).is_symlink()]
        for name in sorted((*names, *links)):
            file = Path(place, name)
            path = file.relative_to(folder).as_posix()
            if name in DROPPINGS and file.is_file():
                message = f"'{path}' was added by the desktop; it is not part of the pack"
                findings.append(warning("pack-added", message, Location(path), "delete it"))
            elif file.is_symlink() or not file.is_file():
                what = "is a link, which may lead anywhere" if file.is_symlink() else "is not a file"
                findings.append(error("pack-unsafe", f"'{_show(path)}' {what}", Location(path), ASK))
            else:
                files[unicodedata.normalize("NFC", path)] = _open_file(file)
            if len(files) > PACK_FILES.most:
                raise DamagedPackError(f"the folder holds more than {PACK_FILES.most:,} files")
    return OpenPack(files, tuple(findings))


def _open_file(file: Path) -> Callable[[], BinaryIO]:
    return lambda: file.open("rb")


def _find_top(folder: Path) -> Path:
    """Return the folder with the hashes: some programs unpack into a further folder."""
    if (folder / SUMS).exists():
        return folder
    below = [each for each in folder.iterdir() if each.is_dir() and not each.is_symlink() and (each / SUMS).is_file()]
    return below[0] if len(below) == 1 else folder


def _show(name: str) -> str:
    """Return a path as it is shown, without signs that move a cursor."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:120]
