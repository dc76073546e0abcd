"""Measures surveys: `python -m benchmarks.survey [PDFS]`, by default 1,000 generated ones (half an hour of CPU time).

One and two processes at a time, the results of both compared byte for byte; what the survey takes beside the audits;
and a cluster of two workers, one of which is killed in the middle: every PDF must be in the results, none twice, and
the memory of the scheduler must not grow with their number.

`python -m benchmarks.survey efficiency [PDFS]` prints one figure: how much of two processors is used, by the clock,
against one processor alone (200 PDFs). It says something only where nothing else runs.
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
MOST_GROWTH = 16.0
"""Megabytes by which the scheduler may grow from a quarter of its run to the end: its caches, but no results."""
MOST_OVERHEAD = 5.0
"""Percent of the processor time of the audits that the survey itself may take, without a cluster."""


class Run(Struct, frozen=True):
    """A survey as a command, and what it took."""

    code: int
    clock: float
    """Seconds on the clock."""
    audits: float
    """Seconds of processor time of the audits."""
    itself: float
    """Seconds of processor time of the survey beside them."""
    messages: str = ""
    """What it printed to standard error."""


class ClusterRun(Struct, frozen=True):
    """A survey on a cluster."""

    run: Run
    killed: int
    """Workers that were killed."""
    memory: tuple[float, ...]
    """Megabytes of the process of the scheduler, twice a second."""
    scheduler: float
    """Seconds of processor time of the scheduler."""
    workers: float
    """Seconds of processor time of the workers that were there at the end."""
    audits: float
    """Seconds of processor time of the audits that those ran."""

    def overhead(self) -> float:
        """Return what everything beside the audits takes, in percent of their processor time.

        The share of the scheduler and of the command is that of all audits, those of the killed worker too.
        """
        return 100 * (self.workers / self.audits + (self.run.itself + self.scheduler) / max(self.run.audits, 0.001))

    def describe_memory(self) -> str:
        """Return the memory at each tenth of the run."""
        last = len(self.memory) - 1
        return ", ".join(f"{self.memory[last * tenth // 10]:.0f}" for tenth in range(11))

    def growth(self) -> float:
        """Return the megabytes by which the scheduler grew, from the second quarter of its run to the last."""
        quarter = max(1, len(self.memory) // 4)
        return _middle(self.memory[-quarter:]) - _middle(self.memory[quarter : 2 * quarter] or self.memory)


def _middle(values: tuple[float, ...]) -> float:
    return sorted(values)[len(values) // 2]


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
    messages, found, itself = done.stderr.rpartition("itself ")
    if not found:
        raise SystemExit(f"the survey ended with exit code {done.returncode}:\n{done.stderr}")
    return Run(done.returncode, clock, total - float(itself), float(itself), messages)


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


def count_reasons(folder: Path) -> list[tuple[str, str, int]]:
    """Return the status and the reason of the PDFs that are not audited, and how many have it."""
    with duckdb.connect() as connection:
        query = (
            f"SELECT status, coalesce(reason, ''), count(*) FROM read_parquet('{folder}/files/part-*.parquet') "
            "WHERE status <> 'audited' GROUP BY ALL ORDER BY 3 DESC, 1, 2"
        )
        return [
            (str(status), str(reason), int(count)) for status, reason, count in connection.execute(query).fetchall()
        ]


def survey_with_a_kill(source: Path, results: Path, share: float = 0.5) -> ClusterRun:
    """Survey on a cluster of two workers, and kill one when that share of the results is there."""
    from distributed import Client, LocalCluster

    total, killed = len(list(source.glob("*.pdf"))), 0
    memory: list[float] = []
    batch = max(1, min(100, total // 8))
    parts = -(-total // batch)
    settings: Any = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    cluster: Any = LocalCluster(**settings)  # type: ignore[no-untyped-call]
    found: list[Run] = []
    try:
        options = ("--scheduler", cluster.scheduler_address, "--batch", str(batch))
        start = time.process_time()
        thread = threading.Thread(target=lambda: found.append(run_survey(source, results, *options)))
        thread.start()
        while thread.is_alive():
            memory.append(_memory())
            is_due = len(list((results / "files").glob("part-*"))) >= share * parts
            if is_due and not killed:
                os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
                killed += 1
            thread.join(0.5)
        used = time.process_time() - start
        client: Any = Client(cluster.scheduler_address, set_as_default=False)  # type: ignore[no-untyped-call]
        times = list(client.run(measure_worker).values())
        client.close()
    finally:
        cluster.close()
    workers, audits = (sum(each[number] for each in times) for number in (0, 1))
    run = found[0]
    whole = Run(run.code, run.clock, audits * total / max(1, _count_tasks(times)), run.itself, run.messages)
    return ClusterRun(whole, killed, tuple(memory), used, workers, audits)


def _memory() -> float:
    """Return the memory of this process, which holds the scheduler, in megabytes."""
    import psutil  # type: ignore[import-untyped]

    return float(psutil.Process().memory_info().rss) / 1_048_576


def measure_worker(dask_worker: Any) -> tuple[float, float, int]:
    """Return the processor time of a worker, that of the audits it ran, and how many they were."""
    own, children = (resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    count = int(dask_worker.state.executed_count)
    return own.ru_utime + own.ru_stime, children.ru_utime + children.ru_stime, count


def _count_tasks(times: list[tuple[float, float, int]]) -> int:
    return sum(count for *_, count in times)


def compare_jobs(source: Path, place: Path) -> tuple[Run, Run, bool]:
    """Survey with one process and with two; return both runs, and whether their results are the same bytes."""
    one = run_survey(source, place / "one", "--jobs", "1")
    two = run_survey(source, place / "two", "--jobs", "2")
    return one, two, hash_results(place / "one") == hash_results(place / "two")


def print_efficiency(count: int) -> None:
    """Print the share of two processors that a survey uses, by the clock, against one: one figure, nothing else."""
    with tempfile.TemporaryDirectory(prefix="survey-") as folder:
        place = Path(folder)
        make_pdfs(place / "pdfs", count)
        one, two, is_same = compare_jobs(place / "pdfs", place)
        if not is_same:
            raise SystemExit("the results differ")
        print(f"{one.clock / two.clock / 2:.2f}")


def print_comparison(count: int, place: Path) -> bool:
    """Print what one and two processes take; return whether it is as it should be."""
    make_pdfs(place / "some", count)
    one, two, is_same = compare_jobs(place / "some", place)
    print(f"{count} PDFs, one process: {one.clock:.1f} s, {one.audits:.1f} s of processor time for audits")
    print(f"two processes: {two.clock:.1f} s; efficiency {one.clock / two.clock / 2:.2f}; same bytes: {is_same}")
    share = 100 * one.itself / one.audits
    print(f"the survey itself: {one.itself:.1f} s, {1000 * one.itself / count:.1f} ms for each PDF, {share:.1f} %")
    again = run_survey(place / "some", place / "one", "--jobs", "2")
    print(f"again, nothing changed: {again.clock:.1f} s", flush=True)
    return is_same and (count < COMPARED or share < MOST_OVERHEAD)


def find_faults(done: ClusterRun, results: Path, count: int) -> list[str]:
    """Return what is not as it should be."""
    rows, files = count_files(results)
    found = [f"{number} PDFs are {status}: {reason}" for status, reason, number in count_reasons(results)]
    if (rows, files) != (count, count):
        found.append(f"{rows} rows for {files} files, where {count} were to be")
    if done.run.code or not done.killed:
        found.append(f"exit code {done.run.code}, {done.killed} workers killed:\n{done.run.messages}")
    if done.growth() > MOST_GROWTH:
        found.append(f"the scheduler grew by {done.growth():.0f} MB")
    return found


def print_cluster(count: int, place: Path) -> list[str]:
    """Print what a cluster takes that loses a worker; return what is not as it should be."""
    make_pdfs(place / "all", count)
    results = place / "cluster"
    done = survey_with_a_kill(place / "all", results)
    rows, files = count_files(results)
    print(f"{count} PDFs on two workers, {done.killed} killed: {done.run.clock:.1f} s, {rows} rows for {files} files")
    print(
        f"memory of the scheduler at each tenth of the run, in MB: {done.describe_memory()}; grown: {done.growth():.1f}"
    )
    print(
        f"processor time of the audits: {done.run.audits:.1f} s; beside them: scheduler {done.scheduler:.1f} s, "
        f"command {done.run.itself:.1f} s, workers {done.workers:.1f} s for {done.audits:.1f} s of audits; "
        f"{done.overhead():.1f} % of the audits"
    )
    size = sum(file.stat().st_size for file in results.rglob("*.parquet"))
    print(f"Parquet files: {size / count / 1000:.1f} kB for each PDF", flush=True)
    return find_faults(done, results, count)


def main(words: list[str]) -> None:
    """Print the figures."""
    numbers = [int(word) for word in words if word.isdigit()]
    if "efficiency" in words:
        return print_efficiency(numbers[0] if numbers else COMPARED)
    count = numbers[0] if numbers else 1000
    with tempfile.TemporaryDirectory(prefix="survey-") as folder:
        is_good = print_comparison(min(count, COMPARED), Path(folder))
        faults = print_cluster(count, Path(folder))
    if not is_good:
        faults.append("the results of one process and two differ, or the survey takes more than it may")
    if faults:
        raise SystemExit("\n".join(faults))
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
