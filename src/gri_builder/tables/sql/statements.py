"""Build SQL: names quoted as identifiers, texts as literals, numbers as exact decimals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from gri_builder.spreadsheets.numbers import APOSTROPHES, SPACES, NumberFormat

YEAR = "[12][0-9]{3}"
"""Pattern of the year within a day, a month or a year."""
PLAIN_NUMBER = r"[-+]?[0-9]+(\.[0-9]+)?"
MAX_PRECISION = 38
"""Maximum digits of a decimal number in DuckDB."""


def identifier(name: str) -> str:
    """Return the name of a table or column, quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text, quoted for SQL."""
    return "'" + text.replace("'", "''") + "'"


class AllBut(tuple[str, ...]):
    """Texts of a column whose rows are left out; '' means an empty cell."""

    __slots__ = ()


def is_one_of(column: str, wanted: Sequence[str]) -> str:
    """Return the condition that a column holds one of some texts, or none of those in `AllBut`."""
    if isinstance(wanted, AllBut):
        return _is_none_of(identifier(column), [text for text in wanted if text], "" in wanted)
    return f"{identifier(column)} IN ({', '.join(map(literal, wanted))})"


def _is_none_of(cell: str, texts: Sequence[str], must_be_filled: bool) -> str:
    """Return the condition that a cell holds none of some texts."""
    other = f"{cell} NOT IN ({', '.join(map(literal, texts))})" if texts else "true"
    if must_be_filled:
        return f"{cell} IS NOT NULL AND {other}" if texts else f"{cell} IS NOT NULL"
    return f"({cell} IS NULL OR {other})"


def year_of(cell: str) -> str:
    """Return the expression for the year in the expression of a day, month or year."""
    return f"regexp_extract({cell}, '{YEAR}')"


def number_pattern(number_format: NumberFormat, is_share: bool = False) -> str:
    """Return the regular expression of numbers in a number format; `is_share` allows a per cent sign behind them."""
    point = r"\." if number_format.decimal == "." else ","
    groups = f"[{number_format.other}{SPACES}{APOSTROPHES}]"
    inner = f"({groups}[0-9]{{2,3}})*" if number_format.pairs else f"({groups}[0-9]{{3}})*"
    whole = f"[1-9][0-9]{{0,2}}{inner}{groups}[0-9]{{3}}|[0-9]+"
    percent = f"([{SPACES}]*%)?" if is_share else ""
    return f"[{SPACES}]*[-+−]?(({whole})({point}[0-9]+)?|{point}[0-9]+){percent}[{SPACES}]*"


def plain_number(column: str, number_format: NumberFormat | None) -> str:
    """Return the expression for a column's numbers in plain digits; None means that they are plain already."""
    cell = f"{identifier(column)}::VARCHAR"
    if number_format is None:
        return cell
    groups = literal(f"[{number_format.other}{SPACES}{APOSTROPHES}%]")
    return f"replace(replace(regexp_replace({cell}, {groups}, '', 'g'), '{number_format.decimal}', '.'), '−', '-')"


class AggregateFunction(StrEnum):
    """How the values of several rows become one."""

    SUM = "sum"
    MEAN = "mean"
    WEIGHTED_MEAN = "weighted-mean"
    MIN = "min"
    MAX = "max"
    COUNT = "count"
    RATIO = "ratio"
    """The sum of the values divided by that of the weights, for rows that hold such sums already."""
    LAST = "last"
    """The sum of the rows of the last day or month of each period, which the query chooses by its conditions."""


class NumberColumn(Struct, frozen=True):
    """A column of numbers."""

    column: str
    scale: int = 0
    """Maximum number of digits after the decimal sign."""
    width: int = MAX_PRECISION
    """Precision in digits."""
    number_format: NumberFormat | None = None
    """How the numbers are written, where not in plain digits."""

    words: tuple[str, ...] = ()
    """Words in cells without a number, in lower case."""
    factor: str = ""
    """Expression by which the number of each row is multiplied, as rows are in several units; empty for none."""

    @property
    def is_present(self) -> str:
        """The condition that a row has a number."""
        cell = identifier(self.column)
        without = f" AND lower({cell}) NOT IN ({', '.join(map(literal, self.words))})" if self.words else ""
        return f"{cell} IS NOT NULL{without}"

    @property
    def plain(self) -> str:
        """The number as text in plain digits."""
        return plain_number(self.column, self.number_format)

    @property
    def sql(self) -> str:
        """The number as an exact decimal."""
        number = f"CAST({self.plain} AS DECIMAL({self.width}, {self.scale}))"
        return f"{number} * {self.factor}" if self.factor else number


