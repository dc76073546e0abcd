"""Find rows that are missing or duplicated, where a description says which combinations to expect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from gri_builder.facts.dates import DateParts
from gri_builder.facts.sql.statements import identifier, literal
from gri_builder.facts.tables.row_checks import Chosen, LoadedRows, has_value
from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.finding_text import shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import text_of

ADD_ROWS = "add the rows; a missing value is not zero"
MAX_GAPS = 5_000
"""Gaps that are searched for."""
Unit = Literal["month", "year"]
"""Length of the periods that must be complete."""


def find_gaps(
    loaded: LoadedRows, chosen: Chosen, dates: Mapping[str, DateParts], expect: Node, last_day: date | None
) -> Iterator[Finding]:
    """Yield a finding for each gap in the months or years of a combination, and for each duplicate row.

    `last_day` is the end of the reporting period, after which no rows are expected.
    """
    unit: Unit = "year" if text_of(expect.get("every")) == "year" else "month"
    if unit == "month" and any(parts.month is None for parts in dates.values()):
        text = next(text for text, parts in dates.items() if parts.month is None)
        message = f"'{shorten(text)}' is a year, but a row for every month is expected"
        yield error("wrong-value", message, expect.where, "write months, or say 'every: year'")
        return
    expected = _expected_steps(dates, unit, last_day)
    present = {_label(parts, unit) for parts in dates.values()}
    steps = [step for step in expected if step in present]
    if not steps:
        return
    for _, run in _runs([(step,) for step in expected if step not in present], expected):
        yield warning("missing-rows", f"there are no rows for {_span(run, unit)}", expect.where, ADD_ROWS)
    labels = {text: _label(parts, unit) for text, parts in dates.items()}
    for names, run in _runs(_find_missing(loaded, chosen, labels, steps), steps):
        message = f"{', '.join(map(shorten, names))} has no value for {_span(run, unit)}"
        yield warning("missing-rows", message, expect.where, ADD_ROWS)
    yield from _find_duplicates(loaded, chosen)


def _key_columns(loaded: LoadedRows) -> str:
    """Return the columns of a combination, for SQL."""
    return ", ".join(identifier(loaded.name(key)) for key in loaded.columns[0] if key.startswith("each "))


def _find_missing(
    loaded: LoadedRows, chosen: Chosen, labels: Mapping[str, str], steps: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Return the combinations and months or years without a row; `labels` has the month or year of each text."""
    columns, period = _key_columns(loaded), identifier(loaded.name("period"))
    known = ", ".join(f"({literal(text)}, {literal(label)})" for text, label in labels.items())
    present = (
        f"known(text, step) AS (VALUES {known}), present AS (SELECT DISTINCT {columns}, step FROM {{}} "
        f"JOIN known ON {period} = known.text WHERE {has_value(loaded, chosen)})"
    )
    wanted = ", ".join(f"({literal(step)})" for step in steps)
    return loaded.query_all(
        f"WITH {present}, wanted(step) AS (VALUES {wanted}), each_one AS (SELECT DISTINCT {columns} FROM present) "
        f"SELECT {columns}, step FROM each_one CROSS JOIN wanted ANTI JOIN present USING ({columns}, step) "
        f"ORDER BY {columns}, step LIMIT {MAX_GAPS}"
    )


def _span(run: Sequence[str], unit: Unit) -> str:
    """Return the months or years of a gap in words."""
    return run[0] if len(run) == 1 else f"{run[0]} to {run[-1]} ({len(run)} {unit}s)"


def _label(parts: DateParts, unit: Unit) -> str:
    return parts.month_text if unit == "month" else str(parts.year)


def _expected_steps(dates: Mapping[str, DateParts], unit: Unit, last_day: date | None) -> list[str]:
    """Return all months or years from the first year with a row to the end of the last, or of the report."""
    years = sorted({parts.year for parts in dates.values()})
    if not years:
        return []
    span = range(years[0], years[-1] + 1)
    if unit == "year":
        return [str(year) for year in span]
    last = f"{last_day.year}-{last_day.month:02}" if last_day else f"{years[-1]}-12"
    latest = max(parts.month_text for parts in dates.values())
    return [step for year in span for month in range(1, 13) if (step := f"{year}-{month:02}") <= max(last, latest)]


def _runs(gaps: Sequence[tuple[str, ...]], steps: Sequence[str]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield each combination that has gaps, with each run of consecutive steps."""
    order = {step: number for number, step in enumerate(steps)}
    names: tuple[str, ...] | None = None
    run: list[str] = []
    for *key, step in gaps:
        if tuple(key) == names and run and order[step] == order[run[-1]] + 1:
            run.append(step)
            continue
        if names is not None:
            yield names, run
        names, run = tuple(key), [step]
    if names is not None:
        yield names, run


def _find_duplicates(loaded: LoadedRows, chosen: Chosen) -> Iterator[Finding]:
    """Yield a finding for each day or month of a combination that has several rows."""
    query = (
        f"SELECT max(rowid), min(rowid), count(*) FROM {{}} WHERE {has_value(loaded, chosen)} "
        f"GROUP BY {_key_columns(loaded)}, {identifier(loaded.name('period'))} "
        f"HAVING count(*) > 1 ORDER BY 2 LIMIT {MAX_GAPS}"
    )
    for records, column, (last, first, count) in loaded.query_each(query, "period"):
        times = "for the second time" if count == 2 else f"{count} times"
        message = f"the row occurs {times}; the first is in row {records.numbers[first]}"
        hint = "remove one; or name under 'each' the column in which they differ"
        yield error("duplicate-row", message, records.where(last, column), hint)
