"""Programs that judge or draw PDFs, and are no Python packages: those of poppler, and qpdf."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def run_judge(*command: str) -> str:
    """Return what a program writes, errors among it; it must succeed.

    Where it is not installed the test is skipped, but on a server that runs all tests (CI=true) it fails.
    """
    if shutil.which(command[0]) is None:
        reason = f"{command[0]} is not installed: Debian has it in poppler-utils or qpdf"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr
