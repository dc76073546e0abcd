"""`coverage`: show what is covered, partial, omitted and missing."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_FINDINGS, EXIT_USAGE
from gri_builder.cli.inputs import add_password, add_report_or_pdf, find_pdf, find_report, is_pdf, read_password
from gri_builder.cli.limit_options import add_limits, read_limits
from gri_builder.cli.output import (
    UsageError,
    add_output,
    exit_code,
    print_findings,
    print_status,
    refuse_binary_on_terminal,
    report,
)
from gri_builder.cli.unread import print_unread
from gri_builder.reporters.registry import COVERAGE, CoverageReport

if TYPE_CHECKING:
    from gri_builder.model.coverage import Coverage
    from gri_builder.model.framework import Framework
    from gri_builder.pipeline.build import CheckedReport

NO_OPTION = "none"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_report_or_pdf(parser)
    parser.add_argument(
        "--option",
        metavar="OPTION",
        help="option to assess against, such as core or in-accordance, or none; default: the claimed one",
    )
    add_password(parser)
    add_limits(parser)
    add_output(parser, COVERAGE)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.resources.frameworks import framework_ids, load_framework

    refuse_binary_on_terminal(arguments)
    known = [load_framework(), *(load_framework(id) for id in framework_ids())]
    option = _find_option(dict.fromkeys(id for framework in known for id in framework.options), arguments.option)
    if is_pdf(arguments.report):
        return _assess_pdf(arguments, option)
    return _assess_folder(arguments, option)


def _assess_pdf(arguments: argparse.Namespace, option: str | None) -> int:
    """Report what a finished PDF covers, according to its claims."""
    from gri_builder.audit.audit import audit_pdf
    from gri_builder.resources.frameworks import find_framework

    checked = audit_pdf(find_pdf(arguments.report), read_password(arguments), option, read_limits(arguments))
    coverage = checked.value.coverage if checked.value else None
    if coverage is None:
        code = print_unread("coverage", arguments.report, checked.findings, arguments)
        if checked.value is None:
            return EXIT_USAGE
        print_status(
            f"{arguments.report.name} makes no claims under the framework; 'gri-builder audit' shows what was read"
        )
        return code if option in (None, NO_OPTION) else EXIT_FINDINGS  # no claims meet no option's criteria
    framework = find_framework(checked.value.recognized if checked.value else None)
    _find_option(framework.options, option, framework)
    report(COVERAGE, CoverageReport(coverage, framework), arguments)
    unmet = option not in (None, NO_OPTION) and option not in coverage.met
    return max(exit_code(coverage.findings), EXIT_FINDINGS if unmet else 0)


def _assess_folder(arguments: argparse.Namespace, option: str | None) -> int:
    """Report what a report folder covers."""
    from gri_builder.pipeline.build import load_and_check

    checked = load_and_check(find_report(arguments.report))
    if checked.value is None:
        print_unread("coverage", arguments.report, checked.findings, arguments)
        return EXIT_FINDINGS
    _find_option(checked.value.framework.options, option, checked.value.framework)
    coverage = _assess(checked.value, option)
    report(COVERAGE, CoverageReport(coverage, checked.value.framework), arguments)
    reported = checked.value.coverage.findings
    return max(print_findings(f for f in checked.findings if f not in reported), exit_code(coverage.findings))


def _assess(checked: CheckedReport, option: str | None) -> Coverage:
    """Return the coverage under an option other than the claimed one, or under none."""
    from msgspec.structs import replace

    from gri_builder.coverage.assess import assess_report

    if option == NO_OPTION:
        return assess_report(checked.framework, replace(checked.report, option=None))
    return assess_report(checked.framework, checked.report, option)


def _find_option(options: Iterable[str], name: str | None, framework: Framework | None = None) -> str | None:
    """Return the option of that name; raise UsageError where none has it, or none of a framework."""
    from gri_builder.model.suggestions import suggest

    options = (*options, NO_OPTION)
    if name is None or name in options:
        return name
    hint = suggest(name, options) or f"write {', '.join(options[:-1])} or {options[-1]}"
    raise UsageError(f"'{name}' is not an option{f' of the {framework.title}' if framework else ''}; {hint}")
