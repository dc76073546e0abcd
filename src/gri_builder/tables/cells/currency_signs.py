"""Currency signs and codes in the cells of numbers: '€ 1,204', '$1,204', '1.204 €', 'USD 1,204'."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.model.units import Unit
from gri_builder.resources.units import find_unit, units_of

_DOLLARS = frozenset(
    [
        "USD",
        "AUD",
        "BBD",
        "BMD",
        "BND",
        "BSD",
        "BZD",
        "CAD",
        "FJD",
        "GYD",
        "HKD",
        "JMD",
        "KYD",
        "LRD",
        "NAD",
        "NZD",
        "SGD",
        "TTD",
        "TWD",
        "XCD",
        "CLP",
        "COP",
        "MXN",
    ]
)
SIGNS: Mapping[str, frozenset[str]] = {
    "$": _DOLLARS,
    "US$": frozenset({"USD"}),
    "A$": frozenset({"AUD"}),
    "AU$": frozenset({"AUD"}),
    "C$": frozenset({"CAD"}),
    "CA$": frozenset({"CAD"}),
    "HK$": frozenset({"HKD"}),
    "NZ$": frozenset({"NZD"}),
    "S$": frozenset({"SGD"}),
    "NT$": frozenset({"TWD"}),
    "R$": frozenset({"BRL"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP", "EGP", "GIP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "￥": frozenset({"JPY", "CNY"}),
    "円": frozenset({"JPY"}),
    "元": frozenset({"CNY"}),
    "₩": frozenset({"KRW"}),
    "₹": frozenset({"INR"}),
    "Rs": frozenset({"INR", "PKR", "LKR", "NPR", "MUR"}),
    "Rs.": frozenset({"INR", "PKR", "LKR", "NPR", "MUR"}),
    "₽": frozenset({"RUB"}),
    "₺": frozenset({"TRY"}),
    "₪": frozenset({"ILS"}),
    "₫": frozenset({"VND"}),
    "฿": frozenset({"THB"}),
    "₱": frozenset({"PHP"}),
    "₦": frozenset({"NGN"}),
    "₴": frozenset({"UAH"}),
    "zł": frozenset({"PLN"}),
    "Kč": frozenset({"CZK"}),
    "Ft": frozenset({"HUF"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "kr.": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "Fr.": frozenset({"CHF"}),
    "SFr.": frozenset({"CHF"}),
    "Euro": frozenset({"EUR"}),
    "euro": frozenset({"EUR"}),
}
"""Codes of the currencies that a sign may mean."""
_NUMBER = r"[-+−(]*\s*[0-9][0-9.,'’ \u00a0\u2009\u202f]*[-−)]*"


@cache
def _codes() -> frozenset[str]:
    return frozenset(symbol for symbol in units_of("currency") if " " not in symbol)


@cache
def find_signs() -> tuple[str, ...]:
    """Return all signs and codes, the longest first."""
    return tuple(sorted((*SIGNS, *_codes()), key=lambda sign: (-len(sign), sign)))


def currency_of(unit: Unit) -> str | None:
    """Return the code of a unit's currency, as EUR of 'EUR million' or 'EUR/t'; None where it has none."""
    code = unit.symbol.partition("/")[0].partition(" ")[0]
    return code if code in _codes() and find_unit(unit.symbol) else None


def means(sign: str, code: str) -> bool:
    """Return whether a sign or code may mean a currency."""
    return sign == code or code in SIGNS.get(sign, ())


def find_currency(text: str) -> str | None:
    """Return the currency sign or code beside the number in a text; None if it is missing."""
    return _currency_pattern_match(text.strip())


@cache
def _pattern() -> re.Pattern[str]:
    signs = "|".join(map(re.escape, find_signs()))
    return re.compile(rf"[-+−(]*\s*({signs})\s*{_NUMBER}|{_NUMBER}\s*({signs})\s*[-−)]*")


def _currency_pattern_match(text: str) -> str | None:
    match = _pattern().fullmatch(text)
    return (match[1] or match[2]) if match else None


def wrong_currency(text: str, sign: str, unit: Unit, where: Location) -> Finding:
    """Return the error about a cell whose currency is not that of the values."""
    shown, code = shorten(text), currency_of(unit)
    known = sorted((SIGNS.get(sign) or frozenset({sign})) & _codes())
    symbol = next((each for each in known if len(known) == 1), "USD" if sign == "$" else None)
    if code is not None and means(sign, code):
        message = f"'{shown}' is in {code}, but the values are read in '{unit.symbol}'"
        hint = f"state beside 'file' in which unit its numbers are: unit: {unit.symbol}, or unit: {code}"
    else:
        message = f"'{shown}' is in {symbol or sign}, but the values are read in '{unit.symbol}'"
        hint = "read it by a series with a unit of that currency" + (f": unit: {symbol}" if symbol else "")
    return error("wrong-currency", message, where, hint)
