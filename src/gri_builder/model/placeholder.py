"""Placeholders: what a `{{ … }}` in a text asks of a fact series."""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

DerivedField = Literal["change", "difference", "unit", "title", "target", "progress"]
"""What a placeholder can ask of a fact series besides a value."""
DERIVED_FIELDS: tuple[DerivedField, ...] = get_args(DerivedField)
LATEST = "latest"
"""Written in place of a period's label: the latest period that has a value; it is printed beside that."""
PlaceholderField = Literal["value"] | DerivedField


class Placeholder(Struct, frozen=True):
    """A reference to a value of a fact series, or to something about it."""

    series: str
    """Id of the fact series."""
    period: str | None = None
    """Label of the period, e.g. '2015'; LATEST for the latest with a value; None for the report's own period."""
    members: tuple[str, ...] = ()
    """Members of the series' dimensions, as written; also labels of periods that do not start with a year."""
    field: PlaceholderField = "value"
    """What is printed; 'change' and 'difference' compare with the period before."""
    unit: str | None = None
    """Symbol of the unit to print it in; None for that of the series."""
    digits: int | None = None
    """Digits after the decimal sign; None for those of the series."""
    percent: bool = False
    """Whether it is printed as a percentage: a ratio times 100, or a member's share of all members."""
    bare: bool = False
    """Whether it is printed without its unit."""
    unsigned: bool = False
    """Whether it is printed without plus or minus, for sentences that say the direction in words: 'fell by 3.3%'."""
    source: str = ""
    """The expression as written, with single spaces."""
