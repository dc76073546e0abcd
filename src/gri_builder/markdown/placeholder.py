"""Placeholders: parses the expression between the braces of `{{ … }}`, without evaluating it."""

from __future__ import annotations

import re

from gri_builder.model.choices import find_choice
from gri_builder.model.placeholder import DERIVED_FIELDS, LATEST, Placeholder

FILTERS = {"percent": False, "bare": False, "unsigned": False, "round": True, "in": True}
"""Filters that change how a value is printed, and whether each takes an argument: digits, or a unit."""

_EXPRESSION = re.compile(
    r"""(?P<series>[a-z0-9]+(?:-[a-z0-9]+)*)   # id of the fact series, in kebab-case
        (?:\[(?P<selection>[^\[\]{}]*)\])?       # period and members
        (?:\.(?P<field>[a-z]+))?
        (?P<filters>(?:\s*\|\s*[^|{}]+)*)""",
    re.VERBOSE,
)
_PERIOD = re.compile(r"\d{4}(?:[/–-]\d{2,4})?")
_DIGITS = re.compile(r"[0-6]")


def parse_placeholder(text: str) -> Placeholder | None:
    """Parse an expression such as `id`, `id[2013]`, `id[2013, Women]`, `id.change` or `id | in MWh | round 1`.

    Return None if the syntax is not valid.
    """
    match = _EXPRESSION.fullmatch(text.strip())
    if match is None or match["field"] not in (None, *DERIVED_FIELDS):
        return None
    selected = [] if match["selection"] is None else [part.strip() for part in match["selection"].split(",")]
    if not all(selected) or match["selection"] == "":
        return None
    filters = _read_filters(match["filters"])
    if filters is None:
        return None
    period = selected.pop(0) if selected and (selected[0] == LATEST or _PERIOD.fullmatch(selected[0])) else None
    return Placeholder(
        match["series"],
        period,
        tuple(selected),
        find_choice(match["field"], DERIVED_FIELDS) or "value",
        filters.get("in"),
        int(filters["round"]) if "round" in filters else None,
        "percent" in filters,
        "bare" in filters,
        "unsigned" in filters,
    )


def _read_filters(text: str) -> dict[str, str] | None:
    """Return the argument of each filter by its name; None if a filter or its argument is not valid."""
    found: dict[str, str] = {}
    for part in text.split("|")[1:]:
        name, _, argument = part.strip().partition(" ")
        if FILTERS.get(name) != bool(argument) or name in found:
            return None
        found[name] = argument.strip()
    if "round" in found and not _DIGITS.fullmatch(found["round"]):
        return None
    return found
