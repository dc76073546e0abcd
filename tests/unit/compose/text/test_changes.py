"""Changes in words: what moved is never called unchanged, what did not has no number, and better is better."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.audit.rules.printed_numbers import PrintedFacts, shows_fact
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.changes import Change, describe_change
from gri_builder.compose.text.numbers import find_locale
from gri_builder.model.facts import Direction
from gri_builder.model.provenance import FactRecord, PageLocation
from gri_builder.model.units import Unit
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.messages import list_languages, load_messages
from gri_builder.resources.units import unit_table
from tests.support.made_reports import GJ, PERCENT, make_report, series


def describe(
    old: str, new: str, unit: Unit = GJ, better: Direction | None = None, language: str = "en-GB"
) -> Change | None:
    context = ComposeContext(
        make_report(language=language), load_framework(), load_messages(language), find_locale(language)
    )
    one = series("x", unit, {"2014": old, "2015": new}, better=better)
    return describe_change(context, one, one.facts[1], one.facts[0])


@pytest.mark.parametrize(
    ("old", "new", "unit", "text", "course"),
    [
        ("100", "90", GJ, "−10.0%", "down"),
        ("100", "100", GJ, "unchanged", "unchanged"),
        ("0", "0", GJ, "unchanged", "unchanged"),
        ("100000", "100001", GJ, "up by less than 0.1%", "up"),
        ("100000", "99999", GJ, "down by less than 0.1%", "down"),
        ("-5", "-4", GJ, "+20.0%", "up"),
        ("27.4", "27.4", PERCENT, "unchanged", "unchanged"),
        ("27.4", "28", PERCENT, "+0.6 percentage points", "up"),
    ],
)
def test_changes_are_said_in_numbers_or_words(old: str, new: str, unit: Unit, text: str, course: str) -> None:
    change = describe(old, new, unit)
    assert change
    assert (change.text.replace("\u00a0", " "), change.course) == (text, course)


def test_a_change_from_zero_is_not_said() -> None:
    assert describe("0", "4") is None
    points = describe("0", "4", PERCENT)
    assert points
    assert points.text.replace("\u00a0", " ") == "+4 percentage points"


@pytest.mark.parametrize(
    ("better", "new", "judgement"),
    [
        ("lower", "90", "better"),
        ("lower", "110", "worse"),
        ("higher", "90", "worse"),
        ("higher", "110", "better"),
        ("lower", "100", None),
        (None, "90", None),
    ],
)
def test_a_change_is_judged_by_what_the_series_calls_better(
    better: Direction | None, new: str, judgement: str | None
) -> None:
    change = describe("100", new, better=better)
    assert change
    assert change.judgement == judgement


values = st.integers(-(10**7), 10**7).map(str)


@given(values, values | st.just("same"), st.sampled_from(list_languages()), st.sampled_from([GJ, PERCENT]))
def test_the_audit_reads_each_change_and_no_other(old: str, new: str, language: str, unit: Unit) -> None:
    new = old if new == "same" else new
    change = describe(old, new, unit, "lower", language)
    if change is None:
        return
    entries = {
        key: FactRecord(key, "x", "X", key, {}, Decimal(value), unit.symbol, decimals=0)
        for key, value in zip(change.printed.facts, (new, old), strict=True)
    }
    known = PrintedFacts(entries, unit_table(), {})
    place = PageLocation(1, 1, "Span", change.text, "change", decimals=change.printed.decimals, operands=(*entries,))
    assert shows_fact(place, entries["x[2015]"], known)
    wrong = {key: FactRecord(key, "x", "X", key, {}, value, unit.symbol) for key, value in _other(entries).items()}
    assert not shows_fact(place, wrong["x[2015]"], PrintedFacts(wrong, unit_table(), {}))


def _other(entries: dict[str, FactRecord]) -> dict[str, Decimal]:
    """Return other values, whose change is far larger or goes the other way."""
    new, old = (entry.value for entry in entries.values())
    return dict(zip(entries, (old - 3 * (new - old) - (abs(old) + 7 if new == old else 0), old), strict=True))
