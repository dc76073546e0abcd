"""Expressions: what stands between the braces of a `{{ … }}` placeholder. Read here, not evaluated."""

from __future__ import annotations

import re
from dataclasses import dataclass

FIELDS = ("change", "unit")
"""What can be asked of a fact series instead of a value."""

_EXPRESSION = re.compile(
    r"""(?P<series>[a-z0-9]+(?:-[a-z0-9]+)*)   # id of the fact series, in kebab-case
        (?:\[(?P<selection>[^\[\]{}]*)\])?       # period and members
        (?:\.(?P<field>[a-z]+))?""",
    re.VERBOSE,
)
_PERIOD = re.compile(r"\d{4}(?:[/–-]\d{2,4})?")


@dataclass(frozen=True, slots=True)
class Expression:
    """A reference to a value of a fact series, or to something about it."""

    series: str
    """Id of the fact series."""
    period: str | None = None
    """Label of the period, e.g. '2015'; None for the latest."""
    members: tuple[str, ...] = ()
    """Members of the series' dimensions, as written; labels of periods that do not begin with a year stand here too."""
    field: str = "value"
    """'value', 'change' (against the period before) or 'unit'."""


def parse_expression(text: str) -> Expression | None:
    """Return the expression written as `id`, `id[2013]`, `id[2013, Women]`, `id[Women]`, `id.change` or `id.unit`.

    None when it is written in no such way.
    """
    match = _EXPRESSION.fullmatch(text.strip())
    if match is None or match["field"] not in (None, *FIELDS):
        return None
    selected = [] if match["selection"] is None else [part.strip() for part in match["selection"].split(",")]
    if not all(selected) or match["selection"] == "":
        return None
    period = selected.pop(0) if selected and _PERIOD.fullmatch(selected[0]) else None
    return Expression(match["series"], period, tuple(selected), match["field"] or "value")
