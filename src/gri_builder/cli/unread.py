"""What the commands that read a finished PDF say where there is nothing to report."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_FINDINGS, EXIT_USAGE
from gri_builder.cli.inputs import is_pdf
from gri_builder.cli.output import print_findings, write_output

if TYPE_CHECKING:
    from gri_builder.cli.output import InputError
    from gri_builder.model.finding import Finding

COMMANDS = frozenset({"audit", "coverage", "trace", "diff"})
"""Commands whose JSON is written even if nothing can be read."""


def exit_code_of_unread(path: Path, findings: Iterable[Finding]) -> int:
    """Return the exit code for facts that can't be had: of a PDF that can't be read, of a PDF or folder that can."""
    is_read = not is_pdf(path) or {finding.rule for finding in findings} == {"no-embedded-facts"}
    return EXIT_FINDINGS if is_read else EXIT_USAGE


def print_unread(command: str, file: Path, findings: Iterable[Finding], arguments: argparse.Namespace) -> int:
    """Print why there is nothing to report, in the JSON document too if one was asked for; return the exit code."""
    found = tuple(findings)
    if arguments.format == "json":
        from gri_builder.reporters.unread import write_unread_json
        from gri_builder.resources.frameworks import load_framework

        write_output(write_unread_json(command, file, load_framework().id, found), arguments.output, "json")
    return print_findings(found)


def print_no_input(problem: InputError, arguments: argparse.Namespace) -> None:
    """Print the JSON document of a command whose input is not there, if one was asked for."""
    from gri_builder.model.finding import Location, error
    from gri_builder.reporters.unread import write_unread_json
    from gri_builder.resources.frameworks import load_framework

    if arguments.command not in COMMANDS or arguments.format != "json":
        return
    found = error("unreadable-file", str(problem), Location(problem.path.name), "name a file or folder that is there")
    document = write_unread_json(arguments.command, problem.path, load_framework().id, [found])
    write_output(document, arguments.output, "json")
