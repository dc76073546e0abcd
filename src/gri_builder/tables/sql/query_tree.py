"""Judges the parse tree of a query by a list of what a query may hold; `schemas/queries.json` is that list.

What the list does not name is refused: a part of SQL, a function, a type, a table, or a property of one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from gri_builder.resources.frameworks import schemas_folder

Part = Mapping[str, Any]
"""A part of the parse tree, as DuckDB's `json_serialize_sql` writes it without what is empty."""
_PROPERTIES = frozenset({"class", "type", "query_location", "query_location_length"})
"""Properties that any part may have."""
_OUTER = frozenset({"schema", "schema_name"})
"""Properties that hold what is before the dot of a name."""
_ONE_KIND = frozenset({"WINDOW"})
"""Classes whose types all have the same properties."""


class RefusedNames(Struct, frozen=True):
    """Names that are refused for one reason."""

    names: tuple[str, ...]
    reason: str
    instead: str
    """What may be used instead, as a hint."""


class QueryRules(Struct, frozen=True):
    """What a query may hold."""

    parts: dict[str, frozenset[str]]
    """Properties that a part may have, by its class and type; a part without a type is named by its place."""
    values: dict[str, frozenset[str]]
    """Values that some properties may have."""
    functions: frozenset[str]
    ordered_functions: frozenset[str]
    """Functions whose result depends on the order of the rows, and which need an ORDER BY within them."""
    window_functions: frozenset[str]
    ordered_window_functions: frozenset[str]
    types: frozenset[str]
    refused: tuple[RefusedNames, ...]
    """Why some names are not allowed; those that no list has are not allowed either."""
    part_names: dict[str, str]
    """What SQL calls some parts that are refused."""
    value_functions: frozenset[str]
    """Names that are functions where no column has them."""


class Refusal(Struct, frozen=True):
    """A part of a query that is not allowed."""

    message: str
    hint: str


@cache
def query_rules() -> QueryRules:
    """Return what a query may hold."""
    return msgspec.json.decode((schemas_folder() / "queries.json").read_bytes(), type=QueryRules)


def judge_query(statement: Part, tables: Collection[str]) -> list[Refusal]:
    """Return what a statement has that is not allowed, each once; `tables` are those that it may read."""
    found: dict[Refusal, None] = {}
    names = frozenset(name.casefold() for name in tables)
    left: list[tuple[Part, str, frozenset[str]]] = [(statement, "STATEMENT", names)]
    while left:
        part, place, visible = left.pop()
        kind = _kind(part, place)
        found.update(dict.fromkeys(_judge_part(part, kind, visible)))
        if kind == "STAR/STAR" and place != ".select_list":
            found[refuse("* LIKE")] = None
        allowed = query_rules().parts.get(kind, frozenset())
        left += reversed([*_inner_parts({key: part[key] for key in part if key in allowed}, kind, visible)])
    return list(found)


def is_sorted(statement: Part) -> bool:
    """Return whether the order of the result's rows is that of the query, or that of the rows in one file."""
    node = statement["node"]
    if any(each["type"] == "ORDER_MODIFIER" for each in node.get("modifiers", ())):
        return True
    plain = node["type"] == "SELECT_NODE" and not node.get("modifiers") and not node.get("cte_map", {}).get("map")
    source = node.get("from_table", {}).get("type")
    has_groups = node.get("aggregate_handling") == "FORCE_AGGREGATES" or node.get("group_expressions")
    return plain and not has_groups and source in ("BASE_TABLE", "EXPRESSION_LIST", "EMPTY")


def _kind(part: Part, place: str) -> str:
    group, type = part.get("class"), part.get("type")
    if isinstance(group, str):
        return group if group in _ONE_KIND else f"{group}/{type}"
    return type if isinstance(type, str) else place


def _inner_parts(part: Part, kind: str, visible: frozenset[str]) -> Iterator[tuple[Part, str, frozenset[str]]]:
    """Yield the parts within a part, each with its place and the names of the tables that it can read."""
    inner = visible
    for entry in part.get("cte_map", {}).get("map", ()):
        # A table of WITH can read those before it, and not itself; the second half of a recursive one can.
        yield entry["value"], ".value", inner
        inner |= {str(entry["key"]).casefold()}
    for key, value in part.items():
        if key == "cte_map" or _is_all_columns(part, value):
            continue
        can_read = inner
        if kind == "RECURSIVE_CTE_NODE" and key == "right":
            can_read = inner | {str(part.get("cte_name")).casefold()}
        yield from ((each, f".{key}", can_read) for each in _listed(value))


def _listed(value: Any) -> Iterator[Part]:
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _listed(each)


def _is_all_columns(part: Part, value: Any) -> bool:
    """Return whether a value is that of ORDER BY ALL."""
    is_order = "null_order" in part and isinstance(value, dict)
    return is_order and value.get("class") == "STAR" and value.keys() <= {"class", "type", "columns"}


