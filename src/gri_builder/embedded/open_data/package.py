"""`datapackage.json`: what the tables of the open data hold (Frictionless Data Package and Table Schema)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from gri_builder.embedded.open_data.columns import Column
from gri_builder.embedded.open_data.rows import Table

UNIQUE = "key"
"""The column of `facts.csv` that names each row, and that `fact-places.csv` refers to."""
_NOT_IN_NAMES = re.compile(r"[^a-z0-9._]+")


class Resource(Struct, frozen=True):
    """A table of the package."""

    name: str
    path: str
    title: str
    table: Table
    data: bytes
    """The table as a CSV file."""
    refers_to: str | None = None
    """Name of the resource that its keys are from; None for the one that defines them."""


def describe_package(name: str, title: str, organization: str, resources: tuple[Resource, ...]) -> dict[str, Any]:
    """Return the description of the tables, as plain data; `name` is that of the report's files."""
    return {
        "profile": "tabular-data-package",
        "name": _NOT_IN_NAMES.sub("-", name.lower()).strip("-") or "report",
        "title": title,
        "contributors": [{"title": organization, "role": "author"}],
        "resources": [_describe_resource(each) for each in resources],
    }


def _describe_resource(resource: Resource) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": resource.name,
        "title": resource.title,
        "path": resource.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(resource.data),
        "hash": f"sha256:{hashlib.sha256(resource.data).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_describe_field(column, resource.refers_to is None) for column in resource.table.columns],
            "missingValues": [""],
            **_describe_keys(resource.refers_to),
        },
    }


def _describe_keys(refers_to: str | None) -> Mapping[str, Any]:
    if refers_to is None:
        return {"primaryKey": UNIQUE}
    return {"foreignKeys": [{"fields": UNIQUE, "reference": {"resource": refers_to, "fields": UNIQUE}}]}


def _describe_field(column: Column, is_defining: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.is_required else {}
    if is_defining and column.name == UNIQUE:
        constraints["unique"] = True
    return {
        "name": column.name,
        "type": column.type,
        **({"bareNumber": True} if column.type in ("number", "integer") else {}),
        "description": column.description,
        **({"constraints": constraints} if constraints else {}),
    }
