"""Facts from the snapshots of a warehouse's rows; nothing is asked of the warehouse itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from gri_builder.facts.aggregated import read_aggregate
from gri_builder.facts.pulled.records import AGAIN, snapshot_path
from gri_builder.facts.pulled.requests import read_request
from gri_builder.facts.queried import read_query
from gri_builder.model.facts import Fact, Pulled
from gri_builder.model.figures.warehouse import ROWS, WEIGHT, PullRecord, PullRequest
from gri_builder.model.finding import Finding, Severity, error, warning
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Entry, Node, SheetFile, SourceFile
from gri_builder.tables.series_context import ReadContext, SeriesContext
from gri_builder.tables.sql.parquet import Rows, read_parquet
from gri_builder.tables.sql.row_source import QueryError
from gri_builder.tables.sql.statements import AggregateFunction
from gri_builder.tables.usage import ReadValues

TABLE = "pulled_rows"
"""Name of the snapshot in the query that reads the result of another."""


def read_pulled(series: SeriesContext, kind: str, node: Node, context: ReadContext) -> ReadValues:
    """Return the facts of a series whose rows were pulled from a warehouse, by 'aggregate' or 'query'."""
    request, findings = read_request(series, kind, node, context.connections)
    if request is None:
        return ReadValues([], findings)
    record, sheet = context.pulled.get(series.id), context.sheets.get(snapshot_path(series.id))
    if wrong := _check_snapshot(request, record, sheet, context):
        return ReadValues([], list(filter(None, [wrong if isinstance(wrong, Finding) else None])))
    assert record is not None
    assert sheet is not None
    try:
        names, rows = read_parquet(sheet.data or b"")
    except QueryError as problem:
        message = f"{sheet.path} can't be read: {problem}"
        return ReadValues([], [error("changed-snapshot", message, node.where, AGAIN)])
    findings = [*_find_casts(record, node), *_find_empty(record, request, node)]
    text = SourceFile(sheet.path, _write_csv(names, rows), sheet.sha256)
    opened = replace(context, sheets={**context.sheets, sheet.path: SheetFile(sheet.path, sheet.sha256, text)})
    if kind == "query":
        read = read_query(series, _as_query(node, sheet.path), opened)
    else:
        findings += _find_repeated(node, request, names, rows)
        read = read_aggregate(series, _as_aggregate(node, request, sheet.path), opened, ROWS)
    is_wrong = any(each.severity is Severity.ERROR for each in findings)
    facts = [_with_origin(fact, record, kind == "query") for fact in read.facts]
    return ReadValues([] if is_wrong else facts, [*findings, *read.findings])


def _check_snapshot(
    request: PullRequest, record: PullRecord | None, sheet: SheetFile | None, context: ReadContext
) -> Finding | bool:
    """Return why a snapshot can't be used; True where its file has a finding already, False where it can be used."""
    path = snapshot_path(request.series)
    if path in context.rejected:
        return True
    if record is None and sheet is None:
        message = f"'{request.series}' was never pulled from '{shorten(request.source)}'"
        return error("not-pulled", message, request.where, "ask the warehouse: gri-builder pull REPORT")
    if record is None or sheet is None:
        message = f"the snapshot of '{request.series}' is not complete: {path} and its .yaml belong together"
        return error("changed-snapshot", message, request.where, AGAIN)
    if record.sha256 != sheet.sha256:
        message = f"{path} is not the file that was pulled on {record.pulled}"
        return error("changed-snapshot", message, request.where, f"put the old file back, or {AGAIN}")
    if record.described != request.described or record.source != request.source:
        message = f"'{request.series}' was pulled by another description than it has now"
        return error("changed-description", message, request.where, AGAIN)
    return False


