"""Facts out of many rows: what 'aggregate' describes, reckoned by SQL, with every doubt about the rows told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.facts.cell_values import SHARE
from gri_builder.facts.conversion import Conversion, read_conversion
from gri_builder.facts.gaps import find_gaps
from gri_builder.facts.periods import PeriodLabels
from gri_builder.facts.row_checks import Loaded, check_keys, check_numbers, check_periods
from gri_builder.facts.series_context import ReadContext, SeriesContext, too_long
from gri_builder.facts.source_files import find_column, find_file, find_file_number_format
from gri_builder.facts.sql.database import QueryError
from gri_builder.facts.sql.records import Records, peek_table, read_all_records, write_records
from gri_builder.facts.sql.statements import AggregateQuery, identifier
from gri_builder.facts.summarize_findings import summarize_findings
from gri_builder.facts.table import hidden_rows
from gri_builder.model.facts import Fact, Origin
from gri_builder.model.finding import Finding, error
from gri_builder.model.finding_text import shorten
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.units import Unit
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of
from gri_builder.spreadsheets.cells import Cell, casefold_key
from gri_builder.spreadsheets.table import Table, find_table

MEANS = ("mean", "weighted-mean")
DIGITS = 28
"""Significant digits to which means are reckoned."""


def read_rows(measure: SeriesContext, node: Node, desk: ReadContext, findings: list[Finding]) -> list[Fact]:
    """Return the facts that 'aggregate' describes, with what is wrong with its rows."""
    found: list[Finding] = []
    facts = _read_rows(measure, node, desk, found)
    findings.extend(summarize_findings(found))
    return facts


def _read_rows(measure: SeriesContext, node: Node, desk: ReadContext, findings: list[Finding]) -> list[Fact]:
    conversion = read_conversion(measure, node, findings)
    writing = find_file_number_format(node.get("locale"), desk, findings)
    headers = _headers(measure, node, findings)
    if conversion is None or headers is None:
        return []
    names = [spelling_of(each) or "" for each in headers.values()]
    files = _open_files(node, names, conversion.given, desk, findings)
    columns = [_find_columns(each, headers, findings) for each in files]
    if not files or any(each is None for each in columns):
        return []
    tables = {records.sheet.path: records for records in files}
    try:
        loaded = Loaded(desk.store.database(files), tables, [each for each in columns if each], writing, node)
        return _Reader(measure, node, loaded, conversion, findings).read()
    except QueryError as fault:
        message = f"the rows can't be reckoned: {fault}"
        findings.append(error("faulty-query", message, node.where, "check the size of the numbers in the column"))
        return []


def _headers(measure: SeriesContext, node: Node, findings: list[Finding]) -> dict[str, Node] | None:
    """Return the places that name the headers: 'period', 'value', 'weight', 'by …', 'where …', 'each …'."""
    how = text_of(node.get("how")) or "sum"
    needed = ["period"] + ([] if how == "count" else ["value"]) + (["weight"] if how == "weighted-mean" else [])
    found: dict[str, Node] = {}
    for key in needed:
        if (named := node.get(key)) is None:
            message = f"'{key}' of 'aggregate' is missing"
            findings.append(error("missing-key", message, node.where, f"add '{key}: …', the header of its column"))
            return None
        found[key] = named
    group, place = node.get("group"), node.get("file") or node
    entries = dict(group.entries) if group else {}
    by = {casefold_key(name): name for name in measure.dimensions}
    for name, entry in entries.items():
        if casefold_key(name) not in by:
            nearest = find_nearest(name, measure.dimensions)
            hint = f"did you mean '{nearest}'?" if nearest else f"say so: by: {name}"
            findings.append(error("unknown-key", f"'{shorten(name)}' is not in 'by'", entry.key.where, hint))
            return None
    given = {casefold_key(name): entry.value for name, entry in entries.items()}
    for name in measure.dimensions:
        node_of = given.get(casefold_key(name))
        found[f"by {name}"] = node_of or Node(
            "text", place.file, place.line, place.column, place.width, place.pointer, name
        )
    where, expect = node.get("where"), node.get("expect")
    found |= {f"where {name}": entry.key for name, entry in where.entries.items()} if where else {}
    each = expect.get("each") if expect else None
    found |= {f"each {spelling_of(item)}": item for item in (each.items or (each,))} if each else {}
    return found


def _open_files(
    node: Node, names: Sequence[str], unit: Unit, desk: ReadContext, findings: list[Finding]
) -> list[Records]:
    named = node.get("file")
    found = [open_file(each, node, names, unit, desk, findings) for each in (named.items or (named,))] if named else []
    return [each for each in found if each] if all(found) else []


def open_file(
    named: Node, node: Node, names: Sequence[str], unit: Unit, desk: ReadContext, findings: list[Finding]
) -> Records | None:
    """Return the records of a file or sheet."""
    file = find_file(named, desk, findings)
    if file is None:
        return None
    sheet = node.get("sheet")
    before = len(findings)
    is_share = unit.dimension == SHARE
    records: Records | None = None
    if file.text is not None and sheet is None and desk.shelf.is_text(file):
        text, table = file.text, peek_table(file, file.text, names)
        if isinstance(table, Table):
            found = table
            records, more = desk.store.records(
                (file.path, None, table.place, False), lambda: read_all_records(text, found)
            )
            findings.extend(more)
        elif table:
            findings.append(table)
    else:
        opened, more = desk.shelf.open(file, spelling_of(sheet), (sheet or named).where)
        findings.extend(more)
        if opened and (whole := find_table(opened, names, None)):
            key = (file.path, opened.name, whole.place, is_share)
            records, more = desk.store.records(key, lambda: _write_sheet(whole, is_share))
            findings.extend(more)
    if records is None and len(findings) == before:
        message = f"{file.path} has no row that is like headers"
        findings.append(error("missing-header", message, named.where, "a table has a header over each column"))
    return records


def _write_sheet(table: Table, is_share: bool) -> tuple[Records, list[Finding]]:
    """Return the records of a sheet; rows among them that people don't see get a finding."""
    hidden = [row.number for row in table.rows if row.number in table.sheet.hidden_rows]
    findings = [hidden_rows(table.sheet, hidden, 0)] if hidden else []
    return write_records(table, lambda cell: _text_of(cell, is_share)), findings


