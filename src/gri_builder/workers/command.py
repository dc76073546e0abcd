"""A command of the program as a task: it runs in a process of its own, wherever the worker is."""

from __future__ import annotations

import os
import subprocess
import sys

from msgspec import Struct


class Command(Struct, frozen=True):
    """A call of the program."""

    name: str
    """What it is about, for people."""
    arguments: tuple[str, ...]


class Done(Struct, frozen=True):
    """What became of it."""

    code: int
    """Its exit code; negative where a signal ended it."""
    output: bytes
    """What it printed to standard output."""
    messages: str
    """What it printed to standard error."""


def run_command(command: Command) -> Done:
    """Run a command to its end; nothing is read from standard input."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(  # noqa: S603  # our own module, in our own interpreter
        [sys.executable, "-P", "-m", "gri_builder", *command.arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env=environment,
    )
    return Done(done.returncode, done.stdout, done.stderr.decode(errors="replace"))
