"""`init`: start a report folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from gri_builder.cli.exit_codes import EXIT_OK
from gri_builder.cli.inputs import REPORT_FILE, find_framework
from gri_builder.cli.output import UsageError, print_files, print_status


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="folder to create; it must be new or empty")
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
        "--option", metavar="OPTION", help="option to claim; default: the first of the framework, such as core"
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


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    import shlex

    from gri_builder.scaffold.init import FolderInUseError
    from gri_builder.scaffold.options import InvalidOptionsError

    folder, given = arguments.folder, arguments
    if given.earlier and (given.option or given.aspects or given.sector):
        raise UsageError(
            "--option, --aspect and --sector are for a new report; with --from they are in its report.yaml"
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


def _start(given: argparse.Namespace) -> tuple[Path, ...]:
    """Start a new report and return its files."""
    from gri_builder.scaffold.init import init_report

    framework = find_framework(given.framework)
    return init_report(given.folder, framework, given.option, given.aspects, given.sector, given.year)


def _roll(given: argparse.Namespace) -> tuple[Path, ...]:
    """Start the report of the next period and return its files."""
    from gri_builder.cli.inputs import find_report
    from gri_builder.scaffold.roll_forward.roll import roll_forward
    from gri_builder.source.loader import load_report
    from gri_builder.validation.framework_choice import choose_framework

    earlier = find_report(given.earlier)
    source = load_report(earlier).value
    if source is None or not source.is_whole:
        raise UsageError(f"'{given.earlier}' can't be read; 'gri-builder validate' says why")
    old = choose_framework(source)
    new = find_framework(given.framework) if given.framework else old
    return roll_forward(given.folder, earlier, source, old, new, given.year)
