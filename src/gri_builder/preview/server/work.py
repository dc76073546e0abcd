"""The work on a report, from the preview: ask data owners, take back what they return, approve."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.intake.collect import collect_files
from gri_builder.intake.collection import ChangedValue, Collection, Side
from gri_builder.intake.report_folder import open_report
from gri_builder.intake.reports import write_change
from gri_builder.intake.requests.request import make_requests
from gri_builder.intake.requests.words import DEFAULT_LANGUAGE, find_language
from gri_builder.intake.requests.write_requests import write_requests
from gri_builder.intake.write_collected import write_collected
from gri_builder.model.finding import Finding, Severity
from gri_builder.model.sign_off.status import SignOffStatus, Task
from gri_builder.model.texts.control_characters import settle_text
from gri_builder.preview.server.apart import BrokenOffError, run_apart
from gri_builder.preview.server.payloads import finding_values
from gri_builder.reporters.status.words import describe_id
from gri_builder.sign_off.approve import approve

LARGEST_FILE = 20_000_000
"""Bytes of a returned workbook, at most."""
MOST_FILES = 100
"""Returned workbooks that are taken at once, at most."""


class Done(Struct, frozen=True):
    """What an action did, or why it did nothing."""

    files: tuple[str, ...] = ()
    """Paths that were written."""
    findings: tuple[Finding, ...] = ()
    problem: str | None = None
    """One sentence, where there is no finding that says it."""
    collection: Collection | None = None


def done_values(done: Done) -> dict[str, Any]:
    """Return what an action did, for the browser."""
    return {
        "files": list(done.files),
        "findings": finding_values(done.findings),
        "problem": done.problem,
        "collection": _collection(done.collection) if done.collection else None,
    }


def _collection(found: Collection) -> dict[str, Any]:
    return {
        "changed": [_changed(each) for each in found.changed],
        "same": found.same,
        "open": found.open,
        "missing": [
            {"key": each.key, "owner": settle_text(each.owner or ""), "text": settle_text(each.text)}
            for each in found.missing
        ],
        "disagreements": [
            {"key": each.key, "sides": [_side(side) for side in each.sides]} for each in found.disagreements
        ],
    }


def _side(side: Side) -> dict[str, str]:
    texts = {"owner": side.owner or "", "returned": side.returned, "file": Path(side.file).name}
    return {name: settle_text(text) for name, text in texts.items()}


def _changed(value: ChangedValue) -> dict[str, Any]:
    old = value.old if value.old is not None else value.before
    return {
        "key": value.key,
        "title": settle_text(value.title),
        "owner": settle_text(value.owner or ""),
        "new": f"{value.number:,f} {value.unit}",
        "old": "" if old is None else f"{old:,f} {value.unit}",
        "change": "" if value.change is None else write_change(value.change),
        "place": settle_text(f"{Path(value.file).name}, {value.place}"),
        "note": settle_text(value.note or ""),
    }


def status_values(status: SignOffStatus | None) -> dict[str, Any] | None:
    """Return who owes what, for the browser; owners and tasks in the order of `status`."""
    if status is None:
        return None
    return {
        "today": str(status.today),
        "required": status.requires_approval,
        "owners": [
            {"name": settle_text(owner or ""), "tasks": [_task(task) for task in status.tasks_of(owner)]}
            for owner in status.owners
        ],
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "kind": task.kind,
        "id": task.id,
        "language": task.language or "",
        "name": describe_id(task),
        "title": settle_text(task.title),
        "state": task.state,
        "due": str(task.due) if task.due else "",
        "late": task.is_late,
        "missing": list(task.missing),
        "approved": f"{settle_text(task.approval.by)}, {task.approval.on}" if task.approval else "",
        "changes": [[settle_text(text or "") for text in (each.what, each.before, each.now)] for each in task.changes],
        "file": task.where.file,
        "line": task.where.line,
    }


def ask_owners(folder: Path, output: Path) -> Done:
    """Write a workbook for each owner of missing figures; those that are there already stay."""
    return _do(_ask, (folder, output), [folder])


def _ask(folder: Path, output: Path) -> Done:
    opened = open_report(folder)
    if opened.value is None:
        return Done(findings=opened.findings)
    requests, findings = make_requests(opened.value)
    found = (*opened.findings, *findings)
    if not requests:
        return Done(findings=found, problem="no figure is missing, so nobody is asked")
    language = find_language(opened.value.language) or DEFAULT_LANGUAGE
    try:
        files = write_requests(opened.value, requests, language, output, force=False)
    except FileExistsError as problem:
        return Done(findings=found, problem=str(problem))
    except OSError as problem:
        return Done(findings=found, problem=f"'{output}' can't be written: {problem.strerror or problem}")
    return Done(tuple(map(str, files)), found)


def approve_keys(folder: Path, keys: Sequence[str], by: str, on: date, language: str | None = None) -> Done:
    """Approve series and answers as they are now."""
    return _do(_approve, (folder, tuple(keys), by, on, language), [folder])


def _approve(folder: Path, keys: tuple[str, ...], by: str, on: date, language: str | None) -> Done:
    result = approve(folder, keys, by, on, language)
    errors = tuple(each for each in result.findings if each.severity is Severity.ERROR)
    return Done(findings=errors, problem=None if result.value is not None or errors else "nothing was approved")


class ReturnedFiles:
    """Workbooks that the browser sent: kept in a folder of their own until they are taken, or others come."""

    def __init__(self) -> None:
        self._place: Path | None = None

    def add(self, name: str, data: bytes, is_first: bool) -> str | None:
        """Keep a file under its name; return why it can't be taken. The first one replaces those before."""
        if is_first:
            self.clear()
        if self._place is None:
            self._place = Path(tempfile.mkdtemp(prefix="gri-builder-"))
        if not name or Path(name).name != name or name in (".", "..") or not name.isprintable() or len(name) > 150:
            return "a file's name must be a plain one, without folders"
        if len(list(self._place.iterdir())) >= MOST_FILES:
            return f"more than {MOST_FILES} files can't be taken at once"
        try:
            (self._place / name).write_bytes(data)
        except OSError as problem:
            return f"'{name}' can't be kept: {problem.strerror or problem}"
        return None

    def read(self, folder: Path, is_kept: bool) -> Done:
        """Return what the files bring; put it into the report if it is to be kept."""
        files = sorted(self._place.iterdir()) if self._place else []
        if not files:
            return Done(problem="no file was sent")
        done = _do(_collect, (folder, tuple(files), is_kept), [folder, *files])
        if is_kept and done.problem is None:
            self.clear()
        return done

    def clear(self) -> None:
        """Forget all files."""
        if self._place:
            shutil.rmtree(self._place, ignore_errors=True)
        self._place = None


def _collect(folder: Path, files: tuple[Path, ...], is_kept: bool) -> Done:
    opened = open_report(folder)
    if opened.value is None:
        return Done(findings=opened.findings)
    collection, kept = collect_files(opened.value, files)
    found = (*opened.findings, *(_by_name(each, files) for each in collection.findings))
    written: tuple[Path, ...] = ()
    if is_kept:
        try:
            written = write_collected(opened.value, collection, kept)
        except OSError as problem:
            return Done(findings=found, problem=f"the values can't be written: {problem.strerror or problem}")
    return Done(tuple(map(str, written)), found, None, collection)


def _by_name(finding: Finding, files: Sequence[Path]) -> Finding:
    """Return a finding about a returned file under the name that its sender knows."""
    sent = {str(file): file.name for file in files} | {file.as_posix(): file.name for file in files}
    where = finding.where
    return replace(finding, where=replace(where, file=sent[where.file])) if where.file in sent else finding


def _do(work: Any, arguments: tuple[Any, ...], inputs: Sequence[Path]) -> Done:
    try:
        done: Done = run_apart(work, arguments, inputs)
    except BrokenOffError as problem:
        return Done(problem=str(problem))
    return done
