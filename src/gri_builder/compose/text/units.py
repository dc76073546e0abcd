"""Units in words of the report's language: 'EUR million' is 'Mio. EUR' in German, and 'M€' in French."""

from __future__ import annotations

import re

from gri_builder.model.units import Unit
from gri_builder.resources.sentences import Words, add_in_brackets
from gri_builder.resources.units import MULTIPLES

NO_BREAK = "\u00a0"
_SIGNS = {"EUR": "€", "GBP": "£", "USD": f"{NO_BREAK}USD"}
"""Signs of currencies where a language writes them beside a letter for the multiple."""
_OPEN, _CLOSED = r"[(\[（［]", r"[)\]）］]"
"""Brackets around a unit, of Latin letters and of East Asia."""


def unit_text(unit: Unit, words: Words) -> str:
    """Return the unit as printed in the words of a language, with no-break spaces; empty for plain counts."""
    return _print(unit, words).replace(" ", NO_BREAK) if unit.printed else ""


def _print(unit: Unit, words: Words) -> str:
    """Return the unit with the words of a language."""
    if unit.over is not None:
        below = _print(unit.per, words) if unit.per is not None else ""
        return f"{_print(unit.over, words) or unit.over.symbol}/{below or unit.symbol.partition('/')[2]}"
    if unit.dimension == "currency":
        code, _, multiple = unit.symbol.partition(" ")
        pattern = words[f"money-{multiple}"] if multiple else "{code}"
        return pattern.format(code=code if " " in pattern or not multiple else _SIGNS.get(code, f"{NO_BREAK}{code}"))
    if known := words.get(f"unit-{_slug(unit.symbol)}"):
        return known
    multiple, _, plain = unit.printed.partition(" ")
    return words[f"multiple-{multiple}"].format(unit=plain) if multiple in MULTIPLES and plain else unit.printed


def _slug(symbol: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", symbol.lower()).strip("-")


def with_unit(text: str, unit: Unit, words: Words) -> str:
    """Return a caption followed by the unit, unless it names the unit itself."""
    printed = unit_text(unit, words)
    names = {name.replace(NO_BREAK, " ") for name in (printed, unit.printed, unit.symbol)} - {""}
    if not printed or any(_names_unit(text.replace(NO_BREAK, " "), name, words) for name in names):
        return text
    return add_in_brackets(text, printed, words)


def _names_unit(text: str, name: str, words: Words) -> bool:
    """Return whether a caption has a unit as a word of its own.

    A unit that may be another word, such as 't' or 'days', counts only in brackets, or at the end after a comma or the
    language's word for 'in'.
    """
    word = re.escape(name)
    if name == "%" or not (len(name) == 1 or (name.isalpha() and name.islower())):
        return bool(re.search(rf"(?<![\w/]){word}(?![\w/])", text))
    links = "|".join(re.escape(link.strip()) for link in words.get("unit-links", "").split(",") if link.strip())
    link = rf"(?:{links}) " if links else ""
    bracketed = rf"{_OPEN}\s*(?:{link})?{word}\s*{_CLOSED}"
    stated = re.escape(words["in-unit"].format(unit=name).replace(NO_BREAK, " "))
    return bool(re.search(rf"{bracketed}|(?:[,、，] ?{f'| {link}' if link else ''}){word}$|(?<!\w){stated}$", text))
