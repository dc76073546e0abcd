"""Profiling: the seconds that a build spends in each stage, and in each section while it is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from msgspec import Struct, field


class Profiler(Struct):
    """Times measured so far, for people to read; no output file depends on them."""

    stages: dict[str, float] = field(default_factory=dict)
    """Seconds by the name of the stage, in the order of the run."""
    sections: dict[tuple[int, str], float] = field(default_factory=dict)
    """Seconds of layout, by the page on which a section starts, and its heading."""
    _section: tuple[int, str] = (1, "")
    _last: float = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure the time spent inside the `with` block."""
        start = self._last = perf_counter()
        yield
        self.stages[name] = self.stages.get(name, 0.0) + perf_counter() - start

    def record_block(self, page: int, heading: str | None = None) -> None:
        """Add the time since the last block to the section that is being laid out; a heading starts one."""
        if heading is not None:
            self._section = page, heading
        now = perf_counter()
        self.sections[self._section] = self.sections.get(self._section, 0.0) + now - self._last
        self._last = now

    def list_slowest(self, count: int = 10) -> list[tuple[float, int, str]]:
        """Return seconds, page and heading of the slowest sections."""
        found = sorted(
            ((seconds, *place) for place, seconds in self.sections.items()), key=lambda row: (-row[0], row[1])
        )
        return found[:count]
