"""Compare printed numbers with the values of the embedded data: digit by digit, with sign, decimals and unit.

The build states with how many decimals and in which unit a place prints its fact. Separators are those of the report's
language: any signs that CLDR groups digits with are read, but they must be used as separators are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, DecimalException, localcontext
from itertools import pairwise
from typing import NamedTuple

from gri_builder.model.provenance import FactRecord, PageLocation
from gri_builder.resources.messages import list_languages, load_messages
from gri_builder.resources.units import UnitTable, convert

OLD_DECIMALS = 6
"""Most decimals in PDFs of older versions, whose data does not say how many are printed."""
PRECISION = 800
"""Significant digits of rounded values: more than any value and any number of decimals in the data need."""
MISSING = "\u2013"
"""Printed where a number can't be calculated, such as a change from zero."""
PERCENT = 100
SEPARATORS = " .,\u00a0\u2009\u202f'\u2019\u00b7\u060c\u066b\u066c\u2e41"
"""Signs that group digits, or that decimals follow, in some language (CLDR)."""
SIGNS = "+-\u2212"
NUMBER = re.compile(
    rf"\d{{1,3}}(?:[{SEPARATORS}]\d{{2,3}})*[{SEPARATORS}]\d{{3}}(?:[.,\u066b\u060c]\d+)?|\d+(?:[.,\u066b\u060c]\d+)?"
)
"""A printed number, grouped by threes or as in India (5,82,500); digits of a unit, as in 'g/100 g', follow it."""
_DIGITS = re.compile(r"\d+")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069]")
"""Soft hyphens and marks of writing direction, which print nothing."""
_ALIKE = str.maketrans(
    {"\u066a": "%", "\ufe6a": "%", "\uff05": "%", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}
)
"""Signs that typesetting replaces by others of the same meaning."""


class PrintedFacts(NamedTuple):
    """What printed numbers are compared with."""

    entries: Mapping[str, FactRecord]
    units: UnitTable
    unit_words: Mapping[str, str]
    """Units as printed, by symbol."""


def shows_fact(place: PageLocation, entry: FactRecord, known: PrintedFacts) -> bool:
    """Return whether the text of a place is the number that it should print.

    This is a value, converted and rounded, or the change, difference or share calculated from its operands. What older
    versions do not state, and the progress towards a target, is not compared.
    """
    decimals = entry.decimals if place.kind == "value" and place.decimals is None else place.decimals
    if decimals is None:
        return place.kind != "value" or _shows_old_value(place, entry, known.units)
    if place.kind != "value" and not place.operands:
        return True
    number = calculate(place, entry, known)
    if place.kind == "change" and shows_no_change(place, number, decimals, entry, known):
        return True
    if number is None:
        return place.text == MISSING
    return shows_number(place, number, decimals, entry, known)


def calculate(place: PageLocation, entry: FactRecord, known: PrintedFacts) -> Decimal | None:
    """Return the number that a place should print, not rounded; None if it can't be calculated."""
    if place.kind == "value":
        return convert_value(entry.value, entry.unit, place.unit, known.units)
    operands = [known.entries[key] for key in place.operands if key in known.entries]
    if len(operands) != len(place.operands):
        return None
    try:
        return _calculate(place, operands, known.units)
    except DecimalException:
        return None


def _calculate(place: PageLocation, operands: Sequence[FactRecord], units: UnitTable) -> Decimal | None:
    first, second = operands[0], operands[1] if len(operands) > 1 else None
    unit = units.find(first.unit)
    match place.kind:
        case "sum":
            return sum((each.value for each in operands), Decimal(0))
        case "change" if len(operands) > 2:
            return _change_of_sum(operands)
        case "difference" if second:
            return convert_value(first.value - second.value, first.unit, place.unit, units)
        case "change" if second and unit and unit.printed == "%":
            return first.value - second.value
        case "change" if second:
            return (first.value - second.value) / abs(second.value) * PERCENT if second.value else None
        case "share" if second or (unit and unit.dimension not in ("share", "ratio")):
            total = sum((each.value for each in operands), Decimal(0))
            return first.value / total * PERCENT if total else None
        case "share":
            return first.value * (PERCENT if unit and unit.dimension == "ratio" else 1)
        case _:
            return None


def _change_of_sum(operands: Sequence[FactRecord]) -> Decimal | None:
    """Return the change of a sum in per cent: the first half of the operands are the new values."""
    half = len(operands) // 2
    new, old = (sum((each.value for each in part), Decimal(0)) for part in (operands[:half], operands[half:]))
    return (new - old) / abs(old) * PERCENT if old else None


def shows_no_change(
    place: PageLocation, number: Decimal | None, decimals: int, entry: FactRecord, known: PrintedFacts
) -> bool:
    """Return whether a place says in words that nothing changed, or less than one unit of the last digit, as is true.

    `number` is the change, not rounded; None for one from zero. A report may have words of its own for both.
    """
    operands = [known.entries[key] for key in place.operands if key in known.entries]
    text = _plain_digits(_INVISIBLE.sub("", place.text))
    if len(operands) > 1 and (operands[0].value == operands[1].value or number == 0):
        without_period = text.replace(operands[1].period, "")
        return place.text != MISSING and not any(map(str.isdigit, without_period))
    if not number or round_half_up(number, decimals):
        return False
    opposite = "change-down-below" if number > 0 else "change-up-below"
    if any(_fits_message(place.text, opposite, language) for language in list_languages()):
        return False
    return any(not found.sign for found in find_number(text, Decimal(1).scaleb(-decimals), decimals))


def _fits_message(text: str, key: str, language: str) -> bool:
    """Return whether a text contains the fixed words of a message in a language."""
    return all(part.strip() in text for part in load_messages(language)[key].split("{number}"))