def _text_of(cell: Cell, is_share: bool) -> str:
    """Return a cell as the database takes it; what is no plain number stays a text, judged where it is summed."""
    if cell.kind == "number" and cell.number is not None and "%" in cell.format:
        return f"{cell.number * 100:f}" if is_share else f"{cell.text} as %"
    return cell.text or ("=" if cell.kind == "unreckoned" else "")


def _find_columns(records: Records, headers: Mapping[str, Node], findings: list[Finding]) -> dict[str, int] | None:
    """Return the columns of the headers, from 0; None where one can't be told."""
    found = {key: find_column(records.table, spelling_of(n) or "", n, findings) for key, n in headers.items()}
    return {key: column for key, column in found.items() if column is not None} if None not in found.values() else None


class _Reader(Struct):
    """Makes the facts of one series out of loaded rows."""

    measure: SeriesContext
    node: Node
    loaded: Loaded
    conversion: Conversion
    findings: list[Finding]

    def read(self) -> list[Fact]:
        """Return the facts; none where a fault of the rows would make them wrong."""
        how = text_of(self.node.get("how")) or "sum"
        before = len(self.findings)
        chosen = self._choose()
        if chosen is None:
            return []
        value = (
            check_numbers(self.loaded, "value", chosen, self.conversion.given, self.findings)
            if how != "count"
            else None
        )
        weight = check_numbers(self.loaded, "weight", chosen, None, self.findings) if how == "weighted-mean" else None
        moments = check_periods(self.loaded, chosen, how == "last", PeriodLabels(self.measure.end), self.findings)
        check_keys(self.loaded, chosen, self.findings)
        if any(finding.severity == "error" for finding in self.findings[before:]):
            return []
        if how == "weighted-mean" and value and weight:
            value, weight = replace(value, width=19), replace(weight, width=19)
        groups = {name: self.loaded.name(f"by {name}") for name in self.measure.dimensions}
        tables = tuple(self.loaded.tables)
        consolidation = AggregateQuery(tables, how, self.loaded.name("period"), value, weight, groups, chosen)
        facts = list(self._facts(consolidation))
        expect = self.node.get("expect")
        if expect:
            self.findings.extend(find_gaps(self.loaded, chosen, moments, expect, self.measure.end))
        elif how == "last":
            self._check_single(consolidation)
        if not facts and len(self.findings) == before:
            message = f"no row has a value for '{self.measure.id}'"
            self.findings.append(
                error("no-matching-row", message, self.node.where, "check 'where', and the column of the values")
            )
        self._check_digits(facts)
        return facts

    def _choose(self) -> dict[str, list[str]] | None:
        """Return the texts that a column of 'where' may hold, as they are spelt; None where one stands nowhere."""
        where = self.node.get("where")
        chosen: dict[str, list[str]] = {}
        before = len(self.findings)
        for key, entry in (where.entries if where else {}).items():
            column = self.loaded.name(f"where {key}")
            present: dict[str, list[str]] = {}
            for (text,) in self.loaded.union(f"SELECT DISTINCT {identifier(column)} FROM {{}} ORDER BY 1"):
                present.setdefault(casefold_key(text or ""), []).append(text)
            nodes = [each for each in (entry.value.items or (entry.value,)) if spelling_of(each)]
            for node in nodes:
                if casefold_key(spelling_of(node) or "") not in present:
                    self.findings.append(self._unknown(node, column, [t for ts in present.values() for t in ts if t]))
            chosen[column] = [text for node in nodes for text in present.get(casefold_key(spelling_of(node) or ""), ())]
        return chosen if len(self.findings) == before else None

    def _unknown(self, node: Node, column: str, present: Sequence[str]) -> Finding:
        text = spelling_of(node) or ""
        nearest = find_nearest(text, present)
        some = ", ".join(shorten(each) for each in present[:8])
        hint = f"did you mean '{nearest}'?" if nearest else f"there are {some}" if some else "the column is empty"
        return error("unknown-row", f"'{shorten(text)}' stands nowhere under '{shorten(column)}'", node.where, hint)

    def _facts(self, consolidation: AggregateQuery) -> Iterator[Fact]:
        query, place = consolidation.query, self.node
        depth = len(self.measure.dimensions)
        path = consolidation.tables[0]
        given = self.conversion.given.symbol
        for row in self.loaded.database.rows(query):
            period, members, parts = str(row[0]), row[1 : 1 + depth], row[1 + depth : -1]
            value = _value(parts)
            if value is None:
                continue
            origin = Origin(
                path,
                self.loaded.tables[path].sheet.sha256,
                self.loaded.tables[path].sheet.name,
                query=query,
                rows=int(row[-1]),
                source_value=f"{value:f} {given}" if self.conversion.is_needed else None,
            )
            texts = tuple(" ".join(str(member).split()) for member in members)
            yield Fact(self.measure.id, period, texts, self.conversion(value), place.where, "measured", origin)

    def _check_single(self, consolidation: AggregateQuery) -> None:
        """Refuse a last value that is made of several rows: without 'complete' some of them may lack."""
        for row in self.loaded.database.rows(consolidation.query):
            if int(row[-1]) > 1:
                what = ", ".join(str(each) for each in row[: 1 + len(self.measure.dimensions)])
                message = f"{what} has {row[-1]} rows in its last month or day, so that none is the last"
                hint = "say what tells them apart, to add them up: expect: {each: …, every: month}; or choose: where: …"
                self.findings.append(error("ambiguous-last-value", message, self.node.where, hint))

    def _check_digits(self, facts: Sequence[Fact]) -> None:
        if not self.measure.is_rounded and any(too_long(fact.value) for fact in facts):
            message = f"the values of '{self.measure.id}' have endless digits"
            self.findings.append(
                error("non-terminating-decimal", message, self.node.where, "say how many are printed: decimals: 2")
            )


def _value(parts: Sequence[Any]) -> Decimal | None:
    """Return the value of a row of the query: its one part, or the first divided by the second."""
    if parts[0] is None:
        return None
    first = Decimal(str(parts[0]))
    if len(parts) == 1:
        return _plain(first)
    second = Decimal(str(parts[1] or 0))
    if not second:
        return None
    with localcontext(prec=DIGITS):
        return _plain(first / second)


def _plain(value: Decimal) -> Decimal:
    """Return a number without zeros behind its last digit after the decimal sign."""
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
