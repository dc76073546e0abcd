"""Runs the processing of untrusted PDFs in a subprocess with time and memory limits; results come back as JSON."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from gri_builder.model.audit_result import AuditResult, Passage, Picture
from gri_builder.model.finding import Location, Result, error
from gri_builder.model.provenance import Ledger
from gri_builder.source.memory_limit import limit_memory

T = TypeVar("T")

MAX_SECONDS = 18.0
"""Seconds that a job may take, however small the file is."""
PER_MEGABYTE = 5.0
"""Seconds that a job may take for each megabyte of a large file; a long report takes a third of that."""
MAX_MEMORY = 900 * 1024 * 1024
"""Bytes of address space that a job may use."""
WORK = "from gri_builder.audit.sandbox import work; raise SystemExit(work())"
"""The program of the subprocess."""
TOO_MUCH = "made to do harm, or far larger than a report"


def audit_in_sandbox(file: Path, password: str | None, option: str | None) -> Result[AuditResult]:
    """Run `audit_pdf_bytes` in a subprocess; return a finding if it exceeds a limit."""
    return _run_limited("audit_pdf_bytes", Result[AuditResult], file, password, option)


def trace_in_sandbox(file: Path, password: str | None) -> Result[Ledger]:
    """Run `read_ledger_of` in a subprocess; return a finding if it exceeds a limit."""
    return _run_limited("read_ledger_of", Result[Ledger], file, password)


def render_in_sandbox(
    file: Path, password: str | None, passages: tuple[Passage, ...]
) -> Result[tuple[Picture | None, ...]]:
    """Run `render_passages_of` in a subprocess; return a finding if it exceeds a limit."""
    wanted = msgspec.json.encode(passages).decode()
    return _run_limited("render_passages_of", Result[tuple[Picture | None, ...]], file, password, wanted)


def _run_limited(job: str, result: type[Result[T]], file: Path, *more: str | None) -> Result[T]:
    call = json.dumps({"job": job, "file": str(file), "more": more})
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-c", WORK]  # -P: imports nothing from the current folder
    longest = max(MAX_SECONDS, PER_MEGABYTE * _size(file) / 1e6)
    try:
        done = subprocess.run(  # noqa: S603  # our own module, in our own interpreter
            command, input=call.encode(), capture_output=True, check=False, timeout=longest, env=environment
        )
    except subprocess.TimeoutExpired:
        return _stop(file, "pdf-takes-too-long", f"reading it takes more than {longest:.0f} seconds")
    if done.returncode == 0:
        return msgspec.json.decode(done.stdout, type=result)
    if done.returncode == _MEMORY or done.returncode < 0:
        return _stop(file, "pdf-takes-too-much", "reading it takes more memory than any report should")
    raise ChildProcessError(done.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1])


def _size(file: Path) -> int:
    """Return the size of a file in bytes; 0 if it does not exist, which the job reports."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


_MEMORY = 77
"""Exit code of the subprocess when its memory ran out."""


def _stop(file: Path, rule: str, reason: str) -> Result[T]:
    message = f"the PDF was given up: {reason}; it may be damaged, {TOO_MUCH}"
    return Result(None, (error(rule, message, Location(file.name), "ask for the original"),))


def work() -> int:
    """Read a job from stdin, run it, and write the result to stdout."""
    limit_memory(MAX_MEMORY)
    gc.disable()  # all objects live until the end; see `gri_builder.__main__`
    call: dict[str, Any] = json.loads(sys.stdin.buffer.read())
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
