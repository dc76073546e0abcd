"""JSON Schema over nodes: the flaws of a YAML value, each at its key or value. The only importer of jsonschema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from jsonschema.protocols import Validator
from msgspec import Struct
from referencing import Registry, Resource

from gri_builder.model.finding import Location
from gri_builder.model.framework import Disclosure
from gri_builder.model.suggestions import find_nearest
from gri_builder.resources.frameworks import schemas_folder, shared_schemas
from gri_builder.resources.renamed import current_key
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.yaml_events import DATE

Path = tuple[str | int, ...]
"""Keys and list positions that lead from a value to one inside it."""

FAULTY = object()
"""Stands for a value that has its finding already; nothing is said about it again."""
_WEIGHT = ("type", "const", "enum", "format", "pattern")
"""Keywords in the order in which they explain a wrong value best."""


class Unquoted(str):
    """A plain scalar that YAML programs do not read as text: a date, a truth value, an odd spelling of a number."""

    __slots__ = ()


class Spot(Struct, frozen=True):
    """A value inside a YAML file, and what to call it."""

    value: Node
    label: str
    """Its key in quotes, 'item 2 of …', or the file's name."""
    key: Node | None = None
    """None for the items of a list, and for a whole file."""

    @property
    def where(self) -> Location:
        """Its place; that of its key where it is a block of lines or empty."""
        return Entry(self.key, self.value).where if self.key else self.value.where

    def inside(self, step: str | int) -> Spot:
        """Return the spot of the value one step further in; itself where there is none."""
        if isinstance(step, int):
            found = step < len(self.value.items)
            return Spot(self.value.items[step], f"item {step + 1} of {self.label}") if found else self
        entry = self.value.entries.get(step)
        return Spot(entry.value, f"'{step}'", entry.key) if entry else self


class SchemaError(Struct, frozen=True):
    """One way in which a value breaks its schema."""

    keyword: str
    """Keyword of JSON Schema that is broken; 'forbidden' for a value that must not be there at all."""
    path: Path
    spot: Spot
    schema: Mapping[str, Any]
    """The schema that holds the keyword."""
    description: str | None
    """What the schema says about the value."""
    name: str = ""
    """The key concerned: one that is missing or not known."""


class Checker:
    """A prepared schema."""

    def __init__(self, schema: Mapping[str, Any], registry: Registry[Any] | None = None) -> None:
        self._schema = schema
        self._validator: Validator = _VALIDATOR(dict(schema), registry=registry or Registry(), format_checker=_FORMATS)

    def find_flaws(self, spot: Spot, plain: Any = None) -> list[SchemaError]:
        """Return the flaws of a value, at most one for each place; `plain` is the value as `to_plain` gives it."""
        errors = self._validator.iter_errors(to_plain(spot.value) if plain is None else plain)
        flaws = [flaw for error in errors if not _is_faulty(error.instance) for flaw in self._flaws(error, spot)]
        flaws = [flaw for flaw in flaws if not _is_reported(flaw)]
        return list(_without_echoes(flaws))

    def _flaws(self, error: ValidationError, root: Spot) -> Iterator[SchemaError]:
        path: Path = tuple(error.absolute_path)
        spot = root
        for step in path:
            spot = spot.inside(step)
        keyword = str(error.validator) if error.validator else "forbidden"
        schema = error.schema if isinstance(error.schema, dict) else {}
        for name in _names(keyword, error, schema):
            inner = spot.inside(name) if keyword == "additionalProperties" else spot
            yield SchemaError(keyword, path, inner, schema, _describe(self._schema, path), name)


@cache
def load_checker(name: str) -> Checker:
    """Return the checker of a schema file, by its name without '.schema.json'."""
    return Checker(_read_schema(name))


@cache
def series_checker() -> Checker:
    """Return the checker of a fact series without its values, which `facts` reads one by one."""
    schema = _read_schema("figures")
    series = {
        key: rule for key, rule in schema["$defs"]["series"].items() if key not in ("if", "then", "else", "oneOf")
    }
    return Checker(series | {"$defs": schema["$defs"]})


@cache
def _registry(framework: str) -> Registry[Any]:
    return Registry().with_resources(
        (uri, Resource.from_contents(schema)) for uri, schema in shared_schemas(framework).items()
    )


_CHECKERS: dict[tuple[str, str], Checker] = {}


def disclosure_checker(framework: str, disclosure: Disclosure) -> Checker:
    """Return the checker of the answers to a disclosure; made once."""
    key = framework, disclosure.code
    if key not in _CHECKERS:
        _CHECKERS[key] = Checker(disclosure.schema, _registry(framework))
    return _CHECKERS[key]


def to_plain(node: Node) -> Any:
    """Return a node as jsonschema takes it; what only looks like text stays apart as `Unquoted`."""
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
    return FAULTY


def is_day(text: str) -> bool:
    """Whether the text is a day of the calendar in the form 2015-12-31 (ISO 8601)."""
    try:
        return bool(DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _is_faulty(instance: Any) -> bool:
    return instance is FAULTY or (isinstance(instance, list) and any(item is FAULTY for item in instance))


def _is_reported(flaw: SchemaError) -> bool:
    """Whether a fault of syntax, which has its finding, may be all that is wrong here."""
    if flaw.keyword == "additionalProperties":
        return flaw.spot.value.kind == "invalid"
    return flaw.keyword == "required" and flaw.spot.value.broken


def _read_schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((schemas_folder() / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


def _names(keyword: str, error: ValidationError, schema: Mapping[str, Any]) -> Iterable[str]:
    """Return the keys that an error is about, each to be reported by itself."""
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


def _without_echoes(flaws: list[SchemaError]) -> Iterator[SchemaError]:
    """Yield one flaw for each place; a missing key that was only misspelt is no second one."""
    extras: dict[Path, list[str]] = {}
    for flaw in flaws:
        if flaw.keyword == "additionalProperties":
            extras.setdefault(flaw.path, []).append(flaw.name)
    said: set[tuple[Path, str]] = set()
    for flaw in sorted(flaws, key=lambda f: _WEIGHT.index(f.keyword) if f.keyword in _WEIGHT else len(_WEIGHT)):
        if flaw.keyword == "required" and any(_meant(flaw, extra) for extra in extras.get(flaw.path, ())):
            continue
        if (flaw.path, flaw.name) not in said:
            said.add((flaw.path, flaw.name))
            yield flaw


def _meant(flaw: SchemaError, extra: str) -> bool:
    known = flaw.schema.get("properties", flaw.schema["required"])
    return flaw.name in (find_nearest(extra, known), first_word(extra), current_key(extra))


def first_word(key: str) -> str:
    """Return what stands before the first space or colon of a key that was run together with its value."""
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


def _check_type(validator: Any, types: Any, instance: Any, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    """Judge a type as Draft 2020-12 does; what YAML programs do not read as text is none, dates apart."""
    wanted = [types] if isinstance(types, str) else list(types)
    is_date = schema.get("format") == "date" and DATE.fullmatch(instance) if isinstance(instance, str) else False
    if isinstance(instance, Unquoted) and "string" in wanted and not is_date:
        yield ValidationError("not text")
        return
    yield from Draft202012Validator.VALIDATORS["type"](validator, types, instance, schema)


_extend: Any = validators.extend
_VALIDATOR: Any = _extend(Draft202012Validator, {"type": _check_type})
_FORMATS = FormatChecker(formats=())
_FORMATS.checks("date")(lambda value: not isinstance(value, str) or is_day(value))
