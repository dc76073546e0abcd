"""`language-server`: findings, values and sources of a report in an editor."""

from __future__ import annotations

import argparse
import gc

from gri_builder.cli.exit_codes import EXIT_OK
from gri_builder.cli.output import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command, of which there are none."""


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    try:
        from gri_builder.language_server.server import serve_editor
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"the language server needs the package '{missing.name}': run pip install 'gri-builder[editor]'"
        ) from missing
    gc.enable()  # other commands end before collecting would pay
    serve_editor()
    return EXIT_OK
