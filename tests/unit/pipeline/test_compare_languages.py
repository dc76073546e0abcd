"""Numbers of two languages compared."""

from __future__ import annotations

import pytest

from gri_builder.pipeline.compare_languages import _value_of


@pytest.mark.parametrize(
    ("english", "german", "is_same"),
    [
        ("12.5", "12,5", True),
        ("125", "12,5", False),
        ("1,234", "1.234", True),
        ("1.234", "1.234", False),
        ("1.234", "1,234", True),
        ("1,234,567.8", "1.234.567,8", True),
        ("1,234,567.8", "1\u202f234\u202f567,8", True),
        ("1234567", "1.234.567", True),
        ("3.2", "3.2", True),
        ("31.12.2015", "31.12.2015", True),
        ("0.25", "0,25", True),
        ("0.25", "0,2", False),
    ],
)
def test_numbers_are_compared_by_value(english: str, german: str, is_same: bool) -> None:
    assert (_value_of(english, ".") == _value_of(german, ",")) is is_same
