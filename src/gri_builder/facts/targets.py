"""Targets of a series: the value to reach, by when, and the base period that progress is measured from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gri_builder.facts.members import check_members, known_members, read_members
from gri_builder.model.facts import Direction, Series, Target
from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.periods.period import sort_periods
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of


def read_targets(node: Node | None) -> tuple[Target, ...]:
    """Return the targets that an entry lists in the order of time, without those that the schema rejects."""
    found = [target for item in (node.items if node else ()) if (target := _read_target(item))]
    order = sort_periods({target.period for target in found})
    return tuple(sorted(found, key=lambda target: order.index(target.period)))


def _read_target(node: Node) -> Target | None:
    label, value = spelling_of(node.get("period")), node.get("value")
    if label is None or value is None or value.kind != "number":
        return None
    base, note = spelling_of(node.get("base")), text_of(node.get("note"))
    return Target(label, Decimal(value.text), node.where, base, read_members(node), note)


def check_targets(series: Series) -> Iterator[Finding]:
    """Yield a finding for each target that does not fit its series: its members, its base period, or its direction."""
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
        yield from _check_direction(series, target)


OPPOSITES: dict[Direction, Direction] = {"lower": "higher", "higher": "lower"}


def _check_direction(series: Series, target: Target) -> Iterator[Finding]:
    """Yield a finding if reaching the target would be a change for the worse by what the series calls better."""
    base = series.base_of(target)
    if series.better is None or base is None or target.value == base.value:
        return
    wanted: Direction = "higher" if target.value > base.value else "lower"
    if wanted == series.better:
        return
    message = (
        f"the target {target.value} for '{shorten(target.period)}' is {wanted} than {base.value} in "
        f"'{shorten(base.period)}', but '{series.id}' has better: {series.better}"
    )
    hint = f"write better: {OPPOSITES[series.better]} if that is the improvement; otherwise correct the target's value"
    yield warning("contradictory-target", message, target.where, hint)
