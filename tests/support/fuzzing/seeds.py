"""What random changes start from: report folders of the cases, and what they build."""

from __future__ import annotations

import contextlib
import io
import tempfile
from functools import cache
from pathlib import Path

from tests.support.fuzzing.case import REPORT
from tests.support.paths import REPORTS, TESTS

VALID = TESTS / "cases" / "data" / "valid"
FOLDERS = {
    **{name: VALID / name for name in ("kinds", "minimal", "plain-numbers", "sector", "two-dimensions", "windows")},
    "elements": TESTS / "cases" / "elements",
    "charts": TESTS / "cases" / "charts",
    "aurelia": REPORTS / "aurelia-2016",
    "cigna": REPORTS / "cigna-2013",
    "halden": REPORTS / "halden-2015",
}
SMALL = ("kinds", "minimal", "plain-numbers", "sector", "two-dimensions", "windows")
LARGE = ("elements", "charts")
SAMPLES = ("aurelia", "cigna", "halden")


@cache
def report(name: str) -> dict[str, bytes]:
    """Return the files of a report folder, in the folder of the report of a case."""
    folder = FOLDERS[name]
    base = report("minimal") if name in SMALL and name != "minimal" else {}
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "expected.txt")
    return {**base, **{f"{REPORT}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in files}}


@cache
def pdf(name: str) -> bytes:
    """Return what a report folder builds."""
    return _make(name)[0]


@cache
def paper(name: str) -> bytes:
    """Return the working paper of the audit of what a report folder builds."""
    return _make(name)[1]


@cache
def _make(name: str) -> tuple[bytes, bytes]:
    from gri_builder.cli.main import main

    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        for path, data in report(name).items():
            (room / path).parent.mkdir(parents=True, exist_ok=True)
            (room / path).write_bytes(data)
        with (
            contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())),
            contextlib.redirect_stderr(io.TextIOWrapper(io.BytesIO())),
        ):
            main(["build", str(room / REPORT), "-o", str(room / "out")])
            (made,) = (room / "out").glob("*.pdf")
            main(["audit", str(made), "--format", "xlsx", "-o", str(room / "paper.xlsx")])
        return made.read_bytes(), (room / "paper.xlsx").read_bytes()
