"""Foreign programs that judge or draw PDFs and that pip can't install: poppler's tools and qpdf."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

PACKAGES = {"qpdf": "qpdf", **dict.fromkeys(("pdfinfo", "pdftotext", "pdftoppm"), "poppler-utils")}
"""Debian's package of each program."""


def require(missing: str) -> None:
    """Skip the test and name what is missing; under CI=true, where every judge is required, fail it."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(missing)
    pytest.skip(missing)


def run_judge(*command: str) -> str:
    """Return what a program prints on stdout and stderr; the program must succeed."""
    if shutil.which(command[0]) is None:
        require(f"{command[0]} is not installed (Debian: apt-get install {PACKAGES[command[0]]})")
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr
