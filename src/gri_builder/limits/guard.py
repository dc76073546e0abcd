"""Runs a command in a process of its own, whose processor time and memory the system limits.

The process that was started waits for it. Whatever ends the command - a limit, or a library in C that breaks off - the
waiting process is left to say so. Where the system has no such processes, as Windows, a thread watches the time.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Literal

from msgspec import Struct

from gri_builder.limits.budget import Budget
from gri_builder.limits.process_limits import can_limit_time, has_less_memory, limit_data, limit_time, was_memory_short

GRACE = 2
"""Seconds of processor time that a command has to end in order, once its time is used up."""
RESERVE = 48
"""Megabytes that a command has to end in order, once its memory is used up."""
StopKind = Literal["seconds", "megabytes", "system", "broken"]


class Stop(Struct, frozen=True):
    """Why a command was stopped."""

    kind: StopKind
    """'system' is the memory that the system leaves, which is less than the limit allows; 'broken' is a library that
    ended the process for a fault of its own."""
    budget: Budget
    signal: str = ""
    """Name of the signal that ended the process."""


class StoppedError(BaseException):
    """The command has used up its time or its memory; no handler of ordinary errors may catch it."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(stop.kind)
        self.stop = stop


def run_limited(work: Callable[[], int], budget: Budget) -> int | Stop:
    """Return the exit code of a command; or why it was stopped.

    Returns twice where the system can make processes: the code of the command in the new process, and what became
    of that process in the one that waits for it. Both lead to the same exit code of the program.
    """
    if not (hasattr(os, "fork") and can_limit_time()):
        return _run_watched(work, budget)
    sys.stdout.flush()
    sys.stderr.flush()
    signals = _block_signals()
    child = os.fork()
    if child:
        return _explain(*_wait(child, signals), budget)
    _unblock_signals(signals)
    _end_with_parent()
    return _run_restricted(work, budget)


def _run_restricted(work: Callable[[], int], budget: Budget) -> int | Stop:
    """Run a command in this process, under limits of the system."""
    late = _let_time_raise(Stop("seconds", budget))
    limit_data(budget.megabytes << 20, RESERVE << 20)
    limit_time(budget.seconds, GRACE)
    try:
        code = work()
    except StoppedError as stopped:
        return stopped.stop
    except Exception as problem:
        limit_data((budget.megabytes + RESERVE) << 20, 0)
        if late:  # raised inside a library in C, which made another error of it
            return late[0]
        if not is_out_of_memory(problem):
            raise
        return Stop(_memory_kind(), budget)
    return late[0] if late else code


def _memory_kind() -> StopKind:
    """Return whose limit of memory counts: the system's where one is set, as by `ulimit`, else the budget's."""
    return "system" if has_less_memory() else "megabytes"


def _let_time_raise(stop: Stop) -> list[Stop]:
    """Let StoppedError be raised in this thread, once, when the processor time is used up; the list then holds it."""
    raised: list[Stop] = []

    def end(_: int, __: FrameType | None) -> None:
        if not raised:
            raised.append(stop)
            raise StoppedError(stop)

    signal.signal(signal.SIGXCPU, end)
    return raised


def _run_watched(work: Callable[[], int], budget: Budget) -> int | Stop:
    """Run a command while a thread watches its processor time."""
    ended, late = threading.Event(), threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def watch() -> None:
        while not ended.wait(0.2):
            if time.process_time() > budget.seconds:
                late.set()
                signal.raise_signal(signal.SIGINT)
                return

    def end(number: int, frame: FrameType | None) -> None:
        if late.is_set():
            raise StoppedError(Stop("seconds", budget))
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGINT, end)  # also where the caller ignores it
    threading.Thread(target=watch, daemon=True).start()
    try:
        return work()
    except StoppedError as stopped:
        return stopped.stop
    finally:
        ended.set()
        signal.signal(signal.SIGINT, before)


def is_out_of_memory(problem: BaseException) -> bool:
    """Return whether an error says that memory has run out, as Python, the system or a library in C says it."""
    if isinstance(problem, MemoryError) or type(problem).__name__ == "OutOfMemoryException":
        return True
    if isinstance(problem, SystemError) and was_memory_short():
        return True  # Python could not even make the error that says so
    text = str(problem).lower()
    return isinstance(problem, OSError | ImportError | RuntimeError | SystemError) and (
        getattr(problem, "errno", None) == errno.ENOMEM or any(words in text for words in _NO_MEMORY)
    )


_NO_MEMORY = (
    "cannot allocate memory",
    "failed to map segment",
    "bad allocation",
    "can't start new thread",
    "memoryerror",
    "bad_alloc",
)
"""What errors without a kind of their own say."""


def _explain(status: int, seconds: float, budget: Budget) -> int | Stop:
    """Return the exit code of a process from its status, or why it was stopped; `seconds` it has taken."""
    if os.WIFEXITED(status):
        code = os.WEXITSTATUS(status)
        return code if code != _NO_THREAD_MEMORY else Stop(_memory_kind(), budget)
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU or (number == signal.SIGKILL and seconds >= budget.seconds):
        return Stop("seconds", budget)
    if number in _ASKED:
        return 128 + number
    name = signal.Signals(number).name
    return Stop("megabytes" if number in (signal.SIGKILL, signal.SIGABRT) else "broken", budget, name)


_NO_THREAD_MEMORY = 127
"""Exit code with which the C library of Linux ends a process that has no memory for a new thread."""
_ASKED = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Signals with which people, or the system on their behalf, ask a program to end."""


def _block_signals() -> set[signal.Signals]:
    """Hold back the signals that the waiting process hands on; return them."""
    held = {*_ASKED, signal.SIGCHLD}
    signal.signal(signal.SIGCHLD, lambda *_: None)  # where it is ignored, some systems never tell of it
    signal.pthread_sigmask(signal.SIG_BLOCK, held)
    return {signal.Signals(each) for each in held}


def _unblock_signals(signals: set[signal.Signals]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)


def _wait(child: int, signals: set[signal.Signals]) -> tuple[int, float]:
    """Wait for a process; return its status and its processor time. What asks to end this one is handed on to it."""
    while True:
        found, status, used = os.wait4(child, os.WNOHANG)
        if found:
            _unblock_signals(signals)
            return status, used.ru_utime + used.ru_stime
        number, is_shared = _next_signal(signals)
        if number in _ASKED and not is_shared:
            with suppress(ProcessLookupError):
                os.kill(child, number)


def _next_signal(signals: set[signal.Signals]) -> tuple[int, bool]:
    """Return the next of some signals, and whether the terminal sent it to all processes that it started."""
    if hasattr(signal, "sigwaitinfo"):
        info = signal.sigwaitinfo(signals)
        return info.si_signo, info.si_code > 0  # SI_KERNEL
    return signal.sigwait(signals), False  # macOS does not tell who sent it


def _end_with_parent() -> None:
    """Let Linux end this process if the one that waits for it is killed."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
