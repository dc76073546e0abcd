"""Builds of several reports, each in a process of its own, a few at a time; one with errors never stops the others."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from gri_builder.cli.exit_codes import EXIT_BUG, EXIT_FINDINGS
from gri_builder.cli.inputs import find_report
from gri_builder.cli.output import UsageError, print_status
from gri_builder.cli.progress import ManyProgress, describe_time
from gri_builder.cli.streams import write_stderr, write_stdout
from gri_builder.cli.worker_options import open_engine
from gri_builder.workers.command import Command, Done, run_command
from gri_builder.workers.outcome import Failure


def build_many(reports: Sequence[Path], arguments: argparse.Namespace) -> int:
    """Build each report into a folder of its own below the output folder; return the highest exit code."""
    folders = [find_report(each) for each in reports]
    places = _name_places(folders, arguments.output)
    commands = [Command(str(folder), _arguments(folder, places[folder], arguments)) for folder in folders]
    codes: dict[str, int] = {}
    with open_engine(arguments) as engine:
        progress = ManyProgress(sys.stderr, len(commands), "reports", wrong="with errors")
        for outcome in engine.run(run_command, commands):
            progress.clear()
            codes[outcome.item.name] = _print_outcome(outcome.item, outcome.result)
            progress.show(len(codes), sum(code != 0 for code in codes.values()))
        progress.clear()
    built = sum(code == 0 for code in codes.values())
    print_status(f"\n{built} of {len(codes)} reports built in {describe_time(progress.seconds)}")
    for name in (str(folder) for folder in folders if codes[str(folder)]):
        print_status(f"not built: {name}")
    return max(codes.values())


def _name_places(folders: Sequence[Path], output: Path) -> dict[Path, Path]:
    """Return the folder to write to for each report; raises UsageError where two would write into one."""
    names = {folder: folder.resolve().name for folder in folders}
    counts = Counter(names.values())
    twice = sorted(str(folder) for folder, name in names.items() if counts[name] > 1)
    if twice or len(names) < len(folders):
        named = " and ".join(f"'{each}'" for each in twice) or "a report"
        raise UsageError(f"{named} would be built into one folder of '{output}'; name each report once, or build apart")
    return {folder: output / name for folder, name in names.items()}


def _arguments(folder: Path, place: Path, arguments: argparse.Namespace) -> tuple[str, ...]:
    """Return the arguments of the build of one report, with the options of all."""
    found = ["build", str(folder.resolve()), "-o", str(place.resolve())]
    found += [
        word for name in ("select", "ignore") for rule in getattr(arguments, name) for word in (f"--{name}", rule)
    ]
    found += [word for edition in arguments.edition or () for word in ("--edition", edition)]
    found += ["--language", arguments.language] if arguments.language else []
    found += ["--draft"] * arguments.draft + ["--summary"] * arguments.summary
    for option, value in (("--max-seconds", arguments.max_seconds), ("--max-megabytes", arguments.max_megabytes)):
        found += [option, str(value)] if value is not None else []
    return (*found, *(word for name, value in arguments.limit for word in ("--limit", f"{name}={value}")))


def _print_outcome(command: Command, result: Done | Failure) -> int:
    """Print what a build printed, below the name of its report; return its exit code."""
    write_stderr(f"\n{command.name}\n")
    if isinstance(result, Failure):
        print_status(f"gri-builder: it was not built: {result.reason}")
        return EXIT_FINDINGS if result.kind == "lost" else EXIT_BUG
    write_stderr(result.messages)
    write_stdout(result.output)
    if result.code < 0:
        print_status("gri-builder: the build was ended by the system; see its memory, and build it alone")
        return EXIT_FINDINGS
    return result.code
