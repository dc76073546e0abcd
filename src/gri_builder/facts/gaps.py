"""Find rows that are missing or duplicated: those that a description expects, and months missing inside a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from gri_builder.facts.month_steps import LENGTHS, Month, find_interval, last_month, month_text, regular_months
from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.periods.reporting_years import Span
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import text_of
from gri_builder.tables.period_column import PeriodColumn
from gri_builder.tables.row_checks import Chosen, LoadedRows, has_value
from gri_builder.tables.sql.period_expressions import is_in
from gri_builder.tables.sql.statements import identifier, literal
from gri_builder.tables.totals.duplicates import find_repeated_keys

ADD_ROWS = "add the rows; a missing value is not zero"
ADD_MONTHS = "add the rows; where there was nothing to report, add a row with 0"
MAX_GAPS = 5_000
"""Gaps that are searched for."""
Unit = Literal["month", "year"]
"""Length of the periods that must be complete."""
Step = int
"""A month, counted from year 0, or the number of a reporting year."""


def find_gaps(loaded: LoadedRows, chosen: Chosen, column: PeriodColumn, expect: Node) -> Iterator[Finding]:
    """Yield a finding for each gap in the months or years of a combination, and for each duplicate row.

    No rows are expected after the end of the reporting period.
    """
    unit: Unit = "year" if text_of(expect.get("every")) == "year" else "month"
    counted = [text for text, label in column.labels.items() if label]
    if unit == "month" and (text := _longer_than_month(column, counted)):
        message = f"'{shorten(text)}' is longer than a month, but a row for every month is expected"
        yield error("wrong-value", message, expect.where, "write months, or say 'every: year'")
        return
    steps_by_text = {text: _step(column, text, unit) for text in counted}
    expected = _expected_steps(column, unit)
    present = set(steps_by_text.values())
    steps = [step for step in expected if step in present]
    if not steps:
        return
    for _, run in _runs([(step,) for step in expected if step not in present], expected):
        yield warning("missing-rows", f"there are no rows for {_span(run, unit)}", expect.where, ADD_ROWS)
    keys = _key_columns(loaded, "each ")
    for names, run in _runs(_find_missing(loaded, chosen, column, keys, steps_by_text, steps), steps):
        message = f"{', '.join(map(shorten, names))} has no value for {_span(run, unit)}"
        yield warning("missing-rows", message, expect.where, ADD_ROWS)
    yield from find_duplicates(loaded, chosen, column)


def find_partial_years(
    loaded: LoadedRows, chosen: Chosen, column: PeriodColumn, is_last: bool, node: Node
) -> Iterator[Finding]:
    """Yield a warning for each year with fewer months than it has, in all rows or in those of one member.

    Rows may be monthly, quarterly and so on; how far apart they are shows which months belong to a year. Rows of single
    days are events, which a month may be without. Where the value is the last one (`is_last`), only that month counts.
    """
    months = {text: month for text, label in column.labels.items() if label and (month := last_month(column, text))}
    if not months or len(months) < sum(label is not None for label in column.labels.values()):
        return
    filled = has_value(loaded, chosen)
    texts = loaded.query_all(f"SELECT DISTINCT {column.cell} FROM {{}} WHERE {filled} ORDER BY 1")
    everything = sorted({months[text] for (text,) in texts if text in months})
    expected = _months_by_label(column, everything, is_last)
    missing = {label: [each for each in wanted if each not in everything] for label, wanted in expected.items()}
    for label, gap in missing.items():
        if gap and any(each in everything for each in _all_months(column, label)):
            what = "its last month" if is_last else "a whole year"
            text = _join(gap, expected[label], max(LENGTHS.get(column.kinds[each], 1) for each in months))
            message = f"there are no rows for {text}, so the value of {label} is not that of {what}"
            yield warning("missing-rows", message, node.where, ADD_ROWS if is_last else ADD_MONTHS)
    present = _incomplete_members(loaded, filled, column, months)
    for wanted in ([each for each in expected[label] if each not in missing[label]] for label in expected):
        yield from _find_partial_members(present, wanted, everything, is_last, node)


def _find_partial_members(
    present: Mapping[tuple[str, ...], Sequence[Month]],
    wanted: Sequence[Month],
    everything: Sequence[Month],
    is_last: bool,
    node: Node,
) -> Iterator[Finding]:
    """Yield a warning for each gap in one year of a member whose rows are as regular as those of all members."""
    for names, found in sorted(present.items()):
        gaps = [run for _, run in _runs([(each,) for each in wanted if each not in found], wanted)]
        is_present = any(wanted[-1] - 11 <= month <= wanted[-1] for month in found) if wanted else False
        same = is_last or find_interval(found) == find_interval(everything)
        if is_present and same and (_are_at_ends(gaps, wanted) or sum(map(len, gaps)) * 2 <= len(wanted)):
            for run in gaps:
                message = f"{', '.join(map(shorten, names))} has no value for {_span(run, 'month')}"
                yield warning("missing-rows", message, node.where, ADD_ROWS if is_last else ADD_MONTHS)


def _are_at_ends(gaps: Sequence[Sequence[Month]], wanted: Sequence[Month]) -> bool:
    """Return whether gaps are at the start or end of a year only, as those of a member that is new or has closed."""
    return all(gap[0] == wanted[0] or gap[-1] == wanted[-1] for gap in gaps)


def _incomplete_members(
    loaded: LoadedRows, filled: str, column: PeriodColumn, months: Mapping[str, Month]
) -> dict[tuple[str, ...], list[Month]]:
    """Return the months with a value of each combination of members that has fewer periods than there are."""
    keys = _key_columns(loaded, "by ")
    if not keys:
        return {}
    counted = f"{filled} AND {is_in(column.cell, list(months))}"
    query = (
        f"WITH present AS (SELECT DISTINCT {column.cell} AS text, {keys} FROM {{}} WHERE {counted}), few AS "
        f"(SELECT {keys} FROM present GROUP BY {keys} HAVING count(*) < {len(months)}) "
        f"SELECT text, {keys} FROM present SEMI JOIN few USING ({keys}) ORDER BY ALL"
    )
    found: dict[tuple[str, ...], set[Month]] = {}
    for text, *names in loaded.query_all(query):
        found.setdefault(tuple(map(str, names)), set()).add(months[text])
    return {names: sorted(values) for names, values in found.items()}


def _months_by_label(column: PeriodColumn, everything: Sequence[Month], is_last: bool) -> dict[str, list[Month]]:
    """Return the months that each year should have, by its label."""
    labels = sorted({label for label in column.labels.values() if label})
    if is_last:
        return {label: _all_months(column, label)[-1:] for label in labels}
    return {label: regular_months(_all_months(column, label), everything) for label in labels}


def _all_months(column: PeriodColumn, label: str) -> list[Month]:
    return [day.year * 12 + day.month - 1 for day in column.years.months(label)]


def _join(gap: Sequence[Month], wanted: Sequence[Month], length: int) -> str:
    """Return the runs of a gap in words; each step is the last month of a period of `length` months."""
    runs = (run for _, run in _runs([(each,) for each in gap], wanted))
    if length == 1:
        return ", ".join(_span(run, "month") for run in runs)
    return ", ".join(f"{month_text(run[0] - length + 1)} to {month_text(run[-1])}" for run in runs)


def _longer_than_month(column: PeriodColumn, texts: Iterable[str]) -> str | None:
    return next((text for text in texts if column.kinds[text] not in ("day", "week", "month")), None)


def _step(column: PeriodColumn, text: str, unit: Unit) -> Step:
    day = column.spans[text].last
    return day.year * 12 + day.month - 1 if unit == "month" else int(column.labels[text] or 0)


def _expected_steps(column: PeriodColumn, unit: Unit) -> list[Step]:
    """Return all months or years from the first year with a row to the last, but none after the reporting period."""
    labels = sorted({int(label) for label in column.labels.values() if label})
    years = range(labels[0], labels[-1] + 1) if labels else range(0)
    return list(years) if unit == "year" else [month for year in years for month in _all_months(column, str(year))]


def _key_columns(loaded: LoadedRows, purpose: str) -> str:
    """Return the columns of a combination, for SQL."""
    return ", ".join(identifier(loaded.name(key)) for key in loaded.columns[0] if key.startswith(purpose))


def _find_missing(
    loaded: LoadedRows,
    chosen: Chosen,
    column: PeriodColumn,
    columns: str,
    steps_by_text: Mapping[str, Step],
    steps: Sequence[Step],
) -> list[tuple[Any, ...]]:
    """Return the combinations and months or years without a row."""
    known = ", ".join(f"({literal(text)}, {step})" for text, step in steps_by_text.items())
    present = (
        f"known(text, step) AS (VALUES {known}), present AS (SELECT DISTINCT {columns}, step FROM {{}} "
        f"JOIN known ON {column.cell} = known.text WHERE {has_value(loaded, chosen)})"
    )
    wanted = ", ".join(f"({step})" for step in steps)
    return loaded.query_all(
        f"WITH {present}, wanted(step) AS (VALUES {wanted}), each_one AS (SELECT DISTINCT {columns} FROM present) "
        f"SELECT {columns}, step FROM each_one CROSS JOIN wanted ANTI JOIN present USING ({columns}, step) "
        f"ORDER BY {columns}, step LIMIT {MAX_GAPS}"
    )


def _span(run: Sequence[Step], unit: Unit) -> str:
    """Return the months or years of a gap in words."""
    first, last = (month_text(each) if unit == "month" else str(each) for each in (run[0], run[-1]))
    return first if len(run) == 1 else f"{first} to {last} ({len(run)} {unit}s)"


def _runs(gaps: Sequence[tuple[Any, ...]], steps: Sequence[Step]) -> Iterator[tuple[tuple[str, ...], list[Step]]]:
    """Yield each combination that has gaps, with each run of consecutive steps."""
    order = {step: number for number, step in enumerate(steps)}
    names: tuple[str, ...] | None = None
    run: list[Step] = []
    for *key, step in gaps:
        if tuple(key) == names and run and order[step] == order[run[-1]] + 1:
            run.append(step)
            continue
        if names is not None:
            yield names, run
        names, run = tuple(key), [step]
    if names is not None:
        yield names, run


def find_duplicates(loaded: LoadedRows, chosen: Chosen, column: PeriodColumn | None) -> Iterator[Finding]:
    """Yield a finding for each day or month of a combination that has several rows, however it is written.

    `column` is None where all rows are of one year.
    """
    yield from find_repeated_keys(loaded, chosen, _one_spelling(column) if column else None)


def _one_spelling(column: PeriodColumn) -> str:
    """Return the expression of a period's text, with one spelling for each period."""
    first: dict[Span, str] = {}
    for text, span in column.spans.items():
        first.setdefault(span, text)
    same = {text: first[span] for text, span in column.spans.items() if first[span] != text}
    whens = " ".join(f"WHEN {literal(text)} THEN {literal(other)}" for text, other in same.items())
    return f"CASE {column.cell} {whens} ELSE {column.cell} END" if whens else column.cell
