"""Members that an entry about a single fact names, such as a restatement, an explanation or a target."""

from __future__ import annotations

from collections.abc import Collection

from gri_builder.model.facts import Series
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import text_of, texts_of


def read_members(node: Node) -> tuple[str, ...]:
    """Return the members that an entry names."""
    return tuple(text_of(each) or "" for each in texts_of(node.get("members")))


def known_members(series: Series) -> Collection[tuple[str, ...]]:
    """Return the combinations of members that a series has facts for."""
    return dict.fromkeys(fact.members for fact in series.facts)


def check_members(series: Series, members: tuple[str, ...], where: Location) -> Finding | None:
    """Return the finding for members that a series does not have; None where it has them, or has no facts at all."""
    known = known_members(series)
    if members in known or not known:
        return None
    if len(members) != len(series.dimensions):
        by = f"broken down by {listed(series.dimensions, 'and')}" if series.dimensions else "not broken down"
        hint = "name one member for each dimension: members: […]" if series.dimensions else "remove 'members'"
        return error("unknown-member", f"'{series.id}' is {by}, so the entry must name one value of it", where, hint)
    named = ", ".join(members)
    nearest = find_nearest(named, [", ".join(each) for each in known])
    hint = f"did you mean '{nearest}'?" if nearest else "name members that the series has"
    return error("unknown-member", f"'{series.id}' has no member '{shorten(named)}'", where, hint)
