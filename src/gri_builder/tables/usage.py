"""What one series uses of a file: columns, rows and sheet, and what its description leaves out on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from gri_builder.model.facts import Fact
from gri_builder.model.finding import Finding
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of
from gri_builder.spreadsheets.table import Table
from gri_builder.tables.series_context import SeriesContext
from gri_builder.tables.sql.records import Records

if TYPE_CHECKING:
    from gri_builder.tables.sql.row_source import RowSource

ALL = "all"
"""Value of 'unused' by which everything else in a file is left out on purpose."""


class TableUse(Struct, frozen=True):
    """The part of one table that one series uses."""

    table: Table
    columns: frozenset[int]
    """Columns whose cells are used, from 0."""
    description: Node
    """The part of the series that names the file: 'from', 'aggregate' or 'query'."""
    rows: frozenset[int] | None = None
    """Numbers of the rows that are used; None for all."""
    records: Records | None = None
    """The table's rows, where they are aggregated."""
    database: RowSource | None = None
    """The database that holds them."""
    name: str = ""
    """Name of their table in the database."""
    condition: str | None = None
    """The condition of used rows, for SQL, where they are aggregated; None for all."""
    chosen: tuple[int, ...] = ()
    """Columns whose cells choose the rows."""
    is_query: bool = False
    """Whether a query chooses the rows."""
    series: SeriesContext | None = None
    """The series; None only in tests."""

    @property
    def uses_all_rows(self) -> bool:
        """Whether it may use each row; a query says so only by the columns that it names."""
        return self.rows is None and self.condition is None


class ReadValues(NamedTuple):
    """What a reader makes of the file that a series names."""

    facts: list[Fact]
    findings: list[Finding]
    uses: tuple[TableUse, ...] = ()


class DeclaredUnused(Struct, frozen=True):
    """What descriptions leave out of a file on purpose; each name with its place."""

    is_all: bool
    columns: Mapping[str, Node]
    rows: Mapping[str, tuple[Node, ...]]
    """By header, the texts of the cells whose rows are left out."""
    sheets: Mapping[str, Node]
    notes: bool = False
    """Whether the notes below the rows are left out."""
    titles: bool = False
    """Whether the titles above the headers are left out."""


def read_unused(description: Node) -> DeclaredUnused:
    """Return what 'unused' of a description declares."""
    node = description.get("unused")
    if node is None or node.kind == "invalid":
        return DeclaredUnused(False, {}, {}, {})
    if node.kind == "mapping":
        rows = node.get("rows")
        chosen = {name: entry.value.items or (entry.value,) for name, entry in (rows.entries if rows else {}).items()}
        notes, titles = node.get("notes") is not None, node.get("titles") is not None
        return DeclaredUnused(False, _names(node.get("columns")), chosen, _names(node.get("sheets")), notes, titles)
    if spelling_of(node) == ALL:
        return DeclaredUnused(True, {}, {}, {})
    return DeclaredUnused(False, _names(node), {}, {})


def _names(node: Node | None) -> dict[str, Node]:
    return {spelling_of(each) or "": each for each in (node.items or (node,))} if node else {}
