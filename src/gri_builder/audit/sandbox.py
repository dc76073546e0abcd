"""Runs the processing of untrusted PDFs in a subprocess with limits; results come back as JSON.

What counts is the work of the subprocess: its processor time and its memory. The clock on the wall also counts what
else the computer does, so it stops only what neither of the two would, and what runs on a system without them.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from gri_builder.limits.budget import pdf_seconds
from gri_builder.limits.limit import plural
from gri_builder.limits.limits import MEGABYTES, SECONDS
from gri_builder.limits.process_limits import clock_seconds, limit_memory, limit_time
from gri_builder.model.audit_result import AuditResult, Passage, Picture
from gri_builder.model.finding import Location, Result, error
from gri_builder.model.provenance import Ledger
from gri_builder.storage.file_kinds import check_readable

T = TypeVar("T")

WORK = "from gri_builder.audit.sandbox import work; raise SystemExit(work())"
"""The program of the subprocess."""


class Limits(msgspec.Struct, frozen=True):
    """What reading a PDF may take; None for the default."""

    seconds: float | None = None
    """Seconds of processor time; by default more for a large file, see `limits.budget`."""
    megabytes: int | None = None
    """Megabytes of memory, of 1,048,576 bytes."""


def audit_in_sandbox(file: Path, password: str | None, option: str | None, limits: Limits) -> Result[AuditResult]:
    """Run `audit_pdf_bytes` in a subprocess; return a finding if it exceeds a limit."""
    return _run_limited("audit_pdf_bytes", Result[AuditResult], limits, file, password, option)


def trace_in_sandbox(file: Path, password: str | None, limits: Limits) -> Result[Ledger]:
    """Run `read_ledger_of` in a subprocess; return a finding if it exceeds a limit."""
    return _run_limited("read_ledger_of", Result[Ledger], limits, file, password)


def render_in_sandbox(
    file: Path, password: str | None, passages: tuple[Passage, ...], limits: Limits
) -> Result[tuple[Picture | None, ...]]:
    """Run `render_passages_of` in a subprocess; return a finding if it exceeds a limit."""
    wanted = msgspec.json.encode(passages).decode()
    return _run_limited("render_passages_of", Result[tuple[Picture | None, ...]], limits, file, password, wanted)


def _run_limited(job: str, result: type[Result[T]], limits: Limits, file: Path, *more: str | None) -> Result[T]:
    check_readable(file)
    seconds = pdf_seconds(file.stat().st_size) if limits.seconds is None else limits.seconds
    megabytes = MEGABYTES.most if limits.megabytes is None else limits.megabytes
    call = json.dumps({"job": job, "file": str(file), "more": more, "seconds": seconds, "megabytes": megabytes})
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-c", WORK]  # -P: imports nothing from the current folder
    longest = clock_seconds(seconds)
    try:
        done = subprocess.run(  # noqa: S603  # our own module, in our own interpreter
            command, input=call.encode(), capture_output=True, check=False, timeout=longest, env=environment
        )
    except subprocess.TimeoutExpired:
        return _stop_time(file, plural(round(longest), "seconds on the clock"))
    if done.returncode == 0:
        return msgspec.json.decode(done.stdout, type=result)
    if -done.returncode == _TIME:
        return _stop_time(file, plural(round(seconds), SECONDS.unit))
    if done.returncode == _MEMORY or done.returncode < 0:
        return _stop_memory(file, megabytes, done.returncode)
    raise ChildProcessError(done.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1])


_MEMORY = 77
"""Exit code of the subprocess when its memory ran out."""
_TIME = getattr(signal, "SIGXCPU", 0)
"""Signal that ends the subprocess when its processor time is used up; 0 where the system has no such signal."""
_BROKE_OFF = frozenset(getattr(signal, name, 0) for name in ("SIGSEGV", "SIGBUS", "SIGFPE"))
"""Signals that a program in C gets for a fault of its own, which a damaged file can lead to."""


def _stop_time(file: Path, limit: str) -> Result[T]:
    hint = f"if the file is large, {SECONDS.hint}; if it is not, ask for another copy"
    return _stop("pdf-takes-too-long", f"reading the PDF took more than {limit}", file, hint)


def _stop_memory(file: Path, megabytes: int, code: int) -> Result[T]:
    hint = f"if the file is large, {MEGABYTES.hint}; if it is not, ask for another copy"
    if -code in _BROKE_OFF:
        name = signal.Signals(-code).name
        return _stop("pdf-takes-too-much", f"the program that reads the PDF broke off ({name})", file, hint)
    return _stop("pdf-takes-too-much", f"reading the PDF took more than {megabytes} MB of memory", file, hint)


def _stop(rule: str, reason: str, file: Path, hint: str) -> Result[T]:
    return Result(None, (error(rule, f"{reason}; nothing of it was judged", Location(file.name), hint),))


def work() -> int:
    """Read a job from stdin, run it, and write the result to stdout."""
    call: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    limit_memory(call["megabytes"] << 20)
    limit_time(call["seconds"])
    gc.disable()  # all objects live until the end; see `gri_builder.__main__`
    from gri_builder.audit import pipeline

    try:
        sys.stdout.buffer.write(_encode(getattr(pipeline, call["job"])(Path(call["file"]), *call["more"])))
    except MemoryError:
        return _MEMORY
    return 0


def _encode(result: Result[Any]) -> bytes:
    """Return a result as JSON; halves of surrogate pairs, which a PDF can hold and JSON can't, are replaced."""
    try:
        return msgspec.json.encode(result)
    except UnicodeEncodeError:
        return msgspec.json.encode(_without_surrogates(msgspec.to_builtins(result)))


def _without_surrogates(plain: Any) -> Any:
    if isinstance(plain, str):
        return plain.encode(errors="replace").decode()
    if isinstance(plain, dict):
        return {_without_surrogates(key): _without_surrogates(value) for key, value in plain.items()}
    return [_without_surrogates(item) for item in plain] if isinstance(plain, list | tuple) else plain
