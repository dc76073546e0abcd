"""A bound with its name, value, unit and meaning, and the value that is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from msgspec import Struct

MEGABYTE = 1_000_000
"""Bytes of a megabyte; memory is counted in megabytes of 1,048,576 bytes."""
_changed: ContextVar[Mapping[str, int]] = ContextVar("limits", default=MappingProxyType({}))
"""The limits whose value is not the default one, by name."""


class Limit(Struct, frozen=True):
    """A bound to what a file may hold, or to what reading it may take."""

    name: str
    """In kebab-case, as options and messages write it; never changed once published."""
    default: int
    unit: str
    """The unit of its value, in the plural."""
    meaning: str
    """What is bounded, as a noun."""
    option: str | None = None
    """The option that changes it, if it has one of its own."""
    is_fixed: bool = False
    """Whether it can't be changed."""
    highest: int | None = None
    """The highest value that can be chosen; None if any can."""

    @property
    def most(self) -> int:
        """The value in force: the default, or the one that was chosen."""
        return _changed.get().get(self.name, self.default)

    @property
    def is_changed(self) -> bool:
        """Whether a value was chosen."""
        return self.name in _changed.get()

    @property
    def hint(self) -> str:
        """How to allow more, as the end of a hint."""
        option = f"{self.option} N" if self.option else f"--limit {self.name}=N"
        return f"allow more with {option}"


def plural(count: int, unit: str) -> str:
    """Return a number with its unit, which is given in the plural: '1 second', '2 seconds of processor time'."""
    first, space, rest = unit.partition(" ")
    return f"{count:,} {first.removesuffix('s') if count == 1 else first}{space}{rest}"


def set_limits(values: Mapping[str, int]) -> None:
    """Choose values of limits by name, for all that follows in this process; the others keep theirs."""
    _changed.set({**_changed.get(), **values})


def chosen_limits() -> dict[str, int]:
    """Return the values that were chosen, by name, to hand them to another process."""
    return dict(_changed.get())


@contextmanager
def limits_set(values: Mapping[str, int]) -> Iterator[None]:
    """Choose values of limits by name, for the statements of a `with` block."""
    token = _changed.set({**_changed.get(), **values})
    try:
        yield
    finally:
        _changed.reset(token)
