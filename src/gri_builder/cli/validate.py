"""`validate`: every problem of a report folder in one run."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder._version import VERSION
from gri_builder.cli.inputs import add_report, find_report, relative_url
from gri_builder.cli.output import add_output, exit_code, is_colored, print_status, write_output

if TYPE_CHECKING:
    from gri_builder.model.finding import Finding


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    add_report(parser)
    add_output(parser, ("text", "json", "sarif", "junit", "github"))


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.pipeline.build import check_report
    from gri_builder.reporters.findings.text import summarize_findings

    folder = find_report(arguments.report)
    findings = check_report(folder).findings
    write_output(_write_findings(findings, arguments, folder), arguments.output)
    print_status(summarize_findings(findings))
    return exit_code(findings)


def _write_findings(findings: Sequence[Finding], arguments: argparse.Namespace, folder: Path) -> str:
    """Return the findings in the form that was asked for."""
    match arguments.format:
        case "json":
            from gri_builder.reporters.findings.json import write_findings_json

            return write_findings_json(findings)
        case "sarif":
            from gri_builder.reporters.findings.sarif import write_sarif

            return write_sarif(findings, VERSION, relative_url(folder))
        case "junit":
            from gri_builder.reporters.findings.junit import write_junit

            return write_junit(findings)
        case "github":
            from gri_builder.reporters.findings.github import write_github

            return write_github(findings, relative_url(folder))
    from gri_builder.reporters.findings.text import write_findings_text

    return write_findings_text(findings, is_colored(arguments))
