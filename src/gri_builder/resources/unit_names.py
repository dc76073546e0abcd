"""Read the names of units as people write them in files: 'kWh', 'Mio. EUR', 'metric tons CO2e', 'kBtu/sf'."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from gri_builder.model.units import Unit
from gri_builder.resources.units import MULTIPLES, UnitTable, list_names, name_table, unit_table

WEAK_DIMENSIONS = ("count", "headcount", "time", "ratio", "score")
"""Dimensions whose names are ordinary words: employees, hours, cases, points."""
_WORD_LIKE = frozenset(
    {*"tlghmJWK", "in", "ha", "ft", "mi", "min", "cf", "te", "Mt", "mt", "MT", "MG", "mm", "cm", "kilo", "kilos", "Fr"}
    | {"Rs", "kr", "SF", "ALL", "TOP", "TRY", "PEN", "CUP", "MAD", "SOS", "COP", "MOP", "GEL", "BAM", "RUB", "BOB"}
    | {"ANG", "LAK", "acre", "acres", "each", "pound", "barrel", "barrels", "Meter", "cum", "mile", "miles", "mil"}
)
"""Names of units that are also words, initials or codes of something else."""
_KNOWN_CODES = ("EUR", "USD", "GBP", "CHF", "JPY", "SEK", "DKK", "PLN", "CZK")
"""Codes of currencies that are no words in lower case."""
_GAS = re.compile(
    r"(?P<mass>.+?)(?:of|de|di|d)?"
    r"(?:(?P<equivalent>co2(?:e|eq|eqv|equiv|equivalents?|äq|äquivalente?n?)|(?:eq|éq|équivalents?|equivalents?)co2)"
    r"|(?P<co2>co2)|(?P<cfc>cfc11e?q?))"
)
_GASES = {"equivalent": "CO2e", "co2": "CO2", "cfc": "CFC11e"}
_PER = re.compile(r"(?:(?<!\s)\s+)?(?:/|\bper\b|\bpro\b|\bpar\b|\bpor\b)\s*", re.IGNORECASE)
_YEARLY = frozenset({"a", "yr", "year", "annum", "jahr", "an", "année", "año", "month", "monat", "mois", "pa"})
"""Periods below a stroke: a yearly amount is an amount."""
_SQUASHED = re.compile(r"[\s._\-·⋅*‐–—]+")


MIN_PLURAL = 2
"""Letters that a symbol with an 's' behind it must be longer than, as in 'kWhs' and 'kms'."""


class UnitReading(Struct, frozen=True):
    """What a text says about a unit."""

    text: str
    """As written."""
    units: tuple[Unit, ...] = ()
    """The units that it may mean, the most frequent first."""
    multiple: str = ""
    """'thousand', 'million' or 'billion' where it says nothing else, as 'in thousands' does."""
    is_weak: bool = False
    """Whether it may be an ordinary word; then it only counts beside a unit of the same dimension."""


def read_unit_name(text: str, table: UnitTable | None = None) -> UnitReading | None:
    """Return the unit that a whole text names; None where it names none."""
    table = table or unit_table()
    plain = _plain(text)
    if not plain or len(plain) > 60:
        return None
    if plain.casefold() in _multiple_names():
        return UnitReading(text, multiple=_multiple_names()[plain.casefold()])
    units = _find_units(plain, table)
    is_weak = plain in _WORD_LIKE or (bool(units) and all(unit.dimension in WEAK_DIMENSIONS for unit in units))
    return UnitReading(text, units, is_weak=is_weak) if units else None


def _plain(text: str) -> str:
    """Return a text without the writing that differs between files: powers, superscripts, spaces."""
    text = re.sub(r"\b10(?:\^|\*\*)?(?:3|³)(?=\s|$)|\b10³", "1000", text)
    text = re.sub(r"\b10(?:\^|\*\*)?(?:6|⁶)(?=\s|$)|\b10⁶", "1000000", text)
    text = unicodedata.normalize("NFKC", text).replace("\u03bc", "\u00b5").replace("\u2019", "'")
    return " ".join(text.split()).strip(" .:;")


def _squash(text: str) -> str:
    return _SQUASHED.sub("", text)


@lru_cache(maxsize=4096)
def _find_units(text: str, table: UnitTable) -> tuple[Unit, ...]:
    """Return the units that a plain text may mean; empty where it means none."""
    if found := _by_name(text, table):
        return found
    top, *below = _PER.split(text, maxsplit=1)
    if below and top:
        return _quotients(top, below[0], table)
    plural = table.simple.get(text[:-1]) if len(text) > MIN_PLURAL and text.endswith("s") else None
    return _emissions(text, table) or _money(text, table) or _multiples(text, table) or ((plural,) if plural else ())


def _by_name(text: str, table: UnitTable) -> tuple[Unit, ...]:
    """Return the units with a name; regardless of letter case where only one unit has it."""
    squashed = _squash(text)
    if own := [symbol for symbol in sorted(table.own) if _squash(symbol).casefold() == squashed.casefold()]:
        return (table.simple[text if text in own else own[0]],)
    if unit := table.find(text) if "/" not in text and not _is_ambiguous(text) else None:
        return (unit,)
    exact, folded = _names()
    symbols = exact.get(squashed) or (folded.get(squashed.casefold(), ()) if len(squashed) > 1 else ())
    return tuple(unit for symbol in symbols if (unit := table.find(symbol)))


def _is_ambiguous(text: str) -> bool:
    return _squash(text) in {_squash(name) for name in name_table("ambiguous")["names"]}


@cache
def _names() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Return the symbols by squashed name: as written, and in lower case where that leaves one unit."""
    exact: dict[str, tuple[str, ...]] = {}
    for name, symbols in _list_all_names():
        exact.setdefault(_squash(name), symbols)
    folded: dict[str, set[tuple[str, ...]]] = {}
    for name, symbols in exact.items():
        if not (name in _codes() and name not in _KNOWN_CODES):
            folded.setdefault(name.casefold(), set()).add(symbols)
    return exact, {name: next(iter(each)) for name, each in folded.items() if len(each) == 1}


