"""The CPU time that work takes, and how it grows where its input grows four times."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES = 4
LIMIT = 10.0
"""Four times the input takes four times the work where it is linear, sixteen times where it is quadratic."""
FLOOR = 0.06
"""Seconds that are added to both times, so that a ratio of tiny times is none of chance."""


def time_work(work: Callable[[], object]) -> float:
    """Return the seconds of CPU that the work takes."""
    gc.collect(0)
    start = time.process_time()
    work()
    return time.process_time() - start


def measure_growth(work: Callable[[int], Callable[[], object]], number: int) -> tuple[float, float, float]:
    """Return the seconds for `number` and for four times as much, and their ratio.

    `work` prepares an input of a size and returns what is to be timed. What takes too long once is timed again, as
    the first time may have paid for what is loaded only once.
    """
    small = time_work(work(number))
    large = time_work(work(number * TIMES))
    if _ratio(small, large) >= LIMIT:
        small = max(small, time_work(work(number)))
        large = min(large, time_work(work(number * TIMES)))
    return small, large, _ratio(small, large)


def _ratio(small: float, large: float) -> float:
    return (large + FLOOR) / (small + FLOOR)
