"""Programs that judge or draw PDFs, and are no Python packages: those of poppler, and qpdf."""

from __future__ import annotations

import shutil
import subprocess

import pytest

PACKAGES = {"qpdf": "qpdf", **dict.fromkeys(("pdfinfo", "pdftotext", "pdftoppm"), "poppler-utils")}
"""Debian's packages of the programs."""


def run_judge(*command: str) -> str:
    """Return what a program writes, errors among it; it must succeed.

    Where it is not installed the test fails, and says what to install: a judge that is not asked proves nothing.
    """
    if shutil.which(command[0]) is None:
        pytest.fail(f"{command[0]} is not installed. Debian: apt-get install {PACKAGES[command[0]]}")
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr
