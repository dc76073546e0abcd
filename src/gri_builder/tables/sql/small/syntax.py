"""The syntax tree of the queries that this program writes itself: a small part of SQL."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

JoinKind = Literal["inner", "cross", "semi", "anti"]


class UnsupportedError(Exception):
    """A query, or a value that it meets, that only the database answers."""


class Constant(Struct, frozen=True):
    """A number, text, truth value or NULL."""

    value: object


class Column(Struct, frozen=True):
    """A column by its name; '*' for all."""

    name: str
    table: str = ""
    """Name of its table, where it is given."""


class Call(Struct, frozen=True):
    """A function or operator with its arguments, in lower case."""

    name: str
    arguments: tuple[Expression, ...]
    is_distinct: bool = False
    condition: Expression | None = None
    """Of an aggregate: the condition of the rows that count (FILTER)."""
    partition: tuple[Expression, ...] | None = None
    """Of an aggregate over a window: what its rows have in common."""


Expression = Constant | Column | Call


class Output(Struct, frozen=True):
    """One expression that a query selects."""

    expression: Expression
    name: str


class Join(Struct, frozen=True):
    """A table joined to those before it."""

    kind: JoinKind
    source: Source
    using: tuple[str, ...] = ()
    equal: tuple[Expression, Expression] | None = None
    """The two expressions that must be equal (ON)."""


class Select(Struct, frozen=True):
    """A query."""

    outputs: tuple[Output, ...]
    source: Source
    joins: tuple[Join, ...] = ()
    is_distinct: bool = False
    where: Expression | None = None
    group: tuple[Expression, ...] = ()
    having: Expression | None = None
    order: tuple[Expression, ...] = ()
    """Expressions; `Column('*')` for all columns in turn."""
    limit: int | None = None
    tables: tuple[NamedTable, ...] = ()
    """The tables that it defines for itself (WITH)."""


class Union(Struct, frozen=True):
    """The rows of several queries, with the columns of all by their names."""

    parts: tuple[Select, ...]


class Values(Struct, frozen=True):
    """Rows of constants."""

    rows: tuple[tuple[object, ...], ...]


class NamedTable(Struct, frozen=True):
    """A table that a query defines for itself."""

    name: str
    columns: tuple[str, ...]
    """Names of its columns; none for those of the query."""
    content: Select | Union | Values


Source = str | Select | Union
"""A table by its name, or a query in brackets."""
