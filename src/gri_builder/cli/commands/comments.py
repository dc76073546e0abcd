"""`comments`: bring comments and changes of a review copy back to the lines of the report."""

from __future__ import annotations

import argparse
from pathlib import Path

from gri_builder.cli.exit_codes import EXIT_USAGE
from gri_builder.cli.inputs import find_report, relative_folder
from gri_builder.cli.limit_options import add_limits
from gri_builder.cli.output import InputError, add_output, exit_code, print_status, report
from gri_builder.reporters.registry import FINDINGS
from gri_builder.storage.file_kinds import check_readable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("file", metavar="FILE", type=Path, help="review copy that came back, a .docx file")
    parser.add_argument(
        "report", metavar="REPORT", type=Path, nargs="?", help="report folder, to find the words where they are now"
    )
    add_limits(parser)
    add_output(parser, FINDINGS)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.cli.extras import require_extra

    require_extra("docx", "review")
    from gri_builder.reporters.findings.text import summarize_findings
    from gri_builder.review.reading.read_comments import read_comments

    folder = find_report(arguments.report) if arguments.report else None
    try:
        check_readable(arguments.file)
        if arguments.file.is_dir():
            raise InputError(f"'{arguments.file}' is a folder; name the .docx file in it", arguments.file)
        read = read_comments(arguments.file, folder)
    except FileNotFoundError as problem:
        raise InputError(f"the file '{arguments.file}' does not exist", arguments.file) from problem
    except OSError as problem:
        reason = problem.strerror or problem
        raise InputError(f"'{arguments.file}' can't be read: {reason}", arguments.file) from problem
    findings = read.findings if read.value is None else read.value
    report(FINDINGS, findings, arguments, folder=relative_folder(folder) if folder else "")
    if read.value is None:
        return EXIT_USAGE
    print_status(summarize_findings(findings) if findings else "no comments, and no changes")
    return exit_code(findings)