class PeriodExpression(Struct, frozen=True):
    """How SQL finds the period of a row."""

    label: str
    """Expression of the period's label."""
    conditions: tuple[str, ...] = ()
    """Conditions for the rows that count."""
    needs_texts: bool = False
    """Whether the cells must be the texts of the file, which a database may otherwise read as days or numbers."""


class AggregateQuery(Struct, frozen=True):
    """A query that aggregates rows into one value for each period and combination of members."""

    tables: tuple[str, ...]
    """Names of the tables whose rows are combined."""
    function: AggregateFunction
    period: PeriodExpression
    value: NumberColumn | None
    """None where rows are counted."""
    weight: NumberColumn | None
    groups: Mapping[str, str]
    """Column by dimension."""
    chosen: Mapping[str, Sequence[str]]
    """Accepted texts of a column, by column."""
    is_distinct: bool = False
    """Whether rows that are equal in every column are counted once."""
    rows: str | None = None
    """Column with the number of rows that each row was made of; None where each is one."""

    @property
    def conditions(self) -> tuple[str, ...]:
        """Conditions that a row must meet."""
        keys = tuple(is_one_of(column, wanted) for column, wanted in self.chosen.items())
        numbers = tuple(each.is_present for each in (self.value, self.weight) if each)
        return (*keys, *numbers, *self.period.conditions)

    @property
    def source(self) -> str:
        """The tables as one."""
        if len(self.tables) == 1 and not self.is_distinct:
            return identifier(self.tables[0])
        union = " UNION ALL BY NAME ".join(f"SELECT * FROM {identifier(name)}" for name in self.tables)
        return f"(SELECT DISTINCT * FROM ({union}))" if self.is_distinct else f"({union})"

    def publish(self, query: str) -> str:
        """Return its query, or one made from it, as others run it in the report folder, where files are read anew."""
        for name in self.tables if self.period.needs_texts else ():
            if not name.lower().endswith((".xlsx", ".xlsm")):
                texts = f"read_csv({literal(name)}, all_varchar = true)"
                query = query.replace(f"FROM {identifier(name)}", f"FROM {texts}")
        return query

    @property
    def query(self) -> str:
        """The SELECT statement: period, a column for each dimension, the parts of the value, the number of rows."""
        keys = {"period": self.period.label} | {name: identifier(column) for name, column in self.groups.items()}
        columns = [f"{expression} AS {identifier(name)}" for name, expression in keys.items()]
        where = f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        source = f"{self.source}{where}"
        count = f"sum(CAST({identifier(self.rows)} AS BIGINT))" if self.rows else "count(*)"
        parts = ", ".join((*columns, *self._parts(), f'{count} AS "rows"'))
        order = ", ".join(str(number) for number in range(1, len(keys) + 1))
        return f"SELECT {parts} FROM {source} GROUP BY {order} ORDER BY {order}"

    def _parts(self) -> tuple[str, ...]:
        """Return the expressions of the value; a mean is the first of two divided by the second."""
        if self.value is None:
            return ('count(*) AS "value"',)
        number = self.value.sql
        match self.function:
            case AggregateFunction.MEAN:
                return (f'sum({number}) AS "sum"', f'count({number}) AS "number"')
            case AggregateFunction.WEIGHTED_MEAN if self.weight:
                return (f'sum({number} * {self.weight.sql}) AS "sum"', f'sum({self.weight.sql}) AS "weights"')
            case AggregateFunction.RATIO if self.weight:
                return (f'sum({number}) AS "sum"', f'sum({self.weight.sql}) AS "weights"')
            case AggregateFunction.MIN | AggregateFunction.MAX:
                return (f'{self.function}({number}) AS "value"',)
            case _:
                return (f'sum({number}) AS "value"',)
