"""What answers SQL with rows: a database in this process, or one in a process of its own."""

from __future__ import annotations

from typing import Any, Protocol

from gri_builder.limits.limit import Limit


class QueryError(Exception):
    """The database rejected or interrupted a query; the text is its reason."""


class QueryMemoryError(QueryError):
    """The database needs more memory for a query than it may use."""


class QueryLimitError(Exception):
    """A query was stopped, as it exceeds a limit; the text says by what."""

    def __init__(self, reason: str, limit: Limit) -> None:
        super().__init__(reason)
        self.limit = limit


class RowSource(Protocol):
    """A database that can be asked."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query; raises QueryError, or QueryLimitError where it may be stopped."""
        ...


class OpenRowSource(RowSource, Protocol):
    """A database in this process, which its owner closes."""

    def close(self) -> None:
        """Close it."""
        ...
