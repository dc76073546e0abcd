"""Format numbers, units and dates for the report's locale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from gri_builder.compose.text.units import unit_text
from gri_builder.model.facts import Fact, Series
from gri_builder.model.units import Unit
from gri_builder.resources.languages import find_locale as find_locale
from gri_builder.resources.sentences import Words

NO_BREAK = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"
MAX_GIVEN_DIGITS = 4
"""A value with more digits after the decimal sign was calculated."""
CALCULATED_DIGITS = 4
"""Default number of significant digits of a calculated value."""
SHARE_DIGITS = 1
"""Default number of digits after the decimal sign of a calculated percentage."""
PRECISION = 60
"""Precision of rounding, high enough to lose no digit."""
MISSING = DASH
GROUPED_FROM, GROUPED_FROM_FIVE_DIGITS = 1_000, 10_000
GROUPING = {
    **dict.fromkeys(("es", "it", "pl", "pt_PT"), GROUPED_FROM_FIVE_DIGITS),
    "es_419": GROUPED_FROM,
}
"""Smallest number whose digits are grouped, by locale (CLDR, minimumGroupingDigits); 'es_419' is Latin America."""

# Some locales group digits with a narrow no-break space, or use a hyphen as sign: few text fonts have the first,
# and the second is too short beside digits.
_DIRECTION = "[\u200e\u200f\u061c]"
"""Marks that keep a sign beside its number in text from right to left (UAX #9)."""
_SEPARATORS = ".,’\u00a0\u060c\u066b\u066c\u2e41"
"""Signs between the digits of a number."""
_SIGNS = {"minusSign": "-", "plusSign": "+", "percentSign": "%"}
PRINTED = str.maketrans({"\u202f": NO_BREAK, "-": MINUS, "'": "\u2019"})


@lru_cache(maxsize=64)
def _pattern(locale: Locale, digits: int) -> str:
    """Return the locale's pattern for numbers with that many digits after the decimal sign."""
    whole = locale.decimal_formats[None].pattern.split(".")[0]
    return f"{whole}.{'0' * digits}" if digits else whole


def count_digits(value: Decimal) -> int:
    """Return how many digits the value has after the decimal sign."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def choose_digits(series: Series, value: Decimal) -> int:
    """Return how many digits of a value to print after the decimal sign; a negative number rounds to tens and more.

    The series can set `decimals` or `significant` digits. By default a value keeps its digits as written, unless
    it has more digits than people write and must have been calculated.
    """
    if series.decimals is not None:
        return series.decimals
    if series.significant is not None:
        return _significant(value, series.significant)
    return (
        count_digits(value)
        if count_digits(value) <= MAX_GIVEN_DIGITS
        else max(0, _significant(value, CALCULATED_DIGITS))
    )


def choose_fact_digits(series: Series, fact: Fact) -> int:
    """Return how many digits of a fact to print: as the series says, else as its source shows."""
    if series.decimals is None and series.significant is None and fact.digits is not None:
        return fact.digits
    return choose_digits(series, fact.value)


def _significant(value: Decimal, count: int) -> int:
    """Return how many digits after the decimal sign give that many significant digits after rounding."""
    with localcontext(prec=count, rounding=ROUND_HALF_UP):
        rounded = +value
    return count - (rounded.adjusted() + 1 if rounded else 1)


def format_number(value: Decimal, decimals: int | None, locale: Locale) -> str:
    """Return the number with that many digits after the decimal sign; None keeps the digits as written."""
    digits = count_digits(value) if decimals is None else decimals
    with localcontext(prec=PRECISION):
        rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        rounded = rounded.quantize(Decimal(1)) if digits < 0 else rounded
        if not rounded:
            rounded = abs(rounded)
        is_grouped = abs(rounded) >= smallest_grouped(locale)
        text = format_decimal(rounded, _pattern(locale, max(0, digits)), locale, group_separator=is_grouped)
    return str(text).replace("-", _symbol("minusSign", locale)).translate(PRINTED)


def _symbol(name: str, locale: Locale) -> str:
    """Return a sign of numbers as the locale writes it, perhaps between marks of direction (CLDR, symbols)."""
    return str(locale.number_symbols.get("latn", {}).get(name, _SIGNS[name]))


@lru_cache(maxsize=16)
def smallest_grouped(locale: Locale) -> int:
    """Return the smallest number whose digits the locale groups: 10,000 where four digits are not separated."""
    names = (str(locale), get_global("parent_exceptions").get(str(locale)), locale.language)
    known = next((name for name in names if name in GROUPING), None)
    return GROUPING[known] if known else GROUPED_FROM


def format_percent(number: str, locale: Locale) -> str:
    """Return a printed number with the locale's per cent sign, where the locale has it: before the digits in some.

    A sign is before everything unless the locale's pattern of negative numbers has it elsewhere (UTS #35, part 3).
    """
    sign, digits = _split_sign(number)
    patterns = str(locale.percent_formats[None].pattern).split(";")
    before, after = _split_pattern(patterns[-1] if sign else patterns[0])
    lead, inner = (before.replace("-", sign), "") if "-" in before else (sign, before)
    return f"{lead}{inner}{digits}{after}".translate(PRINTED).replace("%", _symbol("percentSign", locale))


def _split_pattern(pattern: str) -> tuple[str, str]:
    """Return what a number pattern has before and after its digits."""
    found = re.search(r"[#0](?:[#0.,]*[#0])?", pattern)
    return (pattern[: found.start()], pattern[found.end() :]) if found else ("", pattern)


def _split_sign(number: str) -> tuple[str, str]:
    """Return the sign of a printed number, with the marks of direction beside it, and the rest."""
    found = re.match(rf"{_DIRECTION}*[+{MINUS}]{_DIRECTION}*", number)
    return (found[0], number[found.end() :]) if found else ("", number)


@lru_cache(maxsize=16)
def _has_code_first(locale: Locale) -> bool:
    """Return whether the locale has the currency before the number."""
    return "\u00a4" in _split_pattern(str(locale.currency_formats["standard"].pattern))[0]


def format_quantity(value: Decimal, unit: Unit, decimals: int | None, locale: Locale, words: Words) -> str:
    """Return the number with its unit and no-break spaces; the currency code goes where the locale puts it."""
    number = format_number(value, decimals, locale)
    if unit.printed == "%":
        return format_percent(number, locale)
    if unit.dimension == "currency" and _has_code_first(locale):
        code, _, multiple = unit_text(unit, words).partition(NO_BREAK)
        if code == unit.symbol.partition(" ")[0]:  # 'Mio. EUR' and 'milhões de EUR' stay together behind the number
            return NO_BREAK.join(filter(None, (code, number, multiple)))
    return f"{number}{NO_BREAK}{unit_text(unit, words)}" if unit.printed else number


def sign_number(number: str, value: Decimal, locale: Locale) -> str:
    """Return a printed number with the locale's plus sign for an increase; a decrease has its sign already."""
    return f"{_symbol('plusSign', locale)}{number}" if value > 0 else number


def remove_sign(text: str) -> str:
    """Return a printed quantity without the plus or minus before its first digit: '3.3%' for '−3.3%'."""
    return re.sub(rf"{_DIRECTION}*[+{MINUS}]{_DIRECTION}*(?=[^\d\w]*\d)", "", text, count=1)


def number_only(text: str) -> str:
    """Return the number of a printed quantity with its sign, and without its unit: '−3.3' for '−3.3%'."""
    found = re.search(rf"\d(?:[\d{_SEPARATORS}]*\d)?", text)
    if not found:
        return text
    sign = re.search(rf"{_DIRECTION}*[+{MINUS}]{_DIRECTION}*(?=[^\d\w]*$)", text[: found.start()])
    return f"{sign[0] if sign else ''}{found[0]}"


def format_relative_change(new: Decimal, old: Decimal, locale: Locale, digits: int = 1) -> str:
    """Return the change from old to new as a signed percentage; a dash if old is zero."""
    if not old:
        return MISSING
    change = ((new - old) / abs(old) * 100).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return format_percent(sign_number(format_number(change, digits, locale), change, locale), locale)


def format_difference(new: Decimal, old: Decimal, digits: int, locale: Locale) -> str:
    """Return the difference between two values as a signed number, with that many digits after the decimal sign."""
    with localcontext(prec=PRECISION):
        change = (new - old).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return sign_number(format_number(change, digits, locale), change, locale)


def format_day(day: date, locale: Locale) -> str:
    """Return a date in the locale's long format."""
    return str(format_date(day, "long", locale)).replace("\u202f", NO_BREAK)


def format_period(start: date, end: date, locale: Locale) -> str:
    """Return a period: only the year for a calendar year, else its first and last day."""
    if (start, end) == (date(start.year, 1, 1), date(start.year, 12, 31)):
        return str(start.year)
    return f"{format_day(start, locale)} {DASH} {format_day(end, locale)}"


def join_names(names: Sequence[str], locale: Locale) -> str:
    """Return the names as a list in a sentence, e.g. 'Water and Energy'."""
    return str(format_list(list(names), locale=locale))
