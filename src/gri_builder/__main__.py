"""The program: the command line in a process of its own, as `gri-builder` and as `python -m gri_builder`."""

from __future__ import annotations

import gc

from gri_builder.cli.main import main


def run() -> int:
    """Run the command that the process was started with, and return its exit code.

    What a command makes lives until the process ends. Looking for garbage on the way, and once more at the end, would
    take a sixth of the time and find none.
    """
    gc.disable()
    code = main()
    gc.freeze()
    return code


if __name__ == "__main__":
    raise SystemExit(run())
