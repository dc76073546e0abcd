"""Changes from one period to another in words: 'unchanged' instead of '0.0%', and whether they are an improvement.

Key figures and columns of tables print them. Placeholders keep the number, since a sentence around it needs one.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.fact_values import print_change, refer_to_change
from gri_builder.compose.text.numbers import MISSING, format_number, format_percent
from gri_builder.model.document import Course, Judgement
from gri_builder.model.facts import Fact, Series
from gri_builder.model.rich_text import FactReference


class Change(Struct, frozen=True):
    """A change as printed."""

    text: str
    """A signed number, or words for a change that is zero or rounds to it."""
    printed: FactReference
    course: Course
    judgement: Judgement | None = None
    """None where the series does not say which change is an improvement, or where nothing changed."""


def describe_change(
    context: ComposeContext, series: Series, new: Fact, old: Fact, digits: int | None = None
) -> Change | None:
    """Return the change of a value; None if it can't be calculated, as from zero to another value."""
    printed = refer_to_change(series, new, old, digits)
    if new.value == old.value:
        return Change(context.translate("unchanged"), printed, "unchanged")
    text = print_change(context, series, new, old, digits)
    if text == MISSING:
        return None
    course: Course = "up" if new.value > old.value else "down"
    if _is_zero(text):
        text = _print_small(context, series, course, printed.decimals or 0)
    return Change(text, printed, course, judge_change(series, new, old))


def judge_change(series: Series, new: Fact, old: Fact) -> Judgement | None:
    """Return whether a change is an improvement by what the series calls better."""
    if series.better is None or new.value == old.value:
        return None
    return "better" if (new.value < old.value) == (series.better == "lower") else "worse"


def print_judged(context: ComposeContext, text: str, judgement: Judgement | None) -> str:
    """Return the text of a change, followed by whether it is an improvement, in words."""
    if judgement is None:
        return text
    return context.translate("change-judged", change=text, judgement=context.translate(judgement))


def _is_zero(text: str) -> bool:
    """Return whether all digits of a printed number are zeros."""
    return not any(char.isdecimal() and int(char) for char in text)


def _print_small(context: ComposeContext, series: Series, course: Course, digits: int) -> str:
    """Return that a change is smaller than one unit of its last printed digit."""
    number = format_number(Decimal(1).scaleb(-digits), max(0, digits), context.locale)
    is_share = series.unit.printed == "%"
    with_unit = (
        context.translate("percentage-points", number=number) if is_share else format_percent(number, context.locale)
    )
    return context.translate(f"change-{course}-below", number=with_unit)
