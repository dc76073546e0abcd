"""Limits to the memory and the processor time of a process that reads a file which may do harm."""

from __future__ import annotations

import contextlib
import math
import sys
from pathlib import Path

USED_UP = 0.9
"""Share of the address space from which on any error may come from want of memory."""
CLOCK_FACTOR = 20.0
"""Seconds on the clock for each second of processor time: a computer with much else to do gets through."""
CLOCK_FACTOR_ALONE = 4.0
"""The same where the system does not limit processor time, as Windows."""


def clock_seconds(seconds: float) -> float:
    """Return how long to wait, on the clock, for a process that may take that much processor time."""
    return seconds * (CLOCK_FACTOR if can_limit_time() else CLOCK_FACTOR_ALONE)


def limit_memory(most: int) -> None:
    """Limit the memory of this process to that many bytes, where the system supports it."""
    try:
        import resource
    except ImportError:
        return
    _set_limit(resource.RLIMIT_AS, most, most)


def has_less_memory() -> bool:
    """Return whether the address space of this process is limited, as by `ulimit -v`."""
    try:
        import resource
    except ImportError:
        return False
    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


def is_memory_used_up() -> bool:
    """Return whether this process has nearly all of the address space that the system allows it; Linux alone tells."""
    if not has_less_memory():
        return False
    import resource

    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except (OSError, ValueError, MemoryError):
        return False
    return pages * resource.getpagesize() > USED_UP * resource.getrlimit(resource.RLIMIT_AS)[0]


def was_memory_short() -> bool:
    """Return whether this process has had half of the memory that a limit allows it, or more, at some time.

    Errors inside Python, which say nothing of memory, come from want of it then.
    """
    try:
        import resource
    except ImportError:
        return False
    kinds = (getattr(resource, name, None) for name in ("RLIMIT_AS", "RLIMIT_DATA"))
    limits = [resource.getrlimit(kind)[0] for kind in kinds if kind is not None]
    most = min((limit for limit in limits if limit != resource.RLIM_INFINITY), default=None)
    unit = 1 if sys.platform == "darwin" else 1024
    return most is not None and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit > most / 2


def can_limit_time() -> bool:
    """Return whether the system can limit the processor time of a process; Windows can't."""
    try:
        import resource
    except ImportError:
        return False
    return hasattr(resource, "RLIMIT_CPU")


def limit_data(most: int, reserve: int) -> None:
    """Limit the memory that this process fills itself to that many bytes; `reserve` more can be allowed later.

    Address space that is only set aside, as by threads, does not count. Linux alone supports it.
    """
    try:
        import resource
    except ImportError:
        return
    if hasattr(resource, "RLIMIT_DATA"):
        _set_limit(resource.RLIMIT_DATA, most, most + reserve)


def limit_time(most: float, grace: int = 5) -> None:
    """Limit the processor time of this process to that many seconds, where the system supports it.

    The system ends the process with SIGXCPU, and `grace` seconds later with SIGKILL if that does not end it.
    """
    if can_limit_time():
        import resource

        seconds = max(1, math.ceil(most))
        _set_limit(resource.RLIMIT_CPU, seconds, seconds + grace)


def allow_time(more: float) -> None:
    """Let this process take that many seconds of processor time from now on; the next call allows more again.

    The system ends the process with SIGXCPU, where it supports it.
    """
    if can_limit_time():
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        hardest = resource.getrlimit(resource.RLIMIT_CPU)[1]
        _set_limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + more), hardest)


def _set_limit(kind: int, soft: int, hard: int) -> None:
    """Set a limit of this process, or as much of it as its own hard limit and the system allow."""
    import resource

    _, hardest = resource.getrlimit(kind)
    if hardest != resource.RLIM_INFINITY:
        soft, hard = min(soft, hardest), min(hard, hardest)
    with contextlib.suppress(OSError, ValueError):  # macOS refuses some limits of memory
        resource.setrlimit(kind, (soft, hard))
