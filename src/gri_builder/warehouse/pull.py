"""Ask a warehouse for the rows of one series, and say what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from gri_builder.model.figures.warehouse import ROWS, WEIGHT, Connection, PullRequest
from gri_builder.model.finding import Finding, error
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.resources.total_words import total_kind
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.warehouse.engine import Cells, Engine, Problem, WarehouseError, find_type, quote
from gri_builder.warehouse.expressions import (
    EMPTY,
    QUERY,
    Source,
    aggregate,
    choose,
    count_rows,
    distinct_texts,
    result,
    to_sql,
    unreadable_numbers,
)

MAX_ROWS = 1_000_000
"""Rows of a snapshot."""
MAX_TEXTS = 100_000
"""Texts of a column among which those of 'where', and the names of totals, are searched."""
MAX_DIGITS = 38
_REASONS: Mapping[Problem, tuple[str, str, str]] = {
    "connection": (
        "warehouse-not-reached",
        "can't be reached",
        "check connections.yaml, the network, and the user's password",
    ),
    "missing": ("warehouse-not-reached", "can't be reached", "install it, and pull again"),
    "timeout": (
        "warehouse-timeout",
        "took too long",
        "make the query smaller, or allow more seconds in connections.yaml: timeout: 900",
    ),
    "rights": (
        "warehouse-rights",
        "may not be read",
        "ask the owner of the warehouse for the right to read: GRANT SELECT ON … TO …",
    ),
    "table": ("warehouse-table", "is not in the warehouse", "check the name of the table and its schema"),
    "query": ("warehouse-query", "gives no result", "check the columns and their types, or the query"),
}
"""Rule, message and hint by why a warehouse does not answer."""


class Pulled(Struct, frozen=True):
    """The rows of a series as a warehouse has them now."""

    request: PullRequest
    query: str
    columns: tuple[tuple[str, str], ...]
    """Name and SQL type of each column."""
    rows: Cells
    source_rows: int
    """Rows of the warehouse that they were made of."""
    empty: int
    """Rows of the warehouse without a value."""
    floats: tuple[str, ...]
    """Columns of binary numbers."""


class RefusedError(Exception):
    """Rows that can't be used, with the findings that say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings


def explain(problem: WarehouseError, request: PullRequest) -> Finding:
    """Return the finding for a warehouse that does not answer; what was pulled earlier is kept."""
    rule, what, hint = _REASONS[problem.kind]
    message = f"'{shorten(request.source)}' {what}: {problem}; nothing was changed"
    return error(rule, message, request.where, hint)


def pull_rows(engine: Engine, connection: Connection, request: PullRequest, depth: int) -> Pulled:
    """Return the rows of a request; `depth` is the number of its dimensions. Raises WarehouseError and RefusedError."""
    if request.sql is not None:
        return _pull_query(engine, connection, request, depth)
    source, names = _find_columns(engine, connection, request)
    numbers = [each for each in (request.value, request.weight) if each and request.function != "count"]
    floats = _find_floats(engine, connection, request, source, {names[each] for each in numbers})
    chosen = {
        names[header]: _find_texts(engine, connection, request, source, names[header], texts)
        for header, texts in request.chosen
    }
    left_out = _find_totals(engine, connection, request, source, chosen, {names[each] for each in numbers})
    table = choose(source, chosen, left_out)
    if request.duplicates is None and request.function not in ("min", "max", "last"):
        _refuse_repeated(engine, connection, request, table)
    table = table.distinct() if request.duplicates == "drop" else table
    query = to_sql(aggregate(table, request, names), connection.engine)
    cells = engine.run(query)
    _check_size(cells, request)
    width = len(request.columns)
    numeric = [
        *([request.value] if request.value else []),
        *([WEIGHT] if "mean" in request.function else []),
        ROWS,
        EMPTY,
    ]
    rows = [(*row[:width], *(_number(cell, request) for cell in row[width:])) for row in cells]
    empty = sum(int(row[-1] or 0) for row in rows)
    kept = sorted((row[:-1] for row in rows if int(row[-2] or 0)), key=_key)
    if not kept:
        raise RefusedError(_no_rows(request))
    columns = [(header, "VARCHAR") for header in request.columns]
    columns += [
        (name, _decimal_type([row[width + at] for row in kept], request)) for at, name in enumerate(numeric[:-1])
    ]
    count = sum(int(row[-1] or 0) for row in kept)
    return Pulled(request, query, tuple(columns), kept, count, empty, floats)


