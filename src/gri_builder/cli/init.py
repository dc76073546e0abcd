"""`init`: start a report folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_OK
from gri_builder.cli.inputs import REPORT_FILE
from gri_builder.cli.output import UsageError, print_files, print_status

if TYPE_CHECKING:
    from gri_builder.model.framework import Framework


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="folder to create; it must be new or empty")
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

    from gri_builder.scaffold.init import FolderInUseError, init_report
    from gri_builder.scaffold.options import InvalidOptionsError

    folder, given = arguments.folder, arguments
    try:
        files = init_report(
            folder, _find_framework(given.framework), given.option, given.aspects, given.sector, given.year
        )
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


def _find_framework(id: str | None) -> Framework:
    from gri_builder.model.suggestions import suggest
    from gri_builder.resources.frameworks import UnknownFrameworkError, load_framework

    try:
        return load_framework() if id is None else load_framework(id)
    except UnknownFrameworkError as problem:
        hint = suggest(problem.id, problem.known) or f"the frameworks are {', '.join(problem.known)}"
        raise UsageError(f"'{id}' is not a framework; {hint}") from problem
