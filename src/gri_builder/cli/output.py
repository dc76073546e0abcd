"""What a command hands back: exit codes, what was asked for, and what is said beside it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from gri_builder.model.finding import Finding

EXIT_OK, EXIT_FINDINGS, EXIT_USAGE = 0, 1, 2


class UsageError(Exception):
    """What was asked for can't be done; its text tells people why."""


def print_status(text: str) -> None:
    """Write a line that nobody asked for, but should read."""
    sys.stderr.write(f"{text}\n")


def add_output(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """Let people choose the form of what is asked for, the first of them by default, and a file for it."""
    parser.add_argument("--format", choices=formats, default=formats[0], help=f"{formats[0]} if not given")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="file to write; the screen if not given")


def write_output(content: str | bytes, file: Path | None) -> None:
    """Write what was asked for to the file, else to the screen, always in UTF-8."""
    data = content if isinstance(content, bytes) else content.encode(errors="backslashreplace")
    if file is None:
        _write_out(data)
        return
    try:
        file.write_bytes(data)
    except OSError as fault:
        raise UsageError(f"'{file}' can't be written: {fault.strerror}") from fault


def _write_out(data: bytes) -> None:
    """Write bytes to stdout, all of them: where Python does not buffer it, one call may write a part only."""
    rest = memoryview(data)
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]


def print_findings(findings: Iterable[Finding]) -> int:
    """Write findings that come along with something else, and return the exit code that they make."""
    from gri_builder.reporters.findings.text import summarize_findings, write_findings_text

    found = tuple(findings)
    if found:
        text = write_findings_text(found, takes_color(sys.stderr))
        sys.stderr.write(text.encode(errors="backslashreplace").decode())
        print_status(f"\n{summarize_findings(found)}")
    return exit_code(found)


def exit_code(findings: Iterable[Finding]) -> int:
    """Return the exit code that findings make."""
    return EXIT_FINDINGS if any(finding.severity == "error" for finding in findings) else EXIT_OK


def is_colored(arguments: argparse.Namespace) -> bool:
    """Return whether what was asked for goes to a screen that shows colours."""
    return arguments.output is None and takes_color(sys.stdout)


def takes_color(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows colours, and people want them (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def find_width() -> int:
    """Return the columns to fill."""
    import shutil

    from gri_builder.reporters.terminal import MAX_WIDTH

    return min(MAX_WIDTH, shutil.get_terminal_size((MAX_WIDTH, 24)).columns) if sys.stdout.isatty() else MAX_WIDTH
