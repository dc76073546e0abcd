"""Former names of YAML keys and rules, read from `schemas/renamed.json`, so that a report that uses one gets help."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from gri_builder.resources.frameworks import schemas_folder


@cache
def _read_names() -> Mapping[str, Mapping[str, str]]:
    names: Mapping[str, Mapping[str, str]] = json.loads((schemas_folder() / "renamed.json").read_text(encoding="utf-8"))
    return names


def current_key(former: str) -> str | None:
    """Return the present name of a YAML key; None if the word is not a former key."""
    return _read_names()["keys"].get(former)


def current_rule(former: str) -> str | None:
    """Return the present id of a rule; None if the word is not a former rule id."""
    return _read_names()["rules"].get(former)
