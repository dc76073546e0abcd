"""The final report, built by a process of its own just as `gri-builder build` builds it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from gri_builder.model.finding import Finding
from gri_builder.pipeline.build import build_report
from gri_builder.preview.server.apart import BrokenOffError, run_apart


class FinalBuild(Struct, frozen=True):
    """What a build wrote, or why it wrote nothing."""

    files: tuple[Path, ...] = ()
    """The PDF first; empty where nothing was written."""
    pages: int = 0
    findings: tuple[Finding, ...] = ()
    problem: str | None = None
    """One sentence, where the build itself broke off."""


def run_build(folder: Path, output: Path) -> FinalBuild:
    """Build a report folder into the output folder, and wait for it."""
    try:
        return run_apart(_build, (folder, output), [folder])
    except BrokenOffError as problem:
        return FinalBuild(problem=f"the final report: {problem}")


def _build(folder: Path, output: Path) -> FinalBuild:
    result = build_report(folder, output)
    files, pages = (result.value.files, result.value.pages) if result.value else ((), 0)
    return FinalBuild(files, pages, result.findings)
