"""Rings: the parts of a whole in one period, with their shares."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from gri_builder.compose.blocks import plain
from gri_builder.compose.charts.labels import make_values, print_share, print_total
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.figures.tables import small_print
from gri_builder.compose.text.numbers import SHARE_DIGITS
from gri_builder.compose.text.units import unit_text, with_unit
from gri_builder.facts.charts.choice import choose_kind
from gri_builder.model.facts import Series
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.resources.sentences import join_sentences


def note_rounding(context: ComposeContext, shares: Sequence[Decimal]) -> list[str]:
    """Return a note if the shares, each rounded for itself, do not add up to 100 % as printed."""
    rounded = ((share * 100).quantize(Decimal(1).scaleb(-SHARE_DIGITS), ROUND_HALF_UP) for share in shares)
    printed = sum(rounded, Decimal(0))
    return (
        [] if printed == 100 else [context.translate("chart-shares-rounded", sum=print_share(context, printed / 100))]
    )


def make_ring(context: ComposeContext, series: Sequence[Series], request: ChartRequest, title: str) -> Chart:
    """Return a ring of the parts in the report's own period; they fit (see `choose_kind`)."""
    arrangement = choose_kind(series, request).arrangement
    (row,), period = arrangement.rows, arrangement.period
    facts = [fact for fact in row.facts if fact]
    total = sum((fact.value for fact in facts), Decimal(0))
    shares = [print_share(context, fact.value / total) for fact in facts]
    is_share, whole = series[0].unit.printed == "%", print_total(context, series[0], facts)
    values, unit = make_values(context, row), unit_text(series[0].unit, context.words)
    parts = [
        context.translate("chart-alt-part", name=name, value=label, share=share)
        for name, label, share in zip(arrangement.categories, values.labels, shares, strict=True)
    ]
    head = context.translate("chart-alt", kind=context.translate("chart-donut"), caption=context.join(title, period))
    scale = [context.translate("chart-alt-unit", unit=unit)] if unit else []
    note = [] if is_share else note_rounding(context, [fact.value / total for fact in facts])
    in_all = [] if is_share else [context.translate("chart-alt-total", total=whole)]
    return Chart(
        "donut",
        plain(context.join(with_unit(title, series[0].unit, context.words), period)),
        arrangement.categories,
        (values,),
        unit,
        join_sentences([head, *scale, *parts, *in_all]),
        request.where,
        (*small_print(context, series if request.is_described else (), facts), *map(plain, note)),
        () if is_share else (whole,),
        () if is_share else tuple(shares),
        legend=(context.translate("chart-in-all"),),
    )