def convert_value(value: Decimal, given: str, wanted: str | None, units: UnitTable) -> Decimal | None:
    """Return a value in the unit that it is printed in; None if it can't be converted."""
    if wanted is None or wanted == given:
        return value
    one, other = units.find(given), units.find(wanted)
    return convert(value, one, other) if one and other else None


def shows_number(place: PageLocation, number: Decimal, decimals: int, entry: FactRecord, known: PrintedFacts) -> bool:
    """Return whether a text is a number, rounded half up to those decimals, with its sign and unit."""
    rounded = round_half_up(number, decimals)
    signed = rounded < 0 and not place.unsigned
    text = _plain_digits(_INVISIBLE.sub("", place.text))
    return any(
        (found.sign not in ("", "+")) == signed
        and (found.sign != "+" or (number > 0 and place.kind != "value"))
        and _is_rest(found.rest, place, entry, known)
        for found in find_number(text, rounded, decimals)
    )


class FoundNumber(NamedTuple):
    """A number as found in a text."""

    sign: str
    """Its sign; empty without one."""
    rest: str
    """The text before and after it."""


def find_number(text: str, rounded: Decimal, decimals: int) -> Iterator[FoundNumber]:
    """Yield each place in a text that prints the digits of a rounded number, grouped in some way."""
    digits = f"{abs(rounded):f}".replace(".", "")
    groups = list(_DIGITS.finditer(text))
    for start in range(len(groups)):
        end = _find_end(text, groups, start, len(digits))
        found = groups[start:end]
        if "".join(group[0] for group in found) == digits and _is_grouped(text, found, max(0, decimals)):
            before, after = text[: found[0].start()].strip(), text[found[-1].end() :]
            sign = next((end for end in (before[:1], before[-1:]) if end and end in SIGNS), "")
            yield FoundNumber(sign, before.strip(sign) + after)


def _find_end(text: str, groups: Sequence[re.Match[str]], start: int, count: int) -> int:
    """Return the end of the groups from `start` on that have so many digits, each one sign apart from the next."""
    seen, end = len(groups[start][0]), start + 1
    while seen < count and end < len(groups):
        between = text[groups[end - 1].end() : groups[end].start()]
        if len(between) != 1 or between not in SEPARATORS:
            break
        seen, end = seen + len(groups[end][0]), end + 1
    return end


def _is_grouped(text: str, groups: Sequence[re.Match[str]], decimals: int) -> bool:
    """Return whether a number has its decimals after a sign of its own, and groups of two or three digits before."""
    separators = [text[one.end() : other.start()] for one, other in pairwise(groups)]
    sizes = [len(group[0]) for group in groups]
    if decimals and (len(sizes) < 2 or sizes.pop() != decimals or separators.pop() in separators):
        return False
    if not separators:
        return True
    first, *inner, last = sizes
    by_threes, by_twos = {*inner, last} == {3}, {*inner} <= {2} and last in (2, 3)
    return len(set(separators)) == 1 and first <= 3 and (by_threes or by_twos)


def _is_rest(rest: str, place: PageLocation, entry: FactRecord, known: PrintedFacts) -> bool:
    """Return whether the text around a number is its unit, or nothing, and the period or the mark of a status."""
    if place.kind not in ("value", "difference", "sum"):
        return True
    symbol = place.unit or entry.unit
    words = known.unit_words.get(symbol)
    if words is None:
        return not known.unit_words  # older versions do not state them
    around, unit = _squeeze(rest), _squeeze(words)
    after = around.removeprefix(unit)
    marked = entry.status != "measured" and not any(map(str.isdigit, after))
    return after in ("", _squeeze(f"({entry.period})")) or marked


def normalize_characters(text: str) -> str:
    """Return a text as fonts tell it: without what prints nothing, composed, and with one code for one glyph.

    Unicode Standard Annex 15; fonts have one glyph for the micro sign and the Greek letter.
    """
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("\u00b5", "\u03bc")


def _squeeze(text: str) -> str:
    return "".join(_plain_digits(normalize_characters(text)).translate(_ALIKE).split())


def _plain_digits(text: str) -> str:
    """Return a text with the decimal digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def round_half_up(number: Decimal, decimals: int) -> Decimal:
    """Return a number rounded as the build rounds it; a negative number of decimals rounds to tens and more."""
    with localcontext(prec=PRECISION):
        rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return rounded.quantize(Decimal(1)) if decimals < 0 else rounded


def _shows_old_value(place: PageLocation, entry: FactRecord, units: UnitTable) -> bool:
    value = convert_value(entry.value, entry.unit, place.unit, units)
    return value is not None and shows_value(place.text, value)


def shows_value(text: str, value: Decimal) -> bool:
    """Return whether the digits of a printed number are those of the value, rounded to some number of decimals."""
    plain = _plain_digits(text)
    number = NUMBER.search(plain)
    return read_digits(number[0] if number else plain) in possible_digits(value)


def read_digits(text: str) -> str:
    """Return the digits of a printed number, without signs and leading zeros."""
    return "".join(re.findall(r"\d", _plain_digits(text))).lstrip("0")


def possible_digits(value: Decimal) -> frozenset[str]:
    """Return the digits that a value may be printed with: rounded, and as a percentage too for a share."""
    with localcontext(prec=PRECISION):
        return frozenset(
            str((abs(value) * scale).quantize(Decimal(1).scaleb(-decimals), rounding)).replace(".", "").lstrip("0")
            for scale in (Decimal(1), Decimal(100))
            for decimals in range(OLD_DECIMALS + 1)
            for rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP)
        )
