"""Answers queries over tables of texts in Python.

An expression is calculated for all rows at a time. Most depend on one column, which has few different texts: these are
calculated once for each text. The rows that meet the conditions of a query are kept for the next with the same ones,
with what was calculated of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product, repeat
from typing import Any

from msgspec import Struct

from gri_builder.tables.sql.small.functions import AGGREGATES, LENIENT, STRICT, aggregate, is_one_of, sort_key
from gri_builder.tables.sql.small.syntax import (
    Call,
    Column,
    Constant,
    Expression,
    Join,
    NamedTable,
    Output,
    Select,
    Source,
    Union,
    UnsupportedError,
    Values,
)

Row = tuple[Any, ...]
ROW_NUMBER = "rowid"


class Relation(Struct, frozen=True):
    """Rows with the names of their columns."""

    names: tuple[str, ...]
    rows: Sequence[Row]
    has_numbers: bool = False
    """Whether the last column is the number of the row, which '*' does not show."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns that '*' shows."""
        return self.names[:-1] if self.has_numbers else self.names


class Evaluator:
    """Answers queries over some tables, which never change."""

    def __init__(self, tables: Mapping[str, Relation]) -> None:
        self._tables = tables
        self._filtered: dict[tuple[Source, Expression | None], _Scope] = {}

    def answer(self, query: Select) -> Relation:
        """Return the rows of a query; raises UnsupportedError."""
        inner = self
        for each in query.tables:
            inner = Evaluator({**inner._tables, each.name: inner._define(each)})
        return inner._select(query)

    def _define(self, table: NamedTable) -> Relation:
        if isinstance(table.content, Values):
            return Relation(table.columns, table.content.rows)
        found = self._read(table.content)
        return Relation(table.columns or found.names, found.rows)

    def _read(self, source: Source) -> Relation:
        if isinstance(source, str):
            if source not in self._tables:
                raise UnsupportedError(source)
            return self._tables[source]
        if isinstance(source, Union):
            return _unite([self.answer(each) for each in source.parts])
        return self.answer(source)

    def _select(self, query: Select) -> Relation:
        scope = self._filter(query.source, query.where)
        for join in query.joins:
            scope = _Scope(_join(scope, self._read(join.source), join))
        outputs = tuple(_expand(query.outputs, scope.relation))
        if query.group or any(_is_aggregate(each.expression) for each in outputs):
            found = _select_groups(query, outputs, scope)
        else:
            others = [scope.values(each) for each in _other_keys(query.order, outputs)]
            columns = [scope.values(each.expression) for each in outputs]
            keys: Iterable[Row] = zip(*others, strict=True) if others else repeat(())
            found = list(zip(zip(*columns, strict=True), keys, strict=False))
        return Relation(tuple(each.name for each in outputs), _finish(query, outputs, found))

    def _filter(self, source: Source, condition: Expression | None) -> _Scope:
        """Return the rows of a source that meet a condition, from a cache."""
        key = source, condition
        if key not in self._filtered:
            scope = _Scope(self._read(source)) if condition is None else self._filter(source, None)
            for each in _conjuncts(condition) if condition is not None else ():
                rows = [
                    row for row, holds in zip(scope.relation.rows, scope.values(each), strict=True) if holds is True
                ]
                scope = _Scope(Relation(scope.relation.names, rows, scope.relation.has_numbers))
            self._filtered[key] = scope
        return self._filtered[key]


def _unite(parts: Sequence[Relation]) -> Relation:
    """Return the rows of several queries, with the columns of all by their names."""
    names = tuple(dict.fromkeys(name for part in parts for name in part.shown))
    if len({name.casefold() for name in names}) < len(names):
        raise UnsupportedError("names that differ in case")
    rows: list[Row] = []
    for part in parts:
        if part.names == names:
            rows += part.rows
        else:
            places = [part.names.index(name) if name in part.shown else None for name in names]
            rows += [tuple(None if place is None else row[place] for place in places) for row in part.rows]
    return Relation(names, rows)


def _select_groups(query: Select, outputs: Sequence[Output], scope: _Scope) -> list[tuple[Row, Row]]:
    """Return the selected values of each group of rows, and the values that they are ordered by beside them."""
    groups: dict[Row, list[int]] = {} if query.group else {(): list(range(len(scope.relation.rows)))}
    if query.group:
        keys = [scope.values(_positioned(each, outputs)) for each in query.group]
        for number, key in enumerate(zip(*keys, strict=True)):
            groups.setdefault(key, []).append(number)
    columns = [scope.of_group(each.expression) for each in outputs]
    others = [scope.of_group(each) for each in _other_keys(query.order, outputs)]
    kept: Iterable[list[int]] = groups.values()
    if query.having is not None:
        holds = scope.of_group(query.having)
        kept = [group for group in kept if holds(group) is True]
    return [(tuple(column(group) for column in columns), tuple(other(group) for other in others)) for group in kept]


