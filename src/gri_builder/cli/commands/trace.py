"""`trace`: show the source of each printed figure."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_OK
from gri_builder.cli.inputs import (
    add_language,
    add_password,
    add_report_or_pdf,
    find_source,
    is_pdf,
    read_language,
    read_password,
)
from gri_builder.cli.limit_options import add_limits, read_limits
from gri_builder.cli.output import UsageError, add_output, report
from gri_builder.cli.unread import exit_code_of_unread, print_unread
from gri_builder.reporters.registry import TRACE, TraceReport

if TYPE_CHECKING:
    from gri_builder.model.provenance import FactRecord, Ledger


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_report_or_pdf(parser)
    add_language(parser, "the first")
    add_password(parser)
    add_limits(parser)
    parser.add_argument(
        "name",
        metavar="CODE|FACT",
        nargs="?",
        help="code of a disclosure, id of a fact series, or one fact such as 'energy-total[2015]'; default: all facts",
    )
    add_output(parser, TRACE)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.api import trace_report
    from gri_builder.provenance.select import list_inputs

    source = find_source(arguments.report)
    language = None if is_pdf(arguments.report) else read_language(arguments, source)
    checked = trace_report(source, read_password(arguments), read_limits(arguments), language)
    if checked.value is None:
        print_unread("trace", arguments.report, checked.findings, arguments)
        return exit_code_of_unread(arguments.report, checked.findings)
    records = _select(checked.value, arguments.name)
    inputs = list_inputs(checked.value, records) if arguments.name else ()
    report(TRACE, TraceReport(checked.value, records, inputs), arguments)
    return EXIT_OK


def _select(ledger: Ledger, name: str | None) -> tuple[FactRecord, ...]:
    """Return the facts of that name; raises UsageError if there are none."""
    from gri_builder.model.suggestions import suggest
    from gri_builder.provenance.select import list_names, select_records

    records = select_records(ledger, name)
    if records is None:
        hint = suggest(name or "", list_names(ledger)) or "without a name, all facts are listed"
        raise UsageError(f"'{name}' is not a disclosure, fact series or fact of this report; {hint}")
    return records
