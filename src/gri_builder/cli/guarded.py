"""Runs a command in a process with limits, and says so where it is stopped."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_FINDINGS, EXIT_USAGE
from gri_builder.cli.output import print_findings, print_status, report

if TYPE_CHECKING:
    from gri_builder.limits.guard import Stop
    from gri_builder.model.finding import Finding

INPUTS = ("report", "pdf", "old", "new", "file")
"""Names of the arguments that name what a command reads."""


def run_guarded(command: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    """Run a command, in a process with limits if it reads what others made; return its exit code."""
    from gri_builder.limits.budget import find_budget
    from gri_builder.limits.guard import Stop, run_limited

    paths = list_inputs(arguments)
    if not paths or not hasattr(arguments, "max_seconds") or getattr(arguments, "more", None):
        return command(arguments)
    done = run_limited(lambda: command(arguments), find_budget(paths))
    return report_stop(done, arguments) if isinstance(done, Stop) else done


def list_inputs(arguments: argparse.Namespace) -> list[Path]:
    """Return the paths of what a command reads."""
    found = (getattr(arguments, name, None) for name in INPUTS)
    return [path for path in found if isinstance(path, Path)]


def report_stop(stop: Stop, arguments: argparse.Namespace) -> int:
    """Report a command that was stopped, in the format that was asked for; return the exit code."""
    from gri_builder.cli.inputs import is_pdf, relative_folder

    path = list_inputs(arguments)[-1]
    finding, is_file = _explain(stop, path), is_pdf(path)
    match arguments.command:
        case "validate":
            from gri_builder.reporters.registry import FINDINGS

            report(FINDINGS, (finding,), arguments, folder=relative_folder(path))
        case "audit" | "coverage" | "trace" | "diff":
            from gri_builder.cli.unread import print_unread

            print_unread(arguments.command, path, (finding,), arguments)
        case "build":
            print_findings((finding,))
        case _:
            print_status(f"gri-builder: {finding.message}; {finding.hint}")
            is_file = True
    return EXIT_USAGE if is_file else EXIT_FINDINGS


def report_no_memory(arguments: argparse.Namespace) -> int:
    """Report that the system has no more memory for a command; return the exit code."""
    from gri_builder.limits.budget import Budget
    from gri_builder.limits.guard import Stop

    if list_inputs(arguments):
        return report_stop(Stop("system", Budget(0, 0)), arguments)
    print_status("gri-builder: there is not enough memory to run the command; end other programs, or allow it more")
    return EXIT_USAGE


def _explain(stop: Stop, path: Path) -> Finding:
    """Return the finding for a command that was stopped."""
    from gri_builder.cli.inputs import REPORT_FILE, is_pdf
    from gri_builder.limits.limit import plural
    from gri_builder.limits.limits import MEGABYTES, SECONDS
    from gri_builder.model.finding import Location, error

    where = Location(path.name if is_pdf(path) else REPORT_FILE)
    nothing = "it was stopped, and nothing was judged or written"
    other = "if it is not, take out what was added last, and try again"
    match stop.kind:
        case "seconds":
            message = f"the command took more than {plural(stop.budget.seconds, SECONDS.unit)}; {nothing}"
            return error("takes-too-long", message, where, f"if the input is large, {SECONDS.hint}; {other}")
        case "megabytes":
            message = f"the command took more than {stop.budget.megabytes:,} MB of memory; {nothing}"
        case "system":
            message = f"the command took more memory than the system allows it; {nothing}"
            return error("takes-too-much", message, where, f"end other programs, or allow it more; {other}")
        case "broken":
            message = f"a library that reads the input broke off ({stop.signal}); {nothing}"
    return error("takes-too-much", message, where, f"if the input is large, {MEGABYTES.hint}; {other}")
