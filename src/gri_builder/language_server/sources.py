"""What is known of a name: the values of a fact series with their sources, what a disclosure asks for."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.language_server.contexts import Mention
from gri_builder.language_server.names import Names
from gri_builder.markdown.placeholder import parse_placeholder
from gri_builder.model.facts import Fact, Origin, Series
from gri_builder.model.finding import Location
from gri_builder.model.placeholder import LATEST

SHOWN = 12
"""Values of a series that are shown at once."""


def describe(mention: Mention, names: Names) -> str | None:
    """Return what is known of a name, as Markdown; None if nothing is."""
    found = names.find(mention.kind, mention.name)
    series = names.series.get(mention.name) if mention.kind == "series" else None
    if series:
        return "\n\n".join(_describe_series(series, select(series, mention.selection)))
    if found is None:
        return None
    about = f"\n\n{_plain(found.about)}" if found.about else ""
    title = f"  \n{_plain(found.title)}" if found.title else ""
    return f"**{_plain(found.name)}**{title}{about}"


def find_source(mention: Mention, names: Names) -> Location | None:
    """Return where a name leads: the row of a CSV file that holds the value, else where it is written."""
    found = names.find(mention.kind, mention.name)
    series = names.series.get(mention.name) if mention.kind == "series" else None
    facts = select(series, mention.selection) if series and mention.selection else ()
    origin = facts[0].origin if facts else None
    if origin and origin.line and not origin.cell:
        return Location(origin.file, origin.line, 1)
    return found.where if found else None


def select(series: Series, selection: str) -> tuple[Fact, ...]:
    """Return the facts that a selection in square brackets means; without one, all of them, the latest first."""
    parsed = parse_placeholder(f"{series.id}[{selection}]") if selection.strip() else None
    period = parsed.period if parsed else None
    if period == LATEST:
        period = series.latest_period
    members = set(parsed.members) if parsed else set()
    return tuple(
        fact
        for label in reversed(series.periods)
        for fact in series.facts
        if fact.period == label and period in (None, label) and members <= {*fact.members, fact.period}
    )


def _describe_series(series: Series, facts: tuple[Fact, ...]) -> Iterator[str]:
    yield f"**{_plain(series.title)}**  \n`{series.id}`"
    shown = facts[:SHOWN]
    yield "\n".join(f"- {_describe_fact(series, fact)}" for fact in shown) or "no value yet"
    if len(facts) > SHOWN:
        yield f"and {len(facts) - SHOWN} more"
    for label in ("owner", "source", "method", "boundary", "note"):
        if text := getattr(series, label):
            yield f"{label}: {_plain(text)}"


def _describe_fact(series: Series, fact: Fact) -> str:
    key = ", ".join((fact.period, *fact.members))
    status = "" if fact.status == "measured" else f", {fact.status}"
    source = f" ({_plain(_describe_origin(fact.origin))})" if fact.origin else ""
    return f"{_plain(key)}: {fact.value:,} {_plain(series.unit.symbol)}{status}{source}"


def _describe_origin(origin: Origin) -> str:
    if origin.inputs:
        return f"from {', '.join(origin.inputs)}"
    sheet, cell, line = origin.sheet, origin.cell, origin.line
    place = (f"sheet {sheet}" if sheet else "", f"cell {cell}" if cell else "", f"line {line}" if line else "")
    rows = f"{origin.rows} rows" if origin.rows else ""
    given = f"given as {origin.source_value}" if origin.source_value else ""
    return ", ".join(part for part in (origin.file, *place, rows, given) if part)


def _plain(text: str) -> str:
    """Return a text of the data as Markdown that shows it as it is."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>()#+!|~&" else char for char in text)
