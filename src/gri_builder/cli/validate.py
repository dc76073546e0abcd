"""`validate`: every problem of a report folder in one run."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.output import add_output, deliver, is_coloured, judge, say
from gri_builder.cli.subject import add_report, find_report, seen_from_here
from gri_builder.program import VERSION

if TYPE_CHECKING:
    from gri_builder.finding import Finding


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    add_report(parser)
    add_output(parser, ("text", "json", "sarif", "junit", "github"))


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.formats.findings_text import summarize_findings
    from gri_builder.produce import check_report

    folder = find_report(arguments.report)
    findings = check_report(folder).findings
    deliver(_write_findings(findings, arguments, folder), arguments.output)
    say(summarize_findings(findings))
    return judge(findings)


def _write_findings(findings: Sequence[Finding], arguments: argparse.Namespace, folder: Path) -> str:
    """Return the findings in the form that was asked for."""
    match arguments.format:
        case "json":
            from gri_builder.formats.findings_json import write_findings_json

            return write_findings_json(findings)
        case "sarif":
            from gri_builder.formats.sarif import write_sarif

            return write_sarif(findings, VERSION, seen_from_here(folder))
        case "junit":
            from gri_builder.formats.junit import write_junit

            return write_junit(findings)
        case "github":
            from gri_builder.formats.github import write_github

            return write_github(findings, seen_from_here(folder))
    from gri_builder.formats.findings_text import write_findings_text

    return write_findings_text(findings, is_coloured(arguments))
