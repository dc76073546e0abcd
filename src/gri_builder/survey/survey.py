"""The whole survey: what is to be done, by which workers, into which files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gri_builder._version import VERSION
from gri_builder.model.finding import Finding, Location
from gri_builder.storage.folder_lock import lock_folder
from gri_builder.survey.audit_file import audit_file, fault, loss, refuse
from gri_builder.survey.batches import Batches, plan_batches
from gri_builder.survey.result_files import Known, read_known, write_database
from gri_builder.survey.sources import Listed
from gri_builder.survey.tables import FILES
from gri_builder.survey.task import RETRIED, Audited, Task
from gri_builder.workers.outcome import Engine, Failure, Outcome

LOCK_PATIENCE = 2.0
"""Seconds to wait for another survey that writes into the folder."""
BATCH = 100
"""PDFs of a batch."""
MOST_SHOWN = 20
"""PDFs that are not audited, of which the findings are kept."""


class OtherResultsError(Exception):
    """The folder has the results of other PDFs; the text names one of them."""


class Surveyed(Struct, frozen=True):
    """What a run has done."""

    counts: Mapping[str, int]
    """Number of the PDFs by status, those of earlier runs among them."""
    unchanged: int
    """PDFs whose results were there."""
    kept: int
    """PDFs of earlier runs that are not listed any more, and whose results are kept."""
    removed: int
    """Those whose results were taken out."""
    findings: tuple[Finding, ...]
    """Why the first PDFs were not audited in this run."""


def run_survey(
    listed: Listed,
    folder: Path,
    engine: Engine,
    progress: Callable[[int, int], None],
    batch: int = BATCH,
    prune: bool = False,
) -> Surveyed:
    """Audit what is new or has changed, and write the Parquet files and the database into the folder.

    `progress` is called with the number of PDFs that are done, and of those that could not be audited. Where the run is
    stopped, what is done is written. Raises OSError, FolderInUseError, ResultsError, OtherResultsError.
    """
    (folder / FILES.name).mkdir(parents=True, exist_ok=True)
    with lock_folder(folder / FILES.name, longest=LOCK_PATIENCE):
        known = read_known(folder)
        names = {task.file for task in listed.tasks}
        gone = {file: each.batch for file, each in known.items() if file not in names}
        if known and len(gone) == len(known) and not prune:
            raise OtherResultsError(min(gone))
        tasks = [replace(task, known=_find_hash(task, known.get(task.file))) for task in listed.tasks]
        plan = plan_batches((task.file for task in tasks), known, batch)
        batches = Batches(folder, plan, gone if prune else {})
        statuses, unchanged = Counter[str](), 0
        findings: list[Finding] = []
        try:
            for task, audited in _audit_all(tasks, engine):
                is_same = audited.status == "unchanged"
                batches.add(task.file, None if is_same else audited.rows)
                unchanged += is_same
                statuses[known[task.file].status if is_same else audited.status] += 1
                if audited.findings and len(findings) < MOST_SHOWN:
                    findings += [replace(each, where=Location(task.file)) for each in audited.findings]
                progress(statuses.total(), statuses.total() - statuses["audited"])
        finally:
            batches.write_all()
        write_database(folder)
    left = 0 if prune else len(gone)
    return Surveyed(statuses, unchanged, left, len(gone) - left, tuple(findings))


def _find_hash(task: Task, known: Known | None) -> str | None:
    """Return the hash of the content whose audit need not be made again; None if it must be."""
    if known is None or known.program != VERSION or known.labels != task.labels or known.status in RETRIED:
        return None
    if known.status == "stopped" and known.settings != task.settings:
        return None
    return known.sha256 or None


def _audit_all(tasks: list[Task], engine: Engine) -> Iterator[tuple[Task, Audited]]:
    outcome: Outcome[Task, Audited]
    for outcome in engine.run(audit_file, tasks):
        task, result = outcome.item, outcome.result
        if not isinstance(result, Failure):
            yield task, result
        elif result.kind == "lost":
            yield task, refuse(task, "lost", loss(task, result.reason))
        else:
            yield task, refuse(task, "failed", fault(task, result.reason))