@cache
def _codes() -> frozenset[str]:
    """Return the codes of currencies, which are words in lower case: 'all', 'top', 'try'."""
    units = unit_table().simple.values()
    return frozenset(unit.symbol for unit in units if unit.dimension == "currency" and " " not in unit.symbol)


def _list_all_names() -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, symbols in name_table("ambiguous")["names"].items():
        yield name, tuple(symbols)
    for name, symbol in list_names().items():
        if name not in ("$", "¥", "dollars", "1", "x", "#", "none", "CO2e"):
            yield name, (symbol,)
    yield "#", ("count",)
    for symbol, names in name_table("in_files").items():
        for name in names:
            yield unicodedata.normalize("NFKC", name), (symbol,)


def _quotients(top: str, below: str, table: UnitTable) -> tuple[Unit, ...]:
    """Return the units of a quotient; below the stroke is a unit, a number of them, or a year."""
    over = _find_units(top, table)
    if _squash(below).casefold() in _YEARLY:
        return over
    under = _by_name(below, table)
    words = [unit.symbol for unit in under] or ([below] if len(_squash(top)) > 1 and len(below) > 2 else [])
    found = (table.find(f"{unit.symbol}/{word}") for unit in over for word in words)
    return tuple(filter(None, found))


def _emissions(text: str, table: UnitTable) -> tuple[Unit, ...]:
    """Return the units of a mass of a greenhouse gas, such as 'metric tons CO2e'."""
    squashed = _squash(text)
    match = _GAS.fullmatch(squashed.casefold())
    if match is None:
        return ()
    name = squashed[: match.end("mass")]
    gas = next(_GASES[kind] for kind in _GASES if match[kind])
    found = []
    for mass in _by_name(name, table) or _multiples(name, table):
        symbols = (
            [f"million t{gas}" if mass.symbol == "Mt" else f"{mass.symbol}{gas}"] if mass.dimension == "mass" else []
        )
        found += [unit for each in symbols if (unit := table.find(each))]
    return tuple(found)


