"""A guard around work on files that may do harm: a process of its own, with an end to its time and its memory."""

from __future__ import annotations

import gc
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

from gri_builder.model.audit_result import AuditResult
from gri_builder.model.finding import Location, Result, error
from gri_builder.model.provenance import Ledger

MAX_SECONDS = 18.0
"""Seconds that the work may take, however small the file is."""
PER_MEGABYTE = 5.0
"""Seconds that it may take for each megabyte of a large file; a long report takes a third of that."""
MAX_MEMORY = 900 * 1024 * 1024
"""Bytes of address space that the work may use."""
WORK = "from gri_builder.audit.sandbox import work; raise SystemExit(work())"
"""What the process runs."""
TOO_MUCH = "made to do harm, or far larger than a report"


def audit_in_sandbox(file: Path, password: str | None, option: str | None) -> Result[AuditResult]:
    """Return what `audit_pdf_bytes` does, from a process of its own; a finding where it exceeds a limit."""
    return cast(Result[AuditResult], _run_guarded("audit_pdf_bytes", file, password, option))


def trace_in_sandbox(file: Path, password: str | None) -> Result[Ledger]:
    """Return what `read_ledger_of` does, from a process of its own; a finding where that takes too much of anything."""
    return cast(Result[Ledger], _run_guarded("read_ledger_of", file, password))


def _run_guarded(job: str, file: Path, *more: str | None) -> Result[Any]:
    call = json.dumps({"job": job, "file": str(file), "more": more})
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-c", WORK]  # -P: nothing is imported from the folder that one happens to be in
    longest = max(MAX_SECONDS, PER_MEGABYTE * _size(file) / 1e6)
    try:
        done = subprocess.run(  # noqa: S603  # our own module, in our own interpreter
            command, input=call.encode(), capture_output=True, check=False, timeout=longest, env=environment
        )
    except subprocess.TimeoutExpired:
        return _stop(file, "pdf-takes-too-long", f"reading it takes more than {longest:.0f} seconds")
    if done.returncode == 0:
        return cast(Result[Any], pickle.loads(done.stdout))  # noqa: S301  # written by the process that we started
    if done.returncode == _MEMORY or done.returncode < 0:
        return _stop(file, "pdf-takes-too-much", "reading it takes more memory than any report should")
    raise ChildProcessError(done.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1])


def _size(file: Path) -> int:
    """Return how many bytes a file has; 0 for one that isn't there, which the work says itself."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


_MEMORY = 77
"""Exit code of the process where its memory ran out."""


def _stop(file: Path, rule: str, reason: str) -> Result[Any]:
    message = f"the PDF was given up: {reason}; it may be damaged, {TOO_MUCH}"
    return Result(None, (error(rule, message, Location(file.name), "ask for the original"),))


def _limit_memory() -> None:
    """Set the end of the process' memory, where the system knows such a thing."""
    try:
        import resource
    except ImportError:
        return
    _, hardest = resource.getrlimit(resource.RLIMIT_AS)
    most = MAX_MEMORY if hardest == resource.RLIM_INFINITY else min(MAX_MEMORY, hardest)
    resource.setrlimit(resource.RLIMIT_AS, (most, hardest))


def work() -> int:
    """Read a job from stdin, run it, and write the result to stdout."""
    _limit_memory()
    gc.disable()  # what is read lives until the end; see `gri_builder.__main__`
    call: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    from gri_builder.audit import pipeline

    try:
        checked = getattr(pipeline, call["job"])(Path(call["file"]), *call["more"])
        sys.stdout.buffer.write(pickle.dumps(checked))
    except MemoryError:
        return _MEMORY
    return 0