def _pull_query(engine: Engine, connection: Connection, request: PullRequest, depth: int) -> Pulled:
    sql = request.sql or ""
    found = engine.describe(sql)
    names = list(found)
    if len(names) != 2 + depth or [each.casefold() for each in names[:2]] != ["period", "value"]:
        message = f"the result has the columns {listed(names, 'and')}" if names else "the result has no columns"
        hint = "it needs period and value, then one for each name in 'by', in this order"
        raise RefusedError(error("warehouse-query", message, request.where, hint))
    types = {name: _known_type(name, kind, request) for name, kind in found.items()}
    source = Source(None, QUERY, types)
    _check_number(names[1], types[names[1]], found[names[1]], request)
    floats = (names[1],) if types[names[1]] == "float64" else ()
    mark = "`" if connection.engine == "spark" else '"'
    whole = to_sql(result(source, names, names[1]), connection.engine)
    cells = engine.run(f"WITH {quote(QUERY, mark)} AS ({sql}\n) {whole}")
    _check_size(cells, request)
    rows = sorted(((*row[:1], _number(row[1], request), *row[2:]) for row in cells), key=_key)
    if not rows:
        raise RefusedError(_no_rows(request))
    columns = [(name, "VARCHAR") for name in names]
    columns[1] = names[1], _decimal_type([row[1] for row in rows], request)
    return Pulled(request, sql, tuple(columns), rows, len(rows), 0, floats)


def _find_columns(engine: Engine, connection: Connection, request: PullRequest) -> tuple[Source, dict[str, str]]:
    """Return the table of a request with the types of its columns, and the name there of each header."""
    schema, _, table = (request.table or "").rpartition(".")
    found = engine.read_columns(schema or connection.schema, table)
    if not found:
        known = engine.list_tables()
        nearest = find_nearest(request.table or "", known)
        hint = (
            f"did you mean '{nearest}'?"
            if nearest
            else f"it has {', '.join(map(shorten, known[:12]))}"
            if known
            else None
        )
        message = f"the warehouse has no table '{shorten(request.table or '')}'; nothing was changed"
        raise RefusedError(error("warehouse-table", message, request.where, hint or _REASONS["table"][2]))
    by_key: dict[str, str] = {}
    for name in found:
        by_key.setdefault(casefold_key(name), name)
    needed = dict.fromkeys((*request.columns, *filter(None, (request.value, request.weight))))
    missing = [header for header in needed if casefold_key(header) not in by_key]
    if missing:
        raise RefusedError(*(_missing_column(header, found, request) for header in missing))
    names = {header: by_key[casefold_key(header)] for header in needed}
    types = {name: kind for name, text in found.items() if (kind := find_type(text))}
    for header in (request.value, request.weight):
        if header:
            _check_number(header, types.get(names[header]), found[names[header]], request)
    for header in request.columns:
        _known_type(header, found[names[header]], request)
    return Source(schema or connection.schema, table, types), names


def _missing_column(header: str, found: Mapping[str, str], request: PullRequest) -> Finding:
    nearest = find_nearest(header, found)
    some = ", ".join(shorten(each) for each in list(found)[:12])
    hint = f"did you mean '{nearest}'?" if nearest else f"its columns are {some}"
    message = f"'{shorten(request.source)}' has no column '{shorten(header)}'; nothing was changed"
    return error("warehouse-column", message, request.where, hint)


def _known_type(header: str, text: str, request: PullRequest) -> str:
    kind = find_type(text)
    if kind is None or (kind == "float64" and header in request.columns):
        message = (
            f"'{shorten(header)}' of '{shorten(request.source)}' is of the type {shorten(text)}, which names nothing"
        )
        hint = "name a column of text, days or whole numbers; or write a query that makes one"
        raise RefusedError(error("warehouse-column", message, request.where, hint))
    return kind


def _check_number(header: str, kind: str | None, text: str, request: PullRequest) -> None:
    if kind in ("float64", "int64") or (kind or "").startswith("decimal"):
        return
    message = f"'{shorten(header)}' of '{shorten(request.source)}' is of the type {shorten(text)}, not a number"
    hint = f"name a column of numbers; or write a query: CAST({shorten(header)} AS DECIMAL(18, 3))"
    raise RefusedError(error("warehouse-column", message, request.where, hint))


def _find_floats(
    engine: Engine, connection: Connection, request: PullRequest, source: Source, numbers: set[str]
) -> tuple[str, ...]:
    """Return the columns of binary numbers that are read; all of their numbers must be finite."""
    floats = sorted(name for name in numbers if source.types[name] == "float64")
    if floats:
        count = engine.run(to_sql(unreadable_numbers(source, floats), connection.engine))[0][0]
        if int(count or 0):
            message = f"{count} rows of '{shorten(request.source)}' hold no number (NaN, or infinite)"
            raise RefusedError(error("warehouse-number", message, request.where, "correct them in the warehouse"))
    return tuple(floats)


