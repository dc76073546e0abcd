"""The session in a process of its own: what breaks there, however it breaks, leaves the server alive."""

from __future__ import annotations

import signal
import sys
import traceback
import warnings
from multiprocessing.connection import Connection
from pathlib import Path

from msgspec import Struct

from gri_builder.limits.budget import find_budget
from gri_builder.limits.limit import MEGABYTE
from gri_builder.limits.process_limits import allow_time, limit_data
from gri_builder.preview.session import Session
from gri_builder.preview.view import View


class Request(Struct, frozen=True):
    """What the server asks the worker for."""

    number: int
    """From 1; a later request replaces one that is not answered yet."""
    changed: frozenset[str] | None
    """Paths of the files in the report folder that changed; None means any."""
    draft: bool


class Answer(Struct, frozen=True):
    """One step of the answer to a request."""

    number: int
    """Number of the request."""
    session: int
    """Number of the session: a new one has shown no pages yet."""
    view: View | None = None
    failure: str | None = None
    """One sentence, where the program itself failed."""


def merge_requests(old: Request, new: Request) -> Request:
    """Return the request that asks for what both ask for, as the new one shows it."""
    changed = None if old.changed is None or new.changed is None else old.changed | new.changed
    return Request(new.number, changed, new.draft)


def run_worker(connection: Connection, folder: Path, language: str | None = None) -> None:
    """Answer requests until the server has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process in order
    warnings.simplefilter("ignore")
    limit_data(find_budget([folder]).megabytes * MEGABYTE, 0)
    session, number, pending = Session(folder, language=language), 1, None
    while True:
        try:
            request = connection.recv()
            while connection.poll():
                request = merge_requests(request, connection.recv())
            if pending is not None:
                request = merge_requests(pending, request)
            allow_time(find_budget([folder]).seconds)
            pending = None if _answer(connection, session, number, request) else request
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return
        except Exception as problem:
            session, number, pending = Session(folder, language=language), number + 1, None
            try:
                connection.send(Answer(request.number, number, failure=describe_failure(problem)))
            except OSError:
                return


def _answer(connection: Connection, session: Session, number: int, request: Request) -> bool:
    """Send the steps of an answer; return whether the last one was sent: a newer request may have come before it."""
    is_done = False
    for view in session.update(request.changed, request.draft, connection.poll):
        connection.send(Answer(request.number, number, view))
        is_done = view.is_last
    return is_done


def describe_failure(problem: Exception) -> str:
    """Return one sentence about an error of the program itself, with its place."""
    if isinstance(problem, MemoryError):
        return "the report takes more memory than a preview may use; see docs/reference/limits.md"
    frame = traceback.extract_tb(sys.exc_info()[2] or problem.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}, {frame.name}()"
    return f"{type(problem).__name__} at {place}: this is a bug in gri-builder, not in your report"
