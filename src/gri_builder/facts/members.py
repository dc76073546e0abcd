"""Members that an entry about single facts names: of a restatement, an explanation."""

from __future__ import annotations

from gri_builder.model.facts import Series
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.finding_text import listed
from gri_builder.model.suggestions import find_nearest
from gri_builder.source.nodes import Node
from gri_builder.source.values import text_of, texts_of


def read_members(node: Node) -> tuple[str, ...]:
    """Return the members that an entry names."""
    return tuple(text_of(each) or "" for each in texts_of(node.get("members")))


def find_members(
    series: Series, members: tuple[str, ...], where: Location, findings: list[Finding]
) -> tuple[str, ...] | None:
    """Return the members where the series has them; else None, with a finding."""
    known = list(dict.fromkeys(fact.members for fact in series.facts))
    if members in known:
        return members
    if len(members) != len(series.dimensions):
        by = f"by {listed(series.dimensions, 'and')}" if series.dimensions else "not broken down"
        hint = "name one member for each dimension: members: […]" if series.dimensions else "take 'members' away"
        findings.append(error("unknown-member", f"'{series.id}' is {by}; one value must be named", where, hint))
    elif known:
        named = ", ".join(members)
        nearest = find_nearest(named, [", ".join(each) for each in known])
        hint = f"did you mean '{nearest}'?" if nearest else "name members that the series has"
        findings.append(error("unknown-member", f"'{series.id}' has no '{named}'", where, hint))
    return None
