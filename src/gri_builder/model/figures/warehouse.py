"""Warehouses from which facts are pulled, what is asked of them, and what was pulled."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from gri_builder.model.finding import Location

Engine = Literal["duckdb", "postgres", "spark"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
"""Programs that hold the tables of a warehouse."""
ROWS = "pulled rows"
"""Column of a snapshot with the number of rows of the warehouse that each of its rows was made of."""
WEIGHT = "pulled weight"
"""Column of a snapshot with what a sum of values is divided by for a mean."""


class Connection(Struct, frozen=True):
    """How a warehouse is reached; it holds names of environment variables, never a secret."""

    name: str
    engine: Engine
    where: Location
    host: str | None = None
    port: int | None = None
    database: str | None = None
    schema: str | None = None
    """Schema of its tables, where a table's name has none."""
    user: str | None = None
    password: str | None = None
    """Name of the environment variable that holds the password."""
    tls: bool | None = None
    """Whether the connection is encrypted; None: unless the server is on this machine."""
    certificate: str | None = None
    """File with the certificates that the server's is checked against; None for those of the system."""
    file: str | None = None
    """Database file of DuckDB."""
    address: str | None = None
    """Address of Spark, such as local[2] or spark://host:7077."""
    tables: Mapping[str, str] = {}
    """Addresses of Parquet files, by the names of their tables."""
    timeout: int = 300
    """Seconds after which a query is given up."""
    timezone: str = "UTC"
    """Time zone in which a time is a day."""


class PullRequest(Struct, frozen=True):
    """What a fact series asks of a warehouse."""

    series: str
    connection: str
    where: Location
    table: str | None = None
    sql: str | None = None
    function: str = ""
    """How values are combined; empty for a query in SQL."""
    value: str | None = None
    weight: str | None = None
    columns: tuple[str, ...] = ()
    """Headers by which rows are grouped, in order, the periods first."""
    periods: tuple[str, ...] = ()
    """Those of them that hold days, months or years."""
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Accepted texts, case-folded, by column."""
    totals: str | None = None
    """What the description says about totals among the rows."""
    duplicates: str | None = None
    """What the description says about rows that are equal in every column."""

    @property
    def source(self) -> str:
        """What it reads, as the report writes it."""
        return f"{self.connection}.{self.table}" if self.table else self.connection

    @property
    def described(self) -> str:
        """Hash of all that its result depends on in the description."""
        kept = {name: getattr(self, name) for name in self.__struct_fields__ if name not in ("where", "series")}
        return hashlib.sha256(msgspec.json.encode(kept)).hexdigest()


class PullRecord(Struct, frozen=True):
    """What is written beside a snapshot: where it is from."""

    series: str
    source: str
    engine: str
    query: str
    pulled: str
    """When, in UTC, such as 2016-02-01T08:30:00Z."""
    rows: int
    """Rows of the warehouse that it was made of."""
    lines: int
    """Rows of the snapshot."""
    described: str
    """Hash of the description."""
    content: str
    """Hash of its rows, the same for each engine."""
    sha256: str
    """Hash of its file."""
    empty: int = 0
    """Rows of the warehouse without a value."""
    floats: tuple[str, ...] = ()
    """Columns of binary numbers that were rounded to decimal ones."""
    where: Location | None = None
    """Its file; None before it is written."""
