"""`validate`: report all problems of a report folder in one run."""

from __future__ import annotations

import argparse

from gri_builder.cli.inputs import add_report, find_report, relative_folder
from gri_builder.cli.output import add_output, exit_code, print_status, report
from gri_builder.reporters.registry import FINDINGS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_report(parser)
    add_output(parser, FINDINGS)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.pipeline.build import check_report
    from gri_builder.reporters.findings.text import summarize_findings

    folder = find_report(arguments.report)
    findings = check_report(folder).findings
    report(FINDINGS, findings, arguments, folder=relative_folder(folder))
    print_status(summarize_findings(findings))
    return exit_code(findings)
