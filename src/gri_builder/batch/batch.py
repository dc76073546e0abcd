"""The whole batch: each report of a list built by a worker; one with errors never stops the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from gri_builder.batch.build_row import RowTask, build_row
from gri_builder.batch.read_list import BatchList, Entity, find_unused
from gri_builder.model.batch.outcomes import Outcomes, RowResult
from gri_builder.model.finding import Finding, Location, error, sort_findings
from gri_builder.workers.outcome import Engine, Failure, Outcome, explain_fault

UNREAD = "unread-file"


def run_batch(
    path: str,
    found: BatchList,
    tasks: Sequence[RowTask],
    engine: Engine,
    progress: Callable[[int, int], None],
    is_whole: bool,
) -> Outcomes:
    """Build the reports. `progress` is called with the number of those that are done, and of those with errors.

    `is_whole`: all reports of the list are built, so that a column that none of them asks for is one too many.
    """
    results: dict[str, RowResult] = {}
    outcome: Outcome[RowTask, RowResult]
    for outcome in engine.run(build_row, tasks):
        result = outcome.result
        entity = outcome.item.entity
        results[entity.name] = _explain(entity, result) if isinstance(result, Failure) else result
        progress(len(results), sum(each.status not in ("built", "valid") for each in results.values()))
    ordered = {task.entity.name: results[task.entity.name] for task in tasks}
    ordered |= {name: RowResult("left-out", findings) for name, findings in found.left_out.items()}
    ordered = _drop_others_files(ordered, is_whole)
    used = frozenset(name for each in results.values() for name in each.used)
    is_known = is_whole and bool(results) and all(each.is_read for each in results.values())
    unused = tuple(find_unused(found, used)) if is_known else ()
    return Outcomes(path, ordered, sort_findings((*found.findings, *unused)))


def _drop_others_files(results: Mapping[str, RowResult], is_whole: bool) -> dict[str, RowResult]:
    """Return the results without the files of a template that one report leaves unread and another one reads.

    Where not `is_whole`, or where a row was left out, the reports that are not there may read them.
    """
    read = [each for each in results.values() if each.is_read and each.status != "left-out"]
    counts = Counter(finding for each in read for finding in each.findings if finding.rule == UNREAD)

    def is_kept(finding: Finding) -> bool:
        return finding.rule != UNREAD or (is_whole and counts[finding] == len(results))

    return {
        name: replace(each, findings=tuple(one for one in each.findings if is_kept(one)))
        for name, each in results.items()
    }


def _explain(entity: Entity, failure: Failure) -> RowResult:
    """Return the result of a report whose build gave none."""
    row = entity.variant.row
    where = next(iter(row.parameters.values())).where if row.parameters else Location(row.list)
    if failure.kind == "lost":
        message = f"each worker that built '{entity.name}' ended: {failure.reason}"
        hint = "see the logs of the workers; give them more memory, or start others, and run the batch again"
        return RowResult("lost", (error("build-lost", message, where, hint),), is_read=False)
    message = f"the build of '{entity.name}' failed: {failure.reason}"
    hint = explain_fault(failure.reason) or "please report this bug with the template and the row, if you can"
    return RowResult("failed", (error("build-failed", message, where, hint),), is_read=False)


def list_others(output: Path, found: BatchList) -> list[str]:
    """Return the folders of the output that hold builds of reports which the list does not name."""
    names = {each.name.casefold() for each in found.entities} | {name.casefold() for name in found.left_out}
    try:
        folders = sorted(each for each in output.iterdir() if each.is_dir() and not each.name.startswith("."))
        return [each.name for each in folders if each.name.casefold() not in names and any(each.glob("*.index.json"))]
    except OSError:
        return []
