"""A yes or no to whether a value matches a JSON Schema: the first of two checks, as most values match theirs.

The reference library takes longer to import than a report takes to check. It is asked only where the answer is no, for
the errors, and for schemas with a keyword that is not known here. A property test holds that both agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sized
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin

from gri_builder.source.yaml_events import DATE

Matches = Callable[[Any], bool]
Schema = Mapping[str, Any] | bool
YEARS = range(1900, 2108)
"""Years of dates: workbooks start in 1900, and files within a workbook bear no date after 2107."""
ANNOTATIONS = frozenset(
    ("$schema", "$id", "$defs", "$comment", "title", "description", "default", "examples", "then", "else")
) | {"unit-dimensions", "breakdowns"}
"""Keywords that check nothing by themselves; the last two are read with the framework."""


class UnknownKeywordError(Exception):
    """A schema has a keyword that only the reference library knows."""


class Unquoted(str):
    """A plain scalar that YAML programs do not read as text: a date, a Boolean, an unusual spelling of a number."""

    __slots__ = ()


def is_date(text: str) -> bool:
    """Whether the text is a valid date in the form 2015-12-31 (ISO 8601), in a year that all files can hold."""
    try:
        return bool(DATE.fullmatch(text) and date.fromisoformat(text).year in YEARS)
    except ValueError:
        return False


def is_text(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a value counts as a string: a text, but of plain scalars that only look like text a date alone."""
    if isinstance(value, Unquoted):
        return schema.get("format") == "date" and bool(DATE.fullmatch(value))
    return isinstance(value, str)


class SchemaLibrary:
    """Schemas by their URI, which others refer to."""

    def __init__(self, schemas: Mapping[str, Mapping[str, Any]]) -> None:
        self.schemas = schemas
        self._compiled: dict[tuple[str, str], Matches] = {}

    def compile(self, schema: Mapping[str, Any]) -> Matches | None:
        """Return the check of a schema; None if it has a keyword that is not known here."""
        local = SchemaLibrary({**self.schemas, "": schema})
        local._compiled = {key: check for key, check in self._compiled.items() if key[0]}
        try:
            check = _compile(schema, str(schema.get("$id", "")), local)
        except UnknownKeywordError:
            return None
        self._compiled |= {key: check for key, check in local._compiled.items() if key[0] in self.schemas}
        return check

    def resolve(self, reference: str, base: str) -> Matches:
        """Return the check of a part of a schema by its reference, from a cache."""
        path, _, pointer = reference.partition("#")
        uri = urljoin(base, path) if path else base if base in self.schemas else ""
        key = uri, pointer
        if key not in self._compiled:
            part = _find_part(self.schemas.get(uri), pointer)
            self._compiled[key] = lambda value: self._compiled[key](value)  # for a part that contains itself
            self._compiled[key] = _compile(part, uri if path else base, self)
        return self._compiled[key]


def _find_part(schema: Any, pointer: str) -> Schema:
    """Return the part of a schema that a JSON pointer leads to (RFC 6901)."""
    for step in pointer.split("/")[1:]:
        schema = schema.get(step) if isinstance(schema, dict) else None
    if not isinstance(schema, dict | bool):
        raise UnknownKeywordError(pointer)
    return schema


def _compile(schema: Schema, base: str, library: SchemaLibrary) -> Matches:
    """Return the check of a schema with the URI `base`; raises UnknownKeywordError."""
    if isinstance(schema, bool):
        return (lambda value: True) if schema else (lambda value: False)
    checks = [_KEYWORDS[key](schema, base, library) for key in schema if key in _KEYWORDS]
    if unknown := schema.keys() - _KEYWORDS.keys() - ANNOTATIONS:
        raise UnknownKeywordError(", ".join(sorted(unknown)))
    if len(checks) == 1:
        return checks[0]

    return lambda value: all(check(value) for check in checks)


Keyword = Callable[[Mapping[str, Any], str, SchemaLibrary], Matches]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


_TYPES: Mapping[str, Matches] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": _is_number,
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}


