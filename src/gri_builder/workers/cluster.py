"""A Dask cluster: workers on any number of machines, which a scheduler gives their tasks.

Only a window of tasks is handed to the scheduler, and each result is fetched and forgotten at once, so that the memory
of the scheduler does not grow with their number. A task whose worker ends is run again by another worker.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from gri_builder._version import VERSION
from gri_builder.workers.outcome import Failure, Outcome, R, T, name_fault

if TYPE_CHECKING:
    from distributed import Client

RESERVE = 3
"""Tasks at the scheduler for each thread of the workers."""
PATIENCE = 20
"""Seconds to wait for the scheduler, and for the first worker."""
RETRIES = 2
"""How often a task that raised an error is run again."""
GONE = "the scheduler has gone; what was done is kept, and the same command continues once it is there again"
NO_CERTIFICATE = (
    "connections to '{}' are encrypted, and no certificate is set for this machine; name the files in Dask's settings: "
    "distributed.comm.tls.ca-file, .client.cert and .client.key"
)
INSTALL = "pip install 'gri-builder[cluster]'"


class ClusterError(Exception):
    """The cluster can't be used; the text gives the reason."""


class Cluster:
    """The workers of a scheduler, named by its address, such as 'tcp://10.0.0.5:8786'."""

    def __init__(self, scheduler: str) -> None:
        self._client = _connect(scheduler)
        self._check_workers(scheduler)

    def run(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[Outcome[T, R]]:
        """Yield each item with its result, in the order in which they are done. Raises ClusterError."""
        from distributed import as_completed

        rest, count = iter(items), 0
        running: dict[str, T] = {}
        done: Any = as_completed(loop=self._client.loop)  # type: ignore[no-untyped-call]
        while True:
            for item in islice(rest, max(0, self._window() - len(running))):
                future: Any = self._client.submit(
                    function, item, key=f"gri-builder-{os.getpid()}-{id(done)}-{count}", retries=RETRIES, pure=False
                )
                count += 1
                running[future.key] = item
                done.add(future)
                del future  # the one reference left is that of `done`, which drops it with the result
            if not running:
                return
            finished: Any = next(done)
            if finished.status == "cancelled":  # by no task of this program: the scheduler has gone
                raise ClusterError(GONE)
            result = _result_of(finished)
            item = running.pop(finished.key)
            finished.release()
            yield Outcome(item, result)

    def close(self) -> None:
        """Leave the cluster."""
        with suppress(Exception):
            self._client.close(timeout=5)  # type: ignore[no-untyped-call]

    def _window(self) -> int:
        if self._client.status != "running":
            raise ClusterError(GONE)
        workers: dict[str, Any] = self._client.scheduler_info(n_workers=-1)["workers"]
        threads = sum(int(each["nthreads"]) for each in workers.values())
        return RESERVE * max(1, threads)

    def _check_workers(self, scheduler: str) -> None:
        """Raise ClusterError where no worker has this version of the program."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as problem:
            self.close()
            message = f"the scheduler at '{scheduler}' has no workers; start some with 'dask worker {scheduler}'"
            raise ClusterError(message) from problem
        try:
            versions = set(self._client.run(program_version).values())
        except Exception as problem:
            self.close()
            message = (
                f"gri-builder can't be used on the workers ({name_fault(problem)}); install it there with {INSTALL}"
            )
            raise ClusterError(message) from problem
        if versions != {VERSION}:
            self.close()
            found = ", ".join(sorted(versions - {VERSION}))
            message = (
                f"the workers have gri-builder {found}, and this is {VERSION}; install the same version everywhere"
            )
            raise ClusterError(message)


def program_version() -> str:
    """Return the version of the program on a worker."""
    return VERSION


def _connect(scheduler: str) -> Client:
    try:
        import logging

        from distributed import Client
    except ImportError as problem:
        raise ClusterError(f"a survey on a cluster needs Dask: {INSTALL}") from problem
    for name in [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what becomes of a task, its outcome says
    try:
        return Client(scheduler, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except TypeError as problem:  # Dask's words for connections that are to be encrypted, and have no certificate
        raise ClusterError(NO_CERTIFICATE.format(scheduler)) from problem
    except (OSError, TimeoutError, ValueError, RuntimeError) as problem:
        message = f"there is no Dask scheduler at '{scheduler}'; start one with 'dask scheduler', and name its address"
        if scheduler.startswith("tls:") or isinstance(problem, RuntimeError):
            message += f"; if it is there, see its certificates and those of this machine ({name_fault(problem)})"
        raise ClusterError(message) from problem


def _result_of(future: Any) -> Any:
    if future.status == "finished":
        return future.result()
    try:
        problem = future.exception()
    except BaseException as cancelled:
        return Failure("lost", name_fault(cancelled))
    if type(problem).__name__ in ("KilledWorker", "CommClosedError", "WorkerClosedError"):
        return Failure("lost", name_fault(problem))
    return Failure("fault", name_fault(problem))
