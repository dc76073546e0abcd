"""The program: the command line in its own process, as `gri-builder` or `python -m gri_builder`."""

from __future__ import annotations

import gc
import sys
import warnings

from gri_builder.cli.guarded import run_guarded
from gri_builder.cli.main import main
from gri_builder.cli.streams import open_streams
from gri_builder.storage.signals import stop_on_signals


def run() -> int:
    """Run the command that the process was started with, and return its exit code.

    What a command creates lives until the process ends. Collecting garbage in between and at the end would take a
    sixth of the time and free nothing.
    """
    gc.disable()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries warn of is said in findings, or is of no use to people
    open_streams()
    stop_on_signals()
    code = main(guard=run_guarded)
    gc.freeze()
    return code


if __name__ == "__main__":
    raise SystemExit(run())
