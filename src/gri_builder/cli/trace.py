"""`trace`: each printed figure led back to its source."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from gri_builder.cli.inputs import add_password, add_report_or_pdf, read_ledger
from gri_builder.cli.output import (
    EXIT_FINDINGS,
    EXIT_OK,
    UsageError,
    add_output,
    find_width,
    is_colored,
    print_findings,
    write_output,
)

if TYPE_CHECKING:
    from gri_builder.model.provenance import FactRecord, Ledger


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    add_report_or_pdf(parser)
    add_password(parser)
    parser.add_argument(
        "name",
        metavar="CODE|FACT",
        nargs="?",
        help="a disclosure's code, a fact series or one fact, such as 'energy-total[2015]'; all if not given",
    )
    add_output(parser, ("text", "json"))


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.provenance.select import list_inputs

    checked = read_ledger(arguments.report, arguments.password)
    if checked.value is None:
        print_findings(checked.findings)
        return EXIT_FINDINGS
    entries = _select(checked.value, arguments.name)
    inputs = list_inputs(checked.value, entries) if arguments.name else ()
    write_output(_write(checked.value, entries, inputs, arguments), arguments.output)
    return EXIT_OK


def _select(ledger: Ledger, name: str | None) -> tuple[FactRecord, ...]:
    """Return the facts of that name; raises UnusableError when there are none."""
    from gri_builder.model.suggestions import suggest
    from gri_builder.provenance.select import list_names, select_records

    entries = select_records(ledger, name)
    if entries is None:
        hint = suggest(name or "", list_names(ledger)) or "without a name, all facts are listed"
        raise UsageError(f"'{name}' is no disclosure, fact series or fact of this report; {hint}")
    return entries


def _write(
    ledger: Ledger, entries: tuple[FactRecord, ...], inputs: tuple[FactRecord, ...], arguments: argparse.Namespace
) -> str:
    """Return the trace in the form that was asked for."""
    from gri_builder.reporters.trace import json as trace_json
    from gri_builder.reporters.trace import text as trace_text

    if arguments.format == "json":
        return trace_json.write_trace_json(ledger, entries, inputs)
    return trace_text.write_trace_text(ledger, entries, inputs, find_width(), is_colored(arguments))
