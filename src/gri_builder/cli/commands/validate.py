"""`validate`: report all problems of a report folder in one run."""

from __future__ import annotations

import argparse

from gri_builder.cli.filters import add_filters, describe_hidden, read_filters
from gri_builder.cli.inputs import add_report, find_report, relative_folder
from gri_builder.cli.limit_options import add_limits
from gri_builder.cli.output import add_output, exit_code, print_status, report, write_output
from gri_builder.reporters.registry import FINDINGS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_report(parser)
    add_filters(parser)
    add_limits(parser)
    add_output(parser, FINDINGS)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.pipeline.build import check_report
    from gri_builder.reporters.findings.grouped import write_summary_text
    from gri_builder.reporters.findings.text import summarize_findings

    filters, folder = read_filters(arguments), find_report(arguments.report)
    findings = check_report(folder).findings
    shown = filters.choose(findings)
    if filters.summary:
        write_output(write_summary_text(shown), arguments.output)
    else:
        report(FINDINGS, shown, arguments, folder=relative_folder(folder))
    print_status(summarize_findings(findings) + describe_hidden(findings, shown))
    return exit_code(findings)
