"""What should be there and is not: rows of site-months that are missing, and those that stand twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from gri_builder.facts.dates import DateParts
from gri_builder.facts.row_checks import Chosen, Loaded, with_values
from gri_builder.facts.sql.statements import identifier, literal
from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.finding_text import shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import text_of

ADD_ROWS = "add the rows; what is missing is not counted as zero"
MOST = 5_000
"""Gaps that are looked at."""


def find_gaps(
    loaded: Loaded, chosen: Chosen, moments: Mapping[str, DateParts], expect: Node, end: date | None
) -> Iterator[Finding]:
    """Yield a finding for each gap in the months or years of a combination, and for each row that stands twice.

    `end` is the last day of the report's period: nothing is missed behind it.
    """
    monthly = text_of(expect.get("every")) != "year"
    if monthly and any(moment.month is None for moment in moments.values()):
        text = next(text for text, moment in moments.items() if moment.month is None)
        message = f"'{shorten(text)}' is a year, but there should be a row for every month"
        yield error("wrong-value", message, expect.where, "write months, or say 'every: year'")
        return
    everything = _steps(moments, monthly, end)
    there = {_label(moment, monthly) for moment in moments.values()}
    steps = [step for step in everything if step in there]
    if not steps:
        return
    unit = "month" if monthly else "year"
    for _, run in _runs([(step,) for step in everything if step not in there], everything):
        message = f"there is no row at all for {_span(run, unit)}"
        yield warning("missing-rows", message, expect.where, ADD_ROWS)
    keys = [loaded.name(key) for key in loaded.columns[0] if key.startswith("each ")]
    columns = ", ".join(map(identifier, keys))
    period = identifier(loaded.name("period"))
    condition = with_values(loaded, chosen)
    known = ", ".join(f"({literal(text)}, {literal(_label(moment, monthly))})" for text, moment in moments.items())
    present = (
        f"known(text, step) AS (VALUES {known}), present AS (SELECT DISTINCT {columns}, step FROM {{}} "
        f"JOIN known ON {period} = known.text WHERE {condition})"
    )
    wanted = ", ".join(f"({literal(step)})" for step in steps)
    lacking = loaded.union(
        f"WITH {present}, wanted(step) AS (VALUES {wanted}), each_one AS (SELECT DISTINCT {columns} FROM present) "
        f"SELECT {columns}, step FROM each_one CROSS JOIN wanted ANTI JOIN present USING ({columns}, step) "
        f"ORDER BY {columns}, step LIMIT {MOST}"
    )
    for names, run in _runs(lacking, steps):
        message = f"{', '.join(map(shorten, names))} has no value for {_span(run, unit)}"
        yield warning("missing-rows", message, expect.where, ADD_ROWS)
    yield from _find_twice(loaded, columns, period, condition)


def _span(run: Sequence[str], unit: str) -> str:
    """Return the months or years of a gap in words."""
    return run[0] if len(run) == 1 else f"{run[0]} to {run[-1]} ({len(run)} {unit}s)"


def _label(moment: DateParts, monthly: bool) -> str:
    return moment.month_text if monthly else str(moment.year)


def _steps(moments: Mapping[str, DateParts], monthly: bool, end: date | None) -> list[str]:
    """Return all months or years from the first year that has a row to the end of the last, or of the report."""
    years = sorted({moment.year for moment in moments.values()})
    if not years:
        return []
    span = range(years[0], years[-1] + 1)
    if not monthly:
        return [str(year) for year in span]
    last = f"{end.year}-{end.month:02}" if end else f"{years[-1]}-12"
    latest = max(moment.month_text for moment in moments.values())
    return [step for year in span for month in range(1, 13) if (step := f"{year}-{month:02}") <= max(last, latest)]


def _runs(lacking: Sequence[tuple[str, ...]], steps: Sequence[str]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield what lacks steps, with each run of steps that follow each other."""
    order = {step: number for number, step in enumerate(steps)}
    names: tuple[str, ...] | None = None
    run: list[str] = []
    for *key, step in lacking:
        if tuple(key) == names and run and order[step] == order[run[-1]] + 1:
            run.append(step)
            continue
        if names is not None:
            yield names, run
        names, run = tuple(key), [step]
    if names is not None:
        yield names, run


def _find_twice(loaded: Loaded, columns: str, period: str, condition: str) -> Iterator[Finding]:
    """Yield a finding for each day or month of a combination that has several rows."""
    query = (
        f"SELECT max(rowid), min(rowid), count(*) FROM {{}} WHERE {condition} "
        f"GROUP BY {columns}, {period} HAVING count(*) > 1 ORDER BY 2 LIMIT {MOST}"
    )
    for records, column, (last, first, count) in loaded.each(query, "period"):
        times = "for the second time" if count == 2 else f"{count} times"
        message = f"the row stands here {times}; the first is in row {records.numbers[first]}"
        hint = "take one away; or name under 'each' what tells them apart"
        yield error("duplicate-row", message, records.where(last, column), hint)
