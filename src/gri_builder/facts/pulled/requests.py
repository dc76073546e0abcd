"""What fact series ask of warehouses: by the same description as for files, or in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gri_builder.facts.aggregated import read_headers
from gri_builder.model.figures.warehouse import Connection, PullRequest
from gri_builder.model.finding import Finding, error
from gri_builder.model.suggestions import suggest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.values import spelling_of, text_of, texts_of
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.tables.series_context import SeriesContext
from gri_builder.tables.sql.statements import AggregateFunction

NOT_FOR_TABLES = (
    "file", "sheet", "header", "locale", "encoding", "negative", "ignore", "below", "corrections", "unused"
)  # fmt: skip
"""Keys of 'aggregate' that say how a file is read; a warehouse has types instead."""
NOT_FOR_QUERIES = ("files", "locale", "encoding", "unused")


def read_request(
    series: SeriesContext, kind: str, node: Node, connections: Mapping[str, Connection]
) -> tuple[PullRequest | None, list[Finding]]:
    """Return what a series asks of a warehouse; None, with findings, where that is not clear.

    `kind` is 'aggregate' or 'query', `node` the description.
    """
    named = node.get("from")
    assert named is not None
    name, _, table = (text_of(named) or "").partition(".")
    findings = list(_check_keys(kind, node))
    if name not in connections:
        findings.append(_unknown_connection(name, named, connections))
    if kind == "query":
        sql = (text_of(node.get("sql")) or "").strip().rstrip(";")
        if findings or not sql:
            return None, findings
        return PullRequest(series.id, name, named.where, sql=sql), []
    function = AggregateFunction(text_of(node.get("how")) or "sum")
    value = node.get("value")
    if value is not None and value.kind == "list":
        message = "'value' is a list, but a table of a warehouse has one column of values"
        findings.append(
            error("wrong-value", message, value.where, "name one column; or write a query: query: {from: …, sql: …}")
        )
        return None, findings
    headers = read_headers(series, node, function, None)
    if isinstance(headers, Finding):
        findings.append(headers)
    if findings or isinstance(headers, Finding):
        return None, findings
    return _make_request(series, node, function, (name, table), headers), []


def _make_request(
    series: SeriesContext,
    node: Node,
    function: AggregateFunction,
    source: tuple[str, str],
    headers: Mapping[str, Node],
) -> PullRequest:
    columns: dict[str, str] = {}
    periods: list[str] = []
    for key, place in headers.items():
        header = spelling_of(place) or ""
        if key not in ("value", "weight"):
            columns.setdefault(casefold_key(header), header)
        if key.startswith("period"):
            periods.append(columns[casefold_key(header)])
    where = node.get("where")
    named = node.get("from")
    assert named is not None
    return PullRequest(
        series.id,
        source[0],
        named.where,
        table=source[1],
        function=function.value,
        value=spelling_of(headers.get("value")),
        weight=spelling_of(headers.get("weight")),
        columns=tuple(columns.values()),
        periods=tuple(dict.fromkeys(periods)),
        chosen=tuple(
            (
                columns[casefold_key(header)],
                tuple(sorted({casefold_key(spelling_of(each) or "") for each in _items(entry)})),
            )
            for header, entry in (where.entries.items() if where else ())
        ),
        totals=text_of(node.get("totals")),
        duplicates=text_of(node.get("duplicates")),
    )


def _items(entry: Entry) -> Iterable[Node]:
    return [each for each in (entry.value.items or (entry.value,)) if spelling_of(each)]


def _check_keys(kind: str, node: Node) -> Iterator[Finding]:
    """Yield an error for each key that says how a file is read."""
    for key in NOT_FOR_TABLES if kind == "aggregate" else NOT_FOR_QUERIES:
        if (entry := node.entries.get(key)) is not None:
            message = f"'{key}' and 'from' can't be used together: '{key}' is about a file, 'from' names a warehouse"
            yield error("conflicting-sources", message, entry.key.where, "remove one of them")


def _unknown_connection(name: str, node: Node, known: Mapping[str, Connection]) -> Finding:
    message = f"there is no connection '{shorten(name)}' in connections.yaml"
    hint = suggest(name, known) or (f"it has {listed(sorted(known), 'and')}" if known else "")
    hint = hint or f"write connections.yaml beside report.yaml: {{{name}: {{engine: postgres, host: …, database: …}}}}"
    return error("unknown-connection", message, node.where, hint)


def plain_context(id: str, node: Node, unit: object) -> SeriesContext:
    """Return what is needed of a series to ask for its rows, before its unit and the report's period are read."""
    dimensions = tuple(item.text.strip() for item in texts_of(node.get("by")))
    return SeriesContext(id, node, unit, dimensions, None, False)  # type: ignore[arg-type]
