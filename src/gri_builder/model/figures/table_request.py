"""What the author of a table of facts asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct

from gri_builder.model.choices import find_choice
from gri_builder.model.figures.chart import SORT_CHOICES, SortChoice
from gri_builder.model.finding import Location
from gri_builder.model.placeholder import LATEST

TableColumn = Literal["years", "change", "share"]
"""Columns of a table: the values of each period, their change, their share of the total."""
TABLE_COLUMNS: tuple[TableColumn, ...] = get_args(TableColumn)


class TableRequest(Struct, frozen=True):
    """A table as its author asks for it."""

    where: Location | None = None
    title: str | None = None
    columns: tuple[TableColumn, ...] = ()
    """In their order; empty for the values of each period."""
    latest: int | None = None
    """Number of the latest periods to show; None for all."""
    base_period: str | None = None
    """Label of the period that values are compared with, and that is always shown."""
    sort: SortChoice | None = None
    """By the values of the report's own period, or by name; None for the order of the data."""
    highlighted: tuple[str, ...] = ()
    """Titles of series, members or labels of periods that are set off."""
    adds_total: bool = False
    """Whether a row with the sum of the others is added."""
    asks_latest: bool = False
    """Whether the latest values are asked for on purpose, where the report's own period has none."""

    @property
    def shown_columns(self) -> tuple[TableColumn, ...]:
        """The columns, in their order."""
        return self.columns or ("years",)


def read_request(options: Mapping[str, str], where: Location | None) -> TableRequest:
    """Return the request of a `table` directive; its options are valid."""
    years = options.get("years", "")
    columns = (find_choice(name, TABLE_COLUMNS) for name in list_names(options.get("columns", "")))
    return TableRequest(
        where,
        options.get("title"),
        tuple(dict.fromkeys(column for column in columns if column)),
        int(years) if years.isdecimal() and len(years) < 10 else None,
        options.get("base-year"),
        find_choice(options.get("sort"), SORT_CHOICES),
        list_names(options.get("highlight", "")),
        options.get("total") == "yes",
        options.get("period") == LATEST,
    )


def list_names(text: str) -> tuple[str, ...]:
    """Return the names that commas separate."""
    return tuple(name.strip() for name in text.split(",") if name.strip())
