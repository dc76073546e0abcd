"""A pool of threads on this machine, for tasks that wait for a process of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice

from gri_builder.workers.outcome import Failure, Outcome, R, T, name_fault

RESERVE = 2
"""Tasks that wait for each thread, so that none is ever idle."""


class Pool:
    """A number of threads."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def run(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[Outcome[T, R]]:
        """Yield each item with its result, in the order in which they are done."""
        rest = iter(items)
        running: dict[Future[R], T] = {}
        threads = ThreadPoolExecutor(self._jobs, thread_name_prefix="gri-builder")
        try:
            for item in islice(rest, self._jobs * RESERVE):
                running[threads.submit(function, item)] = item
            while running:
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    item = running.pop(future)
                    for following in islice(rest, 1):
                        running[threads.submit(function, following)] = following
                    yield _outcome(item, future)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)


def _outcome(item: T, future: Future[R]) -> Outcome[T, R]:
    problem = future.exception()
    return Outcome(item, Failure("fault", name_fault(problem)) if problem else future.result())


def count_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
