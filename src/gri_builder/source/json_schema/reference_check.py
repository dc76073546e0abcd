"""The errors of a value that does not match its schema, by the reference library of JSON Schema.

The only importer of jsonschema; it is imported when the first value does not match.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from jsonschema.protocols import Validator
from referencing import Registry, Resource

from gri_builder.source.json_schema.quick_check import Unquoted, is_date, is_text


class ReferenceValidator:
    """A schema with those that it refers to, by URI."""

    def __init__(self, schema: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> None:
        registry = Registry().with_resources((uri, Resource.from_contents(other)) for uri, other in others.items())
        self._validator: Validator = _validator_class()(dict(schema), registry=registry, format_checker=_formats())

    def iter_errors(self, value: Any) -> Iterator[ValidationError]:
        """Yield the errors of a value."""
        return iter(self._validator.iter_errors(value))


@cache
def _validator_class() -> Any:
    extend: Any = validators.extend
    return extend(Draft202012Validator, {"type": _check_type})


@cache
def _formats() -> FormatChecker:
    formats = FormatChecker(formats=())
    formats.checks("date")(lambda value: not isinstance(value, str) or is_date(value))
    return formats


def _check_type(validator: Any, types: Any, instance: Any, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    """Check a type as Draft 2020-12 does, except that an `Unquoted` value is not a string, unless it is a date."""
    wanted = [types] if isinstance(types, str) else list(types)
    if isinstance(instance, Unquoted) and "string" in wanted and not is_text(instance, schema):
        yield ValidationError("not text")
        return
    yield from Draft202012Validator.VALIDATORS["type"](validator, types, instance, schema)
