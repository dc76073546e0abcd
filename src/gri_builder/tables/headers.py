"""The headers that 'from' names, and their columns in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from gri_builder.model.facts import FactStatus
from gri_builder.model.finding import Finding, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.spreadsheets.table import Table
from gri_builder.tables.constant_period import constant_period
from gri_builder.tables.period_headers import find_period_columns, is_period_header
from gri_builder.tables.source_files import find_column
from gri_builder.tables.usage import DeclaredUnused, read_unused


class NamedHeader(Struct, frozen=True):
    """A header that the description names."""

    name: str
    node: Node
    """Place that names it."""
    label: str | None = None
    """Label of the period that it is, if it has another one."""


class TableColumns(Struct, frozen=True):
    """Columns of a table, from 0, by their purpose."""

    keys: Mapping[str, int]
    """Columns whose cells choose rows, by header."""
    members: tuple[int, ...]
    """A column for each dimension."""
    periods: Mapping[str, int]
    """Columns of values by period, where periods are columns."""
    period: int | None
    value: int | None
    status: int | None
    statuses: Mapping[str, FactStatus]
    """Status of the values of a period, where its header states one."""

    @property
    def used(self) -> frozenset[int]:
        """All of them."""
        named = (column for column in (self.period, self.value, self.status) if column is not None)
        return frozenset((*self.keys.values(), *self.members, *self.periods.values(), *named))

    @property
    def values(self) -> tuple[int, ...]:
        """Columns with numbers."""
        return (*self.periods.values(), *(() if self.value is None else (self.value,)))

    @property
    def texts(self) -> tuple[int, ...]:
        """Columns with keys, members, periods and statuses."""
        return (*self.keys.values(), *self.members, *(each for each in (self.period, self.status) if each is not None))


class TableHeaders(Struct, frozen=True):
    """The headers that a description names, by their purpose."""

    keys: Mapping[str, NamedHeader]
    """Headers of the columns whose cells choose rows."""
    members: tuple[NamedHeader, ...]
    periods: tuple[NamedHeader, ...]
    """Headers that are periods, where they are named."""
    period: NamedHeader | None
    value: NamedHeader | None
    status: NamedHeader | None
    file: Node
    """The file's name in the description."""
    constant: Node | None = None
    """The place that names the one year of all rows."""
    unused: DeclaredUnused | None = None
    """What is left out on purpose."""

    @property
    def is_wide(self) -> bool:
        """Return whether periods are columns."""
        return self.period is None and self.constant is None

    def all(self) -> Iterator[NamedHeader]:
        """Yield all named headers."""
        yield from self.keys.values()
        yield from self.members
        yield from self.periods
        yield from filter(None, (self.period, self.value, self.status))

    def is_period(self, header: str) -> bool:
        """Return whether a header is a period, where none is named."""
        return not self.periods and is_period_header(header)


def read_headers(node: Node, dimensions: Sequence[str]) -> TableHeaders:
    """Return the headers that 'from' names; a dimension without a header under 'members' has its own name."""
    chosen, listed_members, periods = node.get("where"), node.get("members"), node.get("periods")
    keys = {name: NamedHeader(name, entry.key) for name, entry in chosen.entries.items()} if chosen else {}
    file = node.get("file") or node
    if listed_members:
        nodes = listed_members.items or (listed_members,)
        members = tuple(NamedHeader(spelling_of(each) or "", each) for each in nodes)
    else:
        members = tuple(NamedHeader(name, file) for name in dimensions)
    named = _named_periods(periods)
    constant = node.get("period") if constant_period(node.get("period")) and node.get("value") else None
    given = None if constant else node.get("period")
    period, value, status = (_named_header(each) for each in (given, node.get("value"), node.get("status")))
    return TableHeaders(keys, members, named, period, value, status, file, constant, read_unused(node))


def _named_periods(node: Node | None) -> tuple[NamedHeader, ...]:
    """Return the headers that 'periods' lists, or maps to labels."""
    if node is None:
        return ()
    if node.kind == "mapping":
        return tuple(NamedHeader(name, entry.key, spelling_of(entry.value)) for name, entry in node.entries.items())
    return tuple(NamedHeader(spelling_of(each) or "", each) for each in node.items)


def _named_header(node: Node | None) -> NamedHeader | None:
    name = spelling_of(node)
    return NamedHeader(name, node) if node and name else None


def find_columns(headers: TableHeaders, table: Table) -> tuple[TableColumns | None, list[Finding]]:
    """Return the columns of the headers; None where one can't be found."""
    found = {id(each): find_column(table, each.name, each.node) for each in headers.all()}
    wrong = [each for each in found.values() if isinstance(each, Finding)]
    if wrong or (wrong := list(_find_equal_labels(headers.periods))):
        return None, wrong
    place = {key: column for key, column in found.items() if isinstance(column, int)}
    periods: Mapping[str, int] = {each.label or each.name: place[id(each)] for each in headers.periods}
    statuses: Mapping[str, FactStatus] = {}
    findings: list[Finding] = []
    if headers.is_wide and not periods:
        excluded = frozenset(place.values()) | _declared_unused(headers, table)
        found_periods, findings = find_period_columns(table, excluded, headers.file.where)
        periods, statuses = found_periods.columns, found_periods.statuses
    if headers.constant and headers.value and (written := constant_period(headers.constant)):
        periods = {str(written.year): place[id(headers.value)]}
    period, value, status = (
        place[id(each)] if each else None for each in (headers.period, headers.value, headers.status)
    )
    keys = {name: place[id(each)] for name, each in headers.keys.items()}
    members = tuple(place[id(each)] for each in headers.members)
    columns = TableColumns(keys, members, periods, period, value, status, statuses)
    return columns, findings


def _find_equal_labels(named: Sequence[NamedHeader]) -> Iterator[Finding]:
    """Yield an error for each header that 'periods' maps to the label of another one."""
    first: dict[str, str] = {}
    for each in named:
        label = each.label or each.name
        if first.setdefault(label, each.name) != each.name:
            message = f"'periods' calls two columns {label}: '{shorten(first[label])}' and '{shorten(each.name)}'"
            hint = "give each column a period of its own, or remove one of the two lines"
            yield error("duplicate-header", message, each.node.where, hint)


def _declared_unused(headers: TableHeaders, table: Table) -> frozenset[int]:
    """Return the columns that the description declares unused by name."""
    names = headers.unused.columns if headers.unused else {}
    return frozenset(column for name in names for column in table.columns.get(casefold_key(name), ()))
