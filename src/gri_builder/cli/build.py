"""`build`: validate, then write the PDF and its content index."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from gri_builder.cli.inputs import add_report, find_report
from gri_builder.cli.output import EXIT_FINDINGS, print_findings, print_status

if TYPE_CHECKING:
    from gri_builder.model.profiling import Profiler

PROGRESS_AFTER = 1.0
"""Seconds after which a build shows how far it is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    add_report(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        default=Path("output"),
        help="folder to write into; output if not given",
    )
    parser.add_argument(
        "--draft", action="store_true", help="build in spite of missing answers, with a mark on each page"
    )
    parser.add_argument(
        "--profile", action="store_true", help="say how long each stage took, and the ten slowest sections"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.model.profiling import Profiler
    from gri_builder.pipeline.build import build_report

    watch = Profiler()
    progress = Progress(sys.stderr)
    try:
        checked = build_report(find_report(arguments.report), arguments.output, arguments.draft, progress.show, watch)
    finally:
        progress.clear()
    code = print_findings(checked.findings)
    if checked.value is None:
        return EXIT_FINDINGS
    for file in checked.value.files:
        sys.stdout.write(f"{file}\n")
    print_status(f"{checked.value.pages} pages")
    if arguments.profile:
        for line in describe_times(watch):
            print_status(line)
    return code


def describe_times(watch: Profiler) -> Iterator[str]:
    """Yield what a stopwatch measured, line by line."""
    yield f"{'seconds':>9}  stage"
    yield from (f"{seconds:9.3f}  {name}" for name, seconds in watch.stages.items())
    yield f"{sum(watch.stages.values()):9.3f}  in all, besides the start of the program"
    yield f"{'seconds':>9}  {'page':>5}  slowest sections, while they were laid out"
    yield from (f"{seconds:9.3f}  {page:5}  {heading}" for seconds, page, heading in watch.list_slowest())


class Progress:
    """One line on a terminal that says how far a build is; nothing for a short one, and nothing elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        import time

        self._clock = time.monotonic
        self._stream = stream
        self._start = self._clock()
        self._wanted = stream.isatty()
        self._shown = False

    def show(self, page: int) -> None:
        """Show the number of the page that is finished."""
        if self._wanted and self._clock() - self._start >= PROGRESS_AFTER:
            self._stream.write(f"\r\x1b[Kpage {page}")
            self._stream.flush()
            self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._stream.write("\r\x1b[K")
