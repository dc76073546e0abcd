"""Units in words of the report's language: 'EUR million' is 'Mio. EUR' in German, and 'M€' in French."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gri_builder.model.units import Unit
from gri_builder.resources.units import MULTIPLES

NO_BREAK = "\u00a0"
_SIGNS = {"EUR": "€", "GBP": "£", "USD": f"{NO_BREAK}USD"}
"""Signs of currencies where a language writes them beside a letter for the multiple."""
_PLAIN_WORD = re.compile(r"[a-z]+|[a-zA-Z%]")
"""Units that may be a word or an initial in a title."""


Words = Mapping[str, str]
"""Fixed texts of a report, by key."""


def unit_text(unit: Unit, words: Words) -> str:
    """Return the unit as printed in the words of a language, with no-break spaces; empty for plain counts."""
    return _print(unit, words).replace(" ", NO_BREAK) if unit.printed else ""


def _print(unit: Unit, words: Words) -> str:
    """Return the unit with the words of a language."""
    if unit.over is not None:
        below = _print(unit.per, words) if unit.per is not None and unit.per.printed else ""
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
    if not printed or any(_names_unit(text.replace(NO_BREAK, " "), name) for name in names):
        return text
    return f"{text} ({printed})"


def _names_unit(text: str, name: str) -> bool:
    """Return whether a caption has a unit as a word of its own.

    A unit that may be another word, such as 't' or 'days', counts only in brackets, or at the end after ',' or 'in'.
    """
    word = re.escape(name)
    if _PLAIN_WORD.fullmatch(name) and name != "%":
        return bool(re.search(rf"[(\[]\s*(?:in |en )?{word}\s*[)\]]|(?:, ?| in | en ){word}$", text))
    return bool(re.search(rf"(?<![\w/]){word}(?![\w/])", text))
