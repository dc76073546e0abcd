"""Memos: results of pure functions, kept from one build to the next of the same process, where somebody wants that.

A function that takes long and depends on its arguments alone says so with `remembered`. It is called as ever, unless
the call happens inside `Memos.remembering()`, as in the live preview.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar

KEPT_ROUNDS = 3
"""Rounds after which a result that nobody asked for again is dropped."""

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class Same(Generic[T]):
    """A part of a key that is equal to itself only: for large values that are kept themselves."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


class Equal(Generic[T]):
    """A part of a key that can't be hashed: compared with those that have the same name."""

    __slots__ = ("name", "value")

    def __init__(self, value: T, name: str = "") -> None:
        self.value, self.name = value, name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Equal) and self.name == other.name and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.name)


class Memos:
    """Results by function and arguments."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[int, Any]] = {}
        """The last round that asked for a result, and the result."""
        self._round = 0

    @contextmanager
    def remembering(self, same_round: bool = False) -> Iterator[None]:
        """Keep results meanwhile, and return those that are kept; a new round starts, unless it is the `same_round`."""
        global _active
        before, _active = _active, self
        self._round += not same_round
        try:
            yield
        finally:
            _active = before
            self._kept = {key: one for key, one in self._kept.items() if self._round - one[0] < KEPT_ROUNDS}

    def recall(self, key: Hashable, make: Callable[[], R]) -> R:
        """Return the result of that key; made now if it is not kept."""
        found = self._kept.get(key)
        value = make() if found is None else found[1]
        self._kept[key] = self._round, value
        return value

    def __len__(self) -> int:
        return len(self._kept)


_active: Memos | None = None


def remembered(key: Callable[P, Hashable]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator for a function whose result depends only on what `key` returns for its arguments.

    The result must not change afterwards: it is given to every caller.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def call(*arguments: P.args, **named: P.kwargs) -> R:
            if _active is None:
                return function(*arguments, **named)
            whole = (function, key(*arguments, **named))
            return _active.recall(whole, lambda: function(*arguments, **named))

        return call

    return decorate
