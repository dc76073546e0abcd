"""Measures surveys: `python -m benchmarks.survey [PDFS]`, by default 1,000 generated ones (half an hour of CPU time).

One and two processes at a time, the results of both compared byte for byte; what the survey takes beside the audits;
and a cluster of two workers, one of which is killed in the middle: every PDF must be in the results, none twice.
"""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
from msgspec import Struct
from tests.support.index_pdfs import LAYOUTS, make_pdf

COMPARED = 200
"""PDFs that are surveyed with one process and with two."""


class Run(Struct, frozen=True):
    """A survey as a command, and what it took."""

    code: int
    clock: float
    """Seconds on the clock."""
    audits: float
    """Seconds of processor time of the audits."""
    itself: float
    """Seconds of processor time of the survey beside them."""


def make_pdfs(folder: Path, count: int) -> None:
    """Write PDFs with content indexes of several layouts, no two of them equal."""
    folder.mkdir(parents=True, exist_ok=True)
    layouts = list(LAYOUTS.values())
    for number in range(count):
        layout = layouts[number % len(layouts)]
        varied = replace(layout, title=f"{layout.title} {1000 + number}")
        (folder / f"report-{number:05}.pdf").write_bytes(make_pdf(varied))


def run_survey(source: Path, results: Path, *options: str) -> Run:
    """Run the command in a process of its own."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-c", _MEASURED, "survey", str(source), "-o", str(results), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - start
    total = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    itself = float(done.stderr.rsplit("itself ", 1)[1])
    return Run(done.returncode, clock, total - itself, itself)


_MEASURED = """
import resource, sys
from gri_builder.__main__ import run
code = run()
used = resource.getrusage(resource.RUSAGE_SELF)
sys.stderr.write(f"itself {used.ru_utime + used.ru_stime}")
sys.stderr.flush()
raise SystemExit(code)
"""


def hash_results(folder: Path) -> str:
    """Return a hash of all that must be the same for the same PDFs: the Parquet files and the summary."""
    digest = hashlib.sha256()
    for file in sorted([*folder.glob("*/part-*.parquet"), *folder.glob("summary.*")]):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def count_files(folder: Path) -> tuple[int, int]:
    """Return the number of rows for files, and that of different files among them."""
    with duckdb.connect() as connection:
        query = f"SELECT count(*), count(DISTINCT file) FROM read_parquet('{folder}/files/part-*.parquet')"
        rows, files = connection.execute(query).fetchall()[0]
    return int(rows), int(files)


def survey_with_a_kill(source: Path, results: Path, share: float = 0.5) -> tuple[Run, int, list[float]]:
    """Survey on a cluster of two workers, and kill one when that share of the results is there.

    Returns the run, the number of workers killed, and the memory of the scheduler in megabytes over time.
    """
    from distributed import LocalCluster

    total, memory, killed = len(list(source.glob("*.pdf"))), [], 0
    batch = max(1, min(100, total // 8))
    parts = -(-total // batch)
    settings: Any = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    cluster: Any = LocalCluster(**settings)  # type: ignore[no-untyped-call]
    found: list[Run] = []
    try:
        options = ("--scheduler", cluster.scheduler_address, "--batch", str(batch))
        thread = threading.Thread(target=lambda: found.append(run_survey(source, results, *options)))
        thread.start()
        while thread.is_alive():
            memory.append(_memory())
            is_due = len(list((results / "files").glob("part-*"))) >= share * parts
            if is_due and not killed:
                os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
                killed += 1
            thread.join(0.5)
    finally:
        cluster.close()
    return found[0], killed, memory


def _memory() -> float:
    """Return the memory of this process, which holds the scheduler, in megabytes."""
    import psutil  # type: ignore[import-untyped]

    return float(psutil.Process().memory_info().rss) / 1_048_576


def compare_jobs(source: Path, place: Path) -> tuple[Run, Run, bool]:
    """Survey with one process and with two; return both runs, and whether their results are the same bytes."""
    one = run_survey(source, place / "one", "--jobs", "1")
    two = run_survey(source, place / "two", "--jobs", "2")
    return one, two, hash_results(place / "one") == hash_results(place / "two")


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory(prefix="survey-") as folder:
        place = Path(folder)
        make_pdfs(place / "some", min(count, COMPARED))
        one, two, is_same = compare_jobs(place / "some", place)
        number = min(count, COMPARED)
        print(f"{number} PDFs, one process: {one.clock:.1f} s, {one.audits:.1f} s of processor time for audits")
        print(f"two processes: {two.clock:.1f} s; efficiency {one.clock / two.clock / 2:.2f}; same bytes: {is_same}")
        share = 100 * one.itself / one.audits
        print(f"the survey itself: {one.itself:.1f} s, {1000 * one.itself / number:.1f} ms for each PDF, {share:.1f} %")
        again = run_survey(place / "some", place / "one", "--jobs", "2")
        print(f"again, nothing changed: {again.clock:.1f} s")
        make_pdfs(place / "all", count)
        run, killed, memory = survey_with_a_kill(place / "all", place / "cluster")
        rows, files = count_files(place / "cluster")
        print(f"{count} PDFs on two workers, {killed} killed: {run.clock:.1f} s, {rows} rows for {files} files")
        half = memory[len(memory) // 2]
        print(
            f"memory of the scheduler: {memory[0]:.0f} MB, in the middle {half:.0f} MB, at the end {memory[-1]:.0f} MB"
        )
        size = sum(file.stat().st_size for file in (place / "cluster").rglob("*.parquet"))
        print(f"Parquet files: {size / count / 1000:.1f} kB for each PDF")
        if not is_same or (rows, files) != (count, count) or not killed:
            raise SystemExit("the results are not as they should be")


if __name__ == "__main__":
    main()
