"""Parse one fact series: its description, and its facts from the source that it names."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.facts.collected.join_collected import join_collected
from gri_builder.facts.inline import read_inline_values
from gri_builder.facts.pulled.records import snapshot_path
from gri_builder.facts.targets import read_targets
from gri_builder.memos import Same, remembered
from gri_builder.model.choices import find_choice
from gri_builder.model.facts import DIRECTIONS, CollectedValue, Fact, Series
from gri_builder.model.finding import Finding, Severity, error
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import shorten
from gri_builder.model.units import Unit
from gri_builder.resources.renamed import current_key
from gri_builder.resources.units import UnitTable
from gri_builder.source.approvals import check_approval, read_approval
from gri_builder.source.mentions import find_path_mentions
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.schema_check import INVALID, LabeledNode, SchemaError, first_word, series_checker, to_plain
from gri_builder.source.schema_messages import explain_schema_error
from gri_builder.source.values import day_of, text_of, texts_of
from gri_builder.tables.cells.adjustment_notes import with_encoding
from gri_builder.tables.conversion import ambiguous_unit, unknown_unit
from gri_builder.tables.series_context import ReadContext, SeriesContext
from gri_builder.tables.table import read_table
from gri_builder.tables.totals.totals import TotalsMode, read_totals_mode, sort_out_totals
from gri_builder.tables.usage import ReadValues, TableUse


class SourceKind(StrEnum):
    """Where the values of a series come from: the key of its entry that says so."""

    VALUES = "values"
    FROM = "from"
    AGGREGATE = "aggregate"
    QUERY = "query"
    DERIVE = "derive"


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ParsedSeries(Struct, frozen=True):
    """A series as far as it could be parsed."""

    entry: Entry
    series: Series | None
    """None when it is unusable and has a finding; without facts when they are still to be derived."""
    is_valid: bool = False
    """Whether it is usable and has no finding of severity error."""
    derive: Node | None = None
    """How it is derived from other series."""
    is_rounded: bool = False
    """Whether it sets the number of printed digits."""
    check: Node | None = None
    """The calculation that its values must match."""
    uses: tuple[TableUse, ...] = ()
    """What it uses of the files that it names."""
    totals: TotalsMode | None = None
    """What its description says about totals among its values."""


def _key_of(id: str, entry: Entry, context: ReadContext, last_day: date | None) -> Hashable:
    """Return all that a series depends on."""
    named = find_path_mentions((entry.value,))
    sheets = context.sheets.items()
    files = tuple((path, (sheet.sha256, sheet.encoding) if path in named else None) for path, sheet in sheets)
    snapshot = context.sheets.get(snapshot_path(id))
    pulled = context.pulled.get(id), tuple(sorted(context.connections)), snapshot and snapshot.sha256
    known = (context.rejected, context.language, context.years, Same(context.units), last_day)
    return id, Same(entry.value), files, known, pulled, tuple(context.collected.get(id, ()))


@remembered(_key_of)
def parse_series(
    id: str, entry: Entry, context: ReadContext, last_day: date | None
) -> tuple[ParsedSeries, list[Finding]]:
    """Return a series with its facts, except those that are derived from other series."""
    node = entry.value
    findings = [] if _ID.fullmatch(id) else [_wrong_id(id, entry)]
    if node.kind == "invalid":
        return ParsedSeries(entry, None), findings
    spot = LabeledNode(node, f"'{id}'", entry.key)
    schema_errors = series_checker().find_errors(spot, to_plain_series(node))
    returned = context.collected.get(id, ())
    if returned:  # then the series has values, though none is written in it
        schema_errors = [each for each in schema_errors if (each.path, each.keyword) != (("values",), "minProperties")]
    source, wrong_source = _find_source(spot, schema_errors) if node.kind == "mapping" else (None, [])
    unit, wrong_unit = _read_unit(node, context.units)
    dimensions = tuple(item.text.strip() for item in texts_of(node.get("by")))
    is_rounded = "decimals" in node.entries or "significant" in node.entries
    # A series without a valid unit has a finding for it; its values are still read, to report their errors as well.
    known = (dimensions, last_day, is_rounded, context.years, context.units)
    series = SeriesContext(id, node, unit or Unit("", "", ""), *known)
    read = _read_facts(series, source, schema_errors, context) if source else ReadValues([], [])
    if unit and source and returned:
        read = _join_returned(series, source, read, returned)
    findings += map(explain_schema_error, schema_errors)
    findings += [*wrong_source, *_check_rounding(node), *wrong_unit, *check_approval(id, node), *read.findings]
    title = text_of(node.get("title"))
    if unit is None or title is None:
        return ParsedSeries(entry, None), findings
    is_valid = node.is_sound and not any(finding.severity is Severity.ERROR for finding in findings)
    derive, check = (_sound_node(node.entries.get(key), schema_errors) for key in (SourceKind.DERIVE, "check"))
    derive = derive if source and source.key.text == SourceKind.DERIVE else None
    made = _make_series(id, entry, title, unit, with_encoding(read.facts, context), dimensions)
    mode = read_totals_mode(source.value if source and source.key.text != SourceKind.VALUES else None, node)
    if source and not any(finding.rule == "total-row" for finding in findings):
        kept, counted = sort_out_totals(made, source.key.text, mode)
        made, findings, is_valid = replace(made, facts=kept), [*findings, *counted], is_valid and not counted
    return ParsedSeries(entry, made, is_valid, derive, is_rounded, check, read.uses, mode), findings


def _check_rounding(node: Node) -> list[Finding]:
    significant = node.entries.get("significant")
    if significant is None or "decimals" not in node.entries:
        return []
    message = "'significant' and 'decimals' can't be used together"
    return [error("conflicting-rounding", message, significant.key.where, "remove one of them")]


def _read_facts(
    series: SeriesContext, source: Entry, schema_errors: Sequence[SchemaError], context: ReadContext
) -> ReadValues:
    kind = SourceKind(source.key.text)
    if kind is SourceKind.VALUES:
        is_by_invalid = series.node.broken or any(
            each.path == ("by",) or each.keyword == "additionalProperties" for each in schema_errors
        )
        return ReadValues(*read_inline_values(series, source, is_by_invalid))
    node = _sound_node(source, schema_errors)
    if node is None or node.kind != "mapping" or not series.unit.symbol:
        return ReadValues([], [])
    if node.get("from") is not None:
        from gri_builder.facts.pulled.read_pulled import read_pulled  # imports DuckDB

        return read_pulled(series, kind.value, node, context)
    match kind:
        case SourceKind.FROM:
            return read_table(series, node, context)
        case SourceKind.AGGREGATE:
            from gri_builder.facts.aggregated import read_aggregate  # imports DuckDB, which most reports don't need

            return read_aggregate(series, node, context)
        case SourceKind.QUERY:
            from gri_builder.facts.queried import read_query  # imports DuckDB

            return read_query(series, node, context)
        case SourceKind.DERIVE:
            return ReadValues([], [])


def _join_returned(
    series: SeriesContext, source: Entry, read: ReadValues, returned: Sequence[CollectedValue]
) -> ReadValues:
    """Return the facts of a series with those that data owners have returned."""
    if source.key.text == SourceKind.DERIVE:
        place = returned[0].listed or returned[0].where
        message = f"'{shorten(returned[0].key)}' was collected, but '{series.id}' is derived from other series"
        finding = error("typed-and-collected", message, place, "delete the entry, or the line with 'derive'")
        return read._replace(findings=[*read.findings, finding])
    facts, findings = join_collected(series, read.facts, returned)
    return read._replace(facts=facts, findings=[*read.findings, *findings])


def _sound_node(entry: Entry | None, schema_errors: Sequence[SchemaError]) -> Node | None:
    """Return the value of an entry; None where it has a finding already."""
    if entry is None or any(each.path[:1] == (entry.key.text,) for each in schema_errors):
        return None
    return entry.value if entry.value.is_sound else None


def _find_source(spot: LabeledNode, schema_errors: Sequence[SchemaError]) -> tuple[Entry | None, list[Finding]]:
    """Return the entry that says where the values come from; there must be exactly one."""
    node = spot.value
    present = [node.entries[kind] for kind in SourceKind if kind in node.entries]
    if len(present) > 1:
        first, second = present[:2]
        message = f"'{first.key.text}' and '{second.key.text}' can't be used together: a series has one source"
        finding = error("conflicting-sources", message, second.key.where, "remove one of them")
        return first, [finding]
    if present:
        return present[0], []
    unknown = [each.name for each in schema_errors if each.keyword == "additionalProperties" and not each.path]
    is_misspelt = any(
        find_nearest(name, SourceKind) or first_word(name) in list(SourceKind) or current_key(name) in list(SourceKind)
        for name in unknown
    )
    if is_misspelt or node.broken:
        return None, []
    hint = "add 'values: …'; or name another source: from: …, aggregate: …, query: … or derive: …"
    return None, [error("missing-key", f"'values' of {spot.label} is missing", spot.where, hint)]


def to_plain_series(node: Node) -> object:
    """Return a series as plain data for its schema; its values are left out, as they are read one by one."""
    if node.kind != "mapping":
        return to_plain(node)
    plain = {key: to_plain(entry.value) for key, entry in node.entries.items() if key != "values"}
    if values := node.get("values"):
        plain["values"] = dict.fromkeys(values.entries, INVALID) if values.kind == "mapping" else to_plain(values)
    return plain


def _make_series(
    id: str, entry: Entry, title: str, unit: Unit, facts: list[Fact], dimensions: tuple[str, ...]
) -> Series:
    node = entry.value
    source, method, boundary, owner, note = (
        text_of(node.get(key)) for key in ("source", "method", "boundary", "owner", "note")
    )
    return Series(
        id=id,
        title=title,
        unit=unit,
        facts=tuple(facts),
        where=entry.key.where,
        dimensions=dimensions,
        decimals=_digit(node.get("decimals")),
        significant=_digit(node.get("significant")),
        targets=read_targets(node.get("targets")),
        measures=text_of(node.get("measures")),
        better=find_choice(text_of(node.get("better")), DIRECTIONS),
        source=source,
        method=method,
        boundary=boundary,
        owner=owner,
        due=day_of(node.get("due")),
        approved=read_approval(node),
        note=note,
    )


def _digit(node: Node | None) -> int | None:
    """Return a number of digits; None where it is missing, or rejected by the schema."""
    text = node.text if node and node.kind == "number" else ""
    return int(text) if text.isdecimal() and len(text) == 1 else None


def _wrong_id(id: str, entry: Entry) -> Finding:
    plain = re.sub(r"[^a-z0-9]+", "-", id.lower()).strip("-")
    hint = "use lower-case letters, digits and hyphens" + (f": {plain}" if plain else ", such as energy-total")
    return error("wrong-value", f"'{shorten(id)}' is not a valid id of a fact series", entry.key.where, hint)


def _read_unit(node: Node, units: UnitTable) -> tuple[Unit | None, list[Finding]]:
    written = node.get("unit")
    symbol = text_of(written)
    if written is None or symbol is None:
        return None, []
    unit = units.find(symbol)
    return unit, ambiguous_unit(unit, written) if unit else [unknown_unit(symbol, written, units)]
