"""Checks nodes against JSON Schema; each error has its key or value."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from gri_builder.memos import Same, remembered
from gri_builder.model.finding import Location
from gri_builder.model.framework import Disclosure
from gri_builder.model.suggestions import find_nearest
from gri_builder.resources.frameworks import schemas_folder, shared_schemas
from gri_builder.resources.renamed import current_key
from gri_builder.source.json_schema.quick_check import SchemaLibrary, Unquoted
from gri_builder.source.nodes import Entry, Node

if TYPE_CHECKING:
    from jsonschema import ValidationError

    from gri_builder.source.json_schema.reference_check import ReferenceValidator

Path = tuple[str | int, ...]
"""Keys and list indexes from a value to a value inside it."""

INVALID = object()
"""A value that has already been reported; its schema errors are ignored."""
_PRECEDENCE = ("type", "const", "enum", "format", "pattern")
"""Keywords whose error explains a wrong value best, the best first."""


class LabeledNode(Struct, frozen=True):
    """A value in a YAML file, with its label for messages."""

    value: Node
    label: str
    """Its key in quotes, 'item 2 of …', or the file's name."""
    key: Node | None = None
    """None for the items of a list, and for a whole file."""

    @property
    def where(self) -> Location:
        """Location of the value; of its key if the value is a block of lines or empty."""
        return Entry(self.key, self.value).where if self.key else self.value.where

    def inside(self, step: str | int) -> LabeledNode:
        """Return the value one step further in; itself if there is no such value."""
        if isinstance(step, int):
            found = step < len(self.value.items)
            return LabeledNode(self.value.items[step], f"item {step + 1} of {self.label}") if found else self
        entry = self.value.entries.get(step)
        return LabeledNode(entry.value, f"'{step}'", entry.key) if entry else self


class SchemaError(Struct, frozen=True):
    """One violation of a schema by a value."""

    keyword: str
    """Violated keyword of JSON Schema; 'forbidden' for a value that must not be present."""
    path: Path
    target: LabeledNode
    schema: Mapping[str, Any]
    """The schema that contains the keyword."""
    description: str | None
    """The schema's description of the value."""
    name: str = ""
    """The missing or unknown key, if the error is about a key."""


def _key_of(self: Checker, target: LabeledNode, plain: Any = None) -> Hashable:
    return Same(self), Same(target.value), target.label


class Checker:
    """A compiled schema."""

    def __init__(self, schema: Mapping[str, Any], library: SchemaLibrary | None = None) -> None:
        self._schema, self._library = schema, library or SchemaLibrary({})
        self._matches = self._library.compile(schema)

    @cached_property
    def _reference(self) -> ReferenceValidator:
        from gri_builder.source.json_schema.reference_check import ReferenceValidator

        return ReferenceValidator(self._schema, self._library.schemas)

    @remembered(_key_of)
    def find_errors(self, target: LabeledNode, plain: Any = None) -> list[SchemaError]:
        """Return the errors of a value, at most one at each place; `plain` is the value as `to_plain` returns it."""
        value = to_plain(target.value) if plain is None else plain
        if self._matches and self._matches(value):
            return []
        errors = self._reference.iter_errors(value)
        violations = [
            violation
            for error in errors
            if not _is_invalid(error.instance)
            for violation in self._violations(error, target)
        ]
        violations = [violation for violation in violations if not _is_reported(violation)]
        return list(_without_repeats(violations))

    def _violations(self, error: ValidationError, root: LabeledNode) -> Iterator[SchemaError]:
        path: Path = tuple(error.absolute_path)
        target = root
        for step in path:
            target = target.inside(step)
        keyword = str(error.validator) if error.validator else "forbidden"
        schema = error.schema if isinstance(error.schema, dict) else {}
        for name in _names(keyword, error, schema):
            inner = target.inside(name) if keyword == "additionalProperties" else target
            yield SchemaError(keyword, path, inner, schema, _describe(self._schema, path), name)


@cache
def load_checker(name: str) -> Checker:
    """Return the checker of a schema file, by its name without '.schema.json'."""
    return Checker(_read_schema(name))


@cache
def unit_checker() -> Checker:
    """Return the checker of one unit of figures/units.yaml."""
    schema: dict[str, Any] = _read_schema("units")["additionalProperties"]
    return Checker(schema)


@cache
def series_checker() -> Checker:
    """Return the checker of a fact series without its values, which `facts` checks one by one."""
    schema = _read_schema("figures")
    series = {
        key: rule for key, rule in schema["$defs"]["series"].items() if key not in ("if", "then", "else", "oneOf")
    }
    complete = {"properties": schema["additionalProperties"]["properties"]}
    return Checker(series | {"allOf": [complete], "$defs": schema["$defs"]})


