"""SQL out of a description: names quoted as identifiers, texts as literals, numbers as exact decimals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from gri_builder.spreadsheets.numbers import APOSTROPHES, SPACES, NumberFormat

YEAR = "[12][0-9]{3}"
"""A year within a day, a month or a year as people write it."""
PLAIN_NUMBER = r"[-+]?[0-9]+(\.[0-9]+)?"
WIDEST = 38
"""Digits of the longest decimal number of the database."""


def identifier(name: str) -> str:
    """Return a name of a table or column as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as SQL takes it."""
    return "'" + text.replace("'", "''") + "'"


def texts(column: str, wanted: Sequence[str]) -> str:
    """Return the condition that a column holds one of some texts."""
    return f"{identifier(column)} IN ({', '.join(map(literal, wanted))})"


def year_of(column: str) -> str:
    """Return the year of a column of days, months or years."""
    return f"regexp_extract({identifier(column)}::VARCHAR, '{YEAR}')"


def number_pattern(writing: NumberFormat) -> str:
    """Return the regular expression of a number that is written so."""
    point = r"\." if writing.decimal == "." else ","
    groups = f"[{writing.other}{SPACES}{APOSTROPHES}]"
    return f"[-+−]?([1-9][0-9]{{0,2}}({groups}[0-9]{{3}})+|[0-9]+)({point}[0-9]+)?"


def plain_number(column: str, writing: NumberFormat | None) -> str:
    """Return a column's numbers as texts in plain digits; None stands for those that are plain already."""
    cell = f"{identifier(column)}::VARCHAR"
    if writing is None:
        return cell
    groups = literal(f"[{writing.other}{SPACES}{APOSTROPHES}]")
    return f"replace(replace(regexp_replace({cell}, {groups}, '', 'g'), '{writing.decimal}', '.'), '−', '-')"


class Number(Struct, frozen=True):
    """A column of numbers."""

    column: str
    scale: int = 0
    """Most digits behind the decimal sign."""
    width: int = WIDEST
    """Digits that it is reckoned with."""
    writing: NumberFormat | None = None
    """How they are written, where not in plain digits."""

    words: tuple[str, ...] = ()
    """Words that stand in it where there is no number, in small letters."""

    @property
    def is_there(self) -> str:
        """The condition that there is a number."""
        cell = identifier(self.column)
        without = f" AND lower({cell}) NOT IN ({', '.join(map(literal, self.words))})" if self.words else ""
        return f"{cell} IS NOT NULL{without}"

    @property
    def sql(self) -> str:
        """The number as an exact decimal."""
        return f"CAST({plain_number(self.column, self.writing)} AS DECIMAL({self.width}, {self.scale}))"


class AggregateQuery(Struct, frozen=True):
    """How rows become facts."""

    tables: tuple[str, ...]
    """Names of the tables whose rows are taken together."""
    how: str
    period: str
    """Column with days, months or years."""
    value: Number | None
    """None where rows are counted."""
    weight: Number | None
    groups: Mapping[str, str]
    """Column by dimension."""
    chosen: Mapping[str, Sequence[str]]
    """Texts of which a column must hold one, by column."""

    @property
    def conditions(self) -> tuple[str, ...]:
        """What holds for the rows that are taken."""
        keys = tuple(texts(column, wanted) for column, wanted in self.chosen.items())
        numbers = tuple(each.is_there for each in (self.value, self.weight) if each)
        return (*keys, *numbers)

    @property
    def source(self) -> str:
        """The tables as one."""
        if len(self.tables) == 1:
            return identifier(self.tables[0])
        return "(" + " UNION ALL BY NAME ".join(f"SELECT * FROM {identifier(name)}" for name in self.tables) + ")"

    @property
    def query(self) -> str:
        """The whole as one SELECT: period, a column for each dimension, the parts of the value, the rows taken."""
        keys = {"period": year_of(self.period)} | {name: identifier(column) for name, column in self.groups.items()}
        columns = [f"{expression} AS {identifier(name)}" for name, expression in keys.items()]
        where = f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        source = f"{self.source}{where}"
        if self.how == "last":
            latest = f"max({identifier(self.period)}) OVER (PARTITION BY {year_of(self.period)})"
            source = f"(SELECT * FROM {source} QUALIFY {identifier(self.period)} = {latest})"
        parts = ", ".join((*columns, *self._parts(), 'count(*) AS "rows"'))
        order = ", ".join(str(number) for number in range(1, len(keys) + 1))
        return f"SELECT {parts} FROM {source} GROUP BY {order} ORDER BY {order}"

    def _parts(self) -> tuple[str, ...]:
        """Return the expressions that make the value; a mean is the first of two divided by the second."""
        if self.value is None:
            return ('count(*) AS "value"',)
        number = self.value.sql
        if self.how == "mean":
            return (f'sum({number}) AS "sum"', f'count({number}) AS "number"')
        if self.how == "weighted-mean" and self.weight:
            return (f'sum({number} * {self.weight.sql}) AS "sum"', f'sum({self.weight.sql}) AS "weights"')
        function = {"min": "min", "max": "max"}.get(self.how, "sum")
        return (f'{function}({number}) AS "value"',)
