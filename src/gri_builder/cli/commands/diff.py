"""`diff`: show what changed between two versions of a report, or between two years."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.inputs import add_language, add_password, find_source, is_pdf, read_language, read_password
from gri_builder.cli.limit_options import add_limits, read_limits
from gri_builder.cli.output import add_output, exit_code, refuse_binary_on_terminal, report
from gri_builder.cli.unread import exit_code_of_unread, print_unread
from gri_builder.reporters.registry import DIFF

if TYPE_CHECKING:
    from gri_builder.model.finding import Finding, Result
    from gri_builder.model.provenance import Ledger


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("old", metavar="OLD", type=Path, help="the earlier report: its folder or its PDF")
    parser.add_argument("new", metavar="NEW", type=Path, help="the later report: its folder or its PDF")
    add_language(parser, "that of the other report, else the first")
    add_password(parser)
    add_limits(parser)
    parser.add_argument(
        "--threshold",
        metavar="PERCENT",
        type=_percent,
        help="change of an earlier year's value that requires a restatement; default: the threshold of the new "
        "report, or 5",
    )
    add_output(parser, DIFF)


def _percent(text: str) -> Decimal:
    try:
        value = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        value = Decimal(-1)
    if not (value.is_finite() and value >= 0):
        raise argparse.ArgumentTypeError(f"'{text}' is not a valid percentage; write a number such as 5")
    return value


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.api import trace_both
    from gri_builder.provenance.compare import compare_ledgers

    refuse_binary_on_terminal(arguments)
    paths, password = (arguments.old, arguments.new), read_password(arguments)
    limits = read_limits(arguments)
    sources = [find_source(path) for path in paths]
    for path in sources:
        if not is_pdf(path):
            read_language(arguments, path)
    old, new = sides = trace_both(sources[0], sources[1], password, limits, arguments.language)
    if old.value is None or new.value is None:
        pairs = list(zip(paths, sides, strict=True))
        findings = [finding for path, side in pairs for finding in _add_folder(path, side)]
        print_unread("diff", arguments.new, findings, arguments)
        return max(exit_code_of_unread(path, side.findings) for path, side in pairs if side.value is None)
    difference = compare_ledgers(old.value, new.value, arguments.threshold)
    report(DIFF, difference, arguments)
    return exit_code(difference.findings)


def _add_folder(path: Path, side: Result[Ledger]) -> Iterator[Finding]:
    """Yield the findings of a report that can't be read, with its folder: both reports have files of the same names."""
    from msgspec.structs import replace

    for finding in side.findings if side.value is None else ():
        file = finding.where.file if is_pdf(path) else f"{path}/{finding.where.file}"
        yield replace(finding, where=replace(finding.where, file=file))
