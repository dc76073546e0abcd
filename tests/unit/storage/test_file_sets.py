"""Sets of files: all new or all old, whatever ends the process, now or after the next run."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gri_builder.storage.file_sets import MixedSetError, finish_sets, write_set
from gri_builder.storage.folder_lock import lock_folder
from gri_builder.storage.signals import Stopped, stop_on_signals

OLD = {"a": b"old a", "c": b"old c"}
NEW = {"a": b"new a", "b": b"new b", "c": b"new c"}

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals and locks of POSIX")


def listing(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def everything(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_set(OLD, tmp_path)
    return tmp_path


def fail_at(monkeypatch: pytest.MonkeyPatch, *targets: tuple[str, str], fault: type[BaseException] = OSError) -> None:
    """Let moving a file from 'new' or 'old' to that name fail."""
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if (self.parent.name, Path(target).name) in targets:
            raise fault("no")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)


def test_files_are_replaced_and_others_stay(folder: Path) -> None:
    (folder / "other").write_bytes(b"stays")
    assert write_set(NEW, folder) == (folder / "a", folder / "b", folder / "c")
    assert listing(folder) == {**NEW, "other": b"stays"}
    assert everything(folder) == ["a", "b", "c", "other"]


def test_names_may_have_folders(tmp_path: Path) -> None:
    write_set({"a": b"1", "deep/er/b": b"2"}, tmp_path / "new")
    assert listing(tmp_path / "new") == {"a": b"1", "deep/er/b": b"2"}


def test_obsolete_files_are_removed_unless_they_were_changed(folder: Path) -> None:
    write_set({"x/y": b"1", "x/z": b"2", "w/v": b"3"}, folder)
    (folder / "x" / "z").write_bytes(b"changed")
    obsolete = {
        name: hashlib.sha256(data).hexdigest() for name, data in {"x/y": b"1", "x/z": b"2", "w/v": b"3"}.items()
    }
    write_set(NEW, folder, obsolete={**obsolete, "never/there": "0" * 64})
    assert listing(folder) == {**NEW, "x/z": b"changed"}
    assert everything(folder) == ["a", "b", "c", "x", "x/z"]


@pytest.mark.parametrize("failing", ["a", "b", "c"])
def test_a_failure_brings_obsolete_files_back(folder: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    write_set({"x/y": b"1"}, folder)
    fail_at(monkeypatch, ("new", failing))
    with pytest.raises(OSError, match="no"):
        write_set(NEW, folder, obsolete={"x/y": hashlib.sha256(b"1").hexdigest()})
    assert listing(folder) == {**OLD, "x/y": b"1"}


@posix_only
def test_permissions_stay(folder: Path) -> None:
    (folder / "a").chmod(0o640)
    write_set(NEW, folder)
    assert stat.S_IMODE((folder / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize("fault", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("failing", ["a", "b", "c"])
def test_a_failure_leaves_what_was_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch, failing: str, fault: type[BaseException]
) -> None:
    fail_at(monkeypatch, ("new", failing), fault=fault)
    with pytest.raises(fault):
        write_set(NEW, folder)
    assert listing(folder) == OLD
    assert everything(folder) == ["a", "c"]


def test_a_failure_leaves_no_new_folders(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_at(monkeypatch, ("new", "c"))
    with pytest.raises(OSError, match="no"):
        write_set({"deep/er/b": b"1", "c": b"2"}, folder)
    assert everything(folder) == ["a", "c"]


def test_without_hard_links_old_files_are_copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    fail_at(monkeypatch, ("new", "c"))
    with pytest.raises(OSError, match="no"):
        write_set(NEW, folder)
    assert listing(folder) == OLD


def test_a_roll_back_that_fails_keeps_the_old_copies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        fail_at(patch, ("new", "c"), ("old", "a"))
        with pytest.raises(MixedSetError, match="'a' could not be put back") as caught:
            write_set(NEW, folder)
    assert (caught.value.kept / "a").read_bytes() == OLD["a"]
    assert (folder / "a").read_bytes() == NEW["a"]  # mixed, until the next run
    with lock_folder(folder) as is_locked:
        finish_sets(folder, is_locked)
    assert listing(folder) == OLD


@posix_only
def test_old_copies_are_kept_when_a_signal_comes_at_the_same_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if (self.parent.name, Path(target).name) in {("new", "c"), ("old", "a")}:
            os.kill(os.getpid(), signal.SIGINT)
            raise OSError("no")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KeyboardInterrupt):
        write_set(NEW, folder)
    monkeypatch.undo()
    assert write_set({"z": b"1"}, folder)
    assert listing(folder) == {**OLD, "z": b"1"}


def test_damaged_copies_are_no_hindrance_for_a_whole_new_set(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        fail_at(patch, ("new", "c"), ("old", "a"))
        with pytest.raises(MixedSetError) as caught:
            write_set(NEW, folder)
    (caught.value.kept / "a").write_bytes(b"damaged")
    with pytest.raises(MixedSetError, match="damaged"):
        write_set({"z": b"1"}, folder)
    assert (caught.value.kept / "a").exists()
    write_set(NEW, folder)
    assert everything(folder) == ["a", "b", "c"]
    assert listing(folder) == NEW


# -- runs that are killed ---------------------------------------------------------------------------------------------

KILLED = """
import hashlib, os, signal, sys
from pathlib import Path
from gri_builder.storage import file_sets
place, folder, step = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
count = 0
def watch(event, arguments):
    global count
    steps = ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "open")
    if event in steps and str(folder) in str(arguments[0]):
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
obsolete = {"d/e": hashlib.sha256(b"old e").hexdigest()}
file_sets.write_set({name: f"new {name}".encode() for name in "abc"}, folder, obsolete=obsolete)
print(count)
"""


def run_killed(folder: Path, step: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", KILLED, "", str(folder), str(step)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@posix_only
def test_killed_at_any_step_the_next_run_finds_all_old_or_all_new(tmp_path: Path) -> None:
    """Every call that changes the folder is a step; the process is killed before each of them."""
    before = {**OLD, "d/e": b"old e"}
    write_set(before, tmp_path / "0")
    steps = int(run_killed(tmp_path / "0", 0).stdout)
    assert steps > 15
    ends = []
    for step in range(1, steps + 1):
        folder = tmp_path / str(step)
        write_set(before, folder)
        assert run_killed(folder, step).returncode == -signal.SIGKILL
        with lock_folder(folder) as is_locked:
            finish_sets(folder, is_locked)
        assert listing(folder) in (before, NEW), step
        assert everything(folder) in (["a", "c", "d", "d/e"], ["a", "b", "c"]), step
        ends.append(listing(folder) == NEW)
    assert ends == sorted(ends)  # first old, then new
    assert 3 < sum(ends) < steps - 3


def make_left(folder: Path, journal: object) -> Path:
    room = folder / ".gri-builder-left"
    (room / "new").mkdir(parents=True)
    (room / "new" / "a").write_bytes(b"new a")
    (room / "journal.json").write_text(json.dumps(journal), encoding="utf-8")
    return room


@pytest.mark.parametrize(
    "journal",
    [
        [],
        {},
        {"format": "gri-builder/journal/1", "direction": "up", "files": {}},
        {"format": "gri-builder/journal/1", "direction": "forward", "files": {"../out": ["0", None]}},
        {"format": "gri-builder/journal/1", "direction": "forward", "files": {"/tmp/out": ["0", None]}},
        {"format": "gri-builder/journal/1", "direction": "forward", "files": {"a\\..\\b": ["0", None]}},
        {"format": "gri-builder/journal/1", "direction": "forward", "files": {"a": 1}},
        {"format": "gri-builder/journal/1", "direction": "forward", "files": [["a"]]},
    ],
)
def test_a_journal_is_not_believed(folder: Path, journal: object) -> None:
    room = make_left(folder, journal)
    write_set({"z": b"1"}, folder)
    assert not room.exists()
    assert listing(folder) == {**OLD, "z": b"1"}


def test_new_files_that_were_damaged_are_not_put_in_place(folder: Path) -> None:
    digests = {"a": ["0" * 64, hashlib.sha256(OLD["a"]).hexdigest()]}
    room = make_left(folder, {"format": "gri-builder/journal/1", "direction": "forward", "files": digests})
    write_set({"z": b"1"}, folder)
    assert not room.exists()
    assert listing(folder) == {**OLD, "z": b"1"}


def test_what_never_became_a_set_is_swept(folder: Path) -> None:
    (folder / ".gri-builder-x" / "new").mkdir(parents=True)
    (folder / ".gri-builder-x" / "new" / "a").write_bytes(b"half")
    (folder / ".gri-builder-y.part").write_bytes(b"half")
    (folder / ".other").mkdir()
    write_set(NEW, folder)
    assert everything(folder) == [".other", "a", "b", "c"]


# -- two at once ------------------------------------------------------------------------------------------------------


@posix_only
def test_one_waits_for_the_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gri_builder.storage.folder_lock.MESSAGE_AFTER", 0.05)
    told: list[float] = []
    with lock_folder(folder):
        thread = threading.Thread(target=write_set, args=(NEW, folder, lambda: told.append(time.monotonic())))
        thread.start()
        time.sleep(0.3)
        assert listing(folder) == OLD
    thread.join(10)
    assert listing(folder) == NEW
    assert len(told) == 1


@posix_only
def test_waiting_has_an_end(folder: Path) -> None:
    with (
        lock_folder(folder),
        pytest.raises(OSError, match="another program has been writing"),
        lock_folder(folder, longest=0.05),
    ):
        pass


def test_many_at_once_leave_one_set(folder: Path) -> None:
    sets = [{name: f"{number} {name}".encode() for name in "abc"} for number in range(12)]
    threads = [threading.Thread(target=write_set, args=(files, folder)) for files in sets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert listing(folder) in sets
    assert everything(folder) == ["a", "b", "c"]


# -- signals ----------------------------------------------------------------------------------------------------------


@posix_only
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_amid_the_renames_waits_until_the_set_is_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    number = getattr(signal, name)
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    replace = Path.replace

    def interrupt(self: Path, target: Path) -> Path:
        if self.parent.name == "new" and self.name == "b":
            os.kill(os.getpid(), number)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupt)
    try:
        stop_on_signals()
        with pytest.raises(Stopped) as caught:
            write_set(NEW, folder)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    assert caught.value.number == number
    assert listing(folder) == NEW
    assert everything(folder) == ["a", "b", "c"]


@posix_only
def test_a_pipe_in_the_way_is_refused(folder: Path) -> None:
    os.mkfifo(folder / "b")
    with pytest.raises(OSError, match="named pipe"):
        write_set(NEW, folder)
    assert everything(folder) == ["a", "b", "c"]
    assert (folder / "a").read_bytes() == OLD["a"]
