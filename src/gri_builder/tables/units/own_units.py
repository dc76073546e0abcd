"""Read figures/units.yaml: the units that a report defines for itself, each with its factor and source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gri_builder.limits.numbers import describe_excess
from gri_builder.model.finding import Finding, error
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.model.units import Unit, UnitDefinition
from gri_builder.resources.units import ambiguous_units, define_unit, dimensions, unit_table
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.schema_check import LabeledNode, to_plain, unit_checker
from gri_builder.source.schema_messages import explain_schema_error, not_entries
from gri_builder.source.values import text_of

UNITS_FILE = "figures/units.yaml"
_EQUALS = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)\s+(?P<unit>\S.*)")
_SERIES_KEYS = ("title", "values", "from", "aggregate", "query", "derive", "by")


def split_units_file(files: Sequence[Node]) -> tuple[Node | None, tuple[Node, ...]]:
    """Return figures/units.yaml, if there is one, and the files of fact series."""
    units = next((node for node in files if node.file.path == UNITS_FILE), None)
    return units, tuple(node for node in files if node is not units)


def read_own_units(root: Node | None) -> tuple[tuple[UnitDefinition, ...], list[Finding]]:
    """Return the units that figures/units.yaml defines, in an order in which each is defined by known ones."""
    if root is None or root.kind in ("invalid", "null"):
        return (), []
    if root.kind != "mapping":
        return (), [not_entries(root, "pallet:")]
    findings: list[Finding] = []
    read: dict[str, UnitDefinition] = {}
    for symbol, entry in root.entries.items():
        definition, wrong = _read_definition(symbol, entry)
        findings += wrong
        if definition:
            read[symbol] = definition
    ordered, unknown = _order(read)
    findings += [_unknown_base(read[symbol], root.entries[symbol]) for symbol in unknown]
    return ordered, findings


def _read_definition(symbol: str, entry: Entry) -> tuple[UnitDefinition | None, list[Finding]]:
    """Return the definition of an entry; None where it has a finding."""
    node = entry.value
    if any(key in node.entries for key in _SERIES_KEYS):
        message = f"{UNITS_FILE} defines units, but '{shorten(symbol)}' is written like a fact series"
        return None, [error("wrong-value", message, entry.key.where, "move it to another file in figures/")]
    spot = LabeledNode(node, f"'{shorten(symbol)}'", entry.key)
    if wrong := [explain_schema_error(each) for each in unit_checker().find_errors(spot, to_plain(node))]:
        return None, wrong
    if wrong_symbol := _check_symbol(symbol, entry):
        return None, [wrong_symbol]
    equals, dimension, source = node.get("equals"), node.get("dimension"), node.get("source")
    if (equals is None) == (dimension is None):
        hint = "write what one of it is: equals: 0.4 t; or, if it converts to no other unit, dimension: count"
        message = f"the unit '{symbol}' needs one of 'equals' and 'dimension'"
        return None, [error("missing-key", message, entry.key.where, hint)]
    printed = text_of(node.get("printed")) or ""
    if dimension is not None:
        wrong_dimension = _check_dimension(dimension)
        found = UnitDefinition(symbol, text_of(dimension) or "", printed=printed, source=text_of(source) or "")
        return (None, [wrong_dimension]) if wrong_dimension else (found, [])
    assert equals is not None
    match = _EQUALS.fullmatch((text_of(equals) or "").strip())
    if match and (excess := describe_excess(match["number"])):
        return None, [
            error("number-out-of-range", f"'{shorten(match['number'])}' {excess[0]}", equals.where, excess[1])
        ]
    if match is None or not float(match["number"]):
        hint = "write a number and a unit, such as 0.4 t"
        return None, [error("wrong-value", f"'{shorten(text_of(equals) or '')}' is no amount", equals.where, hint)]
    if source is None:
        message = f"'source' of the unit '{symbol}' is missing"
        return None, [error("missing-key", message, entry.key.where, "say where its number is from: source: …")]
    return UnitDefinition(symbol, "", match["number"], match["unit"], printed, text_of(source) or ""), []


def _check_symbol(symbol: str, entry: Entry) -> Finding | None:
    """Return the finding for a symbol that can't be one, or is known already."""
    if (known := unit_table().find(symbol)) and not ambiguous_units(symbol):
        message = f"'{symbol}' is a unit that gri-builder knows: it measures {known.dimension.replace('-', ' ')}"
        return error("wrong-value", message, entry.key.where, "give the unit another name")
    if not re.search(r"[^\W\d]", symbol) or "/" in symbol or symbol != symbol.strip() or len(symbol) > 40:
        hint = "write a short word, such as pallet; quotients such as kWh/pallet are made of it"
        return error("wrong-value", f"'{shorten(symbol)}' can't be the name of a unit", entry.key.where, hint)
    return None


def _check_dimension(node: Node) -> Finding | None:
    name = text_of(node) or ""
    if name in dimensions():
        return None
    nearest = find_nearest(name, dimensions())
    hint = f"did you mean '{nearest}'?" if nearest else f"write one of {listed(dimensions())}"
    return error("wrong-value", f"'{shorten(name)}' is not a dimension", node.where, hint)


def _order(read: Mapping[str, UnitDefinition]) -> tuple[tuple[UnitDefinition, ...], list[str]]:
    """Return the definitions with those first that others need, and the symbols that no known unit defines."""
    known: dict[str, Unit] = dict(unit_table().simple)
    ordered: list[UnitDefinition] = []
    left = dict(read)
    while ready := [(each, unit) for each in left.values() if (unit := define_unit(each, known))]:
        for definition, unit in ready:
            known[definition.symbol] = unit
            ordered.append(left.pop(definition.symbol))
    return tuple(ordered), list(left)


def _unknown_base(definition: UnitDefinition, entry: Entry) -> Finding:
    near = unit_table().suggest(definition.unit)
    hint = f"did you mean {listed(f'{each!r}' for each in near)}?" if near else "define it by a unit such as t or m3"
    equals = entry.value.get("equals") or entry.key
    message = f"unknown unit '{shorten(definition.unit)}' in the definition of '{definition.symbol}'"
    return error("unknown-unit", message, equals.where, hint)
