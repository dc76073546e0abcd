"""`serve`: show a report in the browser while it is written."""

from __future__ import annotations

import argparse
import gc
import signal
from importlib.util import find_spec
from pathlib import Path

from gri_builder.cli.exit_codes import EXIT_OK
from gri_builder.cli.inputs import add_language, add_report, find_report, read_language
from gri_builder.cli.output import UsageError, print_status
from gri_builder.cli.streams import write_stdout
from gri_builder.storage.signals import Stopped

NEEDED = ("starlette", "uvicorn", "watchfiles")
PORT = 8765


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_report(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        default=Path("output"),
        help="folder that the final PDF is written to; default: output",
    )
    parser.add_argument(
        "--port",
        metavar="N",
        type=_read_port,
        default=PORT,
        help=f"port of this machine, or the next one that is free; 0 takes any; default: {PORT}",
    )
    add_language(parser, "the first")
    parser.add_argument("--final", action="store_true", help="show the final report from the start, not a draft")
    parser.add_argument("--no-browser", action="store_true", help="print the address, and open no browser")


def _read_port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"'{text}' is not a port: a whole number from 0 to 65535")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    folder = find_report(arguments.report)
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise UsageError(
            f"the preview needs {', '.join(missing)}, not installed here; run: pip install 'gri-builder[serve]'"
        )
    from gri_builder.preview.server.address import NoPortError
    from gri_builder.preview.server.serve import serve_report

    gc.enable()  # other commands end before collecting would pay

    language = read_language(arguments, folder)

    def opened(address: str) -> None:
        write_stdout(f"{address}\n".encode())
        print_status(f"the preview of '{folder}' is open at the address above; Ctrl-C ends it")
        if not arguments.no_browser:
            _open_browser(address)

    def say(sentence: str) -> None:
        print_status(f"gri-builder: {sentence}")

    try:
        serve_report(folder, arguments.output, arguments.port, not arguments.final, opened, say, language)
    except NoPortError as problem:
        raise UsageError(str(problem)) from problem
    except Stopped as stopped:
        if stopped.number != signal.SIGINT:
            raise
        print_status("\nthe preview has ended")
    return EXIT_OK


def _open_browser(address: str) -> None:
    """Open the address in the user's browser, as far as there is one."""
    import webbrowser
    from threading import Thread

    Thread(target=lambda: webbrowser.open(address), daemon=True).start()
