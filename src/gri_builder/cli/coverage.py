"""`coverage`: what is covered, partial, omitted and missing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from gri_builder.cli.inputs import add_password, add_report_or_pdf, find_pdf, find_report, is_pdf
from gri_builder.cli.output import (
    EXIT_FINDINGS,
    EXIT_USAGE,
    UsageError,
    add_output,
    exit_code,
    find_width,
    is_colored,
    print_findings,
    print_status,
    write_output,
)

if TYPE_CHECKING:
    from gri_builder.model.coverage import Coverage
    from gri_builder.model.framework import Framework
    from gri_builder.pipeline.build import CheckedReport

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
    from gri_builder.resources.frameworks import load_framework

    option = _find_option(load_framework(), arguments.option)
    return _cover_pdf(arguments, option) if is_pdf(arguments.report) else _cover_report(arguments, option)


def _cover_pdf(arguments: argparse.Namespace, option: str | None) -> int:
    """Say what a finished PDF covers, by what it claims."""
    from gri_builder.audit.audit import audit_pdf
    from gri_builder.resources.frameworks import load_framework

    checked = audit_pdf(find_pdf(arguments.report), arguments.password, option)
    coverage = checked.value.coverage if checked.value else None
    if coverage is None:
        code = print_findings(checked.findings)
        if checked.value is None:
            return EXIT_USAGE
        print_status(
            f"{arguments.report.name} makes no claims by the framework; 'gri-builder audit' says what was read"
        )
        return code
    write_output(_write_coverage(coverage, load_framework(), arguments), arguments.output)
    return exit_code(coverage.findings)


def _cover_report(arguments: argparse.Namespace, option: str | None) -> int:
    """Say what a report folder covers."""
    from gri_builder.pipeline.build import load_and_check

    checked = load_and_check(find_report(arguments.report))
    if checked.value is None:
        print_findings(checked.findings)
        return EXIT_FINDINGS
    coverage = _judge_by(checked.value, option)
    write_output(_write_coverage(coverage, checked.value.framework, arguments), arguments.output)
    said = checked.value.coverage.findings
    return max(print_findings(f for f in checked.findings if f not in said), exit_code(coverage.findings))


def _judge_by(examined: CheckedReport, option: str | None) -> Coverage:
    """Return the coverage under an option: another than the claimed one, or none at all."""
    from msgspec.structs import replace

    from gri_builder.coverage.assess import assess_report

    if option == NO_OPTION:
        return assess_report(examined.framework, replace(examined.report, option=None))
    return assess_report(examined.framework, examined.report, option)


def _find_option(framework: Framework, name: str | None) -> str | None:
    from gri_builder.model.suggestions import suggest

    options = (*framework.options, NO_OPTION)
    if name is None or name in options:
        return name
    raise UsageError(f"'{name}' is not an option; {suggest(name, options) or 'there are ' + ', '.join(options)}")


def _write_coverage(coverage: Coverage, framework: Framework, arguments: argparse.Namespace) -> str | bytes:
    """Return the coverage in the form that was asked for."""
    from gri_builder.reporters.coverage import html as coverage_html
    from gri_builder.reporters.coverage import json as coverage_json
    from gri_builder.reporters.coverage import table as coverage_table
    from gri_builder.reporters.coverage import text as coverage_text

    color, width = is_colored(arguments), find_width()
    writers: dict[str, Callable[[], str | bytes]] = {
        "text": lambda: coverage_text.write_coverage_text(coverage, framework, width, color),
        "json": lambda: coverage_json.write_coverage_json(coverage),
        "csv": lambda: coverage_table.write_coverage_csv(coverage, framework),
        "xlsx": lambda: coverage_table.write_coverage_xlsx(coverage, framework),
        "html": lambda: coverage_html.write_coverage_html(coverage, framework),
    }
    if arguments.format == "xlsx" and arguments.output is None and sys.stdout.isatty():
        raise UsageError("a workbook can't be shown here; name a file for it with -o")
    return writers[arguments.format]()
