"""`approve`: write who approved fact series and answers, with the hash of what was approved."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from gri_builder.cli.days import read_day
from gri_builder.cli.exit_codes import EXIT_FINDINGS, EXIT_OK
from gri_builder.cli.inputs import add_language, add_report, find_report, read_language
from gri_builder.cli.limit_options import add_limits
from gri_builder.cli.output import print_findings, write_output

if TYPE_CHECKING:
    from gri_builder.sign_off.approve import Approved

_LONGEST = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_report(parser)
    parser.add_argument("keys", metavar="KEY", nargs="+", help="id of a fact series, or code of a disclosure")
    parser.add_argument("--by", metavar="NAME", required=True, type=_name, help="who approves")
    parser.add_argument("--on", metavar="DATE", type=read_day, help="day of the approval; default: today")
    add_language(parser, "the first")
    add_limits(parser)


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST or "{{" in name or not name.isprintable() or not re.search(r"\w", name):
        raise argparse.ArgumentTypeError(f"'{text}' is not a name; write one such as \"Kari Holm\"")
    return name


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.sign_off.approve import approve
    from gri_builder.sign_off.today import find_today

    folder = find_report(arguments.report)
    language = read_language(arguments, folder)
    done = approve(folder, arguments.keys, arguments.by, arguments.on or find_today(), language)
    print_findings(done.findings)
    if done.value is None:
        return EXIT_FINDINGS
    lines = [
        f"{_name_version(each)}: approved by {each.approval.by} on {each.approval.on}"
        f" ({_count(len(each.content.facts), 'value')}, SHA-256 {each.approval.sha256[:12]}…)\n"
        for each in done.value
    ]
    write_output("".join(lines), None)
    return EXIT_OK


def _name_version(approved: Approved) -> str:
    language = approved.content.language
    return f"{approved.id} ({language})" if language else approved.id


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
