"""Targets of a series: what is aimed at, by when, and what progress is measured from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from gri_builder.model.facts import Series, Target
from gri_builder.model.finding import Finding, error
from gri_builder.model.finding_text import listed, shorten
from gri_builder.model.suggestions import find_nearest
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of, texts_of


def read_targets(node: Node | None) -> tuple[Target, ...]:
    """Return the targets that the data lists, as far as their schema found nothing wrong with them."""
    return tuple(target for item in (node.items if node else ()) if (target := _read_target(item)))


def _read_target(node: Node) -> Target | None:
    period, value = node.get("period"), node.get("value")
    label = spelling_of(period)
    if label is None or value is None or value.kind != "number":
        return None
    members = tuple(text_of(each) or "" for each in texts_of(node.get("members")))
    return Target(
        label, Decimal(value.text), node.where, spelling_of(node.get("base")), members, text_of(node.get("note"))
    )


def check_targets(series: Series) -> Iterator[Finding]:
    """Yield what is wrong with the targets of a series whose facts are known."""
    members = dict.fromkeys(fact.members for fact in series.facts)
    for target in series.targets:
        yield from _check_members(series, target, members)
        known = [fact.period for fact in series.facts if fact.members == target.members]
        if target.base is not None and target.base not in known and target.members in members:
            nearest = find_nearest(target.base, known)
            hint = f"did you mean '{nearest}'?" if nearest else f"there are values for {listed(sorted(known), 'and')}"
            message = f"'{series.id}' has no value for the base period '{shorten(target.base)}'"
            yield error("unknown-period", message, target.where, hint)


def _check_members(series: Series, target: Target, known: Collection[tuple[str, ...]]) -> Iterator[Finding]:
    if target.members in known or not known:
        return
    if len(target.members) != len(series.dimensions):
        by = f"by {listed(series.dimensions, 'and')}" if series.dimensions else "not broken down"
        hint = "name one member for each dimension: members: […]" if series.dimensions else "take 'members' away"
        yield error("unknown-member", f"'{series.id}' is {by}; the target must be too", target.where, hint)
        return
    named = ", ".join(target.members)
    nearest = find_nearest(named, [", ".join(each) for each in known])
    hint = f"did you mean '{nearest}'?" if nearest else "name members that the series has"
    yield error("unknown-member", f"'{series.id}' has no '{shorten(named)}'", target.where, hint)