def _find_texts(
    engine: Engine, connection: Connection, request: PullRequest, source: Source, name: str, wanted: Sequence[str]
) -> list[str]:
    """Return the texts of a column that 'where' accepts, as the warehouse writes them."""
    rows = engine.run(to_sql(distinct_texts(source, name, MAX_TEXTS), connection.engine))
    present = [row[0] for row in rows if row[0] is not None]
    keys = {casefold_key(" ".join(text.split())) for text in present}
    for text in wanted:
        if text not in keys:
            nearest = find_nearest(text, present)
            some = ", ".join(shorten(each) for each in sorted(present)[:8])
            hint = (
                f"did you mean '{nearest}'?" if nearest else f"the column has {some}" if some else "the column is empty"
            )
            message = f"'{shorten(text)}' does not occur under '{shorten(name)}' in '{shorten(request.source)}'"
            raise RefusedError(error("unknown-row", message, request.where, hint))
    return sorted(text for text in present if casefold_key(" ".join(text.split())) in wanted)


def _find_totals(
    engine: Engine,
    connection: Connection,
    request: PullRequest,
    source: Source,
    chosen: Mapping[str, Sequence[str]],
    numbers: set[str],
) -> dict[str, list[str]]:
    """Return the names of totals to leave out, by column; an error where the description says nothing about them."""
    if request.totals == "include":
        return {}
    found: dict[str, list[str]] = {}
    for name, kind in source.types.items():
        if kind != "string" or name in chosen or name in numbers:
            continue
        rows = engine.run(to_sql(distinct_texts(source, name, MAX_TEXTS), connection.engine))
        texts = [row[0] for row in rows if row[0] is not None]
        totals = sorted(text for text in texts if total_kind(text, name))
        if totals and len(totals) < len(texts):
            found[name] = totals
    if found and request.totals is None:
        name, texts = next(iter(found.items()))
        message = f"rows with '{shorten(texts[0])}' under '{shorten(name)}' are totals, and would be counted twice"
        hint = "leave them out: totals: exclude; or write totals: include, if they are no totals"
        raise RefusedError(error("total-row", message, request.where, hint))
    if request.totals == "check":
        message = "'totals: check' compares rows of a file; a warehouse gives their sums only"
        raise RefusedError(error("wrong-value", message, request.where, "write 'totals: exclude'"))
    return found


def _refuse_repeated(engine: Engine, connection: Connection, request: PullRequest, table: Any) -> None:
    """Raise RefusedError where rows are equal in every column, as they may have been loaded twice."""
    every, different = (
        int(engine.run(to_sql(count_rows(each), connection.engine))[0][0] or 0) for each in (table, table.distinct())
    )
    count = every - different
    if count:
        rows = "one row is" if count == 1 else f"{count:,} rows are"
        message = f"{rows} equal to another of '{shorten(request.source)}' in every column"
        hint = "if it was loaded twice: duplicates: drop; if each row counts: duplicates: keep"
        raise RefusedError(error("duplicate-row", message, request.where, hint))


def _check_size(rows: Cells, request: PullRequest) -> None:
    if len(rows) > MAX_ROWS:
        message = f"the result has {len(rows):,} rows; the limit is {MAX_ROWS:,}"
        raise RefusedError(
            error("warehouse-query", message, request.where, "group by fewer columns, or choose: where: …")
        )


def _no_rows(request: PullRequest) -> Finding:
    message = f"'{shorten(request.source)}' has no row for '{request.series}'; nothing was changed"
    return error("warehouse-empty", message, request.where, "check 'where', and whether the warehouse was loaded")


def _number(text: str | None, request: PullRequest) -> str | None:
    """Return a number in plain digits without zeros at its end, as each engine writes its own."""
    if text is None:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        message = f"'{shorten(text)}' in '{shorten(request.source)}' is not a number"
        raise RefusedError(error("warehouse-number", message, request.where, "correct it in the warehouse"))
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def _decimal_type(cells: Sequence[str | None], request: PullRequest) -> str:
    """Return the decimal type that holds all of some numbers."""
    parts = [cell.lstrip("-").partition(".") for cell in cells if cell]
    scale, whole = max((len(each[2]) for each in parts), default=0), max((len(each[0]) for each in parts), default=1)
    if scale + whole > MAX_DIGITS:
        message = f"numbers of '{shorten(request.source)}' have more than {MAX_DIGITS} digits"
        raise RefusedError(error("warehouse-number", message, request.where, "round them in a query"))
    return f"DECIMAL({MAX_DIGITS}, {scale})"


def _key(row: Sequence[str | None]) -> tuple[tuple[bool, str], ...]:
    return tuple((cell is not None, cell or "") for cell in row)
