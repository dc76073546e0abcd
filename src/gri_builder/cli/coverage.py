"""`coverage`: what is covered, partial, omitted and missing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from gri_builder.cli.output import (
    FAULTY,
    UnusableError,
    add_output,
    deliver,
    find_width,
    is_coloured,
    judge,
    print_findings,
)
from gri_builder.cli.subject import add_report, find_report

if TYPE_CHECKING:
    from gri_builder.coverage import Coverage
    from gri_builder.framework import Framework
    from gri_builder.produce import Examined

NO_OPTION = "none"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    add_report(parser)
    parser.add_argument(
        "--option", metavar="OPTION", help="core, comprehensive or none; if not given, what the report claims"
    )
    add_output(parser, ("text", "json", "csv", "xlsx", "html"))


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.framework import load_framework
    from gri_builder.produce import examine_report

    option = _find_option(load_framework(), arguments.option)
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
    from dataclasses import replace

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
