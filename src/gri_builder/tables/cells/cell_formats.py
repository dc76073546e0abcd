"""Findings for cells that show something else than the number that they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, localcontext

from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.texts.finding_text import shorten
from gri_builder.model.units import Unit
from gri_builder.resources.unit_names import read_unit_name
from gri_builder.resources.units import convert, find_unit
from gri_builder.spreadsheets.cells import Cell
from gri_builder.spreadsheets.number_formats import PRECISION, NumberDisplay, show_number
from gri_builder.tables.units.number_formats import find_format_errors

SHARE = "share"
"""Dimension of percentages."""
THOUSANDS: Mapping[str, int] = {
    word: power
    for power, words in enumerate(
        (
            "k tsd tsd. th thousand thousands 000 '000 000s mil mille tys tys.",
            "m mm mn mln mio mio. million millions millionen millones milioni miljoen",
            "b bn bln mrd mrd. billion billions milliarden milliards miliardi miljard mld",
        ),
        start=1,
    )
    for word in words.split()
}
"""Words for a power of a thousand, in lower case."""
INEXACT = re.compile(r"[<>≤≥]")
TIME = re.compile(r"[hmsyd:./, -]+(am/pm)?", re.IGNORECASE)
"""Number format of a date or time, without its brackets."""
ZERO_WORDS = frozenset({"", "-", "–", "—", "0", "nil", "zero", "null", "none", "keine", "aucun", "."})
"""What a format may show for zero without changing its meaning, in lower case."""
CURRENCIES = {"€": ("EUR",), "£": ("GBP",), "¥": ("JPY", "CNY"), "₹": ("INR",), "₽": ("RUB",), "zł": ("PLN",)}
"""Currency codes that a sign may mean; '$' may mean any dollar."""
PEOPLE = frozenset({"employees", "people", "persons", "heads", "headcount", "staff", "workers"})
"""Words that may follow a headcount, in lower case."""
SHOW_HINT = "give the cell a number format that shows the number, such as 0, and check it"
MAX_ROUNDING = Decimal("0.05")
"""Share of a number that its format may round off before there is a warning."""


def check_display(cell: Cell, number: Decimal, unit: Unit, where: Location, is_rounded: bool) -> Iterator[Finding]:
    """Yield findings where a cell with a number does not show it, or shows another.

    `unit` is that of the values in the file; `is_rounded` whether the series sets the number of printed digits.
    """
    yield from check_look(cell, where)
    if cell.format == "General":
        return
    display = show_number(cell.format, number)
    if not display.section.shows_number:
        yield from _check_hidden(display, cell, number, where)
        return
    yield from _check_sign(display, cell, number, where)
    yield from _check_scale(display, cell, unit, where)
    yield from _check_texts(display, cell, unit, where)
    if not is_rounded:
        yield from _check_digits(display, cell, number, where)


def check_look(cell: Cell, where: Location) -> Iterator[Finding]:
    """Yield warnings about cells that are struck out, or that can't be seen."""
    if cell.look == "struck-out":
        hint = "if it is no longer valid, delete it or choose other rows; otherwise remove the line through it"
        yield warning("struck-out", f"'{shorten(cell.text)}' is struck out, but read", where, hint)
    elif cell.look == "invisible":
        message = f"'{shorten(cell.text)}' can't be seen, as its font is tiny or has the color of its background"
        hint = "check that it should be read, and give the cell another font color and size"
        yield warning("invisible-cell", message, where, hint)


def count_shown_places(cell: Cell) -> int | None:
    """Return how many digits after the decimal sign a cell shows by its number format; None: as many as it holds."""
    if cell.format == "General" or cell.number is None:
        return None
    display = show_number(cell.format, cell.number)
    return None if display.section.thousands else display.places


def is_percentage(cell: Cell) -> bool:
    """Return whether a cell shows its number as a percentage."""
    return cell.number is not None and "%" in cell.format and show_number(cell.format, cell.number).section.is_percent


def shown_texts(cell: Cell) -> tuple[str, ...]:
    """Return the texts that a cell shows around the digits of its number."""
    return () if cell.number is None else show_number(cell.format, cell.number).section.texts


def _check_hidden(display: NumberDisplay, cell: Cell, number: Decimal, where: Location) -> Iterator[Finding]:
    """Yield an error about a number of which no digit is shown; zero may be shown as a dash or a blank."""
    if number == 0 and display.text.casefold() in ZERO_WORDS and _shows_others(cell.format):
        return
    text = "a date or time" if TIME.fullmatch(display.text) else f"'{shorten(display.text)}'"
    shown = text if display.text else "nothing"
    yield error("hidden-number", f"the cell shows {shown}, but holds {cell.text}", where, SHOW_HINT)


