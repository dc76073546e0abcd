"""Broken and hostile PDFs: a finding and an exit code within bounds of time and memory, never a traceback or a hang."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gri_builder.audit import sandbox as guard
from gri_builder.audit.audit import audit_pdf
from tests.support.hostile_pdfs import CORPUS

LONGEST = 20.0
MOST_MEMORY = 1024 * 1024
"""Kilobytes."""


@pytest.mark.parametrize("name", CORPUS)
def test_it_ends_well(name: str, tmp_path: Path) -> None:
    case = CORPUS[name]
    file = tmp_path / f"{name}.pdf"
    file.write_bytes(case.make())
    program = Path(sys.executable).parent / "gri-builder"
    password = ["--password", case.password] if case.password else []
    start = time.monotonic()
    done = subprocess.run(
        [program, "audit", file, *password], capture_output=True, text=True, check=False, timeout=LONGEST + 10
    )
    seconds = time.monotonic() - start
    said = done.stdout + done.stderr
    assert done.returncode in case.codes, said
    assert "Traceback" not in said
    assert "this is a bug in gri-builder" not in said
    if case.finding:
        assert f"[{case.finding}]" in said
        assert "   help: " in said or case.finding == "pdf-section-unreadable"
    assert seconds < LONGEST
    # The most that any child of this process has used so far.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MOST_MEMORY


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_SECONDS", 0.01)
    monkeypatch.setattr(guard, "PER_MEGABYTE", 0.0)
    file = tmp_path / "slow.pdf"
    file.write_bytes(CORPUS["five-thousand-pages"].make())
    checked = audit_pdf(file)
    assert checked.value is None
    assert [finding.rule for finding in checked.findings] == ["pdf-takes-too-long"]


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
