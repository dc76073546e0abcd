"""Limits have one name, one value in force, and one place in the documentation."""

from __future__ import annotations

import os
import re

from gri_builder.limits import limits
from gri_builder.limits.limit import Limit, chosen_limits, limits_set
from gri_builder.limits.limits import LIMITS, SHEET_CELLS, find_limit
from tests.support.paths import ROOT

PAGE = ROOT / "docs" / "reference" / "limits.md"


def test_a_limit_has_its_default_value_until_another_is_chosen() -> None:
    with limits_set({"sheet-cells": 7}):
        assert SHEET_CELLS.most == 7
        assert SHEET_CELLS.is_changed
        assert dict(chosen_limits()) == {"sheet-cells": 7}
    assert SHEET_CELLS.most == SHEET_CELLS.default
    assert not SHEET_CELLS.is_changed


def test_values_that_are_chosen_inside_add_to_those_outside() -> None:
    with limits_set({"sheet-cells": 7}), limits_set({"jpeg-scans": 3}):
        assert dict(chosen_limits()) == {"sheet-cells": 7, "jpeg-scans": 3}


def test_every_limit_is_listed_once_under_its_own_name() -> None:
    named = [each for each in vars(limits).values() if isinstance(each, Limit)]
    assert {each.name for each in named} == {each.name for each in LIMITS}
    assert len(LIMITS) == len(named) == len({each.name for each in LIMITS})
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", each.name) for each in LIMITS)
    assert all(find_limit(each.name) is each for each in LIMITS)


def test_the_documentation_lists_every_limit() -> None:
    text, expected = PAGE.read_text(encoding="utf-8"), [_row(each) for each in LIMITS]
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(text.replace("\n".join(rows), "\n".join(expected)), encoding="utf-8")
    assert rows == expected


def _row(limit: Limit) -> str:
    option = "fixed" if limit.is_fixed else f"`{limit.option} N`" if limit.option else f"`--limit {limit.name}=N`"
    return f"| `{limit.name}` | {limit.default:,} {limit.unit} | {limit.meaning} | {option} |"
