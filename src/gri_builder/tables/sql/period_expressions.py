"""SQL for the reporting year of a row: as short as the texts of its period column allow, so that it can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from gri_builder.tables.sql.statements import YEAR, PeriodExpression, literal, year_of

MAX_LISTED = 60
"""Texts that are listed one by one where a pattern can express them."""
_SORTABLE = re.compile(r"\d{4}-\d\d(-\d\d)?")
_FORMATS = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m/%Y", "%m.%Y", "%Y%m", "%Y%m%d", "%Y/%m/%d", "%Y/%m")
Labels = Mapping[str, str | None]
"""Label of the reporting year of each text; None for texts whose rows don't count."""


def find_period_expression(
    cell: str, labels: Labels, days: Mapping[str, date], first_days: Mapping[str, date]
) -> PeriodExpression:
    """Return the SQL for the period of a cell, an expression of its text.

    `days` has the first day that each text states, `first_days` the first day of each label's year, in order, and
    under '' the day after the last of them.
    """
    return (
        _by_year(cell, labels)
        or _by_order(cell, labels, first_days)
        or _by_format(cell, labels, days, first_days)
        or _by_list(cell, labels)
    )


def _by_year(cell: str, labels: Labels) -> PeriodExpression | None:
    """Return the expression that takes the year from the text; None where that is not the label."""
    counted = {label for label in labels.values() if label}
    last = max(counted, default="")
    for text, label in labels.items():
        match = re.search(YEAR, text)
        year = match[0] if match else ""
        if (year != label) if label else year <= last:
            return None
    left_out = () if None not in labels.values() else (f"{year_of(cell)} <= {literal(last)}",)
    return PeriodExpression(year_of(cell), left_out)


def _by_order(cell: str, labels: Labels, first_days: Mapping[str, date]) -> PeriodExpression | None:
    """Return the expression that compares texts such as 2014-07 and 2014-07-31 with the first day of each year."""
    if len(first_days) < 2 or not all(map(is_sortable, labels)):
        return None
    counted = [label for label in first_days if label]
    *starts, end = (_short(day) for day in first_days.values())
    for text, label in labels.items():
        found = [each for each, start in zip(counted, starts, strict=True) if start <= text < end]
        if (found[-1] if found else None) != label:
            return None
    whens = [
        f"WHEN {cell} < {literal(start)} THEN {literal(label)}"
        for label, start in zip(counted, starts[1:], strict=False)
    ]
    label = f"CASE {' '.join(whens)} ELSE {literal(counted[-1])} END" if whens else literal(counted[-1])
    return PeriodExpression(label, (f"{cell} >= {literal(starts[0])}", f"{cell} < {literal(end)}"))


def _short(day: date) -> str:
    """Return a day as text; the first of a month as the month, which sorts before each of its days."""
    return day.isoformat()[:7] if day.day == 1 else day.isoformat()


def _by_format(
    cell: str, labels: Labels, days: Mapping[str, date], first_days: Mapping[str, date]
) -> PeriodExpression | None:
    """Return the expression that reads the text as a day, where the texts are many and of one form."""
    if len(labels) <= MAX_LISTED:
        return None
    for form in _FORMATS:
        if all(_writes(days[text], form) in (text, _padded(text)) for text in labels):
            day = f"strftime(strptime({cell}, {literal(form)}), '%Y-%m-%d')"
            found = _by_order(day, {days[text].isoformat(): label for text, label in labels.items()}, first_days)
            return replace(found, needs_texts=True) if found else None
    return None


def _writes(day: date, form: str) -> str:
    return form.replace("%d", f"{day.day:02}").replace("%m", f"{day.month:02}").replace("%Y", str(day.year))


def _padded(text: str) -> str:
    return re.sub(r"\b(\d)\b", r"0\1", text)


def _by_list(cell: str, labels: Labels) -> PeriodExpression:
    """Return the expression that lists the texts of each label."""
    by_label: dict[str, list[str]] = {}
    for text, label in labels.items():
        by_label.setdefault(label or "", []).append(text)
    left_out = by_label.pop("", [])
    whens = [f"WHEN {is_in(cell, texts)} THEN {literal(label)}" for label, texts in sorted(by_label.items())]
    condition = (f"NOT {is_in(cell, left_out)}",) if left_out else ()
    return PeriodExpression(f"CASE {' '.join(whens)} END" if whens else "NULL", condition, True)


def is_in(cell: str, texts: Sequence[str]) -> str:
    """Return the condition that an expression is one of some texts."""
    return f"{cell} IN ({', '.join(map(literal, texts))})"


def is_sortable(text: str) -> bool:
    """Return whether texts of this form sort by time: year, month and day, such as 2014-07 and 2014-07-31."""
    return bool(_SORTABLE.fullmatch(text))
