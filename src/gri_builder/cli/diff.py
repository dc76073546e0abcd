"""`diff`: what changed between two versions of a report, or between two years of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gri_builder.cli.inputs import add_password, is_pdf, read_ledger
from gri_builder.cli.output import (
    EXIT_FINDINGS,
    UsageError,
    add_output,
    exit_code,
    find_width,
    is_colored,
    print_findings,
    write_output,
)

if TYPE_CHECKING:
    from gri_builder.model.finding import Finding, Result
    from gri_builder.model.provenance import Ledger
    from gri_builder.provenance.compare import Difference


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("old", metavar="OLD", type=Path, help="the report as it was: its folder, or its PDF")
    parser.add_argument("new", metavar="NEW", type=Path, help="the report as it is: its folder, or its PDF")
    add_password(parser)
    parser.add_argument(
        "--threshold",
        metavar="PERCENT",
        type=_percent,
        help="change of an earlier year's value that needs a restatement; what the new report says, or 5, if not given",
    )
    add_output(parser, ("text", "json", "xlsx"))


def _percent(text: str) -> Decimal:
    try:
        value = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        value = Decimal(-1)
    if not (value.is_finite() and value >= 0):
        raise argparse.ArgumentTypeError(f"'{text}' is no percentage; write a number such as 5")
    return value


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.provenance.compare import compare_ledgers

    if arguments.format == "xlsx" and arguments.output is None and sys.stdout.isatty():
        raise UsageError("a workbook can't be shown here; name a file for it with -o")
    sides = {path: read_ledger(path, arguments.password) for path in (arguments.old, arguments.new)}
    ledgers = [side.value for side in (sides[arguments.old], sides[arguments.new])]
    old, new = ledgers
    if old is None or new is None:
        print_findings(_name_sides(sides))
        return EXIT_FINDINGS
    difference = compare_ledgers(old, new, arguments.threshold)
    write_output(_write(difference, arguments), arguments.output)
    return exit_code(difference.findings)


def _name_sides(sides: Mapping[Path, Result[Ledger]]) -> Iterator[Finding]:
    """Yield the findings of the reports that can't be read, with their folders: both have files of the same names."""
    for path, side in sides.items():
        for finding in side.findings if side.value is None else ():
            file = finding.where.file if is_pdf(path) else f"{path}/{finding.where.file}"
            yield replace(finding, where=replace(finding.where, file=file))


def _write(difference: Difference, arguments: argparse.Namespace) -> str | bytes:
    """Return the comparison in the form that was asked for."""
    from gri_builder.reporters.diff import json as diff_json
    from gri_builder.reporters.diff import text as diff_text
    from gri_builder.reporters.diff import workbook as diff_table

    if arguments.format == "json":
        return diff_json.write_diff_json(difference)
    if arguments.format == "xlsx":
        return diff_table.write_diff_xlsx(difference)
    return diff_text.write_diff_text(difference, find_width(), is_colored(arguments))
