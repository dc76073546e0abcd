"""The progress of long work with many items: how many are done, how fast, and how long the rest will take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

_WINDOW = 120.0
"""Seconds over which the rate is measured."""
_PAUSES = (0.5, 30.0)
"""Seconds between two lines on a terminal, which replace each other, and elsewhere."""


class ManyProgress:
    """A line on standard error; on a terminal it replaces the one before."""

    def __init__(
        self,
        stream: TextIO,
        total: int,
        unit: str,
        clock: Callable[[], float] = time.monotonic,
        wrong: str = "not read",
    ) -> None:
        self._stream, self._total, self._unit, self._clock, self._wrong = stream, total, unit, clock, wrong
        self._is_terminal = stream.isatty()
        self._start = self._shown_at = clock()
        self._seen = deque([(self._start, 0)])
        self._is_shown = False

    def show(self, done: int, wrong: int) -> None:
        """Say how many items are done, and how many of them went wrong."""
        now = self._clock()
        self._seen.append((now, done))
        while now - self._seen[0][0] > _WINDOW and len(self._seen) > 2:
            self._seen.popleft()
        if now - self._shown_at < _PAUSES[0 if self._is_terminal else 1]:
            return
        self._shown_at = now
        text = self.describe(done, wrong)
        self._write(f"\r\x1b[K{text}" if self._is_terminal else f"{text}\n")
        self._is_shown = self._is_terminal

    def describe(self, done: int, wrong: int) -> str:
        """Return the line."""
        (first, before), (last, _) = self._seen[0], self._seen[-1]
        rate = (done - before) / (last - first) if last > first else 0.0
        parts = [f"{done:,} of {self._total:,} {self._unit}"]
        if rate:
            parts += [describe_rate(rate), f"{describe_time((self._total - done) / rate)} left"]
        return "; ".join([*parts, *([f"{wrong:,} {self._wrong}"] if wrong else [])])

    def clear(self) -> None:
        """Remove the line from a terminal."""
        if self._is_shown:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError):  # where standard error takes nothing, the work continues
            self._stream.write(text)
            self._stream.flush()

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return self._clock() - self._start


def describe_rate(rate: float) -> str:
    """Return a number of items a second, in words; slow ones by the minute."""
    return f"{rate:.1f} a second" if rate >= 1 else f"{rate * 60:.1f} a minute"


def describe_time(seconds: float) -> str:
    """Return a time in words, by its largest unit and the next."""
    whole = round(seconds)
    for unit, size, lower, lower_size in (("d", 86_400, "h", 3_600), ("h", 3_600, "min", 60), ("min", 60, "s", 1)):
        if whole >= size:
            rest = whole % size // lower_size
            return f"{whole // size} {unit} {rest} {lower}" if rest else f"{whole // size} {unit}"
    return f"{whole} s"
