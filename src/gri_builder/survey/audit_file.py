"""The function that every worker runs: hash a PDF, and audit it in a process with limits if it is not known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gri_builder.audit.audit import audit_pdf
from gri_builder.limits.limit import limits_set
from gri_builder.limits.limits import MEGABYTES, SECONDS
from gri_builder.model.audit_result import AuditResult
from gri_builder.model.finding import Finding, Location, Result, error
from gri_builder.storage.file_kinds import check_readable
from gri_builder.survey.addresses import AddressError, fetch, is_address
from gri_builder.survey.rows import make_rows
from gri_builder.survey.task import Audited, Status, Task
from gri_builder.workers.outcome import explain_fault, name_fault

_STOPPED = {"pdf-takes-too-long", "pdf-takes-too-much"}
_CHUNK = 1 << 20
NO_FILE = "check the path, and that this user may read it; the next run tries it again"


def audit_file(task: Task) -> Audited:
    """Return the rows of one PDF; whatever happens to it becomes a finding of its own."""
    with limits_set(task.limits):
        try:
            with _local_copy(task.address) as file:
                return _audit(task, file)
        except AddressError as problem:
            finding = error("unreadable-file", f"'{task.file}' can't be fetched: {problem}", _at(task), problem.hint)
            return refuse(task, "unavailable", finding)
        except OSError as problem:
            reason = problem.strerror or str(problem)
            finding = error("unreadable-file", f"'{task.file}' can't be read: {reason}", _at(task), NO_FILE)
            return refuse(task, "unavailable", finding)


def refuse(task: Task, status: Status, finding: Finding) -> Audited:
    """Return what stays in the results of a PDF that was not read."""
    return Audited(status, make_rows(task, status, (finding,)), (finding,))


def _at(task: Task) -> Location:
    return Location(task.file)


@contextmanager
def _local_copy(address: str) -> Iterator[Path]:
    if is_address(address):
        with fetch(address) as file:
            yield file
        return
    check_readable(Path(address))
    yield Path(address)


def _audit(task: Task, file: Path) -> Audited:
    digest, size = _hash(file)
    if digest == task.known:
        return Audited("unchanged")
    result = _audit_twice(task, file)
    if result.value is not None:
        return Audited("audited", make_rows(task, "audited", result.findings, result.value, digest, size))
    rules = {each.rule for each in result.findings}
    status: Status = "failed" if "audit-failed" in rules else "stopped" if rules & _STOPPED else "unread"
    return Audited(status, make_rows(task, status, result.findings, None, digest, size), result.findings)


def _audit_twice(task: Task, file: Path) -> Result[AuditResult]:
    """Audit a PDF; once more if its process was killed, as by a system whose memory other programs had used up."""
    result = _try_audit(task, file)
    if any(each.rule in ("audit-failed", "pdf-takes-too-much") for each in result.findings):
        return _try_audit(task, file)
    return result


def _try_audit(task: Task, file: Path) -> Result[AuditResult]:
    from gri_builder.audit.sandbox import Limits

    limits = Limits(task.limits.get(SECONDS.name), task.limits.get(MEGABYTES.name))
    try:
        return audit_pdf(file, limits=limits)
    except OSError as problem:  # ChildProcessError among them: a fault of the program, which must not end the others
        return Result(None, (fault(task, name_fault(problem)),))


def fault(task: Task, reason: str) -> Finding:
    """Return the finding for a PDF on which the program failed."""
    hint = f"{explain_fault(reason) or 'please report this bug with the PDF, if you can'}. The next run tries it again"
    return error("audit-failed", f"the audit of '{task.file}' failed: {reason}", _at(task), hint)


def loss(task: Task, reason: str) -> Finding:
    """Return the finding for a PDF whose workers ended."""
    hint = "see the logs of the workers; give them more memory, or start others. The next run tries it again"
    return error("worker-lost", f"each worker that audited '{task.file}' ended: {reason}", _at(task), hint)


def _hash(file: Path) -> tuple[str, int]:
    """Return the SHA-256 of a file, and its size."""
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size
