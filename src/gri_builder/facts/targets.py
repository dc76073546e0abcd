"""Targets of a series: the value to reach, by when, and the base period that progress is measured from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gri_builder.facts.members import check_members, known_members, read_members
from gri_builder.model.facts import Series, Target
from gri_builder.model.finding import Finding, error
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of


def read_targets(node: Node | None) -> tuple[Target, ...]:
    """Return the targets that an entry lists, without those that the schema rejects."""
    return tuple(target for item in (node.items if node else ()) if (target := _read_target(item)))


def _read_target(node: Node) -> Target | None:
    label, value = spelling_of(node.get("period")), node.get("value")
    if label is None or value is None or value.kind != "number":
        return None
    base, note = spelling_of(node.get("base")), text_of(node.get("note"))
    return Target(label, Decimal(value.text), node.where, base, read_members(node), note)


def check_targets(series: Series) -> Iterator[Finding]:
    """Yield a finding for each target whose members or base period the series does not have."""
    members = known_members(series)
    for target in series.targets:
        if wrong_members := check_members(series, target.members, target.where):
            yield wrong_members
        known = [fact.period for fact in series.facts if fact.members == target.members]
        if target.base is not None and target.base not in known and target.members in members:
            nearest = find_nearest(target.base, known)
            hint = f"did you mean '{nearest}'?" if nearest else f"there are values for {listed(sorted(known), 'and')}"
            message = f"'{series.id}' has no value for the base period '{shorten(target.base)}'"
            yield error("unknown-period", message, target.where, hint)
