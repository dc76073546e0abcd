"""Keeps the worker alive: starts it, hands it requests, and starts another one where it ends by itself."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

from msgspec.structs import replace

from gri_builder.preview.server.worker import Answer, Request, merge_requests, run_worker

_SESSIONS_OF_A_WORKER = 1_000_000
"""So that the sessions of two workers never have the same number."""
_ENDING = 2.0
"""Seconds that a worker has to end."""


class Supervisor:
    """One worker at a time; to be used from the thread of the event loop."""

    def __init__(
        self,
        folder: Path,
        answered: Callable[[Answer], None],
        crashed: Callable[[str], None],
        language: str | None = None,
    ) -> None:
        """`answered` is called with each step of an answer, `crashed` with one sentence on why a worker ended."""
        self.folder, self.language = folder, language
        self._answered, self._crashed = answered, crashed
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._worker = 0
        self.number = 0
        """Number of the latest request."""
        self._open: Request | None = None
        """The request that is not answered yet, with all that those before it asked for."""
        self._retried = 0
        """Number of the request that a worker crashed on and that was tried again."""
        self._is_stopping = False

    @property
    def pid(self) -> int | None:
        """Number of the worker's process."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start a worker."""
        self._worker += 1
        context = multiprocessing.get_context("spawn")
        mine, its = context.Pipe()
        process = context.Process(target=run_worker, args=(its, self.folder, self.language), daemon=True)
        process.start()
        its.close()
        self._process, self._connection = process, mine
        arguments = (asyncio.get_running_loop(), mine, process, self._worker)
        Thread(target=self._read, args=arguments, daemon=True).start()

    def request(self, changed: frozenset[str] | None, draft: bool) -> None:
        """Ask for the answer to a change; a worker that has crashed is started first."""
        self.number += 1
        asked = Request(self.number, changed, draft)
        self._open = merge_requests(self._open, asked) if self._open else asked
        if self._process is None:
            self.start()
        self._send(asked)

    def _send(self, request: Request) -> None:
        with suppress(OSError):  # a worker that has just ended; the reader says so
            if self._connection is not None:
                self._connection.send(request)

    def _read(self, loop: asyncio.AbstractEventLoop, connection: Connection, process: BaseProcess, worker: int) -> None:
        """Hand on what a worker sends, until it ends; runs in a thread of its own."""
        with suppress(RuntimeError):  # the loop has ended
            try:
                while True:
                    loop.call_soon_threadsafe(self._receive, worker, connection.recv())
            except (EOFError, OSError):
                process.join()
                loop.call_soon_threadsafe(self._notice_end, worker, process.exitcode)

    def _receive(self, worker: int, answer: Answer) -> None:
        if worker != self._worker or self._is_stopping:
            return
        is_last = answer.failure is not None or (answer.view is not None and answer.view.is_last)
        if is_last and self._open and answer.number == self._open.number:
            self._open = None
        self._answered(replace(answer, session=worker * _SESSIONS_OF_A_WORKER + answer.session))

    def _notice_end(self, worker: int, code: int | None) -> None:
        """Say that a worker has ended by itself; start another one, and try once more what the first one broke on."""
        if worker != self._worker or self._is_stopping:
            return
        self._process, broken = None, self._open
        if broken is None or self._retried == broken.number:
            self._open = None
            self._crashed(f"{_explain_end(code)}; it is started anew with the next change")
            return
        self._crashed(f"{_explain_end(code)}; it was started anew")
        self._retried = broken.number
        self._open = Request(broken.number, None, broken.draft)
        self.start()
        self._send(self._open)

    def stop(self) -> None:
        """End the worker."""
        self._is_stopping = True
        if self._connection is not None:
            self._connection.close()
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            self._process.join(_ENDING)
            if self._process.is_alive():
                self._process.kill()
                self._process.join(_ENDING)


def _explain_end(code: int | None) -> str:
    """Return why a worker ended, by its exit code."""
    if code is not None and code < 0:
        with suppress(ValueError):
            name = signal.Signals(-code).name
            if name == "SIGXCPU":
                return "making the pages took too long, and was stopped (see docs/reference/limits.md)"
            return f"the process that makes the pages ended unexpectedly ({name})"
    return "the process that makes the pages ended unexpectedly"