@cache
def _multiple_names() -> Mapping[str, str]:
    """Return the multiple of each name, in lower case."""
    listed = {name.casefold(): word for word, names in name_table("multiple_names").items() for name in names}
    return {**listed, **{f"{name}.": word for name, word in listed.items()}}


@cache
def _currency_names() -> Mapping[str, tuple[str, ...]]:
    """Return the codes of each squashed name of a currency."""
    codes = {unit.symbol: (unit.symbol,) for unit in unit_table().simple.values() if unit.dimension == "currency"}
    return {
        **{name: code for name, code in codes.items() if " " not in name},
        **{name.casefold(): (name,) for name in _KNOWN_CODES},
        **{_squash(name).casefold(): tuple(each) for name, each in name_table("currency_names").items()},
    }


@cache
def _currencies_by_length() -> Sequence[tuple[str, bool, tuple[str, ...]]]:
    """Return the names of currencies, the longest first, whether their letter case counts, and their codes."""
    ordered = sorted(_currency_names().items(), key=lambda item: (-len(item[0]), item[0]))
    return [(name, name.isupper() and name.isalpha(), codes) for name, codes in ordered]


def _money(text: str, table: UnitTable) -> tuple[Unit, ...]:
    """Return the units of an amount of money: a currency before or after a multiple, such as 'Mio. EUR' or '€m'."""
    squashed = re.sub(r"\b(?:(?:of|de|di|av|in|en|em)\b|d')(?=[\s\w])", "", text, flags=re.IGNORECASE)
    squashed = _squash(squashed)
    folded = squashed.casefold()
    for name, is_exact, codes in _currencies_by_length():
        given = squashed if is_exact else folded
        if not (given.startswith(name) or given.endswith(name)):
            continue
        rest = squashed[len(name) :] if given.startswith(name) else squashed[: -len(name)]
        word = _short_multiple(rest)
        if word is not None:
            symbols = (f"{code} {word}".strip() for code in codes)
            return tuple(unit for symbol in symbols if (unit := table.find(symbol)))
    return ()


def _short_multiple(text: str) -> str | None:
    """Return the multiple beside a currency, where one letter is enough; '' for none, None for another text."""
    short = {"": "", "k": "thousand", "t": "thousand", "m": "million", "mm": "million", "b": "billion"}
    plain = text.strip("()").casefold()
    return short[plain] if plain in short else _multiple_names().get(plain)


def _multiples(text: str, table: UnitTable) -> tuple[Unit, ...]:
    """Return the units of a multiple of a unit, such as "'000 tonnes" or 'Mio. m3'."""
    first, _, rest = text.partition(" ")
    word = _multiple_names().get(first.casefold())
    if word is None or not rest:
        return ()
    rest = re.sub(r"^(?:(?:of|de|di|av)\b|d')\s*", "", rest, flags=re.IGNORECASE)
    found = (multiply_unit(word, unit, table) for unit in _find_units(rest, table))
    return tuple(filter(None, found))


def multiply_unit(word: str, unit: Unit, table: UnitTable) -> Unit | None:
    """Return thousands, millions or billions of a unit that is no multiple itself; None where that is not a unit."""
    plain = unit.symbol
    for each in MULTIPLES:
        plain = plain.removeprefix(f"{each} ").removesuffix(f" {each}")
    if unit.dimension == "headcount":
        plain = "people"
    candidates = (word,) if unit.dimension == "count" else (f"{plain} {word}", f"{word} {plain}")
    return next(filter(None, map(table.find, candidates)), None)
