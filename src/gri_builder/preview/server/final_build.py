"""The final report, built by a process of its own just as `gri-builder build` builds it."""

from __future__ import annotations

import multiprocessing
import signal
import warnings
from multiprocessing.connection import Connection
from pathlib import Path

from msgspec import Struct

from gri_builder.limits.budget import find_budget
from gri_builder.limits.limit import MEGABYTE
from gri_builder.limits.process_limits import allow_time, limit_data
from gri_builder.model.finding import Finding
from gri_builder.pipeline.build import build_report
from gri_builder.preview.server.worker import describe_failure


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
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=_build, args=(its, folder, output), daemon=True)
    process.start()
    its.close()
    try:
        built: FinalBuild = mine.recv()
    except (EOFError, OSError):
        return FinalBuild(problem="the build ended unexpectedly, and wrote nothing")
    finally:
        process.join()
        mine.close()
    return built


def _build(connection: Connection, folder: Path, output: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    budget = find_budget([folder])
    limit_data(budget.megabytes * MEGABYTE, 0)
    allow_time(budget.seconds)
    try:
        result = build_report(folder, output)
        files, pages = (result.value.files, result.value.pages) if result.value else ((), 0)
        connection.send(FinalBuild(files, pages, result.findings))
    except Exception as problem:
        connection.send(FinalBuild(problem=describe_failure(problem)))
