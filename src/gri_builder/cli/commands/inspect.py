"""`inspect`: show what a CSV file or workbook holds, and the series to start from."""

from __future__ import annotations

import argparse
from pathlib import Path

from gri_builder.cli.exit_codes import EXIT_OK
from gri_builder.cli.limit_options import add_limits
from gri_builder.cli.output import UsageError, add_output, report
from gri_builder.reporters.registry import INSPECTION
from gri_builder.storage.file_kinds import name_special_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("file", metavar="FILE", type=Path, help="CSV file or workbook, in a report folder or elsewhere")
    parser.add_argument("--sheet", metavar="NAME", help="sheet of a workbook; default: all sheets")
    add_limits(parser)
    add_output(parser, INSPECTION)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.inspection.inspect_file import inspect_file

    if kind := name_special_file(arguments.file):
        raise UsageError(f"'{arguments.file}' is {kind}, not a file")
    if not arguments.file.is_file():
        raise UsageError(f"the file '{arguments.file}' does not exist")
    found = inspect_file(arguments.file, arguments.sheet)
    if not found.sheets:
        reasons = "; ".join(f"{finding.message}; {finding.hint}" for finding in found.findings)
        raise UsageError(reasons or f"'{arguments.file}' has no cells")
    report(INSPECTION, found, arguments)
    return EXIT_OK
