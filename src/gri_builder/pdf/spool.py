"""Memory for compressed data that waits for its place in the file.

The system gets it back when the data is taken. Memory that Python frees between small objects stays with the process.
"""

from __future__ import annotations

import mmap

SEGMENT = 1 << 20
"""Bytes of memory that the system is asked for at once."""


class Spool:
    """Keeps data in segments of memory."""

    def __init__(self) -> None:
        self._last: _Segment | None = None
        self.size = 0
        """Bytes of all data so far."""

    def keep(self, data: bytes) -> Kept:
        """Keep data until it is taken."""
        if self._last is None or len(data) > self._last.left:
            if self._last:
                self._last.close_if_done(is_full=True)
            self._last = _Segment(max(SEGMENT, len(data)))
        self.size += len(data)
        return Kept(self._last, self._last.add(data), len(data))


class Kept:
    """Data in a segment, which can be taken once."""

    __slots__ = ("_segment", "_start", "size")

    def __init__(self, segment: _Segment, start: int, size: int) -> None:
        self._segment, self._start, self.size = segment, start, size

    def take(self) -> bytes:
        """Return the data, which is not kept any more."""
        return self._segment.take(self._start, self.size)


class _Segment:
    """A piece of memory that is filled once, and given back when all of its data is taken."""

    def __init__(self, size: int) -> None:
        self._memory = mmap.mmap(-1, size)
        self._count, self._is_full = 0, False
        self.left = size

    def add(self, data: bytes) -> int:
        """Append data and return where it starts."""
        start = self._memory.tell()
        self._memory.write(data)
        self.left -= len(data)
        self._count += 1
        return start

    def take(self, start: int, size: int) -> bytes:
        """Return some of the data."""
        data = self._memory[start : start + size]
        self._count -= 1
        self.close_if_done(self._is_full)
        return data

    def close_if_done(self, is_full: bool) -> None:
        """Give the memory back if nothing is kept in it, and nothing will be."""
        self._is_full = is_full
        if is_full and not self._count:
            self._memory.close()