class _Scope:
    """Rows, and the values of expressions in each of them."""

    def __init__(self, relation: Relation, is_distinct: bool = False) -> None:
        """Start with no value known; `is_distinct` says that each row has another value in the column that counts."""
        self.relation, self._is_distinct = relation, is_distinct
        self._places = {name: place for place, name in enumerate(relation.names)}
        self._values: dict[Expression, Sequence[Any]] = {}
        self._by_column: dict[int, _Scope] = {}

    def place(self, column: Column) -> int:
        """Return the place of a column in a row."""
        name = f"{column.table}.{column.name}" if column.table else column.name
        if name not in self._places:
            raise UnsupportedError(name)
        return self._places[name]

    def values(self, expression: Expression) -> Sequence[Any]:
        """Return the value of an expression in each row, from a cache."""
        if expression not in self._values:
            self._values[expression] = self._calculate(expression)
        return self._values[expression]

    def _calculate(self, expression: Expression) -> Sequence[Any]:
        rows = self.relation.rows
        if isinstance(expression, Constant):
            return [expression.value] * len(rows)
        if isinstance(expression, Column):
            place = self.place(expression)
            return [row[place] for row in rows]
        if expression.partition is not None:
            return self._calculate_window(expression)
        columns = set(_columns_of(expression))
        if self._is_distinct or len(columns) != 1 or expression.name in AGGREGATES:
            return self._apply(expression)
        place = self.place(columns.pop())
        distinct = self._distinct_by(place)
        texts = (row[place] for row in distinct.relation.rows)
        known = dict(zip(texts, distinct.values(expression), strict=True))
        return [known[row[place]] for row in rows]

    def _distinct_by(self, place: int) -> _Scope:
        """Return a row for each different value of a column, with what was calculated of them."""
        if place not in self._by_column:
            rows = list({row[place]: row for row in self.relation.rows}.values())
            self._by_column[place] = _Scope(Relation(self.relation.names, rows), is_distinct=True)
        return self._by_column[place]

    def _apply(self, call: Call) -> Sequence[Any]:
        """Return the value of a call in each row."""
        function, others = _find_function(call), call.arguments[1:]
        rest = [each.value for each in others if isinstance(each, Constant)]
        if call.name in STRICT and call.arguments and len(rest) == len(others) and None not in rest:
            strict = STRICT[call.name]
            return [None if value is None else strict(value, *rest) for value in self.values(call.arguments[0])]
        arguments = [self.values(each) for each in call.arguments]
        return [function(*each) for each in zip(*arguments, strict=True)]

    def _calculate_window(self, call: Call) -> Sequence[Any]:
        keys = list(zip(*(self.values(each) for each in call.partition or ()), strict=True))
        groups: dict[Row, list[int]] = {}
        for number, key in enumerate(keys):
            groups.setdefault(key, []).append(number)
        over = self._aggregate(call)
        found = {key: over(group) for key, group in groups.items()}
        return [found[key] for key in keys]

    def of_group(self, expression: Expression) -> Callable[[Sequence[int]], Any]:
        """Return the function of the numbers of a group's rows that an expression is."""
        if isinstance(expression, Call) and expression.partition is None:
            if expression.name in AGGREGATES:
                return self._aggregate(expression)
            if _is_aggregate(expression):
                call, arguments = _find_function(expression), list(map(self.of_group, expression.arguments))
                return lambda group: call(*[argument(group) for argument in arguments])
        if isinstance(expression, Constant):
            value = expression.value
            return lambda group: value
        values = self.values(expression)
        return lambda group: values[group[0]]

    def _aggregate(self, call: Call) -> Callable[[Sequence[int]], Any]:
        name, is_distinct = call.name, call.is_distinct
        holds = self.values(call.condition) if call.condition is not None else None
        if call.arguments == (Column("*"),):
            if holds is None:
                return len
            return lambda group: sum(holds[number] is True for number in group)
        (argument,) = call.arguments
        values = self.values(argument)
        if holds is None:
            return lambda group: aggregate(name, [values[number] for number in group], is_distinct)
        return lambda group: aggregate(name, [values[number] for number in group if holds[number] is True], is_distinct)


def _find_function(call: Call) -> Callable[..., Any]:
    """Return the function of its arguments that a call is."""
    if call.name == "in" and all(isinstance(each, Constant) for each in call.arguments[1:]):
        return is_one_of([each.value for each in call.arguments[1:] if isinstance(each, Constant)])
    if call.name in LENIENT:
        return LENIENT[call.name]
    if call.name not in STRICT:
        raise UnsupportedError(call.name)
    strict = STRICT[call.name]
    return lambda *values: None if None in values else strict(*values)


