"""Kills builds and audits, and counts what is left: `python -m benchmarks.kills [RANDOM AIMED]`.

A build of the second version of a report into the folder of the first is killed at a random time, or aimed: before
each rename and removal of a file in the folder. Then the folder is read at once, and again after the next build, which
is one of a report with an error, so that it writes nothing itself. The set must be the first or the second, whole.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, field

from gri_builder.pipeline.build import build_report

ROOT = Path(__file__).parent.parent
MINIMAL = ROOT / "tests" / "cases" / "data" / "valid" / "minimal"
SEED = 20

AIMED = """
import os, sys
place, step, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
count = 0
def watch(event, arguments):
    global count
    if event in ("os.rename", "os.remove") and str(arguments[0]).startswith(place):
        count += 1
        os.write(2, b"+" if step == 0 else b"")
        if count == step:
            os.killpg(0, number)
sys.addaudithook(watch)
sys.argv[1:] = sys.argv[4:]
from gri_builder.__main__ import run
raise SystemExit(run())
"""
"""A program that kills itself before a rename or removal in a folder; with step 0 it prints a + for each."""


class Tally(Struct):
    """What was found after some kills."""

    kills: int = 0
    """Runs that a signal ended; others were done before."""
    at_once: Counter[str] = field(default_factory=Counter)
    """Sets right after the kill, by kind: old, new, mixed."""
    after: Counter[str] = field(default_factory=Counter)
    """The same after the next command."""
    left: int = 0
    """Hidden files and folders that the next command has not removed."""


class Ground(Struct):
    """A report in two versions and with an error, and the sets of files of both versions."""

    place: Path
    seconds: float = 0.0
    """Time that a build takes."""

    @property
    def out(self) -> Path:
        """The folder that is written into."""
        return self.place / "out"

    def kind(self) -> str:
        """Return which set is in the folder."""
        found = hash_files(self.out)
        return next((name for name in ("old", "new") if found == hash_files(self.place / name)), "mixed")

    def reset(self) -> None:
        """Put the first version in place."""
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.copytree(self.place / "old", self.out)


def hash_files(folder: Path) -> dict[str, str]:
    """Return the hashes of the files in a folder that are not hidden."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.iterdir())
        if not file.name.startswith(".")
    }


def make_ground(place: Path) -> Ground:
    """Write the reports and build both versions."""
    for version in ("old", "new", "broken"):
        shutil.copytree(MINIMAL, place / f"report-{version}")
    new = place / "report-new" / "report.yaml"
    new.write_text(new.read_text("utf-8").replace("title: ", "title: Another "), encoding="utf-8")
    (place / "report-broken" / "report.yaml").write_text("[\n", encoding="utf-8")
    ground = Ground(place)
    for version in ("old", "new"):
        start = time.monotonic()
        subprocess.run(build_command(place / f"report-{version}", place / version), check=True, capture_output=True)
        ground.seconds = time.monotonic() - start
    if hash_files(place / "old").keys() != hash_files(place / "new").keys():
        raise ValueError("the two versions have other files")
    return ground


def build_command(report: Path, out: Path) -> list[str]:
    """Return the command line of a build."""
    return [sys.executable, "-m", "gri_builder", "build", str(report), "-o", str(out)]


def examine(ground: Ground, tally: Tally, code: int) -> None:
    """Count what a run has left, now and after the next command."""
    tally.kills += code < 0 or code > 128
    tally.at_once[ground.kind()] += 1
    build_report(ground.place / "report-broken", ground.out)
    tally.after[ground.kind()] += 1
    tally.left += sum(file.name.startswith(".") for file in ground.out.iterdir())


def kill_at_random(ground: Ground, count: int, source: random.Random) -> Tally:
    """Kill builds at random times; a run that was done before counts for nothing."""
    tally, longest = Tally(), ground.seconds
    while tally.kills < count:
        ground.reset()
        with subprocess.Popen(
            build_command(ground.place / "report-new", ground.out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            time.sleep(source.uniform(0, longest))
            if process.poll() is None:
                os.killpg(process.pid, source.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)))
            code = process.wait()
        wait_for_group(process.pid)
        if code == 0:
            longest *= 0.97
        else:
            longest *= 1.01
            examine(ground, tally, code)
    return tally


def wait_for_group(group: int) -> None:
    """Wait until all processes of a group have ended: a killed one holds its lock until what it writes is written."""
    end = time.monotonic() + 10
    with suppress(ProcessLookupError):
        while time.monotonic() < end:  # where nobody reaps orphans, they stay
            os.killpg(group, 0)
            time.sleep(0.01)


def kill_at_renames(ground: Ground, count: int) -> Tally:
    """Kill builds before the renames and removals in the folder, one after the other."""
    tally = Tally()
    ground.reset()
    steps = _run_aimed(ground, 0).stderr.count(b"+")
    for run in range(count):
        ground.reset()
        examine(ground, tally, _run_aimed(ground, 1 + run % steps).returncode)
    return tally


def _run_aimed(ground: Ground, step: int) -> subprocess.CompletedProcess[bytes]:
    words = build_command(ground.place / "report-new", ground.out)[3:]
    command = [sys.executable, "-c", AIMED, str(ground.out), str(step), str(int(signal.SIGKILL)), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        out, said = process.communicate()
    wait_for_group(process.pid)
    return subprocess.CompletedProcess(command, process.returncode, out, said)


def describe(name: str, tally: Tally) -> str:
    """Return the tally as a row of a table."""
    once, after = tally.at_once, tally.after
    return (
        f"| {name} | {sum(after.values())} | {tally.kills} | {once['old']} / {once['new']} / {once['mixed']} "
        f"| {after['old']} / {after['new']} / {after['mixed']} | {tally.left} |"
    )


def main() -> None:
    """Measure, and print a table."""
    counts = [int(word) for word in sys.argv[1:]] or [200, 100]
    print("| kills of builds | runs | killed | at once: old / new / mixed | after the next command | left over |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        ground = make_ground(Path(folder).resolve())
        print(describe("at random", kill_at_random(ground, counts[0], random.Random(SEED))))
        print(describe("aimed at renames", kill_at_renames(ground, counts[1])))


if __name__ == "__main__":
    main()
