"""What becomes of a task."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, Literal, Protocol, TypeVar

from msgspec import Struct

T = TypeVar("T")
R = TypeVar("R")

FailureKind = Literal["lost", "fault"]
"""'lost': every worker that ran the task ended in the midst of it; 'fault': the task raised an error."""


class Failure(Struct, frozen=True):
    """Why a task has no result."""

    kind: FailureKind
    reason: str


class Outcome(Struct, Generic[T, R], frozen=True):
    """A task with its result, or with the failure."""

    item: T
    result: R | Failure


class Engine(Protocol):
    """Runs a function on many items; only as many are under way as there are workers for, with a few in reserve."""

    def run(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[Outcome[T, R]]:
        """Yield each item with its result, in the order in which they are done."""
        ...


def name_fault(problem: BaseException) -> str:
    """Return the type and the first line of an error."""
    first = next(iter(str(problem).strip().splitlines()), "")
    return f"{type(problem).__name__}: {first}" if first else type(problem).__name__


def explain_fault(reason: str) -> str | None:
    """Return what to do about an error that comes from the installation, not from the task; None for any other."""
    if not any(name in reason for name in _INSTALLATION):
        return None
    return "gri-builder is not whole on the worker, or was changed while it ran: install it again there"


_INSTALLATION = ("ModuleNotFoundError", "ImportError")