def _shows_others(format: str) -> bool:
    """Return whether a format shows the digits of numbers other than zero."""
    return any(show_number(format, Decimal(number)).section.shows_number for number in (1, -1, 10**9))


def _check_sign(display: NumberDisplay, cell: Cell, number: Decimal, where: Location) -> Iterator[Finding]:
    section = display.section
    marks = f"{section.before}{section.after}"
    if number < 0 and display.is_unsigned and section.color is None and not re.search(r"[-−–(]", marks):
        message = f"the cell shows {display.text}, but holds {cell.text}"
        hint = "give the cell a number format that shows the minus sign, such as 0, and check it"
        yield error("hidden-number", message, where, hint)


def _check_scale(display: NumberDisplay, cell: Cell, unit: Unit, where: Location) -> Iterator[Finding]:
    """Yield a finding where the number and its power of a thousand are not those that are read."""
    divided = display.section.thousands
    texts = display.section.texts
    power = next(filter(None, (_power(text, unit) or (divided and _prefix(text, unit)) for text in texts)), 0)
    if not divided and not power:
        return
    if power - divided == _unit_power(unit):
        if divided:
            message = f"the cell shows {display.text}, and is read as {cell.text} {unit.symbol}"
            hint = f"check that it is given in '{unit.symbol}'; a number format such as 0 shows the whole number"
            yield warning("scaled-format", message, where, hint)
        return
    if divided:
        message = f"the cell shows {display.text}, but holds {cell.text}"
        hint = f"give the cell a number format that shows the whole number, such as 0; it is read in '{unit.symbol}'"
    else:
        message = f"the cell shows {display.text}, but would be read as {cell.text} {unit.symbol}"
        word = next(text for text in display.section.texts if _power(text, unit))
        hint = f"write the whole number into the cell, and delete '{word}' from its number format"
    yield error("scaled-format", message, where, hint)


def _power(text: str, unit: Unit) -> int:
    """Return the power of a thousand that a word states; 0 if it is none, or the unit itself."""
    return 0 if text == unit.symbol else THOUSANDS.get(text.strip(" .").casefold(), 0)


def _prefix(text: str, unit: Unit) -> int:
    """Return the power of a thousand by which another unit is larger, such as 1 for kt beside t; 0 for others."""
    shown = find_unit(text)
    factor = convert(Decimal(1), shown, unit) if shown else None
    return next((power for power in (1, 2, 3) if factor == 1000**power), 0)


def _unit_power(unit: Unit) -> int:
    """Return the power of a thousand in a unit such as 'EUR million'."""
    return max((THOUSANDS.get(word.casefold(), 0) for word in unit.symbol.split()[-1:] if len(word) > 2), default=0)


def _check_texts(display: NumberDisplay, cell: Cell, unit: Unit, where: Location) -> Iterator[Finding]:
    """Yield findings for the words and signs beside the digits, as they may change the meaning."""
    for text in display.section.texts:
        plain = text.strip("()[] -+−*†:.,")
        if plain in ("", "%", unit.symbol, unit.printed) or _is_people(plain, unit) or _power(plain, unit):
            continue
        if INEXACT.search(plain):
            message = f"the cell shows {display.text}, but would be read as {cell.text}"
            hint = "write a number that is known; or write n/a if it is not available"
            yield error("text-in-number-format", message, where, hint)
        elif read_unit_name(plain) is not None:
            if not (display.section.thousands and _prefix(plain, unit)):
                yield from find_format_errors(unit, plain, cell.text, where)
        elif not _is_currency(plain, unit):
            message = f"the cell shows {display.text}, but is read as {cell.text} {unit.symbol}"
            hint = f"check the meaning of '{shorten(plain)}'; if it can be left out, delete it from the number format"
            yield warning("text-in-number-format", message, where, hint)


def _is_people(text: str, unit: Unit) -> bool:
    return unit.dimension == "headcount" and text.casefold() in PEOPLE


def _is_currency(text: str, unit: Unit) -> bool:
    return unit.dimension == "currency" and (text in CURRENCIES or "$" in text)


def _check_digits(display: NumberDisplay, cell: Cell, number: Decimal, where: Location) -> Iterator[Finding]:
    """Yield a warning about a number that its cell rounds so far that it can hardly be meant."""
    if display.places is None or display.section.thousands or not number:
        return
    value = abs(number * 100 if display.section.is_percent else number)
    with localcontext(prec=PRECISION):
        rounded = round(value, display.places)
    if abs(rounded - value) > MAX_ROUNDING * value:
        shown = f"{value.normalize():f}{' %' if display.section.is_percent else ''}"
        message = f"the cell shows {display.text}, but holds {'-' if number < 0 else ''}{shown}"
        hint = "it is printed as shown; state how many digits to print, such as decimals: 2"
        yield warning("rounded-display", message, where, hint)
