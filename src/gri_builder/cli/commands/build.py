"""`build`: validate, then write the PDF and its content index."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from gri_builder.cli.exit_codes import EXIT_FINDINGS
from gri_builder.cli.filters import add_filters, read_filters
from gri_builder.cli.inputs import add_language, add_report, find_report, read_language
from gri_builder.cli.limit_options import add_limits
from gri_builder.cli.output import UsageError, print_files, print_findings, print_status
from gri_builder.cli.worker_options import add_workers

if TYPE_CHECKING:
    from gri_builder.model.profiling import Profiler
    from gri_builder.pipeline.build import Built
    from gri_builder.pipeline.edition_kinds import EditionKind

PROGRESS_DELAY = 1.0
"""Seconds after which a build shows its progress."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_report(parser)
    parser.add_argument(
        "more", metavar="REPORTS", type=Path, nargs="*", help="further reports; each is built into a folder of its own"
    )
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, default=Path("output"), help="folder to write to; default: output"
    )
    add_language(parser, "all of them")
    add_filters(parser)
    add_workers(parser)
    add_limits(parser)
    parser.add_argument(
        "--edition",
        action="append",
        choices=("pdf", "web", "web-file", "all"),
        help="pdf: the PDF with its index and its facts, the default; web: a folder of pages for any web host; "
        "web-file: the same pages as one file; all: pdf and web; may be repeated",
    )
    parser.add_argument(
        "--draft",
        action="store_true",
        help="build whatever is there, mark what is missing and each page, and list it at the end",
    )
    parser.add_argument(
        "--profile", action="store_true", help="print how long each stage took, and the ten slowest sections"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    if arguments.more:
        return _build_many(arguments)
    from gri_builder.model.profiling import Profiler
    from gri_builder.pipeline.build import build_report

    profiler = Profiler()
    progress = Progress(sys.stderr)
    filters, folder = read_filters(arguments), find_report(arguments.report)
    try:
        checked = build_report(
            folder,
            arguments.output,
            arguments.draft,
            progress.show,
            profiler,
            _say_waiting(arguments.output),
            list_editions(arguments.edition),
            read_language(arguments, folder),
        )
    finally:
        progress.clear()
    code = print_findings(checked.findings, filters)
    if checked.value is None:
        return EXIT_FINDINGS
    for each in (checked.value, *checked.value.others):
        print_files(_list_shown(each.files, arguments.output))
    print_status(_count_pages(checked.value))
    if arguments.draft:
        count = len(checked.value.gaps)
        print_status(f"{count} {'thing is' if count == 1 else 'things are'} missing; the last chapter lists them")
    if arguments.profile:
        for line in describe_times(profiler):
            print_status(line)
    return code


def _count_pages(built: Built) -> str:
    if not built.others:
        return f"{built.pages} pages"
    return ", ".join(f"{each.language}: {each.pages} pages" for each in (built, *built.others))


def list_editions(asked: Sequence[str] | None) -> tuple[EditionKind, ...]:
    """Return the editions that are asked for; the PDF without an option."""
    from gri_builder.pipeline.edition_kinds import EDITION_KINDS

    wanted = set(asked or ("pdf",)) | ({"pdf", "web"} if "all" in (asked or ()) else set())
    return tuple(kind for kind in EDITION_KINDS if kind in wanted)


def _list_shown(files: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Return the files that are named; of a folder of pages, its first one."""
    depth = len(folder.parts) + 1
    return tuple(file for file in files if file.parent == folder or file.parts[depth:] == ("index.html",))


def _build_many(arguments: argparse.Namespace) -> int:
    from gri_builder.cli.many_builds import build_many

    if arguments.profile:
        raise UsageError("--profile is for one report; leave it out, or name one report only")
    read_filters(arguments)
    return build_many([arguments.report, *arguments.more], arguments)


def _say_waiting(folder: Path) -> Callable[[], None]:
    return lambda: print_status(f"waiting for another program that writes into '{folder}'")


def describe_times(profiler: Profiler) -> Iterator[str]:
    """Yield the measured times, line by line."""
    yield f"{'seconds':>9}  stage"
    yield from (f"{seconds:9.3f}  {name}" for name, seconds in profiler.stages.items())
    yield f"{sum(profiler.stages.values()):9.3f}  total, without the start of the program"
    yield f"{'seconds':>9}  {'page':>5}  slowest sections during layout"
    yield from (f"{seconds:9.3f}  {page:5}  {heading}" for seconds, page, heading in profiler.list_slowest())


class Progress:
    """A progress line on a terminal, for builds that take longer than a second; elsewhere nothing is shown."""

    def __init__(self, stream: TextIO) -> None:
        import time

        self._clock = time.monotonic
        self._stream = stream
        self._start = self._clock()
        self._is_terminal = stream.isatty()
        self._is_shown = False

    def show(self, page: int) -> None:
        """Show the number of the page that is finished."""
        if self._is_terminal and self._clock() - self._start >= PROGRESS_DELAY:
            self._stream.write(f"\r\x1b[Kpage {page}")
            self._stream.flush()
            self._is_shown = True

    def clear(self) -> None:
        """Clear the line."""
        if self._is_shown:
            self._stream.write("\r\x1b[K")
