"""The steps of a waterfall: where each bar starts and ends, and how it is drawn."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.charts.scene import Datum, FillPattern
from gri_builder.charts.series_styles import SeriesStyle
from gri_builder.charts.space import ChartSpace
from gri_builder.model.figures.chart import Chart

PATTERNS: tuple[FillPattern | None, ...] = (None, "diagonal", None)
"""Of totals, rises and falls: the second cue beside colour and sign."""


class WaterfallStep(Struct, frozen=True):
    """One bar: a total from zero, or a change that floats."""

    start: float
    end: float
    datum: Datum
    label: str
    is_total: bool

    @property
    def is_below(self) -> bool:
        """Whether it is below zero, so that its label is, too."""
        return max(self.start, self.end) <= 0 and min(self.start, self.end) < 0

    @property
    def kind(self) -> int:
        """The number of its look: 0 for a total, 1 for a rise, 2 for a fall."""
        return 0 if self.is_total else 1 if self.end >= self.start else 2

    def look(self, space: ChartSpace) -> SeriesStyle:
        """Return how it is drawn."""
        return step_look(space, self.kind)


def list_steps(chart: Chart) -> list[WaterfallStep]:
    """Return the bars; each change starts where the one before ended."""
    series, steps, level = chart.series[0], list[WaterfallStep](), 0.0
    for n, value in enumerate(series.values):
        is_total = chart.steps[n] == "total" if chart.steps else True
        start, amount = 0.0 if is_total else level, value or 0.0
        level = start + amount
        datum = Datum(amount, series.facts[n] if series.facts else None)
        steps.append(WaterfallStep(start, level, datum, series.labels[n], is_total))
    return steps


def step_look(space: ChartSpace, kind: int) -> SeriesStyle:
    """Return the look of a kind of step."""
    return replace(space.series_styles[kind % len(space.series_styles)], pattern=PATTERNS[kind])


def with_step_looks(space: ChartSpace, steps: Sequence[WaterfallStep]) -> ChartSpace:
    """Return the space with the styles of the kinds that are shown, for the legend."""
    return replace(space, series_styles=tuple(step_look(space, kind) for kind in _kinds(steps)))


def shown_legend(chart: Chart, steps: Sequence[WaterfallStep]) -> list[str]:
    """Return the names of the kinds that are shown: of total, rise and fall."""
    return [chart.legend[kind] for kind in _kinds(steps)] if chart.legend else []


def _kinds(steps: Sequence[WaterfallStep]) -> list[int]:
    return sorted({step.kind for step in steps})
