"""One file is written whole, or what was there stays."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from gri_builder.storage.whole_files import ChangedFileError, write_file

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="links, modes and pipes of POSIX")


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    write_file(file, b"1")
    write_file(file, b"22")
    assert file.read_bytes() == b"22"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if step == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    elif step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr("gri_builder.storage.flushing.os.fdopen", fail)
    with pytest.raises(OSError, match="space"):
        write_file(file, b"new")
    assert file.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


@posix_only
def test_a_link_is_followed_and_permissions_stay(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "a.txt", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o604)
    link.symlink_to(target)
    write_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o604


def test_a_file_that_another_program_changed_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"changed")
    with pytest.raises(ChangedFileError):
        write_file(file, b"new", previous=b"old")
    with pytest.raises(ChangedFileError):
        write_file(file, b"new", previous=None)
    assert file.read_bytes() == b"changed"
    write_file(file, b"new", previous=b"changed")
    assert file.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


@posix_only
def test_pipes_and_devices_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place, kind in ((tmp_path / "pipe", "named pipe"), (Path("/dev/null"), "device")):
        with pytest.raises(OSError, match=kind):
            write_file(place, b"new")
    with pytest.raises(IsADirectoryError):
        write_file(tmp_path, b"new")


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".gri-builder-0.part").write_bytes(b"half")
    write_file(tmp_path / "a", b"1")
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
