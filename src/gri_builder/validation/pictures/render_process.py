"""Renders drawings in a process of its own, whose time and memory are limited.

A file that is made to do harm may take any time or memory, or end the process of its renderer. This module is all that
the process loads.
"""

from __future__ import annotations

import os
import subprocess
import sys

import msgspec

from gri_builder.graphics.rendering.renderer import RenderJob, render_svg
from gri_builder.limits.process_limits import limit_memory

MAX_SECONDS = 60.0
"""Seconds that rendering may take."""
MAX_MEMORY = 2 * 1024 * 1024 * 1024
"""Bytes of address space that rendering may use."""
PROGRAM = "from gri_builder.validation.pictures.render_process import work; raise SystemExit(work())"
"""The program of the process."""
_REFUSED, _MEMORY = 75, 77
"""Exit codes of the process: the renderer refuses the file; memory ran out."""


def run_job(job: RenderJob) -> bytes | str:
    """Return a PNG; or why it is missing, as the rest of a sentence."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-P", "-c", PROGRAM]  # -P: imports nothing from the current folder
    try:
        done = subprocess.run(  # noqa: S603  # our own module, in our own interpreter
            command,
            input=msgspec.msgpack.encode(job),
            capture_output=True,
            check=False,
            timeout=MAX_SECONDS,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return f"takes more than {MAX_SECONDS:.0f} seconds to draw"
    if done.returncode == 0 and done.stdout:
        return done.stdout
    if done.returncode == _REFUSED:
        return "is too complex to be drawn"
    return "takes more memory to draw than any picture should"


def work() -> int:
    """Read a job from standard input, and write its PNG to standard output."""
    limit_memory(MAX_MEMORY)
    job = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=RenderJob)
    try:
        data = render_svg(job)
    except ValueError:
        return _REFUSED
    except MemoryError:
        return _MEMORY
    except BaseException as problem:  # the renderer's own failures are no exceptions of Python's kind
        if type(problem).__name__ != "PanicException":
            raise
        return _REFUSED
    sys.stdout.buffer.write(data)
    return 0