def _type(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    names = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    others = [_TYPES[name] for name in names if name != "string"]
    if "string" not in names:
        return others[0] if len(others) == 1 else lambda value: any(is_one(value) for is_one in others)
    return lambda value: is_text(value, schema) or any(is_one(value) for is_one in others)


def _enum(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    return _is_one_of(schema["enum"])


def _const(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    return _is_one_of([schema["const"]])


def _is_one_of(wanted: Collection[Any]) -> Matches:
    if not all(isinstance(each, str | int) for each in wanted):
        raise UnknownKeywordError("enum")
    texts = frozenset(each for each in wanted if isinstance(each, str))
    others = [each for each in wanted if not isinstance(each, str)]

    def matches(value: Any) -> bool:
        if isinstance(value, str):
            return value in texts
        return any(each == value and isinstance(each, bool) is isinstance(value, bool) for each in others)

    return matches


def _format(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    if schema["format"] != "date":
        raise UnknownKeywordError("format")
    return lambda value: not isinstance(value, str) or is_date(value)


def _pattern(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    written = schema["pattern"]  # compiled when it is first needed, by the cache of `re`
    return lambda value: not isinstance(value, str) or re.search(written, value) is not None


def _required(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    names = frozenset(schema["required"])
    return lambda value: not isinstance(value, dict) or names <= value.keys()


def _properties(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    checks = {name: _compile(part, base, library) for name, part in schema["properties"].items()}

    def matches(value: Any) -> bool:
        if not isinstance(value, dict):
            return True
        return all(checks[name](each) for name, each in value.items() if name in checks)

    return matches


def _additional(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    check, known = _compile(schema["additionalProperties"], base, library), schema.get("properties", {}).keys()

    def matches(value: Any) -> bool:
        return not isinstance(value, dict) or all(check(each) for name, each in value.items() if name not in known)

    return matches


def _property_names(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    check = _compile(schema["propertyNames"], base, library)
    return lambda value: not isinstance(value, dict) or all(map(check, value))


def _items(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    check = _compile(schema["items"], base, library)
    return lambda value: not isinstance(value, list) or all(map(check, value))


def _unique(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    """Return the check of a list without equal items; one that holds mappings or lists does not match for certain."""

    def matches(value: Any) -> bool:
        if not schema["uniqueItems"] or not isinstance(value, list):
            return True
        if any(isinstance(each, dict | list) for each in value):
            return len(value) < 2
        return len({(isinstance(each, bool), each) for each in value}) == len(value)

    return matches


def _bound(kind: type[Sized], compare: Callable[[int, int], bool]) -> Callable[[str], Keyword]:
    """Return the maker of keywords that bound the length of a text, list or mapping."""

    def make(key: str) -> Keyword:
        def keyword(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
            bound = schema[key]
            return lambda value: not isinstance(value, kind) or compare(len(value), bound)

        return keyword

    return make


def _minimum(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    bound = schema["minimum"]
    return lambda value: not _is_number(value) or not value < bound


def _maximum(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    bound = schema["maximum"]
    return lambda value: not _is_number(value) or not value > bound


def _all(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    checks = _each(schema["allOf"], base, library)
    return lambda value: all(check(value) for check in checks)


def _one(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    checks = _each(schema["oneOf"], base, library)
    return lambda value: sum(check(value) for check in checks) == 1


def _each(schemas: Iterable[Schema], base: str, library: SchemaLibrary) -> list[Matches]:
    return [_compile(each, base, library) for each in schemas]


def _not(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    check = _compile(schema["not"], base, library)
    return lambda value: not check(value)


def _if(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    test, then, other = (_compile(schema.get(key, True), base, library) for key in ("if", "then", "else"))
    return lambda value: then(value) if test(value) else other(value)


def _dependent(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    wanted = {key: frozenset(names) for key, names in schema["dependentRequired"].items()}
    return lambda value: (
        not isinstance(value, dict) or all(names <= value.keys() for key, names in wanted.items() if key in value)
    )


def _reference(schema: Mapping[str, Any], base: str, library: SchemaLibrary) -> Matches:
    return library.resolve(schema["$ref"], base)


def _at_least(length: int, bound: int) -> bool:
    return length >= bound


def _at_most(length: int, bound: int) -> bool:
    return length <= bound


_KEYWORDS: Mapping[str, Keyword] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "format": _format,
    "pattern": _pattern,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": _property_names,
    "items": _items,
    "uniqueItems": _unique,
    "minItems": _bound(list, _at_least)("minItems"),
    "maxItems": _bound(list, _at_most)("maxItems"),
    "minLength": _bound(str, _at_least)("minLength"),
    "maxLength": _bound(str, _at_most)("maxLength"),
    "minProperties": _bound(dict, _at_least)("minProperties"),
    "minimum": _minimum,
    "maximum": _maximum,
    "allOf": _all,
    "oneOf": _one,
    "not": _not,
    "if": _if,
    "dependentRequired": _dependent,
    "$ref": _reference,
}
"""The keywords of JSON Schema (draft 2020-12) that the schemas of reports use."""
