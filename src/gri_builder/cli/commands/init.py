"""`init`: start a report folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gri_builder.cli.exit_codes import EXIT_OK
from gri_builder.cli.inputs import REPORT_FILE, find_framework
from gri_builder.cli.output import UsageError, print_files, print_status

OPTIONS = ("earlier", "framework", "option", "aspects", "sector", "year", "organization", "title", "contact")
"""Arguments besides the folder."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "folder",
        metavar="DIR",
        type=Path,
        nargs="?",
        help="folder to create; it must be new or empty. Without any argument, init asks for all it needs",
    )
    parser.add_argument(
        "--from",
        metavar="OLD",
        type=Path,
        dest="earlier",
        help="earlier report folder: start the report of the next period from it",
    )
    parser.add_argument(
        "--framework", metavar="ID", help="framework by which to report, such as gri-2021; default: gri-g4"
    )
    parser.add_argument(
        "--option", metavar="OPTION", help="option to claim, or none; default: the first of the framework, such as core"
    )
    parser.add_argument(
        "--aspect",
        metavar="NAME",
        action="append",
        default=[],
        dest="aspects",
        help="material Aspect or topic, by id or name; repeat it for each",
    )
    parser.add_argument("--sector", metavar="NAME", help="sector whose disclosures are added, by id or name")
    parser.add_argument("--year", metavar="YYYY", help="year of the report; default: the year in DIR")
    parser.add_argument("--organization", metavar="NAME", help="full name of the organization")
    parser.add_argument("--title", metavar="TEXT", help="title of the report")
    parser.add_argument("--contact", metavar="TEXT", help="contact for questions on the report, such as a mail address")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    import shlex

    from gri_builder.scaffold.init import FolderInUseError
    from gri_builder.scaffold.options import InvalidOptionsError

    given = arguments if arguments.folder else _ask(arguments)
    folder = given.folder
    new = (given.option, given.aspects, given.sector, given.organization, given.title, given.contact)
    if given.earlier and any(new):
        raise UsageError(
            "--option, --aspect, --sector, --organization, --title and --contact are for a new report; with --from "
            "they are in its report.yaml"
        )
    try:
        files = _roll(given) if given.earlier else _start(given)
    except InvalidOptionsError as problem:
        raise UsageError("\ngri-builder: ".join(problem.problems)) from problem
    except FolderInUseError as problem:
        raise UsageError(f"{problem}; nothing was written: name a folder that is new or empty") from problem
    except OSError as problem:
        raise UsageError(f"'{folder}' can't be written: {problem.strerror or problem}") from problem
    print_files(files)
    print_status(f"\nFill in {REPORT_FILE} first. Then see what is still missing, and look at a draft:")
    for words in (["coverage", str(folder)], ["build", str(folder), "--draft"]):
        print_status(f"  {shlex.join(['gri-builder', *words])}")
    return EXIT_OK


def _ask(arguments: argparse.Namespace) -> argparse.Namespace:
    """Return the arguments that the answers to questions make, asked in a terminal."""
    from datetime import UTC, datetime

    from gri_builder.scaffold.interview import Interview

    others = {key: value for key, value in vars(arguments).items() if key in OPTIONS and value}
    if others or not (sys.stdin and sys.stdin.isatty()):
        why = "" if others else "; without any argument, init asks for all it needs, but only in a terminal"
        raise UsageError(f"name the folder to create, such as 'gri-builder init acme-2024'{why}")
    try:
        answers = Interview(_read_line, print_status, datetime.now(UTC).year - 1).hold()
    except (EOFError, KeyboardInterrupt):
        raise UsageError("the questions were not answered to the end; nothing was written") from None
    return argparse.Namespace(
        folder=answers.folder,
        earlier=None,
        framework=answers.framework.id,
        option=answers.option,
        aspects=list(answers.aspects),
        sector=answers.sector,
        year=answers.year,
        organization=answers.particulars.organization,
        title=answers.particulars.title,
        contact=answers.particulars.contact,
    )


def _read_line(question: str) -> str:
    """Show a question and return the line that is typed; the end of the input raises EOFError."""
    sys.stderr.write(question)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")


def _start(given: argparse.Namespace) -> tuple[Path, ...]:
    """Start a new report and return its files."""
    from gri_builder.scaffold.init import init_report
    from gri_builder.scaffold.options import Particulars

    particulars = Particulars(given.organization, given.title, given.contact)
    framework = find_framework(given.framework)
    return init_report(given.folder, framework, given.option, given.aspects, given.sector, given.year, particulars)


def _roll(given: argparse.Namespace) -> tuple[Path, ...]:
    """Start the report of the next period and return its files."""
    from gri_builder.cli.inputs import find_report
    from gri_builder.scaffold.roll_forward.roll import roll_forward
    from gri_builder.source.loader import load_folder
    from gri_builder.validation.framework_choice import choose_framework

    earlier = find_report(given.earlier)
    source = load_folder(earlier)
    if source is None or not source.is_whole:
        raise UsageError(f"'{given.earlier}' can't be read; 'gri-builder validate' says why")
    old = choose_framework(source)
    new = find_framework(given.framework) if given.framework else old
    return roll_forward(given.folder, earlier, source, old, new, given.year)
