"""`trace`: each printed figure led back to its source."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from gri_builder.cli.output import (
    FAULTY,
    FINE,
    UnusableError,
    add_output,
    deliver,
    find_width,
    is_coloured,
    print_findings,
)
from gri_builder.cli.subject import add_password, add_report_or_pdf, read_ledger

if TYPE_CHECKING:
    from gri_builder.ledger import Entry, Ledger


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
    from gri_builder.ledger.select import list_inputs

    checked = read_ledger(arguments.report, arguments.password)
    if checked.value is None:
        print_findings(checked.findings)
        return FAULTY
    entries = _select(checked.value, arguments.name)
    inputs = list_inputs(checked.value, entries) if arguments.name else ()
    deliver(_write(checked.value, entries, inputs, arguments), arguments.output)
    return FINE


def _select(ledger: Ledger, name: str | None) -> tuple[Entry, ...]:
    """Return the facts of that name; raises UnusableError when there are none."""
    from gri_builder.ledger.select import list_names, select_entries
    from gri_builder.nearest import suggest

    entries = select_entries(ledger, name)
    if entries is None:
        hint = suggest(name or "", list_names(ledger)) or "without a name, all facts are listed"
        raise UnusableError(f"'{name}' is no disclosure, fact series or fact of this report; {hint}")
    return entries


def _write(ledger: Ledger, entries: tuple[Entry, ...], inputs: tuple[Entry, ...], arguments: argparse.Namespace) -> str:
    """Return the trace in the form that was asked for."""
    from gri_builder.formats import trace_json, trace_text

    if arguments.format == "json":
        return trace_json.write_trace_json(ledger, entries, inputs)
    return trace_text.write_trace_text(ledger, entries, inputs, find_width(), is_coloured(arguments))
