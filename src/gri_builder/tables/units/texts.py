"""Find the units that headers, labels and titles of a file name: 'Energy (MWh)', 'All figures in thousand EUR'."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from msgspec.structs import replace

from gri_builder.resources.unit_names import UnitReading, read_unit_name
from gri_builder.resources.units import UnitTable

MAX_WORDS = 5
"""Maximum number of words in the name of a unit."""
MAX_TEXT = 300
"""Longest text that is searched for a unit."""
_BRACKETED = frozenset({*"tlg", "ha", "Mt", "MT", "mt", "min", "MG"})
"""Short names that are units in brackets or after a comma."""
_SEPARATOR = re.compile(
    r"(?:(?<!\s)\s+)?(?:,|;|:|\||(?<=\s)[-–—](?=\s)|_|(?<=\s)/(?=\s)|\bin\b|\ben\b)\s*", re.IGNORECASE
)
_PREFIX = re.compile(
    r"(?:all\s+)?(?:figures|values|amounts|numbers|units?|data|einheiten?|unités?|angaben|werte|beträge|montants|単位)?"
    r"\s*(?:\bin\b|\ben\b|[:：])?\s*",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:\bin\b|\ben\b|:)\s+(?P<rest>\S.*)", re.IGNORECASE)
_BEHIND_YEAR = re.compile(r"(?:\D{0,12} )?(?:19|20)\d\d\s+(\S.*)")
_TOKEN = re.compile(r"[^\s_,;:|()\[\]]+")
_NO_WORDS = frozenset({"kwh", "mwh", "gwh", "kbtu", "mmbtu", "tco2e", "kgco2e", "tco2", "kgco2"})
"""Names of units that are units in any letter case."""
_LOOKS_LIKE_UNIT = re.compile(r"[A-Za-zµ]{1,6}[0-9]|[a-z]{1,3}[A-Z][A-Za-z]{0,4}|[A-Za-z]+[0-9]?/[A-Za-z]+[0-9]?")


@lru_cache(maxsize=4096)
def read_header_unit(text: str, table: UnitTable) -> UnitReading | None:
    """Return the unit that a header or a row's label names; None where it names none.

    A header may be a unit alone; it may have one in brackets, after a comma, 'in' or '_', or as one of its words.
    """
    if not text or len(text) > MAX_TEXT:
        return None
    if whole := read_unit_name(text, table):
        return whole if not whole.multiple else None
    plain = unicodedata.normalize("NFKC", text)
    for content in reversed(list(find_brackets(text))):
        if reading := _read_bracket(content, table):
            return reading
    return _read_behind_year(plain, table) or _read_ending(plain, table) or _read_word(plain, table)


def _read_behind_year(text: str, table: UnitTable) -> UnitReading | None:
    """Return the unit that is all there is behind a year, also one of a single letter: '2015 t', '2015 %'."""
    match = _BEHIND_YEAR.fullmatch(text.strip())
    reading = read_unit_name(match[1], table) if match else None
    return _promote(reading) if reading and not reading.multiple else None


@lru_cache(maxsize=4096)
def read_last_words(text: str, table: UnitTable) -> UnitReading | None:
    """Return the unit that the last words of a header name, as in 'Waste lbs'; it may be an ordinary word."""
    words = unicodedata.normalize("NFKC", text).split()
    for count in range(min(MAX_WORDS, len(words) - 1), 0, -1):
        ending = " ".join(words[-count:])
        reading = read_unit_name(ending, table) if len(ending) > 1 else None
        if reading and reading.units:
            return replace(reading, is_weak=True)
    return None


@lru_cache(maxsize=4096)
def read_title_units(text: str, table: UnitTable) -> tuple[UnitReading, ...]:
    """Return the units that a line above a table names: in brackets, alone, or after 'in' or a colon."""
    if not text or len(text) > MAX_TEXT:
        return ()
    if whole := read_unit_name(_strip_prefix(text), table):
        return (whole,)
    bracketed = [found for content in find_brackets(text) if (found := _read_bracket(content, table))]
    plain = unicodedata.normalize("NFKC", text)
    after = [found for match in _iterate(_TITLE, plain) if (found := _read_start(match, table))]
    if bracketed or after:
        return (*bracketed, *after)
    word = _read_word(plain, table)
    return (word,) if word else ()


def find_unknown_unit(text: str, table: UnitTable) -> str | None:
    """Return the text in brackets that is written like a unit, but is none: 'kgal2'; None for ordinary words."""
    if read_header_unit(text, table) is not None:
        return None
    for content in map(str.strip, find_brackets(text)):
        near = table.suggest(content) if _LOOKS_LIKE_UNIT.fullmatch(content) else ()
        if near and len(near[0]) > 1 and near[0].casefold() in content.casefold():
            return content
    return None


def without_unit(text: str, table: UnitTable) -> str:
    """Return a header without the brackets that hold its unit: 'Jan' for 'Jan (MWh)'."""
    for content in find_brackets(text):
        if _read_bracket(content, table):
            text = re.sub(rf"\s*[(\[（]{re.escape(content)}[)\]）]", "", text)
    return text.strip()


def find_brackets(text: str) -> Iterator[str]:
    """Yield the content of each bracket of a text, without those inside."""
    plain = text.translate(str.maketrans("（）［］【】", "()[][]"))
    depth, start = 0, 0
    for place, character in enumerate(plain):
        if character in "([":
            depth += 1
            start = place + 1 if depth == 1 else start
        elif character in ")]" and depth:
            depth -= 1
            if not depth:
                yield plain[start:place]


def _read_bracket(content: str, table: UnitTable) -> UnitReading | None:
    """Return the unit that the text in a bracket names, alone or beside a remark: 't CO2e, location-based'."""
    parts = [content, *re.split(r"[,;:|]", content)]
    for part in (_strip_prefix(part) for part in parts):
        if reading := read_unit_name(part, table):
            return _promote(reading)
    first, _, rest = _strip_prefix(content).partition(" ")
    reading = read_unit_name(first, table) if rest else None
    return reading if reading and not reading.multiple and _is_sure(reading, first) else None


def _promote(reading: UnitReading) -> UnitReading:
    """Return a reading that counts beside a unit of any dimension, where its name is a frequent unit."""
    return replace(reading, is_weak=False) if reading.text.strip() in _BRACKETED else reading


def _is_sure(reading: UnitReading, text: str) -> bool:
    if text.casefold() in _NO_WORDS:
        return True
    return not reading.is_weak and len(text) > 1 and any(unit.symbol == text for unit in reading.units)


def _strip_prefix(text: str) -> str:
    """Return a text without words such as 'in' or 'Unit:' at its start."""
    match = _PREFIX.match(text.strip())
    return text.strip()[match.end() :] if match else text.strip()


def _read_ending(text: str, table: UnitTable) -> UnitReading | None:
    """Return the unit after a comma, a dash, '_' or 'in'; the longest ending that is one."""
    for match in _SEPARATOR.finditer(text):
        if not match.start() or match.end() == len(text):
            continue
        reading = read_unit_name(text[match.end() :], table)
        if reading is None and match[0].strip().casefold() in ("in", "en"):
            reading = _read_start(text[match.end() :], table)
        if reading:
            return _promote(reading) if match[0].strip().casefold() in (",", "in", "en") else reading
    return None


def _read_start(text: str, table: UnitTable) -> UnitReading | None:
    """Return the unit that the first words of a text name; the longest such name."""
    words = text.split()
    for count in range(min(MAX_WORDS, len(words)), 0, -1):
        if reading := read_unit_name(" ".join(words[:count]).rstrip(",.;)"), table):
            return reading
    return None


def _iterate(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """Yield the rest of a text after each place that a pattern matches."""
    place = 0
    while match := pattern.search(text, place):
        yield match["rest"]
        place = match.start("rest")


def _read_word(text: str, table: UnitTable) -> UnitReading | None:
    """Return the unit that is one of the words of a header, in its own letter case; not after 'per'."""
    before = ""
    for token in _TOKEN.finditer(text):
        word = token[0]
        if before.casefold() in ("per", "pro", "par", "/"):
            return None
        reading = read_unit_name(word, table) if len(word) > 1 else None
        if reading and not reading.multiple and _is_sure(reading, word):
            return reading
        before = word
    return None
