"""Broken and hostile PDFs: a finding and an exit code within bounds of time and memory, never a traceback or a hang."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from gri_builder.audit import sandbox as guard
from gri_builder.audit.audit import audit_pdf
from gri_builder.audit.sandbox import Limits
from gri_builder.limits import process_limits
from tests.support.hostile_pdfs import CORPUS

LONGEST = 20.0
MOST_MEMORY = 1024 * 1024
"""Kilobytes."""
MEASURE = """
import pathlib, resource, subprocess, sys
done = subprocess.run(sys.argv[2:])
pathlib.Path(sys.argv[1]).write_text(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(done.returncode)
"""
"""Runs a command, and writes the most memory that it used: in a small process, as a child counts what its parent uses
until its own program starts."""


@pytest.mark.parametrize("name", CORPUS)
def test_it_ends_well(name: str, tmp_path: Path) -> None:
    case = CORPUS[name]
    file = tmp_path / f"{name}.pdf"
    file.write_bytes(case.make())
    program = Path(sys.executable).parent / "gri-builder"
    password = ["--password", case.password] if case.password else []
    start = time.monotonic()
    used = tmp_path / "memory.txt"
    command = [sys.executable, "-c", MEASURE, str(used), str(program), "audit", str(file), *password]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST + 10)
    seconds = time.monotonic() - start
    said = done.stdout + done.stderr
    assert done.returncode in case.codes, said
    assert "Traceback" not in said
    assert "this is a bug in gri-builder" not in said
    if case.finding:
        assert f"[{case.finding}]" in said
        assert "   help: " in said or case.finding == "pdf-section-unreadable"
    assert seconds < LONGEST
    assert int(used.read_text("utf-8")) < MOST_MEMORY


SPIN = """
from gri_builder.audit import pipeline, sandbox
def spin(*_):
    while True:
        pass
pipeline.audit_pdf_bytes = spin
raise SystemExit(sandbox.work())
"""
"""A job that never ends."""


@pytest.mark.parametrize("padding", [0, 24])
def test_the_limit_of_time_does_not_grow_with_the_file(
    padding: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named in plain words, and nobody is accused."""
    file = tmp_path / "slow.pdf"
    file.write_bytes(b" " * (padding << 20))
    monkeypatch.setattr(guard, "pdf_seconds", lambda size: 1)
    monkeypatch.setattr(guard, "WORK", SPIN)
    checked = audit_pdf(file)
    assert checked.value is None
    (found,) = checked.findings
    assert (found.rule, found.message) == (
        "pdf-takes-too-long",
        "reading the PDF took more than 1 second of processor time; nothing of it was judged",
    )
    assert found.hint == "if the file is large, allow more with --max-seconds N; if it is not, ask for another copy"


def test_waiting_is_no_processor_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that gets little of a busy computer is not stopped, however long the clock runs."""
    file = tmp_path / "report.pdf"
    file.write_bytes(CORPUS["encrypted-without-password"].make())
    monkeypatch.setattr(guard, "WORK", f"import time; time.sleep(2); {guard.WORK}")
    assert audit_pdf(file, limits=Limits(seconds=1.5)).value


def test_a_job_that_only_waits_is_stopped_by_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(b"")
    monkeypatch.setattr(guard, "WORK", "import time; time.sleep(60)")
    monkeypatch.setattr(process_limits, "CLOCK_FACTOR", 1.0)
    (found,) = audit_pdf(file, limits=Limits(seconds=1)).findings
    assert found.message == "reading the PDF took more than 1 second on the clock; nothing of it was judged"


def test_the_limit_of_memory_is_named(tmp_path: Path) -> None:
    file = tmp_path / "bomb.pdf"
    file.write_bytes(CORPUS["bomb-in-a-page"].make())
    (found,) = audit_pdf(file, limits=Limits(megabytes=300)).findings
    assert found.rule == "pdf-takes-too-much"
    assert found.message == "reading the PDF took more than 300 MB of memory; nothing of it was judged"
    assert found.hint
    assert "--max-megabytes" in found.hint


@pytest.mark.parametrize("fault", ["SIGSEGV", "SIGBUS"])
def test_a_reader_that_breaks_off_is_named(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(b"")
    monkeypatch.setattr(guard, "WORK", f"import os, signal; os.kill(os.getpid(), signal.{fault})")
    (found,) = audit_pdf(file).findings
    assert found.message == f"the program that reads the PDF broke off ({fault}); nothing of it was judged"


def test_a_system_without_limits_of_time_uses_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(b"")
    monkeypatch.setattr(process_limits, "can_limit_time", lambda: False)
    monkeypatch.setattr(guard, "WORK", "import time; time.sleep(60)")
    (found,) = audit_pdf(file, limits=Limits(seconds=0.25)).findings
    assert found.message == "reading the PDF took more than 1 second on the clock; nothing of it was judged"


def test_a_fault_of_ours_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks in the guarded process is not taken for a fault of the PDF."""
    file = tmp_path / "report.pdf"
    file.write_bytes(CORPUS["encrypted-without-password"].make())
    monkeypatch.setenv("GRI_BUILDER_DEBUG", "")
    monkeypatch.setattr(guard, "WORK", "raise RuntimeError('ours')")
    with pytest.raises(ChildProcessError, match="RuntimeError: ours"):
        audit_pdf(file)


def test_a_folder_is_no_pdf(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        audit_pdf(tmp_path)
