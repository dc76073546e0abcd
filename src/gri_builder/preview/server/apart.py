"""Work in a process of its own, with limits: what breaks there, however it breaks, leaves the server alive."""

from __future__ import annotations

import multiprocessing
import signal
import warnings
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from gri_builder.limits.budget import find_budget
from gri_builder.limits.limit import MEGABYTE
from gri_builder.limits.process_limits import allow_time, limit_data
from gri_builder.preview.server.worker import describe_failure

T = TypeVar("T")


class BrokenOffError(Exception):
    """The work broke off; the text says why in one sentence."""


def run_apart(work: Callable[..., T], arguments: tuple[Any, ...], inputs: Sequence[Path]) -> T:
    """Run a function in a new process, and wait for its result; raises BrokenOffError.

    `inputs` are the files and folders that it reads: the limits of time and memory follow from their size.
    """
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(its, work, arguments, tuple(inputs)), daemon=True)
    process.start()
    its.close()
    try:
        is_done, result = mine.recv()
    except (EOFError, OSError) as problem:
        raise BrokenOffError("it ended unexpectedly, and wrote nothing") from problem
    finally:
        process.join()
        mine.close()
    if not is_done:
        raise BrokenOffError(result)
    done: T = result
    return done


def _run(
    connection: Connection, work: Callable[..., Any], arguments: tuple[Any, ...], inputs: tuple[Path, ...]
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    budget = find_budget(list(inputs))
    limit_data(budget.megabytes * MEGABYTE, 0)
    allow_time(budget.seconds)
    try:
        connection.send((True, work(*arguments)))
    except Exception as problem:
        connection.send((False, describe_failure(problem)))
