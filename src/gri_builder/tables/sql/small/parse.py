"""Parses the queries that this program writes itself; raises UnsupportedError for any other SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar

from gri_builder.tables.sql.small.syntax import (
    Call,
    Column,
    Constant,
    Expression,
    Join,
    JoinKind,
    NamedTable,
    Output,
    Select,
    Source,
    Union,
    UnsupportedError,
    Values,
)

_TOKEN = re.compile(
    r"""\s*(?:(?P<name>"(?:[^"]|"")*")|(?P<text>'(?:[^']|'')*')|(?P<number>\d+(?:\.\d+)?(?:e[-+]?\d+)?)
        |(?P<word>[A-Za-z_]\w*)|(?P<mark>::|<=|>=|<>|!=|\|\||[-+*/=<>(),.]))""",
    re.VERBOSE,
)
_JOINS: dict[str, JoinKind] = {"JOIN": "inner", "CROSS": "cross", "SEMI": "semi", "ANTI": "anti"}
_COMPARISONS = ("=", "<>", "!=", "<", "<=", ">", ">=")
_RESERVED = ("FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "UNION", "ON", "USING", "AS", *_JOINS)
_CONSTANTS: dict[str, object] = {"TRUE": True, "FALSE": False, "NULL": None}
Part = TypeVar("Part")


def parse_query(text: str) -> Select:
    """Return the syntax tree of a query; raises UnsupportedError."""
    parser = _Parser(text)
    found = parser.select()
    if parser.kind:
        raise UnsupportedError(text)
    return found


class _Parser:
    """Reads a query from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokenize(text)
        self.kind, self._value = "", ""
        self._next()

    def _next(self) -> str:
        """Return the current token and go on to the next."""
        value = self._value
        self.kind, self._value = next(self._tokens, ("", ""))
        return value

    def _is(self, *words: str) -> bool:
        return self.kind in ("word", "mark") and self._value.upper() in words

    def _take(self, *words: str) -> bool:
        """Whether the current token is one of some words; it is passed if it is."""
        found = self._is(*words)
        if found:
            self._next()
        return found

    def _expect(self, *words: str) -> None:
        for word in words:
            if not self._take(word):
                raise UnsupportedError(f"{word} expected at {self._value}")

    def _list(self, read: Callable[[], Part]) -> tuple[Part, ...]:
        found = [read()]
        while self._take(","):
            found.append(read())
        return tuple(found)

    def _bracketed(self, read: Callable[[], Part]) -> Part:
        self._expect("(")
        found = read()
        self._expect(")")
        return found

    def _name(self) -> str:
        if self.kind == "name":
            return self._next()[1:-1].replace('""', '"')
        if self.kind == "word" and not self._is(*_RESERVED):
            return self._next()
        raise UnsupportedError(f"a name expected at {self._value}")

    def _number(self) -> int:
        if self.kind != "number" or not self._value.isdigit():
            raise UnsupportedError(f"a number expected at {self._value}")
        return int(self._next())

    def select(self) -> Select:
        """Return a query."""
        tables = self._list(self._named_table) if self._take("WITH") else ()
        self._expect("SELECT")
        is_distinct = self._take("DISTINCT")
        outputs = self._list(self._output)
        self._expect("FROM")
        source = self._source()
        joins = []
        while self._is(*_JOINS):
            joins.append(self._join())
        where = self._expression() if self._take("WHERE") else None
        group: tuple[Expression, ...] = ()
        if self._take("GROUP"):
            self._expect("BY")
            group = self._list(self._expression)
        having = self._expression() if self._take("HAVING") else None
        order = self._order()
        limit = self._number() if self._take("LIMIT") else None
        return Select(outputs, source, tuple(joins), is_distinct, where, group, having, order, limit, tables)

    def _order(self) -> tuple[Expression, ...]:
        if not self._take("ORDER"):
            return ()
        self._expect("BY")
        return (Column("*"),) if self._take("ALL") else self._list(self._expression)

    def _named_table(self) -> NamedTable:
        name = self._name()
        columns = self._bracketed(lambda: self._list(self._name)) if self._is("(") else ()
        self._expect("AS")
        return NamedTable(name, columns, self._bracketed(self._rows))

    def _rows(self) -> Select | Union | Values:
        if not self._take("VALUES"):
            return self._union()
        return Values(self._list(lambda: self._bracketed(lambda: self._list(self._constant))))

    def _constant(self) -> object:
        found = self._primary()
        if not isinstance(found, Constant):
            raise UnsupportedError("a constant expected")
        return found.value

    def _output(self) -> Output:
        if self._take("*"):
            return Output(Column("*"), "")
        expression = self._expression()
        name = expression.name if isinstance(expression, Column) else ""
        return Output(expression, self._name() if self._take("AS") else name)

    def _source(self) -> Source:
        return self._bracketed(self._union) if self._is("(") else self._name()

    def _union(self) -> Select | Union:
        parts = [self.select()]
        while self._take("UNION"):
            self._expect("ALL", "BY", "NAME")
            parts.append(self.select())
        return parts[0] if len(parts) == 1 else Union(tuple(parts))

    def _join(self) -> Join:
        kind = _JOINS[self._next().upper()]
        if kind != "inner":
            self._expect("JOIN")
        source = self._source()
        if kind == "cross":
            return Join(kind, source)
        if self._take("USING"):
            return Join(kind, source, self._bracketed(lambda: self._list(self._name)))
        self._expect("ON")
        condition = self._expression()
        if not isinstance(condition, Call) or condition.name != "=":
            raise UnsupportedError("an equation expected")
        return Join(kind, source, (), (condition.arguments[0], condition.arguments[1]))

    def _expression(self) -> Expression:
        found = self._conjunction()
        while self._take("OR"):
            found = Call("or", (found, self._conjunction()))
        return found

    def _conjunction(self) -> Expression:
        found = self._negation()
        while self._take("AND"):
            found = Call("and", (found, self._negation()))
        return found

    def _negation(self) -> Expression:
        return Call("not", (self._negation(),)) if self._take("NOT") else self._comparison()

    def _comparison(self) -> Expression:
        found = self._sum()
        if self._is(*_COMPARISONS):
            sign = self._next()
            return Call("<>" if sign == "!=" else sign, (found, self._sum()))
        if self._take("IS"):
            is_negated = self._take("NOT")
            self._expect("NULL")
            found = Call("is null", (found,))
            return Call("not", (found,)) if is_negated else found
        is_negated = self._take("NOT")
        if self._take("IN"):
            found = Call("in", (found, *self._bracketed(lambda: self._list(self._sum))))
        elif self._take("LIKE"):
            found = Call("like", (found, self._sum()))
        elif is_negated:
            raise UnsupportedError("NOT")
        return Call("not", (found,)) if is_negated else found

    def _sum(self) -> Expression:
        found = self._product()
        while self._is("+", "-", "||"):
            found = Call(self._next(), (found, self._product()))
        return found

    def _product(self) -> Expression:
        found = self._cast()
        while self._take("*"):
            found = Call("*", (found, self._cast()))
        return found

    def _cast(self) -> Expression:
        found = self._primary()
        while self._take("::"):
            self._expect("VARCHAR")
            found = Call("varchar", (found,))
        return found

    def _primary(self) -> Expression:
        if self.kind == "number":
            return Constant(_read_number(self._next()))
        if self.kind == "text":
            return Constant(self._next()[1:-1].replace("''", "'"))
        if self._is("("):
            return self._bracketed(self._expression)
        if self._is(*_CONSTANTS):
            return Constant(_CONSTANTS[self._next().upper()])
        if self._take("CAST"):
            return self._bracketed(self._typed)
        if self._is("CASE", "TRY_CAST", "SELECT", *_RESERVED):
            raise UnsupportedError(self._value)
        is_word = self.kind == "word"
        name = self._name()
        if is_word and self._is("("):
            return self._call(name.lower())
        return Column(self._name(), name) if self._take(".") else Column(name)

    def _typed(self) -> Expression:
        found = self._expression()
        self._expect("AS")
        if self._take("BIGINT"):
            return Call("bigint", (found,))
        self._expect("DECIMAL")
        width, scale = self._bracketed(lambda: self._list(self._number))
        return Call("decimal", (found, Constant(width), Constant(scale)))

    def _call(self, name: str) -> Expression:
        self._expect("(")
        is_distinct, arguments = self._take("DISTINCT"), tuple[Expression, ...]()
        if self._take("*"):
            arguments = (Column("*"),)
        elif not self._is(")"):
            arguments = self._list(self._expression)
        if name == "list" and self._order() != arguments:
            raise UnsupportedError("a list is in the order of its items")
        self._expect(")")
        condition = self._bracketed(self._filter) if self._take("FILTER") else None
        partition = self._bracketed(self._window) if self._take("OVER") else None
        return Call(name, arguments, is_distinct, condition, partition)

    def _filter(self) -> Expression:
        self._take("WHERE")
        return self._expression()

    def _window(self) -> tuple[Expression, ...]:
        self._expect("PARTITION", "BY")
        return self._list(self._expression)


def _read_number(text: str) -> object:
    """Return a number in the type that the database gives it: a decimal number, or a binary one with an exponent."""
    return int(text) if text.isdigit() else float(text) if "e" in text else Decimal(text)


def _tokenize(text: str) -> Iterator[tuple[str, str]]:
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise UnsupportedError(text[place : place + 20])
        yield match.lastgroup, match[match.lastgroup]
        place = match.end()
