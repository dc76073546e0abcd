"""The program: the command line in its own process, as `gri-builder` or `python -m gri_builder`."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
import warnings
from contextlib import suppress

LEAST = 72 << 20
"""Bytes of address space below which Python itself breaks off while it loads a command, each time in another way."""


def run() -> int:
    """Run the command that the process was started with, and return its exit code.

    What a command creates lives until the process ends. Collecting garbage in between and at the end would take a
    sixth of the time and free nothing.
    """
    gc.disable()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries warn of is said in findings, or is of no use to people
    if _allowed_memory() < LEAST:
        os.write(2, _NO_MEMORY)
        return 2
    try:
        from gri_builder.cli.guarded import run_guarded
        from gri_builder.cli.main import main
        from gri_builder.cli.streams import open_streams
        from gri_builder.storage.signals import stop_on_signals

        open_streams()
        stop_on_signals()
        code = main(guard=run_guarded)
    except Exception as problem:  # so little memory that not even the message could be made
        if not isinstance(problem, MemoryError | SystemError) and not any(
            words in str(problem) for words in _SHORT_OF_MEMORY
        ):
            raise
        os.write(2, _NO_MEMORY)
        os._exit(2)  # an end in order needs memory too, and Python complains where it has none
    except KeyboardInterrupt as signal:  # before the command could take it
        return 128 + getattr(signal, "number", 2)
    return code


def start() -> None:
    """Run the command that the process was started with, and end the process with its exit code."""
    code = run()
    if threading.active_count() == 1:
        _end(code)
    gc.freeze()
    raise SystemExit(code)


def _allowed_memory() -> float:
    """Return the bytes of address space that the system allows this process, as by `ulimit -v`."""
    try:
        import resource
    except ImportError:  # as on Windows
        return float("inf")
    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    return float("inf") if most == resource.RLIM_INFINITY else most


def _end(code: int) -> None:
    """End the process at once: taking all objects apart would take a twentieth of the time of a `validate`."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # closed, or None where there is no console
            stream.flush()
    os._exit(code)


_SHORT_OF_MEMORY = ("Cannot allocate memory", "failed to map segment")
"""What errors of the system and of its loader say."""
_NO_MEMORY = b"gri-builder: there is not enough memory to run the command; end other programs, or allow it more\n"


if __name__ == "__main__":
    start()
