"""`pull`: ask warehouses for the rows of fact series, and keep them in the report folder."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_FINDINGS
from gri_builder.cli.inputs import add_report, find_report
from gri_builder.cli.output import UsageError, print_findings, print_status, write_output

if TYPE_CHECKING:
    from pathlib import Path

    from gri_builder.warehouse.pull_report import ReportPull, SeriesPull


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_report(parser)
    parser.add_argument("series", metavar="SERIES", nargs="*", help="id of a fact series; default: all from warehouses")
    parser.add_argument("--check", action="store_true", help="say what has changed in the warehouse, and write nothing")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    folder = find_report(arguments.report)
    try:
        from gri_builder.warehouse.pull_report import pull_report
    except ImportError as problem:
        raise UsageError("'pull' needs more libraries: pip install 'gri-builder[warehouse]'") from problem
    pulled = pull_report(folder, arguments.series, datetime.now(UTC))
    code = print_findings(pulled.findings)
    if not arguments.check:
        _write(folder, pulled)
    write_output("".join(_describe(each) for each in pulled.series), None)
    has_moved = any(each.state != "unchanged" for each in pulled.series)
    return max(code, EXIT_FINDINGS) if arguments.check and has_moved else code


def _write(folder: Path, pulled: ReportPull) -> None:
    """Write what is new; raises UsageError if the folder can't be written."""
    from gri_builder.warehouse.pull_report import write_pulled

    waiting = f"waiting for another program that writes into '{folder}'"
    try:
        files = write_pulled(folder, pulled, lambda: print_status(waiting))
    except OSError as problem:
        message = f"the rows can't be written into '{folder}': {problem.strerror or problem}; nothing there was changed"
        raise UsageError(message) from problem
    for file in files:
        print_status(f"written: {file}")


def _describe(each: SeriesPull) -> str:
    record, before = each.record, each.before
    state: str = each.state
    if before:
        state = f"{state} since {before.pulled}"
    more = f"; {each.difference}" if each.difference else ""
    rows = f"{record.lines:,} {'row' if record.lines == 1 else 'rows'} of {record.rows:,}"
    return f"{record.series}: {rows} in {record.source} ({record.engine}), {state}{more}\n"
