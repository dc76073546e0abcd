"""Pull the rows of a report's series: compare them with the snapshots, and write what is new."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from ibis.common.exceptions import IbisError
from msgspec import Struct

from gri_builder.facts.pulled.connections import read_connections
from gri_builder.facts.pulled.records import hash_rows, read_records, record_path, snapshot_path, write_record
from gri_builder.facts.pulled.requests import plain_context, read_request
from gri_builder.facts.pulled.sources import find_pulled, list_pulled
from gri_builder.facts.read_facts import collect_entries
from gri_builder.model.figures.warehouse import Connection, PullRecord, PullRequest
from gri_builder.model.finding import Finding, Location, Severity, error, warning
from gri_builder.model.suggestions import suggest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.model.units import Unit
from gri_builder.source.loader import load_report
from gri_builder.source.nodes import Node, Source
from gri_builder.source.schema_check import LabeledNode, series_checker
from gri_builder.source.schema_messages import explain_schema_error
from gri_builder.storage.file_sets import write_set
from gri_builder.tables.sql.parquet import read_parquet, write_parquet
from gri_builder.tables.sql.row_source import QueryError
from gri_builder.warehouse.engine import Engine, WarehouseError, first_line, open_engine
from gri_builder.warehouse.pull import Pulled, RefusedError, explain, pull_rows

State = Literal["new", "changed", "unchanged"]


class SeriesPull(Struct, frozen=True):
    """What a warehouse has for one series, compared with its snapshot."""

    record: PullRecord
    data: bytes
    state: State
    before: PullRecord | None = None
    difference: str = ""
    """What differs from the snapshot, in words."""


class ReportPull(Struct, frozen=True):
    """What the warehouses have for all series of a report, and what is wrong."""

    series: tuple[SeriesPull, ...]
    findings: tuple[Finding, ...]


def pull_report(folder: Path, chosen: Sequence[str], now: datetime) -> ReportPull:
    """Ask the warehouses for the rows of all series, or of the chosen ones; nothing is written."""
    loaded = load_report(folder)
    if loaded.value is None:
        return ReportPull((), loaded.findings)
    source = loaded.value
    entries, findings = collect_entries(source.figures)
    connections, wrong = read_connections(source.connections)
    records, _ = read_records(source.pulled)  # what is damaged is pulled anew
    named = dict(list_pulled(entries))
    findings = [*(each for each in loaded.findings if each.severity is Severity.ERROR), *findings, *wrong]
    findings += _find_unknown(chosen, named)
    if not named:
        message = "no fact series takes its values from a warehouse"
        hint = "name a table: aggregate: {from: warehouse.energy_readings, …}"
        findings.append(warning("nothing-to-pull", message, source.report.file.where(), hint))
    requests: list[tuple[PullRequest, int]] = []
    for id, node in named.items():
        if not chosen or id in chosen:
            request, more = _read(id, node, connections)
            findings += more
            requests += [(request, len(plain_context(id, node, None).dimensions))] if request else []
    if any(each.rule == "secret-in-file" for each in findings):
        return ReportPull((), tuple(findings))
    pulled, more = _ask_all(requests, connections, source, records, now, folder)
    return ReportPull(tuple(pulled), (*findings, *more))


def _find_unknown(chosen: Iterable[str], named: dict[str, Node]) -> Iterator[Finding]:
    for id in chosen:
        if id not in named:
            hint = suggest(id, named) or f"those are {listed(sorted(named), 'and')}"
            message = f"'{shorten(id)}' is no fact series that takes its values from a warehouse"
            yield error("unknown-fact", message, Location("figures"), hint)


def _read(id: str, node: Node, connections: dict[str, Connection]) -> tuple[PullRequest | None, list[Finding]]:
    found = find_pulled(node)
    assert found is not None
    kind, description = found
    label = LabeledNode(node, f"'{id}'")
    wrong = [each for each in series_checker().find_errors(label) if each.path[:1] == (kind,)]
    if wrong or not description.is_sound:
        return None, list(map(explain_schema_error, wrong))
    return read_request(plain_context(id, node, Unit("", "", "")), kind, description, connections)


def _ask_all(
    requests: Sequence[tuple[PullRequest, int]],
    connections: dict[str, Connection],
    source: Source,
    records: dict[str, PullRecord],
    now: datetime,
    folder: Path,
) -> tuple[list[SeriesPull], list[Finding]]:
    """Return what the warehouses have; each is connected to once, one after another."""
    found: list[SeriesPull] = []
    findings: list[Finding] = []
    root = folder if folder.is_dir() else folder.parent
    for name in dict.fromkeys(request.connection for request, _ in requests):
        asked = [each for each in requests if each[0].connection == name]
        try:
            engine = open_engine(connections[name], str(root))
        except WarehouseError as problem:
            findings.append(explain(problem, asked[0][0]))
            continue
        try:
            for request, depth in asked:
                pulled = _ask(engine, connections[name], request, depth)
                if isinstance(pulled, tuple):
                    findings += pulled
                else:
                    found.append(_compare(pulled, connections[name], source, records.get(request.series), now))
        finally:
            engine.close()
    return found, findings


def _ask(engine: Engine, connection: Connection, request: PullRequest, depth: int) -> Pulled | tuple[Finding, ...]:
    try:
        return pull_rows(engine, connection, request, depth)
    except WarehouseError as problem:
        return (explain(problem, request),)
    except RefusedError as problem:
        return problem.findings
    except IbisError as problem:
        return (explain(WarehouseError("query", first_line(problem)), request),)


def _compare(
    pulled: Pulled, connection: Connection, source: Source, before: PullRecord | None, now: datetime
) -> SeriesPull:
    """Return what was pulled, beside the snapshot that the report has."""
    request = pulled.request
    data = write_parquet(pulled.columns, pulled.rows)
    names = tuple(name for name, _ in pulled.columns)
    record = PullRecord(
        request.series,
        request.source,
        connection.engine,
        pulled.query,
        now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        pulled.source_rows,
        len(pulled.rows),
        request.described,
        hash_rows(names, pulled.rows),
        hashlib.sha256(data).hexdigest(),
        pulled.empty,
        pulled.floats,
    )
    sheet = source.sheets.get(snapshot_path(request.series))
    if before is None or sheet is None or sheet.sha256 != before.sha256:
        return SeriesPull(record, data, "new", before)
    same = ("content", "described", "source", "empty", "floats", "rows")
    if all(getattr(record, key) == getattr(before, key) for key in same):
        return SeriesPull(record, data, "unchanged", before)
    return SeriesPull(record, data, "changed", before, _difference(sheet.data or b"", names, pulled))


def _difference(old: bytes, names: Sequence[str], pulled: Pulled) -> str:
    """Return what differs between a snapshot and the rows that a warehouse has now, in words."""
    try:
        before, rows = read_parquet(old)
    except QueryError:
        return "the old snapshot can't be read"
    if before != tuple(names):
        return "other columns"
    width = sum(kind == "VARCHAR" for _, kind in pulled.columns)
    keys = [place for place, (_, kind) in enumerate(pulled.columns) if kind == "VARCHAR"]
    numbers = [place for place in range(len(names)) if place not in keys]
    first, second = (
        {tuple(row[at] for at in keys): tuple(_plain(row[at]) for at in numbers) for row in each}
        for each in (rows, pulled.rows)
    )
    new, gone = second.keys() - first.keys(), first.keys() - second.keys()
    moved = sorted((key for key in first.keys() & second.keys() if first[key] != second[key]), key=str)
    parts = [f"{len(each):,} {word}" for each, word in ((new, "new"), (gone, "gone"), (moved, "changed")) if each]
    example = ""
    if moved and width:
        key = moved[0]
        example = f", such as {', '.join(text or '' for text in key)}: {first[key][0]} is now {second[key][0]}"
    return f"rows of the snapshot: {', '.join(parts) or 'as before'}{example}"


def _plain(cell: str | None) -> str:
    text = cell or ""
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_pulled(folder: Path, pulled: ReportPull, waiting: Callable[[], None] | None = None) -> tuple[Path, ...]:
    """Write the snapshots that are new or changed, all or none, and return their paths; raises OSError."""
    files: dict[str, bytes] = {}
    for each in pulled.series:
        if each.state != "unchanged":
            files[snapshot_path(each.record.series)] = each.data
            files[record_path(each.record.series)] = write_record(each.record).encode()
    root = folder if folder.is_dir() else folder.parent
    return write_set(files, root, waiting) if files else ()
