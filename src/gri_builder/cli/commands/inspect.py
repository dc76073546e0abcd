"""`inspect`: show what a CSV file or workbook holds, and the series to start from."""

from __future__ import annotations

import argparse
from pathlib import Path

from gri_builder.cli.exit_codes import EXIT_OK
from gri_builder.cli.limit_options import add_limits
from gri_builder.cli.output import UsageError, add_output, print_status, report
from gri_builder.reporters.registry import INSPECTION
from gri_builder.storage.file_kinds import name_special_file

MODELINES = """\
# yaml-language-server: $schema=../.schemas/figures.schema.json
# $schema: ../.schemas/figures.schema.json
"""
"""First lines of a file of fact series, by which editors find its schema."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("file", metavar="FILE", type=Path, help="CSV file or workbook, in a report folder or elsewhere")
    parser.add_argument("--sheet", metavar="NAME", help="sheet of a workbook; default: all sheets")
    parser.add_argument(
        "--write",
        action="store_true",
        help="also write the series to a new file in figures/ of the report that FILE is in",
    )
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
    written = _write(arguments.file, found.stub) if arguments.write else None
    report(INSPECTION, found, arguments)
    if written:
        print_status(f"the series are in {written}; correct their titles and ids, and say who is asked for them: owner")
    return EXIT_OK


def _write(file: Path, stub: str) -> Path:
    """Write the series that a file holds to a new file of its report, and return its path."""
    from gri_builder.inspection.inspect_file import find_report_around
    from gri_builder.storage.whole_files import write_file

    folder = find_report_around(file)
    if folder is None:
        raise UsageError(f"'{file}' is in no report folder; put it into the folder figures/ or data/ of one")
    if not stub:
        raise UsageError(f"nothing was written: '{file}' holds no series that can be read without an error")
    target = folder / "figures" / f"{file.stem}.yaml"
    if target.exists():
        raise UsageError(f"nothing was written: '{target}' exists already; add the series to it by hand, or rename it")
    try:
        target.parent.mkdir(exist_ok=True)
        write_file(target, (MODELINES + stub).encode(), None)
    except OSError as problem:
        raise UsageError(f"'{target}' can't be written: {problem.strerror or problem}") from problem
    return target