def _find_casts(record: PullRecord, node: Node) -> Iterator[Finding]:
    if record.floats:
        message = f"{listed(list(map(shorten, record.floats)), 'and')} of '{shorten(record.source)}' "
        message += "holds binary numbers, which were rounded to 6 digits after the decimal sign to be added up exactly"
        yield warning("float-column", message, node.where, "store amounts as DECIMAL or NUMERIC in the warehouse")


def _find_empty(record: PullRecord, request: PullRequest, node: Node) -> Iterator[Finding]:
    if record.empty:
        rows, left = ("one row has", "is") if record.empty == 1 else (f"{record.empty:,} rows have", "are")
        message = (
            f"{rows} no value under '{shorten(request.value or '')}' in '{shorten(record.source)}', and {left} left out"
        )
        yield warning("empty-value", message, node.where, "write the values; a missing value is not zero")


def _find_repeated(node: Node, request: PullRequest, names: Sequence[str], rows: Rows) -> Iterator[Finding]:
    """Yield an error where rows were made of several of the warehouse, though one of each is expected."""
    if node.get("expect") is None or request.duplicates or ROWS not in names:
        return
    place = names.index(ROWS)
    several = [row for row in rows if int(row[place] or 0) > 1]
    if several:
        first = ", ".join(cell or "" for cell in several[0][: len(request.columns)])
        more = f", as have {len(several) - 1:,} more" if len(several) > 1 else ""
        message = f"'{shorten(first)}' has {several[0][place]} rows in '{shorten(request.source)}'{more}"
        yield error("duplicate-row", message, node.where, "name under 'each' the column in which they differ")


def _write_csv(names: Sequence[str], rows: Rows) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(["" if cell is None else cell.replace("\r", "\n") for cell in row] for row in rows)
    return stream.getvalue()


def _text(node: Node, text: str, kind: str = "text") -> Entry:
    """Return an entry with a text at the place of a node."""
    value = Node(kind, node.file, node.line, node.column, node.width, node.pointer, text)  # type: ignore[arg-type]
    return Entry(value, value)


def _as_aggregate(node: Node, request: PullRequest, path: str) -> Node:
    """Return the description for the file of a snapshot, whose rows are sums of the warehouse's rows."""
    named = node.get("from")
    assert named is not None
    entries = {key: entry for key, entry in node.entries.items() if key not in ("from", "totals", "weight")}
    changed: Mapping[str, str] = {"file": path, "locale": "en-GB", "duplicates": "keep"}
    match AggregateFunction(request.function):
        case AggregateFunction.COUNT:
            changed = {**changed, "how": AggregateFunction.SUM, "value": ROWS}
        case AggregateFunction.MEAN | AggregateFunction.WEIGHTED_MEAN:
            changed = {**changed, "how": AggregateFunction.RATIO, "weight": WEIGHT}
        case _:
            pass
    if request.totals == "include":
        changed = {**changed, "totals": "include"}
    return replace(node, entries=entries | {key: _text(named, text) for key, text in changed.items()})


def _as_query(node: Node, path: str) -> Node:
    """Return the description for the file of a snapshot, whose rows are the result."""
    named, written = node.get("from"), node.get("sql")
    assert named is not None
    assert written is not None
    files = Node(
        "mapping", named.file, named.line, named.column, named.width, named.pointer, entries={TABLE: _text(named, path)}
    )
    kept = {key: entry for key, entry in node.entries.items() if key != "from"}
    added = {
        "files": Entry(named, files),
        "locale": _text(named, "en-GB"),
        "sql": _text(written, f"SELECT * FROM {TABLE}"),
    }
    return replace(node, entries=kept | added)


def _with_origin(fact: Fact, record: PullRecord, is_query: bool) -> Fact:
    """Return a fact whose origin leads to the warehouse."""
    if fact.origin is None:
        return fact
    pulled = Pulled(record.source, record.engine, record.query, record.pulled, record.rows, record.content)
    kept = replace(fact.origin, query=None, rows=record.rows) if is_query else fact.origin
    return replace(fact, origin=replace(kept, pulled=pulled))
