"""Numbers in every language of the CLDR: signs, per cent signs and currencies are where the locale has them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from babel.numbers import format_currency, get_currency_symbol
from babel.numbers import format_percent as babel_percent

from gri_builder.compose.text.numbers import (
    MINUS,
    find_locale,
    format_number,
    format_percent,
    format_quantity,
    format_relative_change,
    number_only,
    remove_sign,
)
from gri_builder.model.units import Unit
from gri_builder.resources.messages import load_messages

LOCALES = tuple(sorted(map(str, locale_identifiers())))
EUROS = Unit("EUR", "currency", "EUR")


def as_printed(text: str, locale: Locale) -> str:
    """Return what Babel writes with the signs of the locale (CLDR), and with our minus sign and spaces."""
    signs = {"-": "minusSign", "%": "percentSign"}
    symbols = locale.number_symbols.get("latn", {})
    text = "".join(symbols.get(signs.get(each, ""), each) for each in text)
    return text.replace("-", MINUS).replace("\u202f", "\u00a0")


@pytest.mark.parametrize("sign", [1, -1])
def test_per_cent_is_written_as_the_locale_writes_it(sign: int) -> None:
    for tag in LOCALES:
        locale = Locale.parse(tag)
        number = format_number(Decimal(20 * sign), 0, locale)
        expected = as_printed(babel_percent(Decimal("0.2") * sign, locale=locale), locale)
        assert format_percent(number, locale) == expected, tag


@pytest.mark.parametrize(
    ("tag", "printed", "fall"),
    [
        ("en-GB", "20%", "−20.0%"),
        ("de", "20\u00a0%", "−20,0\u00a0%"),
        ("fr", "20\u00a0%", "−20,0\u00a0%"),
        ("tr", "%20", "−%20,0"),
        ("ku", "%20", "−%20,0"),
        ("eu", "%\u00a020", "−%\u00a020,0"),
        ("blo", "%\u00a020", "%\u00a0−20,0"),
        ("ar", "20\u200e%\u200e", "\u200e−20.0\u200e%\u200e"),
        ("ar-SA", "20\u066a", "\u200e−20.0\u066a"),
        ("fa", "20%", "\u200e−20.0%"),
        ("he", "20%", "\u200e−20.0%"),
        ("rif", "20%", "−20.0%"),
        ("hi", "20%", "−20.0%"),
        ("ja", "20%", "−20.0%"),
        ("sv", "20\u00a0%", "−20,0\u00a0%"),
    ],
)
def test_per_cent_signs(tag: str, printed: str, fall: str) -> None:
    locale = find_locale(tag)
    assert format_percent(format_number(Decimal(20), 0, locale), locale) == printed
    assert format_relative_change(Decimal(80), Decimal(100), locale) == fall


def test_signs_are_removed_and_kept_in_every_language() -> None:
    for tag in LOCALES:
        locale = Locale.parse(tag)
        bare = format_number(Decimal("1234.5"), 1, locale)
        for new, old, sign in (("22345", "1000", "+"), ("0", "1", MINUS)):
            change = format_relative_change(Decimal(new), Decimal(old), locale)
            assert sign in change, tag
            unsigned = remove_sign(change)
            assert sign not in unsigned, tag
            assert number_only(change).strip("\u200e\u200f\u061c").startswith(sign), tag
            assert number_only(change).endswith(number_only(unsigned)), tag
        assert number_only(format_percent(bare, locale)) == bare, tag


def test_numbers_keep_all_their_digits_in_every_language() -> None:
    for tag in LOCALES:
        printed = format_number(Decimal("-1234567.89"), 2, Locale.parse(tag))
        assert "".join(filter(str.isdecimal, printed)) == "123456789", tag
        assert printed.strip("\u200e\u200f\u061c")[0] == MINUS, tag


def test_currencies_are_on_the_side_where_the_locale_has_them() -> None:
    for tag in LOCALES:
        locale = Locale.parse(tag)
        printed = format_quantity(Decimal(5), EUROS, 0, locale, load_messages("en"))
        written = format_currency(Decimal(5), "EUR", locale=locale)
        symbol = get_currency_symbol("EUR", locale)
        assert (printed.index("EUR") < printed.index("5")) == (written.index(symbol) < written.index("5")), tag


@pytest.mark.parametrize("text", ["12345678901234567890123456789.5", "9" * 50, "0." + "1" * 50])
def test_no_digit_of_a_long_number_is_lost(text: str) -> None:
    plain = format_number(Decimal(text), None, Locale.parse("en_GB")).replace(",", "")
    assert plain == text


@pytest.mark.parametrize(
    ("tag", "plain", "millions"),
    [
        ("en-GB", "EUR~12", "EUR~12~million"),
        ("nl-NL", "EUR~12", "EUR~12~miljoen"),
        ("it-IT", "12~EUR", "12~milioni~di~EUR"),
        ("it-CH", "EUR~12", "12~milioni~di~EUR"),
        ("de-AT", "EUR~12", "12~Mio.~EUR"),
        ("pt-BR", "EUR~12", "12~milhões~de~EUR"),
        ("es-MX", "EUR~12", "12~millones~de~EUR"),
        ("ja", "EUR~12", "12~百万~EUR"),
    ],
)
def test_words_of_a_multiple_are_never_before_the_number(tag: str, plain: str, millions: str) -> None:
    """The code is before the number where the locale has it there, unless the words for the multiple have it last."""
    locale, words = find_locale(tag), load_messages(tag)
    printed = [
        format_quantity(Decimal(12), Unit(symbol, "currency", symbol), 0, locale, words)
        for symbol in ("EUR", "EUR million")
    ]
    assert [text.replace("\u00a0", "~") for text in printed] == [plain, millions]
