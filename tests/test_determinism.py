"""Same input, same bytes: under another hash seed, time zone, locale and folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def build(report: Path, output: Path, **environment: str) -> dict[str, str]:
    """Build in a process of its own; return the hash of each file."""
    subprocess.run(
        [sys.executable, "-m", "gri_builder", "build", str(report), "-o", str(output)],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(output.iterdir())}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return build(ROOT / "report_data" / "cigna-2013", tmp_path_factory.mktemp("out"))


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "C", "LANG": "C", "TZ": "America/New_York"},
        {"PYTHONUTF8": "0", "COLUMNS": "40", "NO_COLOR": "1"},
    ],
    ids=lambda environment: "-".join(environment),
)
def test_same_bytes(environment: dict[str, str], expected: dict[str, str], tmp_path: Path) -> None:
    assert build(ROOT / "report_data" / "cigna-2013", tmp_path / "out", **environment) == expected


def test_same_bytes_from_another_folder(expected: dict[str, str], tmp_path: Path) -> None:
    elsewhere = tmp_path / "a folder, wîth odd name"
    shutil.copytree(ROOT / "report_data" / "cigna-2013", elsewhere)
    assert build(elsewhere, tmp_path / "out") == expected


def test_the_time_is_that_of_the_environment(expected: dict[str, str], tmp_path: Path) -> None:
    found = build(ROOT / "report_data" / "cigna-2013", tmp_path / "out", SOURCE_DATE_EPOCH="1000000000")
    assert {name for name in expected if found[name] != expected[name]} == {"cigna-2013.pdf"}
