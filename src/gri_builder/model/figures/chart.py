"""Charts of a document: what they show, with the scale of their values, without geometry."""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

from gri_builder.model.finding import Location
from gri_builder.model.rich_text import Runs

SeriesChartKind = Literal[
    "bar",
    "lying",
    "grouped",
    "stacked",
    "share",
    "line",
    "area",
    "multiples",
    "slope",
    "dumbbell",
    "waterfall",
    "donut",
    "bullet",
    "range",
    "heat",
]
"""Kinds of chart of fact series that can be asked for.

'lying' are horizontal bars; 'grouped' bars side by side; 'share' stacks of 100 %; 'multiples' one small line chart for
each series on a common scale; 'slope' lines between two periods; 'dumbbell' two values of each category on one line;
'waterfall' the way from one total to another by its causes; 'bullet' a value against its target; 'range' the lowest to
the highest value; 'heat' a table whose cells are shaded by their value.
"""
SERIES_CHART_KINDS: tuple[SeriesChartKind, ...] = get_args(SeriesChartKind)
ChartKind = SeriesChartKind | Literal["progress"]
"""Kinds of chart. A donut has one series of parts, a progress chart one series of per cents reached."""
AxisChoice = Literal["zero", "broken"]
"""Where the axis of a line chart starts: at zero, or with a drawn break near the lowest value."""
AXIS_CHOICES: tuple[AxisChoice, ...] = get_args(AxisChoice)
LabelChoice = Literal["all", "ends", "none"]
"""Which values are printed: all that have space, those of the first and last period, or none."""
LABEL_CHOICES: tuple[LabelChoice, ...] = get_args(LabelChoice)
SortChoice = Literal["data", "ascending", "descending", "name"]
"""Order of members: as in the data, or by their value or name."""
SORT_CHOICES: tuple[SortChoice, ...] = get_args(SortChoice)

Measure = Literal["width", "height", "x", "y", "angle", "band", "area"]
"""What of a shape shows its values: a length of a bar, the position of each point of a line or of the centre of a mark,
the angle of a sector, the height of an area at each point, or the area of a circle (in square points)."""


class Tick(Struct, frozen=True):
    """A labelled value of an axis."""

    value: float
    text: str
    """The value as printed."""


class Axis(Struct, frozen=True):
    """The scale of a chart's values."""

    low: float
    """Value at its start: zero or less, unless it is broken."""
    high: float
    ticks: tuple[Tick, ...]
    """At round numbers, in ascending order; the first and last may be inside the scale."""
    broken: bool = False
    """Whether it starts above zero; a break is drawn and the ticks are labelled."""


class ReferenceLine(Struct, frozen=True):
    """A value that a chart shows beside its data: a target, or the value of the base year."""

    value: float
    label: str
    """What it is, with its value as printed, e.g. 'Target 2020: 300'."""
    place: float | None = None
    """Its position in time, in years; None for the whole width."""


SeriesRole = Literal["value", "low", "high", "base", "target"]
"""What a series of a bullet, range or dumbbell chart shows: the own value, an end of a range, the value of the base
period, or a target."""


class ChartSeries(Struct, frozen=True):
    """One line, or one colour of bars."""

    name: str
    values: tuple[float | None, ...]
    """One for each category of the chart; None for a missing value."""
    labels: tuple[str, ...]
    """The values as printed."""
    facts: tuple[str | None, ...] = ()
    """Keys of the facts behind the values, one for each value; empty if the values are not facts."""
    highlighted: bool = False
    """Whether it is set off, and the other series are muted."""
    role: SeriesRole = "value"
    periods: tuple[str, ...] = ()
    """Label of the period of each value, where they are of different ones: of a lowest value, or of a target."""


class Way(Struct, frozen=True):
    """The way from a base value to a target, of one bar of a progress chart."""

    start: str = ""
    """The base value with its period, as printed."""
    end: str = ""
    """The target value with its period, as printed."""
    expected: float | None = None
    """Per cent of the way that should be gone by now; None where that is not known."""
    expected_label: str = ""
    interim: tuple[tuple[float, str], ...] = ()
    """Per cent of the way at each interim target, with its label."""
    is_as_expected: bool | None = None
    """Whether as much of the way is gone as expected, or more; None where that is not known."""


class Chart(Struct, frozen=True):
    """A chart of fact series."""

    kind: ChartKind
    caption: Runs
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    unit: str
    """Unit as printed; empty for plain counts."""
    alt: str
    """What it shows, in words: unit, range, first, last and extreme values."""
    where: Location | None = None
    notes: tuple[Runs, ...] = ()
    """Lines of small print below it."""
    totals: tuple[str, ...] = ()
    """Totals as printed: above each stack, or in the centre of a ring."""
    details: tuple[str, ...] = ()
    """Text beside each category: its share of a ring, or the start and target of a progress bar."""
    anchor: str | None = None
    axis: Axis | None = None
    """Scale of the values; None for kinds without one."""
    places: tuple[float, ...] = ()
    """Position of each category in time, in years (2015.5 is the middle of 2015); empty if they are no periods."""
    lines: tuple[ReferenceLine, ...] = ()
    labelled: LabelChoice = "all"
    highlighted: tuple[int, ...] = ()
    """Categories that are set off, by their number from 0."""
    steps: tuple[Literal["total", "change"], ...] = ()
    """What each category of a waterfall is."""
    legend: tuple[str, ...] = ()
    """Names of styles that are no series: of a total, a rise, a fall and what is left of a waterfall; or the word for
    the total in the centre of a ring."""
    ways: tuple[Way, ...] = ()
    """The way of each bar of a progress chart."""
