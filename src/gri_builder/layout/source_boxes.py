"""Source boxes: where the boxes of the pages come from, so that a place on a page leads to a line of a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from gri_builder.model.finding import Location


class SourceBox(Struct, frozen=True):
    """A box on a page, with the line that it was written in."""

    page: int
    """Physical page, from 1."""
    left: float
    bottom: float
    """Position in points, from the lower left corner of the page."""
    width: float
    height: float
    where: Location
    """The place in the report folder; its line is known."""


def find_source(block: Any) -> Location | None:
    """Return where a block was written, or the first of the blocks in it of which that is known."""
    where: Location | None = getattr(block, "where", None)
    if where is not None:
        return where if where.line else None
    inner: Iterable[Any] = block if isinstance(block, list) else getattr(block, "blocks", ())
    return next((found for each in inner if (found := find_source(each))), None)
