"""Signals that end the program: all of them as an exception that lets it clean up, and none amid a few steps."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""Signals by which people and systems end a program; SIGBREAK is of Windows, SIGHUP of all others."""

HELD = (*ENDING, *(getattr(signal, name) for name in ("SIGXCPU",) if hasattr(signal, name)))
"""Signals that are held back: those, and the one of the system for processor time that is used up."""


class Stopped(KeyboardInterrupt):
    """A signal asked the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        """The signal's number."""


def stop_on_signals() -> None:
    """Let each signal that ends the program raise Stopped; those that the caller has ignored stay ignored."""
    for number in ENDING:
        if signal.getsignal(number) not in (signal.SIG_IGN, None):
            signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    raise Stopped(number)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back the signals that end the program until a few steps are done; outside the main thread, do nothing."""
    held: list[int] = []
    handlers = {number: signal.getsignal(number) for number in HELD}
    try:
        for number, handler in handlers.items():
            if handler not in (signal.SIG_IGN, None):
                signal.signal(number, lambda number, _: held.append(number))
    except ValueError:  # signals reach the main thread only
        handlers = {}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            if handler not in (signal.SIG_IGN, None):
                signal.signal(number, handler)
        if held:
            signal.raise_signal(held[0])
