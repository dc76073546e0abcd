"""What the author of a chart asks for."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from gri_builder.model.choices import find_choice
from gri_builder.model.figures.chart import (
    AXIS_CHOICES,
    LABEL_CHOICES,
    SERIES_CHART_KINDS,
    SORT_CHOICES,
    AxisChoice,
    LabelChoice,
    SeriesChartKind,
    SortChoice,
)
from gri_builder.model.figures.table_request import list_names
from gri_builder.model.finding import Location
from gri_builder.model.placeholder import LATEST


class ChartRequest(Struct, frozen=True):
    """A chart as its author asks for it."""

    kind: SeriesChartKind | None = None
    """None where the program chooses."""
    where: Location | None = None
    title: str | None = None
    latest: int | None = None
    """Number of the latest periods to show; None for all."""
    axis: AxisChoice | None = None
    sort: SortChoice | None = None
    labelled: LabelChoice | None = None
    highlighted: tuple[str, ...] = ()
    """Titles of series, members or labels of periods that are set off."""
    shows_target: bool = False
    """Whether the targets of the series are drawn."""
    base_period: str | None = None
    """Label of the period that values are compared with, and that is always shown."""
    is_described: bool = True
    """Whether note, boundary, method and source are printed below it."""
    asks_latest: bool = False
    """Whether the latest values are asked for on purpose, where the report's own period has none."""


def read_chart_request(options: Mapping[str, str], where: Location | None) -> ChartRequest:
    """Return the request of a `chart` directive; its options are valid."""
    years = options.get("years", "")
    return ChartRequest(
        find_choice(options.get("type"), SERIES_CHART_KINDS),
        where,
        options.get("title"),
        int(years) if years.isdecimal() and len(years) < 10 else None,
        find_choice(options.get("axis"), AXIS_CHOICES),
        find_choice(options.get("sort"), SORT_CHOICES),
        find_choice(options.get("labels"), LABEL_CHOICES),
        list_names(options.get("highlight", "")),
        options.get("target") == "yes",
        options.get("base-year"),
        asks_latest=options.get("period") == LATEST,
    )
