"""Small report folders for tests: the files of a case, copied over the smallest valid report."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from gri_builder.model.finding import Finding, sort_findings
from gri_builder.model.report import Report
from gri_builder.pipeline.placeholder_printer import make_printer
from gri_builder.scaffold.templates import PLACEHOLDER
from gri_builder.source.loader import load_report
from gri_builder.validation.framework_choice import choose_framework
from gri_builder.validation.validate import validate_report
from tests.support.paths import TESTS

CASES = TESTS / "cases" / "data"
MINIMAL = CASES / "valid" / "minimal"
CASE_FILES = ("expected.txt", "steps.txt")


def lay_out(case: Path, folder: Path) -> Path:
    """Copy the minimal report and then the files of a case into a folder, and apply the case's steps."""
    shutil.copytree(MINIMAL, folder)
    shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*CASE_FILES))
    steps = case / "steps.txt"
    for line in steps.read_text(encoding="utf-8").splitlines() if steps.exists() else ():
        take_step(folder, *line.split())
    return folder


def take_step(folder: Path, verb: str, path: str, *rest: str) -> None:
    """Change a file as no file of a case can: delete it, make it a link, or extend it to a size."""
    file = folder / path
    if verb == "delete":
        file.unlink()
    elif verb == "link":
        file.symlink_to(rest[0])
    elif verb == "pad":
        with file.open("ab") as handle:
            handle.truncate(int(rest[0]))
    else:
        raise ValueError(f"unknown step: {verb}")


def judge(folder: Path) -> tuple[Report | None, tuple[Finding, ...]]:
    """Load and validate a folder; return the report and all findings."""
    loaded = load_report(folder)
    if loaded.value is None:
        return None, loaded.findings
    framework = choose_framework(loaded.value)
    validated = validate_report(loaded.value, framework, partial(make_printer, framework))
    return validated.value, sort_findings((*loaded.findings, *validated.findings))


def write_own_texts(folder: Path) -> None:
    """Replace the texts that `init` wrote for people to replace."""
    for file in (folder / "report.yaml", *sorted(folder.glob("chapters/*.md"))):
        file.write_text(file.read_text("utf-8").replace(PLACEHOLDER, "Our own words,"), "utf-8")
