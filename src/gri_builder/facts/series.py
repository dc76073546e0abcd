"""One fact series: what it is, and its facts from wherever it says that they come."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from gri_builder.facts.conversion import unknown_unit
from gri_builder.facts.inline import read_values
from gri_builder.facts.series_context import ReadContext, SeriesContext
from gri_builder.facts.table import read_table
from gri_builder.facts.targets import read_targets
from gri_builder.model.facts import Fact, Series
from gri_builder.model.finding import Finding, error
from gri_builder.model.finding_text import shorten
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.units import Unit
from gri_builder.resources.renamed import current_key
from gri_builder.resources.units import find_unit
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.schema_check import INVALID, LabeledNode, SchemaError, first_word, series_checker, to_plain
from gri_builder.source.schema_messages import explain_schema_error
from gri_builder.source.values import text_of, texts_of

SOURCES = ("values", "from", "aggregate", "query", "derive")
"""Keys of which one says where the values come from."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Read(Struct, frozen=True):
    """A series as far as it could be read."""

    entry: Entry
    series: Series | None
    """None when it can't be used, which has its finding; without facts where they are still to be reckoned."""
    derive: Node | None = None
    """How it is reckoned from other series."""
    is_rounded: bool = False
    """Whether it says how many digits are printed."""
    check: Node | None = None
    """What its values must come to."""


def read_series(id: str, entry: Entry, desk: ReadContext, end: date | None, findings: list[Finding]) -> Read:
    """Return a series with its facts, those apart that are reckoned from other series."""
    node = entry.value
    if not _ID.fullmatch(id):
        findings.append(_wrong_id(id, entry))
    if node.kind == "invalid":
        return Read(entry, None)
    spot = LabeledNode(node, f"'{id}'", entry.key)
    flaws = series_checker().find_errors(spot, to_plain_series(node))
    findings.extend(explain_schema_error(flaw) for flaw in flaws)
    source = _find_source(spot, flaws, findings) if node.kind == "mapping" else None
    if all(key in node.entries for key in ("decimals", "significant")):
        message = "'significant' stands beside 'decimals', which says the same in another way"
        findings.append(
            error("conflicting-rounding", message, node.entries["significant"].key.where, "take one of them away")
        )
    unit = _read_unit(node, findings)
    title = text_of(node.get("title"))
    dimensions = tuple(item.text.strip() for item in texts_of(node.get("by")))
    facts: list[Fact] = []
    is_rounded = any(key in node.entries for key in ("decimals", "significant"))
    if source:
        # A fault of the unit is told already; that of values is told under any unit.
        measure = SeriesContext(id, node, unit or Unit("", "", ""), dimensions, end, is_rounded)
        facts = _read_facts(measure, source, flaws, desk, findings)
    if unit is None or title is None:
        return Read(entry, None)
    series = _make_series(id, entry, title, unit, facts, dimensions)
    derive = source.value if source and source.key.text == "derive" and not _is_flawed(source, flaws) else None
    check = node.entries.get("check")
    sound = check.value if check and not _is_flawed(check, flaws) else None
    return Read(entry, series, derive, is_rounded, sound)


def _read_facts(
    measure: SeriesContext, source: Entry, flaws: list[SchemaError], desk: ReadContext, findings: list[Finding]
) -> list[Fact]:
    if source.key.text == "values":
        unsure = measure.node.broken or any(
            flaw.path == ("by",) or flaw.keyword == "additionalProperties" for flaw in flaws
        )
        return read_values(measure, source, findings, unsure)
    if source.value.kind != "mapping" or _is_flawed(source, flaws) or not measure.unit.symbol:
        return []
    if source.key.text == "from":
        return read_table(measure, source.value, desk, findings)
    if source.key.text == "aggregate":
        from gri_builder.facts.aggregated import read_rows

        return read_rows(measure, source.value, desk, findings)
    if source.key.text == "query":
        from gri_builder.facts.queried import read_query

        return read_query(measure, source.value, desk, findings)
    return []


def _is_flawed(source: Entry, flaws: list[SchemaError]) -> bool:
    return any(flaw.path[:1] == (source.key.text,) for flaw in flaws) or not source.value.is_sound


def _find_source(spot: LabeledNode, flaws: list[SchemaError], findings: list[Finding]) -> Entry | None:
    """Return the entry that says where the values come from; one alone may."""
    node = spot.value
    present = [node.entries[key] for key in SOURCES if key in node.entries]
    if len(present) > 1:
        second = present[1]
        message = (
            f"'{second.key.text}' stands beside '{present[0].key.text}': the values of a series come from one place"
        )
        findings.append(error("conflicting-sources", message, second.key.where, "take one of the two away"))
    extras = [flaw.name for flaw in flaws if flaw.keyword == "additionalProperties" and not flaw.path]
    misspelt = any(
        find_nearest(name, SOURCES) or first_word(name) in SOURCES or current_key(name) in SOURCES for name in extras
    )
    if not present and not misspelt and not node.broken:
        hint = "add 'values: …'; or say where they come from: from: …, aggregate: …, query: … or derive: …"
        findings.append(error("missing-key", f"'values' of {spot.label} is missing", spot.where, hint))
    return present[0] if present else None


def to_plain_series(node: Node) -> object:
    """Return a series for its schema; its values are left out, as each is read by itself."""
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
        source=source,
        method=method,
        boundary=boundary,
        owner=owner,
        note=note,
    )


def _digit(node: Node | None) -> int | None:
    """Return a number of digits; None where there is none, or where its schema refuses it."""
    text = node.text if node and node.kind == "number" else ""
    return int(text) if text.isdecimal() and len(text) == 1 else None


def _wrong_id(id: str, entry: Entry) -> Finding:
    plain = re.sub(r"[^a-z0-9]+", "-", id.lower()).strip("-")
    hint = "use small letters, digits and hyphens" + (f": {plain}" if plain else ", such as energy-total")
    return error("wrong-value", f"'{shorten(id)}' can't be the id of a fact series", entry.key.where, hint)


def _read_unit(node: Node, findings: list[Finding]) -> Unit | None:
    written = node.get("unit")
    symbol = text_of(written)
    if written is None or symbol is None:
        return None
    unit = find_unit(symbol)
    if unit is None:
        findings.append(unknown_unit(symbol, written))
    return unit
