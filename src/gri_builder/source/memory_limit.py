"""A limit to the memory of a process that reads a file which may do harm."""

from __future__ import annotations


def limit_memory(most: int) -> None:
    """Limit the memory of this process to that many bytes, where the system supports it."""
    try:
        import resource
    except ImportError:
        return
    _, hardest = resource.getrlimit(resource.RLIMIT_AS)
    allowed = most if hardest == resource.RLIM_INFINITY else min(most, hardest)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hardest))
