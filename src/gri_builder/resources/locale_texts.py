"""Texts that a language's number and date formats add to a report: names of months, 'and', signs (CLDR)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from babel.dates import format_date
from babel.lists import format_list

from gri_builder.resources.languages import find_locale

SYMBOLS = ("decimal", "group", "minusSign", "percentSign")
"""Signs of numbers that are printed."""


def list_locale_texts(language: str, days: Iterable[date]) -> tuple[str, ...]:
    """Return what is printed of dates of those days, of lists and of numbers in a language."""
    locale = find_locale(language)
    symbols = locale.number_symbols.get("latn", {})
    return (
        *(str(format_date(day, "long", locale)) for day in days),
        *(str(format_list([""] * count, locale=locale)) for count in (2, 3, 4)),
        *(str(symbols.get(name, "")) for name in SYMBOLS),
        *(str(each.pattern) for each in (locale.percent_formats[None], locale.currency_formats["standard"])),
    )