@cache
def shared_file_checker() -> Checker:
    """Return the checker of an item of 'files' in figures/*.yaml, whose series are checked one by one."""
    definitions = _read_schema("figures")["$defs"]
    inherited = definitions["from"]["properties"] | definitions["aggregate"]["properties"]
    del inherited["from"]  # names a warehouse, not a file
    series = {"type": "object", "minProperties": 1}
    properties = inherited | {**definitions["shared_file"]["properties"], "series": series}
    return Checker(definitions["shared_file"] | {"properties": properties, "$defs": definitions})


@cache
def shared_keys() -> Mapping[str, frozenset[str]]:
    """Return the keys of 'from' and of 'aggregate', which their series may inherit from an item of 'files'.

    The 'from' of an aggregate is not among them: it names a warehouse, not a file.
    """
    definitions = _read_schema("figures")["$defs"]
    return {kind: frozenset(definitions[kind]["properties"]) - {"from"} for kind in ("from", "aggregate")}


@cache
def _library(framework: str) -> SchemaLibrary:
    return SchemaLibrary(shared_schemas(framework))


_CHECKERS: dict[tuple[str, str], Checker] = {}


def disclosure_checker(framework: str, disclosure: Disclosure) -> Checker:
    """Return the checker of the answers to a disclosure, from a cache."""
    key = framework, disclosure.code
    if key not in _CHECKERS:
        _CHECKERS[key] = Checker(disclosure.schema, _library(framework))
    return _CHECKERS[key]


def to_plain(node: Node) -> Any:
    """Return a node as plain data for the checks; scalars that only look like text become `Unquoted`."""
    match node.kind:
        case "mapping":
            return {key: to_plain(entry.value) for key, entry in node.entries.items()}
        case "list":
            return [to_plain(item) for item in node.items]
        case "text":
            return node.text
        case "number":
            return int(node.text) if "." not in node.text and len(node.text) < 19 else Decimal(node.text)
        case "bool":
            return node.text.lower() == "true"
        case "null":
            return None
        case "date" | "ambiguous":
            return Unquoted(node.text)
    return INVALID


def _is_invalid(instance: Any) -> bool:
    return instance is INVALID or (isinstance(instance, list) and any(item is INVALID for item in instance))


def _is_reported(violation: SchemaError) -> bool:
    """Whether the error may only be the consequence of a syntax error, which has its finding."""
    if violation.keyword == "additionalProperties":
        return violation.target.value.kind == "invalid"
    return violation.keyword == "required" and violation.target.value.broken


def _read_schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((schemas_folder() / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


def _names(keyword: str, error: ValidationError, schema: Mapping[str, Any]) -> Iterable[str]:
    """Return the keys that an error is about; each is reported separately."""
    present = error.instance if isinstance(error.instance, dict) else {}
    if keyword == "required":
        return [name for name in schema["required"] if name not in present]
    if keyword == "additionalProperties":
        return [name for name in present if name not in schema.get("properties", {})]
    if keyword == "dependentRequired":
        rules = schema["dependentRequired"]
        wanted = (name for key, names in rules.items() if key in present for name in names)
        return [name for name in dict.fromkeys(wanted) if name not in present][:1]
    return ("",)


def _without_repeats(violations: list[SchemaError]) -> Iterator[SchemaError]:
    """Yield one error for each place; a missing key that was only misspelt or renamed is not reported again."""
    extras: dict[Path, list[str]] = {}
    for violation in violations:
        if violation.keyword == "additionalProperties":
            extras.setdefault(violation.path, []).append(violation.name)
    reported: set[tuple[Path, str]] = set()
    for violation in sorted(
        violations, key=lambda f: _PRECEDENCE.index(f.keyword) if f.keyword in _PRECEDENCE else len(_PRECEDENCE)
    ):
        if violation.keyword == "required" and any(
            _is_meant(violation, extra) for extra in extras.get(violation.path, ())
        ):
            continue
        if (violation.path, violation.name) not in reported:
            reported.add((violation.path, violation.name))
            yield violation


def _is_meant(violation: SchemaError, extra: str) -> bool:
    known = violation.schema.get("properties", violation.schema["required"])
    return violation.name in (find_nearest(extra, known), first_word(extra), current_key(extra))


def first_word(key: str) -> str:
    """Return the part before the first space or colon of a key that is run together with its value."""
    return key.replace(":", " ").split(" ")[0]


def _describe(schema: Mapping[str, Any], path: Path) -> str | None:
    """Return the description of the value that a path leads to."""
    found: Mapping[str, Any] = schema
    for step in path:
        found = _resolve(schema, found)
        found = found.get("items", {}) if isinstance(step, int) else found.get("properties", {}).get(step, {})
    description = found.get("description")
    return str(description) if description else None


def _resolve(schema: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = str(part.get("$ref", ""))
    if not reference.startswith("#/$defs/"):
        return part
    return {**schema["$defs"][reference.removeprefix("#/$defs/")], **part}
