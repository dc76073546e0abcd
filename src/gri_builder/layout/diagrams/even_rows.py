"""Rows of about the same length."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")


def share_evenly(items: list[T], count: int) -> list[list[T]]:
    """Return the items in that number of rows, of which none is longer than another by more than one."""
    each, more = divmod(len(items), count)
    starts = [number * each + min(number, more) for number in range(count + 1)]
    return [items[start:end] for start, end in pairwise(starts)]
