"""The function that every worker runs: build one report of a batch in a process of its own, with limits."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from gri_builder.batch.problems import find_one_sided, find_problems
from gri_builder.batch.read_list import Entity
from gri_builder.batch.template_places import drop_consequences, find_places
from gri_builder.limits.budget import Budget, find_budget
from gri_builder.limits.guard import Stop, run_limited
from gri_builder.limits.limit import limits_set, plural
from gri_builder.limits.limits import MEGABYTES, SECONDS
from gri_builder.model.batch.outcomes import RowResult, Status
from gri_builder.model.finding import Location, Result, Severity, error, sort_findings

WORK = "from gri_builder.batch.build_row import work; raise SystemExit(work())"
"""The program of the process."""


class RowTask(Struct, frozen=True):
    """One report to build."""

    entity: Entity
    output: str
    """Folder to write to."""
    check: bool = False
    """Whether it is only validated."""
    draft: bool = False
    limits: Mapping[str, int] = {}
    """Limits that were chosen, by name."""


def build_row(task: RowTask) -> RowResult:
    """Build a report. Raises ChildProcessError where the program fails."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-c", WORK]  # -P: imports nothing from the current folder
    done = subprocess.run(  # noqa: S603  # our own module, in our own interpreter
        command, input=msgspec.json.encode(_plain(task)), capture_output=True, check=False, env=environment
    )
    if done.returncode < 0:
        message = f"the system ended the build of '{task.entity.name}' (signal {-done.returncode})"
        hint = "see the memory of the machine, and build fewer at a time (--jobs)"
        return RowResult("not-built", (error("takes-too-much", message, _row_of(task), hint),), is_read=False)
    if done.returncode:
        raise ChildProcessError(done.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1])
    return msgspec.json.decode(done.stdout, type=RowResult)


def _plain(task: RowTask) -> object:
    return msgspec.to_builtins(task, enc_hook=str)


def _row_of(task: RowTask) -> Location:
    """Return the place in the list that names the report."""
    row = task.entity.variant.row
    return next(iter(row.parameters.values())).where if row.parameters else Location(row.list)


def work() -> int:
    """Read a task from stdin, build its report, and write the result to stdout."""
    gc.disable()  # all objects live until the end; see `gri_builder.__main__`
    warnings.simplefilter("ignore")
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=RowTask, dec_hook=lambda kind, text: kind(text))
    with limits_set(task.limits):
        files = task.entity.variant.files
        budget = find_budget([task.entity.template, *([files] if files else [])])
        done = run_limited(lambda: _write(build_here(task)), budget)
        return _write(_explain_stop(done, task, budget)) if isinstance(done, Stop) else done


def _write(result: RowResult) -> int:
    sys.stdout.buffer.write(msgspec.json.encode(result))
    sys.stdout.buffer.flush()
    return 0


def build_here(task: RowTask) -> RowResult:
    """Build a report in this process, without limits."""
    from gri_builder.pipeline.build import Built, build_checked, check_languages
    from gri_builder.source.loader import load_report

    template, variant = task.entity.template, task.entity.variant
    checked = check_languages(template, task.draft, variant=variant)
    first = next((each for each in checked.value or () if each), None)
    source = first.source if first else load_report(template, variant=variant).value
    filled = source.filled if source else None
    one_sided = find_one_sided([each.report if each else None for each in checked.value or ()], variant.files)
    problems = (*find_problems(source), *one_sided) if source else ()
    wrong = any(each.severity is Severity.ERROR for each in problems)
    built: Result[Built] = Result(None, checked.findings)
    if checked.ok and not wrong and not task.check:
        built = build_checked(checked, template, Path(task.output), task.draft)
    others = drop_consequences(built.findings, problems, filled)
    findings = tuple(find_places(sort_findings((*problems, *others)), template, variant, filled))
    used = filled.used if filled else frozenset()
    if built.value:
        languages = (built.value, *built.value.others)
        files = tuple(str(file) for each in languages for file in each.files)
        return RowResult("built", findings, files, sum(each.pages for each in languages), used)
    status: Status = "valid" if task.check and checked.ok and not wrong else "not-built"
    is_read = filled is not None and all(file.is_sound for file in filled.files.values())
    return RowResult(status, findings, used=used, is_read=is_read)


def _explain_stop(stop: Stop, task: RowTask, budget: Budget) -> RowResult:
    name = task.entity.name
    if stop.kind == "seconds":
        message = f"the build of '{name}' took more than {plural(budget.seconds, SECONDS.unit)}; nothing was written"
        finding = error("takes-too-long", message, _row_of(task), SECONDS.hint)
    elif stop.kind == "broken":
        message = f"a library broke off while '{name}' was built ({stop.signal}); nothing was written"
        finding = error("takes-too-much", message, _row_of(task), MEGABYTES.hint)
    else:
        message = f"the build of '{name}' took more than {budget.megabytes:,} MB of memory; nothing was written"
        finding = error("takes-too-much", message, _row_of(task), MEGABYTES.hint)
    return RowResult("not-built", (finding,), is_read=False)
