"""The entry point: parse the arguments, run the command, return its exit code (see `exit_codes`).

Each command is a module of this package with `add_arguments` and `run`; it is imported when the command is used, and
what runs commands when one is run: the version and the help need neither.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder._version import VERSION
from gri_builder.cli.exit_codes import EXIT_BROKEN_PIPE, EXIT_BUG, EXIT_INTERRUPTED, EXIT_USAGE
from gri_builder.cli.output import FindingError, InputError, UsageError, print_findings, print_status
from gri_builder.cli.streams import StdoutError, flush_stdout, write_stderr, write_stdout
from gri_builder.storage.signals import Stopped

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

COMMANDS = {
    "init": "start a report folder with a stub for each disclosure",
    "validate": "check a report folder and report all problems in one run",
    "build": "validate, then write the PDF and its content index",
    "batch": "build a report for each row of a list, from one template",
    "serve": "show the report in the browser while it is written",
    "coverage": "show what is covered, partial, omitted and missing",
    "audit": "read a finished PDF and check what it claims, with evidence",
    "sign": "sign a finished PDF as its publisher, or as the assurer of the report",
    "verify": "verify a signed PDF offline: its signatures, its data and its pages",
    "pack": "write the evidence of a report into one ZIP file for the assurer, or check such a file",
    "survey": "audit many PDFs, on this machine or a cluster, and keep the results as tables",
    "approve": "write who approved fact series and answers, with the hash of what was approved",
    "status": "show who owes what, what is late, what waits for approval, what changed since",
    "export": "write the report as a review copy for Word",
    "comments": "bring comments and changes of a review copy back to the lines of the report",
    "trace": "show the source of each printed figure",
    "diff": "show what changed between two versions of a report",
    "request": "write a workbook for each data owner, with the figures that are missing",
    "collect": "take back the workbooks of data owners, and show what changed",
    "pull": "ask warehouses for the rows of fact series, and keep them in the report folder",
    "inspect": "show what a table holds, and the fact series to start from",
    "catalog": "list what the framework requires",
    "translate": "write a table of the labels that are missing in other languages, to fill in",
    "words": "write a file for the words that are printed, in another language",
    "language-server": "show findings, values and sources in an editor, over standard input and output",
    "explain": "explain a rule that a finding names, with an example",
}
"""What each command does, in the order of the help."""
FOLDERS = {"batch": "many.", "survey": "many.", "sign": "signing.", "verify": "signing.", "pack": "signing."}
"""Folder of the modules of commands that belong together; the other modules are in none."""


Command = Callable[[argparse.Namespace], int]
Guard = Callable[[Command, argparse.Namespace], int]


def main(argv: list[str] | None = None, guard: Guard | None = None) -> int:
    """Run a command and return its exit code; `argv` holds the arguments after the program's name.

    `guard` runs the command in a process with limits; without it, it runs in this process.
    """
    words = sys.argv[1:] if argv is None else argv
    arguments = argparse.Namespace()
    try:
        try:
            _make_parser(words).parse_args(words, arguments)
            code = _run(arguments, guard)
        except SystemExit as end:  # the parser printed its help, or what is wrong
            code = end.code if isinstance(end.code, int) else EXIT_USAGE
        flush_stdout()
    except StdoutError as problem:
        return _report_stdout(problem)
    except Stopped as signal:
        return 128 + signal.number
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception as bug:
        from gri_builder.cli.guarded import report_no_memory
        from gri_builder.limits.process_limits import is_memory_used_up

        is_memory = _is_short_of_memory(bug) or is_memory_used_up()
        return report_no_memory(arguments) if is_memory else _report_bug(bug)
    return code


def _run(arguments: argparse.Namespace, guard: Guard | None) -> int:
    """Run the command and return its exit code; a wrong call is printed."""
    from gri_builder.cli.limit_options import read_chosen
    from gri_builder.cli.unread import print_no_input
    from gri_builder.limits.limit import limits_set

    command: Command = arguments.run
    try:
        if getattr(arguments, "output", None) or arguments.command == "init":
            from gri_builder.cli.protected import protect_files

            protect_files(arguments)
        with limits_set(read_chosen(arguments)):
            return guard(command, arguments) if guard else command(arguments)
    except InputError as problem:
        print_no_input(problem, arguments)
        print_status(f"gri-builder: {problem}")
    except FindingError as problem:
        print_findings([problem.finding])
    except UsageError as problem:
        print_status(f"gri-builder: {problem}")
    return EXIT_USAGE


def _report_stdout(problem: StdoutError) -> int:
    """Say that the result could not be printed; where its reader has gone, nobody wants to know."""
    if problem.is_broken_pipe:
        return EXIT_BROKEN_PIPE
    print_status(f"gri-builder: the output can't be printed: {problem}; name a file for it with -o")
    return EXIT_USAGE


def _is_short_of_memory(problem: BaseException | None) -> bool:
    """Whether an error comes from memory that ran out: also while a library was loaded or a process started."""
    from gri_builder.limits.guard import is_out_of_memory

    seen = set[int]()
    while problem is not None and id(problem) not in seen:  # an error may come from one that came from it
        if is_out_of_memory(problem):
            return True
        seen.add(id(problem))
        problem = problem.__cause__ or problem.__context__
    return False


class _Parser(argparse.ArgumentParser):
    """A parser whose messages reach any standard error."""

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if file in (None, sys.stderr):
            write_stderr(message)
        else:
            write_stdout(message.encode(errors="backslashreplace"))


def _make_parser(words: list[str]) -> argparse.ArgumentParser:
    """Return the parser; only the module of the command in `words` is imported."""
    about = "Build sustainability reports from validated GRI G4 data, with a content index that can be checked."
    parser = _Parser(prog="gri-builder", description=about, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}", help="print the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        description = f"{summary[0].upper()}{summary[1:]}."
        subparser = commands.add_parser(name, help=summary, description=description, allow_abbrev=False)
        if name in words:
            module = import_module(f"gri_builder.cli.commands.{FOLDERS.get(name, '')}{name.replace('-', '_')}")
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run, command=name)
    return parser


def _report_bug(bug: Exception) -> int:
    """Print where gri-builder failed; the whole traceback only if GRI_BUILDER_DEBUG is set."""
    import traceback

    frame = traceback.extract_tb(bug.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}, {frame.name}()"
    print_status(f"gri-builder: {type(bug).__name__} at {place}: this is a bug in gri-builder, not in your report")
    print_status(
        "Please report it with the line above, and with the report folder if you can. GRI_BUILDER_DEBUG=1 shows more."
    )
    if os.environ.get("GRI_BUILDER_DEBUG"):
        traceback.print_exception(bug)
    return EXIT_BUG
