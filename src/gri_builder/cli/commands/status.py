"""`status`: show who owes what, what is late, what waits for approval, what changed since."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from gri_builder.cli.days import read_day
from gri_builder.cli.exit_codes import EXIT_FINDINGS, EXIT_OK
from gri_builder.cli.inputs import add_report, find_report
from gri_builder.cli.limit_options import add_limits
from gri_builder.cli.output import UsageError, add_output, print_findings, print_status, report
from gri_builder.reporters.registry import STATUS

if TYPE_CHECKING:
    from gri_builder.model.sign_off.status import SignOffStatus


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_report(parser)
    parser.add_argument("--owner", metavar="NAME", help="show the items of one owner only")
    parser.add_argument("--today", metavar="DATE", type=read_day, help="day that decides what is late; default: today")
    add_limits(parser)
    add_output(parser, STATUS)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.pipeline.build import check_languages
    from gri_builder.sign_off.status import find_status
    from gri_builder.sign_off.today import find_today

    folder = find_report(arguments.report)
    checked = check_languages(folder, draft=True)
    first, *others = checked.value or (None,)
    if first is None:
        print_findings(checked.findings)
        return EXIT_FINDINGS
    status = find_status(folder, first, arguments.today or find_today(), tuple(filter(None, others)))
    report(STATUS, _choose(status, arguments.owner) if arguments.owner else status, arguments)
    errors = sum(finding.severity == "error" for finding in checked.findings)
    if errors:
        print_status(f"{errors} {'error' if errors == 1 else 'errors'}: gri-builder validate shows them")
    return EXIT_OK


def _choose(status: SignOffStatus, name: str) -> SignOffStatus:
    """Return the tasks of one owner; raises UsageError for a name that nobody has."""
    from gri_builder.model.suggestions import suggest
    from gri_builder.sign_off.status import choose_owner

    chosen = choose_owner(status, name)
    if chosen is None:
        owners = [owner for owner in status.owners if owner]
        known = f"the owners are {', '.join(owners)}" if owners else "no series or answer names an 'owner' yet"
        raise UsageError(f"nobody called '{name}' is responsible for anything here; {suggest(name, owners) or known}")
    return chosen
