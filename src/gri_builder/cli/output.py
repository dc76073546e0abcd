"""The output of a command: the result, the status lines beside it, and the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from gri_builder.cli.exit_codes import EXIT_FINDINGS, EXIT_OK
from gri_builder.cli.streams import StdoutError, shield, show_text, write_stderr, write_stdout

if TYPE_CHECKING:
    from gri_builder.cli.filters import Filters
    from gri_builder.model.finding import Finding
    from gri_builder.reporters.registry import ReporterSet

S = TypeVar("S")


class UsageError(Exception):
    """The command can't be run; the text says why."""


class FindingError(UsageError):
    """The command can't be run; a finding says why, and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class InputError(UsageError):
    """The input of a command is not there, or can't be opened."""

    def __init__(self, text: str, path: Path) -> None:
        super().__init__(text)
        self.path = path


def print_status(text: str) -> None:
    """Print a status line to stderr."""
    write_stderr(f"{text}\n")


def print_files(files: Iterable[Path]) -> None:
    """Print the paths of files that were written; where standard output takes nothing, say so: they are there."""
    lines = [os.fsencode(file) + os.linesep.encode() for file in files]
    try:
        write_stdout(b"".join(lines))
    except StdoutError as problem:
        print_status(f"gri-builder: the files were written, but their names can't be printed: {problem}")


def add_output(parser: argparse.ArgumentParser, reporters: ReporterSet[S]) -> None:
    """Add the options for the output format and the output file."""
    default = reporters.formats[0]
    parser.add_argument(
        "--format", choices=reporters.formats, default=default, help=f"format of the output; default: {default}"
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="file to write; default: the terminal")


def report(
    reporters: ReporterSet[S],
    subject: S,
    arguments: argparse.Namespace,
    *,
    folder: str = "",
    pdf_url: str | None = None,
    previous: bytes | None = None,
) -> None:
    """Write the subject in the chosen format, to the output file or the terminal."""
    from gri_builder.reporters.registry import Display

    refuse_binary_on_terminal(arguments)
    display = Display(find_width(), is_colored(arguments), folder, pdf_url, previous)
    content = reporters.write(arguments.format, subject, display)
    replaced = {"previous": previous} if arguments.format == "xlsx" and arguments.command == "audit" else {}
    write_output(content, arguments.output, arguments.format, **replaced)


def refuse_binary_on_terminal(arguments: argparse.Namespace) -> None:
    """Raise UsageError for a format that a terminal can't show, where no file is named for it."""
    from gri_builder.reporters.registry import BINARY

    if arguments.format in BINARY and arguments.output is None and sys.stdout.isatty():
        raise UsageError("a terminal can't show a workbook; name a file for it with -o")


def write_output(content: str | bytes, file: Path | None, format: str = "text", **replaced: bytes | None) -> None:
    """Write the result to the file, or to stdout if no file is named, always in UTF-8.

    With `previous`, the content that it was made from, a file that is different by now is left alone. Raises UsageError
    if the file can't be written, and StdoutError if stdout takes nothing.
    """
    shown = show_text(content) if format == "text" and isinstance(content, str) else content
    data = shown if isinstance(shown, bytes) else shown.encode(errors="backslashreplace")
    if file is None:
        write_stdout(_shield(data, format))
        return
    from gri_builder.storage.whole_files import write_file

    try:
        write_file(file, data, **replaced)
    except OSError as problem:
        reason = problem.strerror or problem
        raise UsageError(f"'{file}' can't be written: {reason}; what was there before is unchanged") from problem


def _shield(data: bytes, format: str) -> bytes:
    """Return output without commands for a build server's log; the format for GitHub consists of them."""
    if format in ("xlsx", "github"):
        return data
    signs = ("&#58;", "#&#35;") if format in ("html", "junit") else (": ", "# #")
    return shield(data.decode(errors="surrogateescape"), *signs).encode(errors="surrogateescape")


def print_findings(findings: Iterable[Finding], filters: Filters | None = None) -> int:
    """Print findings to stderr, beside the result of a command, and return the exit code for all of them."""
    from gri_builder.cli.filters import describe_hidden
    from gri_builder.reporters.findings.grouped import write_grouped_text, write_summary_text
    from gri_builder.reporters.findings.text import summarize_findings

    found = tuple(findings)
    shown = filters.choose(found) if filters else found
    if found:
        is_short = filters is not None and filters.summary
        text = write_summary_text(shown) if is_short else write_grouped_text(shown, takes_color(sys.stderr))
        write_stderr(text)
        print_status(f"\n{summarize_findings(found)}{describe_hidden(found, shown)}")
    return exit_code(found)


def exit_code(findings: Iterable[Finding]) -> int:
    """Return the exit code for the findings."""
    return EXIT_FINDINGS if any(finding.severity == "error" for finding in findings) else EXIT_OK


def is_colored(arguments: argparse.Namespace) -> bool:
    """Return whether the output goes to a terminal that shows colours."""
    return arguments.output is None and takes_color(sys.stdout)


def takes_color(stream: TextIO) -> bool:
    """Return whether a stream is a terminal that shows colours, and the user has not turned them off (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def find_width() -> int:
    """Return the number of columns to fill."""
    import shutil

    from gri_builder.reporters.terminal import MAX_WIDTH

    return min(MAX_WIDTH, shutil.get_terminal_size((MAX_WIDTH, 24)).columns) if sys.stdout.isatty() else MAX_WIDTH
