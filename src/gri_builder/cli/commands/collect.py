"""`collect`: read the workbooks that data owners returned, show what changed, and put the values into the report."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_FINDINGS
from gri_builder.cli.inputs import add_report, find_report
from gri_builder.cli.limit_options import add_limits
from gri_builder.cli.output import UsageError, add_output, print_findings, print_status, report
from gri_builder.intake.reports import COLLECTION

if TYPE_CHECKING:
    from gri_builder.intake.collection import Collection
    from gri_builder.intake.kept_workbooks import KeptWorkbooks
    from gri_builder.intake.report_folder import AskingReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_report(parser)
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="+", help="returned workbook or CSV file, or a folder of them"
    )
    parser.add_argument("--check", action="store_true", help="show what would change, and write nothing")
    parser.add_argument(
        "--prefer",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="where owners disagree, take the values of this file; repeat it for several",
    )
    parser.add_argument(
        "--as-is", action="store_true", help="take tables whose values seem to be in other rows than they belong"
    )
    add_limits(parser)
    add_output(parser, COLLECTION)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.intake.collect import collect_files
    from gri_builder.intake.report_folder import open_report

    folder = find_report(arguments.report)
    opened = open_report(folder)
    if opened.value is None:
        print_findings(opened.findings)
        return EXIT_FINDINGS
    collection, kept = collect_files(opened.value, arguments.files, arguments.prefer, arguments.as_is)
    code = print_findings((*opened.findings, *collection.findings))
    if not arguments.check:
        _write(opened.value, collection, kept)
    report(COLLECTION, collection, arguments)
    return code


def _write(asking: AskingReport, collection: Collection, kept: KeptWorkbooks) -> None:
    """Write what was collected; raises UsageError if the folder can't be written."""
    from gri_builder.intake.write_collected import write_collected

    waiting = f"waiting for another program that writes into '{asking.folder}'"
    try:
        files = write_collected(asking, collection, kept, lambda: print_status(waiting))
    except OSError as problem:
        reason = problem.strerror or problem
        message = f"the values can't be written into '{asking.folder}': {reason}; nothing there was changed"
        raise UsageError(message) from problem
    for file in files:
        print_status(f"written: {file}")
