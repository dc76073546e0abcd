"""`coverage`: what is covered, partial, omitted and missing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from gri_builder.cli.output import (
    FAULTY,
    UNUSABLE,
    UnusableError,
    add_output,
    deliver,
    find_width,
    is_coloured,
    judge,
    print_findings,
    say,
)
from gri_builder.cli.subject import add_password, add_report_or_pdf, find_pdf, find_report, is_pdf

if TYPE_CHECKING:
    from gri_builder.coverage import Coverage
    from gri_builder.framework import Framework
    from gri_builder.produce import Examined

NO_OPTION = "none"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    add_report_or_pdf(parser)
    parser.add_argument(
        "--option", metavar="OPTION", help="core, comprehensive or none; if not given, what the report claims"
    )
    add_password(parser)
    add_output(parser, ("text", "json", "csv", "xlsx", "html"))


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.framework import load_framework

    option = _find_option(load_framework(), arguments.option)
    return _cover_pdf(arguments, option) if is_pdf(arguments.report) else _cover_report(arguments, option)


def _cover_pdf(arguments: argparse.Namespace, option: str | None) -> int:
    """Say what a finished PDF covers, by what it claims."""
    from gri_builder.audit import audit_pdf
    from gri_builder.framework import load_framework

    checked = audit_pdf(find_pdf(arguments.report), arguments.password, option)
    coverage = checked.value.coverage if checked.value else None
    if coverage is None:
        code = print_findings(checked.findings)
        if checked.value is None:
            return UNUSABLE
        say(f"{arguments.report.name} makes no claims by the framework; 'gri-builder audit' says what was read")
        return code
    deliver(_write_coverage(coverage, load_framework(), arguments), arguments.output)
    return judge(coverage.findings)


def _cover_report(arguments: argparse.Namespace, option: str | None) -> int:
    """Say what a report folder covers."""
    from gri_builder.produce import examine_report

    checked = examine_report(find_report(arguments.report))
    if checked.value is None:
        print_findings(checked.findings)
        return FAULTY
    coverage = _judge_by(checked.value, option)
    deliver(_write_coverage(coverage, checked.value.framework, arguments), arguments.output)
    said = checked.value.coverage.findings
    return max(print_findings(f for f in checked.findings if f not in said), judge(coverage.findings))


def _judge_by(examined: Examined, option: str | None) -> Coverage:
    """Return the coverage under an option: another than the claimed one, or none at all."""
    from msgspec.structs import replace

    from gri_builder.coverage import assess_report

    if option == NO_OPTION:
        return assess_report(examined.framework, replace(examined.report, option=None))
    return assess_report(examined.framework, examined.report, option)


def _find_option(framework: Framework, name: str | None) -> str | None:
    from gri_builder.nearest import suggest

    options = (*framework.options, NO_OPTION)
    if name is None or name in options:
        return name
    raise UnusableError(f"'{name}' is not an option; {suggest(name, options) or 'there are ' + ', '.join(options)}")


def _write_coverage(coverage: Coverage, framework: Framework, arguments: argparse.Namespace) -> str | bytes:
    """Return the coverage in the form that was asked for."""
    from gri_builder.formats import coverage_html, coverage_json, coverage_table, coverage_text

    colour, width = is_coloured(arguments), find_width()
    writers: dict[str, Callable[[], str | bytes]] = {
        "text": lambda: coverage_text.write_coverage_text(coverage, framework, width, colour),
        "json": lambda: coverage_json.write_coverage_json(coverage),
        "csv": lambda: coverage_table.write_coverage_csv(coverage, framework),
        "xlsx": lambda: coverage_table.write_coverage_xlsx(coverage, framework),
        "html": lambda: coverage_html.write_coverage_html(coverage, framework),
    }
    if arguments.format == "xlsx" and arguments.output is None and sys.stdout.isatty():
        raise UnusableError("a workbook can't be shown here; name a file for it with -o")
    return writers[arguments.format]()
