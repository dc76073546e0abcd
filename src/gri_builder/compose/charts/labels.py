"""Values of a chart as they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gri_builder.compose.context import ComposeContext
from gri_builder.compose.tables.value_columns import MARKED
from gri_builder.compose.text.numbers import (
    MISSING,
    NO_BREAK,
    SHARE_DIGITS,
    choose_fact_digits,
    format_number,
    format_percent,
)
from gri_builder.facts.charts.arrangement import Arrangement, ChartRow
from gri_builder.model.facts import Fact, Series
from gri_builder.model.figures.chart import ChartSeries


def print_value(context: ComposeContext, series: Series, fact: Fact | None) -> str:
    """Return the value as printed, followed by the mark of its status."""
    if fact is None:
        return MISSING
    number = print_number(context, series, fact)
    return f"{number}{NO_BREAK}{context.translate(f'{fact.status}-mark')}" if fact.status in MARKED else number


def print_number(context: ComposeContext, series: Series, fact: Fact) -> str:
    """Return the value as printed, without a mark."""
    return format_number(fact.value, choose_fact_digits(series, fact), context.locale)


def print_total(context: ComposeContext, series: Series, facts: Sequence[Fact]) -> str:
    """Return the sum of facts, with the digits of the most exact of them."""
    digits = max((choose_fact_digits(series, fact) for fact in facts), default=0)
    return format_number(sum((fact.value for fact in facts), Decimal(0)), digits, context.locale)


def print_totals(context: ComposeContext, arrangement: Arrangement) -> tuple[str, ...]:
    """Return the total of each category as printed; a dash where a part has no value."""
    series = arrangement.rows[0].series
    columns = [[fact for fact in column if fact] for column in zip(*(r.facts for r in arrangement.rows), strict=True)]
    whole = len(arrangement.rows)
    return tuple(print_total(context, series, facts) if len(facts) == whole else MISSING for facts in columns)


def print_share(context: ComposeContext, share: Decimal) -> str:
    """Return a share, from 0 to 1, in per cent."""
    return format_percent(format_number(share * 100, SHARE_DIGITS, context.locale), context.locale)


def make_values(context: ComposeContext, row: ChartRow, is_highlighted: bool = False) -> ChartSeries:
    """Return a row with its values as they are drawn and printed."""
    return ChartSeries(
        row.name,
        tuple(float(fact.value) if fact else None for fact in row.facts),
        tuple(print_value(context, row.owner(n), fact) for n, fact in enumerate(row.facts)),
        tuple(fact.key if fact else None for fact in row.facts),
        is_highlighted,
    )


def make_shares(context: ComposeContext, arrangement: Arrangement, number: int, is_highlighted: bool) -> ChartSeries:
    """Return a row as shares of the sum of each category, in per cent."""
    row = arrangement.rows[number]
    shares = [
        fact.value / total if fact and total else None for fact, total in zip(row.facts, arrangement.sums, strict=True)
    ]
    return ChartSeries(
        row.name,
        tuple(float(share * 100) if share is not None else None for share in shares),
        tuple(print_share(context, share) if share is not None else MISSING for share in shares),
        (),
        is_highlighted,
    )
