"""`build`: validate, then write the PDF and its content index."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TextIO

from gri_builder.cli.output import FAULTY, print_findings, say
from gri_builder.cli.subject import add_report, find_report

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


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.produce import build_report

    progress = Progress(sys.stderr)
    try:
        checked = build_report(find_report(arguments.report), arguments.output, arguments.draft, progress.show)
    finally:
        progress.clear()
    code = print_findings(checked.findings)
    if checked.value is None:
        return FAULTY
    for file in checked.value.files:
        sys.stdout.write(f"{file}\n")
    say(f"{checked.value.pages} pages")
    return code


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
