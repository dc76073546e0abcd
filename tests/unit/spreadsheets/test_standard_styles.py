"""The tables of workbooks that are not read from openpyxl, since importing it takes long: openpyxl has the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import example, given
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import datetime as openpyxl_dates

from gri_builder.spreadsheets.standard_styles import (
    INDEXED_COLORS,
    MAC_EPOCH,
    NUMBER_FORMATS,
    WINDOWS_EPOCH,
    day_of,
    shows_time,
)

FORMAT_PARTS = (
    "d",
    "M",
    "yy",
    "h",
    "[h]",
    "[mm]",
    "[Red]",
    "[$-409]",
    '"day"',
    '"',
    "\\",
    "_",
    "0",
    ";",
    "@",
    "]",
    "[",
)


def test_tables_are_those_of_openpyxl() -> None:
    assert NUMBER_FORMATS == BUILTIN_FORMATS
    assert tuple(INDEXED_COLORS) == tuple(color[-6:] for color in COLOR_INDEX)
    assert (openpyxl_dates.WINDOWS_EPOCH, openpyxl_dates.MAC_EPOCH) == (WINDOWS_EPOCH, MAC_EPOCH)


@given(st.lists(st.sampled_from(FORMAT_PARTS), max_size=8).map("".join))
@example("General")
def test_formats_show_time_as_openpyxl_says(format: str) -> None:
    assert shows_time(format) is is_date_format(format)


@given(st.floats(-1e6, 4e6) | st.floats(-2, 62) | st.integers(-3, 70), st.sampled_from((WINDOWS_EPOCH, MAC_EPOCH)))
@example(0.9999999999, WINDOWS_EPOCH)
@example(60, WINDOWS_EPOCH)
@example(2958465.9999999999, WINDOWS_EPOCH)
def test_days_are_those_of_openpyxl(number: float, epoch: datetime) -> None:
    from_excel: Any = openpyxl_dates.from_excel
    try:
        moment: Any = from_excel(number, epoch)
    except (ValueError, OverflowError) as problem:
        with pytest.raises(type(problem)):
            day_of(number, epoch)
        return
    assert day_of(number, epoch) == (moment.date() if isinstance(moment, datetime) else None)