def _judge_part(part: Part, kind: str, visible: frozenset[str]) -> Iterator[Refusal]:
    """Yield what is not allowed of a part, without the parts within it."""
    rules = query_rules()
    allowed = rules.parts.get(kind)
    if allowed is None:
        yield from _refuse_part(part, kind)
        return
    for key, value in part.items():
        if key not in allowed and key not in _PROPERTIES:
            yield refuse(rules.part_names.get(f"{kind}.{key}", f"{kind} with {key}"))
        elif key in rules.values and str(value) not in rules.values[key]:
            yield refuse(rules.part_names.get(f"{kind}.{key}", f"{kind} with {key} {value}"))
    if len(path := part.get("qualified_name", {}).get("path", ())) > 1 and not part.keys() & _OUTER:
        yield refuse(f"'{'.'.join(path)}'")
    if "cte_map" in part:
        yield from _judge_part(part["cte_map"], ".cte_map", visible)
        for entry in part["cte_map"].get("map", ()):
            yield from _judge_part(entry, ".map", visible)
    yield from _judge_names(part, kind, visible)
    yield from _judge_modifiers(part.get("modifiers", ()))


def _judge_names(part: Part, kind: str, visible: frozenset[str]) -> Iterator[Refusal]:
    rules = query_rules()
    match kind:
        case "FUNCTION/FUNCTION":
            yield from _judge_function(part, rules.functions, rules.ordered_functions, "order_bys")
        case "WINDOW":
            plain, ordered = rules.functions | rules.window_functions, rules.ordered_window_functions
            yield from _judge_function(part, plain, ordered | rules.ordered_functions, "orders")
        case "TYPE/TYPE" if str(part.get("type_name")).upper() not in rules.types:
            yield _refused(str(part.get("type_name")), "the type")
        case "BASE_TABLE" if str(part.get("table_name")).casefold() not in visible:
            message = f"'{part.get('table_name')}' is no table of this query"
            yield Refusal(message, "name its file under 'files', and use only those tables")
        case "COLUMN_REF/COLUMN_REF" if len(part["column_names"]) == 1:
            name = str(part["column_names"][0])
            if name.casefold() in rules.value_functions:
                refusal = _refused(name, "the function")
                yield Refusal(refusal.message, f"{refusal.hint}; if it is a column, write its table too: sites.{name}")


def _judge_function(part: Part, plain: frozenset[str], ordered: frozenset[str], order: str) -> Iterator[Refusal]:
    """Yield a refusal for a function that no list has, or whose order is not given; `order` is where that is."""
    name = str(part.get("function_name")).casefold()
    path = part.get("qualified_name", {}).get("path", [name])
    if path[-1:] and str(path[-1]).casefold() != name:
        yield _refused(f"{name} ({path[-1]})", "the function")
    elif name in ordered and name not in plain:
        orders = part.get(order, ())
        if not (orders.get("orders") if isinstance(orders, dict) else orders):
            inside = f"{name}(… ORDER BY …)" if order == "order_bys" else f"{name}(…) OVER (ORDER BY …)"
            yield Refusal(f"the result of '{name}' depends on the order of the rows", f"state the order: {inside}")
    elif name not in plain:
        yield _refused(name, "the function")


def _judge_modifiers(modifiers: Sequence[Part]) -> Iterator[Refusal]:
    """Yield a refusal for rows that are chosen by their order, where no order is stated."""
    if any(each["type"] == "ORDER_MODIFIER" and each.get("orders") for each in modifiers):
        return
    for each in modifiers:
        if each["type"] == "LIMIT_MODIFIER":
            yield Refusal("LIMIT without ORDER BY takes any rows", "state the order: ORDER BY … LIMIT …")
        elif each.get("distinct_on_targets"):
            yield Refusal("DISTINCT ON without ORDER BY takes any rows", "state the order: ORDER BY …")


def _refuse_part(part: Part, kind: str) -> Iterator[Refusal]:
    """Yield the refusal of a part that no query may have; a function that makes a table is named."""
    if kind == "TABLE_FUNCTION":
        yield _refused(str(part.get("function", {}).get("function_name")), "the table function")
    else:
        yield refuse(query_rules().part_names.get(kind, kind.rpartition("/")[2].replace("_", " ")))


def refuse(name: str) -> Refusal:
    """Return the refusal of a part of SQL, with the reason and what may be used instead."""
    return _refused(name, "")


def _refused(name: str, what: str) -> Refusal:
    """Return the refusal of a name; `what` it is the name of, where the name does not say so itself."""
    subject = f"{what} '{name}'" if what else name
    for group in query_rules().refused:
        if name.casefold() in (each.casefold() for each in group.names):
            return Refusal(f"{subject} is not allowed in a query: {group.reason}", group.instead)
    instead = {
        "the function": "use other functions; 'Queries' in the description of the report format lists all",
        "the type": "use VARCHAR, INTEGER, DECIMAL, DOUBLE, DATE, TIMESTAMP or BOOLEAN",
        "the table function": "name the files under 'files', and use only their tables",
    }.get(what, "write the query without it")
    return Refusal(f"{subject} is not allowed in a query", instead)
