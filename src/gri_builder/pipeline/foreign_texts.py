"""Texts in another language than their edition: every run says its language, for hyphenation and screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import fields, replace

from gri_builder.model.finding import Location
from gri_builder.model.rich_text import RichText, Run


def mark_language(prose: RichText, language: str) -> RichText:
    """Return a text whose runs are in a language (ISO 32000-1, 14.9.2), but for those that name another one.

    What placeholders print is in the language of the edition, as numbers in tables and charts are.
    """
    marked: RichText = _mark(prose, language)
    return marked


def _mark(value: Any, language: str) -> Any:
    if isinstance(value, Run):
        own = value.language or value.placeholder or value.page_of
        return value if own else replace(value, language=language)
    if isinstance(value, tuple):
        return tuple(_mark(each, language) for each in value)
    if isinstance(value, Mapping):
        return {key: _mark(each, language) for key, each in value.items()}
    if not isinstance(value, Struct) or isinstance(value, Location):
        return value
    parts = {each.name: getattr(value, each.name) for each in fields(value)}
    inner = {name: part for name, part in parts.items() if isinstance(part, tuple | Mapping | Struct)}
    return replace(value, **{name: _mark(part, language) for name, part in inner.items()}) if inner else value
