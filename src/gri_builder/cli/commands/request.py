"""`request`: write a workbook for each data owner, with a row for each figure that the report still wants."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_FINDINGS
from gri_builder.cli.inputs import add_report, find_report
from gri_builder.cli.limit_options import add_limits
from gri_builder.cli.output import UsageError, print_files, print_findings, print_status

if TYPE_CHECKING:
    from gri_builder.intake.requests.request import OwnerRequest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_report(parser)
    parser.add_argument(
        "--owner", metavar="NAME", help="ask only this owner; default: everybody who is asked for something"
    )
    parser.add_argument("--due", metavar="DATE", help="day by which the figures are wanted, such as 2016-02-15")
    parser.add_argument("--language", metavar="TAG", help="language of the workbooks; default: that of the report")
    parser.add_argument("--force", action="store_true", help="replace workbooks that are there already")
    add_limits(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        default=Path("requests"),
        help="folder to write to; default: requests",
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.intake.report_folder import open_report
    from gri_builder.intake.requests.request import make_requests, set_due
    from gri_builder.intake.requests.write_requests import write_requests

    folder, due = find_report(arguments.report), _read_day(arguments.due)
    opened = open_report(folder, arguments.language)
    report = opened.value
    if report is None:
        print_findings(opened.findings)
        return EXIT_FINDINGS
    requests, findings = make_requests(report)
    if arguments.owner is not None:
        requests = (_choose(requests, arguments.owner),)
    language = _choose_language(arguments.language, report.language)
    code = print_findings((*opened.findings, *findings))
    if not requests:
        print_status("gri-builder: no figure is missing, so nobody is asked")
        return code
    dated = [set_due(each, due) for each in requests]
    try:
        files = write_requests(report, dated, language, arguments.output, arguments.force)
    except FileExistsError as problem:
        raise UsageError(str(problem)) from problem
    except OSError as problem:
        raise UsageError(f"'{arguments.output}' can't be written: {problem.strerror or problem}") from problem
    print_files(files)
    for each in dated:
        print_status(_describe(each))
    return code


def _describe(request: OwnerRequest) -> str:
    count = len(request.rows)
    files = f", and {len(request.files)} file{'' if len(request.files) == 1 else 's'}" if request.files else ""
    return f"{request.owner or 'no owner'}: {count} figure{'' if count == 1 else 's'}{files}"


def _choose(requests: tuple[OwnerRequest, ...], name: str) -> OwnerRequest:
    """Return the request of an owner; raises UsageError for one who is asked for nothing."""
    from gri_builder.intake.requests.request import list_owners
    from gri_builder.model.suggestions import suggest
    from gri_builder.spreadsheets.cells import casefold_key

    found = next((each for each in requests if each.owner and casefold_key(each.owner) == casefold_key(name)), None)
    if found is None:
        owners = list_owners(requests)
        hint = suggest(name, owners) or (f"asked are {', '.join(owners)}" if owners else "no series has an owner")
        raise UsageError(f"no figure is wanted of '{name}'; {hint}")
    return found


def _choose_language(wanted: str | None, of_report: str) -> str:
    from gri_builder.intake.requests.words import DEFAULT_LANGUAGE, find_language, list_languages

    if wanted is None:
        return find_language(of_report) or DEFAULT_LANGUAGE
    found = find_language(wanted)
    if found is None:
        raise UsageError(f"there are no workbooks in '{wanted}'; the languages are {', '.join(list_languages())}")
    return found


def _read_day(text: str | None) -> date | None:
    from gri_builder.source.json_schema.quick_check import is_date

    if text is None:
        return None
    if not is_date(text):
        raise UsageError(f"'{text}' is not a day; write it as 2016-02-15")
    return date.fromisoformat(text)
