"""The command line: arguments in, findings and exit code out.

Exit codes: 0 no finding of severity error, 1 at least one, 2 called wrongly or nothing readable there, 70 a fault of
ours, 130 stopped by Ctrl-C, 141 nobody reads the output any more. Each command is a module of this package with
`add_arguments` and `run`; modules are imported when a command needs them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from gri_builder._version import VERSION
from gri_builder.cli.output import EXIT_USAGE, UsageError, print_status

BUG, STOPPED, UNREAD = 70, 130, 141

COMMANDS = {
    "init": "begin a report folder with a stub for each disclosure",
    "validate": "check a report folder: every problem in one run",
    "build": "validate, then write the PDF and its content index",
    "coverage": "say what is covered, partial, omitted and missing",
    "audit": "read a finished PDF again and judge what it claims, with evidence",
    "trace": "lead each printed figure back to its source",
    "diff": "say what changed between two versions of a report",
    "catalog": "list what the framework asks for",
}
"""What each command does, in the order of the help."""


def main(argv: list[str] | None = None) -> int:
    """Run a command and return its exit code; `argv` are the words behind the program's name."""
    words = sys.argv[1:] if argv is None else argv
    try:
        arguments = _make_parser(words).parse_args(words)
        command: Callable[[argparse.Namespace], int] = arguments.run
        code = command(arguments)
        sys.stdout.flush()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else EXIT_USAGE
    except UsageError as fault:
        print_status(f"gri-builder: {fault}")
        return EXIT_USAGE
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        _turn_output_off()
        return UNREAD
    except Exception as fault:
        return _report_bug(fault)
    return code


def _make_parser(words: list[str]) -> argparse.ArgumentParser:
    """Return the parser; only the module of the command that the words name is imported."""
    about = "Builds sustainability reports from validated GRI G4 data, with a content index that proves itself."
    parser = argparse.ArgumentParser(prog="gri-builder", description=about, allow_abbrev=False)
    parser.add_argument(
        "--version", action="version", version=f"%(prog)s {VERSION}", help="show program's version number and exit"
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        each = commands.add_parser(name, help=summary, description=summary.capitalize() + ".", allow_abbrev=False)
        if name in words:
            module = import_module(f"gri_builder.cli.{name}")
            module.add_arguments(each)
            each.set_defaults(run=module.run)
    return parser


def _turn_output_off() -> None:
    """Lead the output nowhere: the interpreter flushes it when it ends, and must not find the broken pipe there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report_bug(fault: Exception) -> int:
    """Say that the fault is ours, and where; the whole traceback only to those who ask for it."""
    import traceback

    frame = traceback.extract_tb(fault.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}, {frame.name}()"
    print_status(f"gri-builder: {type(fault).__name__} at {place}: this is a fault of gri-builder, not of your report")
    print_status(
        "Please report it with the line above, and with the report's folder if you can. GRI_BUILDER_DEBUG=1 shows more."
    )
    if os.environ.get("GRI_BUILDER_DEBUG"):
        traceback.print_exception(fault)
    return BUG