def _join(scope: _Scope, right: Relation, join: Join) -> Relation:
    left = scope.relation
    if join.kind in ("semi", "anti"):
        present, is_wanted = {key for key in _keys(_Scope(right), join.using) if None not in key}, join.kind == "semi"
        keyed = zip(_keys(scope, join.using), left.rows, strict=True)
        return Relation(left.names, [row for key, row in keyed if (key in present) is is_wanted], left.has_numbers)
    names = (*left.shown, *right.shown)
    if len(set(names)) < len(names):
        raise UnsupportedError("columns with the same name")
    first, second = ([row[: len(each.shown)] for row in each.rows] for each in (left, right))
    if join.kind == "cross":
        return Relation(names, [one + other for one, other in product(first, second)])
    if join.equal is None or not isinstance(join.source, str):
        raise UnsupportedError("a join without an equation")
    qualified = Relation(tuple(f"{join.source}.{name}" for name in right.names), right.rows)
    matches: dict[Any, list[Row]] = {}
    for value, row in zip(_Scope(qualified).values(join.equal[1]), second, strict=True):
        matches.setdefault(value, []).append(row)
    matches.pop(None, None)
    keyed = zip(scope.values(join.equal[0]), first, strict=True)
    return Relation(names, [row + more for value, row in keyed for more in matches.get(value, ())])


def _keys(scope: _Scope, names: Sequence[str]) -> Iterator[Row]:
    """Yield the values of some columns in each row."""
    return zip(*(scope.values(Column(name)) for name in names), strict=True)


def _expand(outputs: Iterable[Output], source: Relation) -> Iterator[Output]:
    for each in outputs:
        if each.expression == Column("*"):
            yield from (Output(Column(name), name) for name in source.shown)
        else:
            yield each


def _columns_of(expression: Expression) -> Iterator[Column]:
    if isinstance(expression, Column):
        yield expression
    elif isinstance(expression, Call):
        for each in expression.arguments:
            yield from _columns_of(each)


def _conjuncts(condition: Expression) -> Iterator[Expression]:
    if isinstance(condition, Call) and condition.name == "and":
        for each in condition.arguments:
            yield from _conjuncts(each)
    else:
        yield condition


def _is_aggregate(expression: Expression) -> bool:
    if not isinstance(expression, Call):
        return False
    if expression.name in AGGREGATES and expression.partition is None:
        return True
    return any(map(_is_aggregate, expression.arguments))


def _positioned(key: Expression, outputs: Sequence[Output]) -> Expression:
    """Return the expression at a position from 1 among those that are selected; the key itself if it is no position."""
    return outputs[key.value - 1].expression if isinstance(key, Constant) and isinstance(key.value, int) else key


def _place_of(key: Expression, outputs: Sequence[Output]) -> int | None:
    """Return the place of a key of the order among what is selected; None where it is not selected."""
    if isinstance(key, Constant) and isinstance(key.value, int):
        return key.value - 1
    named = [place for place, each in enumerate(outputs) if isinstance(key, Column) and each.name == key.name]
    same = [place for place, each in enumerate(outputs) if each.expression == key]
    return next(iter(named or same), None)


def _other_keys(order: Sequence[Expression], outputs: Sequence[Output]) -> list[Expression]:
    """Return the keys of an order that are not selected."""
    return [key for key in order if key != Column("*") and _place_of(key, outputs) is None]


def _finish(query: Select, outputs: Sequence[Output], found: list[tuple[Row, Row]]) -> list[Row]:
    """Return the selected rows, without repeated ones if they are distinct, in order, and not more than the limit."""
    if query.is_distinct:
        found = [(row, ()) for row in dict.fromkeys(row for row, _ in found)]
    if query.order:
        everything = range(len(outputs))
        places: list[Sequence[int] | None] = []
        for key in query.order:
            place = _place_of(key, outputs)
            places.append(everything if key == Column("*") else None if place is None else (place,))
        if query.is_distinct and None in places:
            raise UnsupportedError("an order of distinct rows by other columns")
        found.sort(key=lambda each: _order_key(each, places))
    rows = [row for row, _ in found]
    return rows if query.limit is None else rows[: query.limit]


def _order_key(found: tuple[Row, Row], places: Sequence[Sequence[int] | None]) -> list[tuple[bool, Any]]:
    row, others = found
    rest = iter(others)
    values = (value for each in places for value in ([next(rest)] if each is None else [row[place] for place in each]))
    return [sort_key(value) for value in values]
