"""Hard-coded numbers: numbers with a unit in the text, which may differ from the fact that they repeat."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from gri_builder.model.finding import Finding, Location, warning
from gri_builder.model.units import Unit
from gri_builder.resources.units import find_unit, list_names
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import Node, SourceFile
from gri_builder.source.values import spelling_of
from gri_builder.validation.passages import Passage

NUMBER = r"[-+−]?\d{1,3}(?:[ ,.\u00a0\u2009\u202f’']\d{3})+(?:[.,]\d+)?|[-+−]?\d+(?:[.,]\d+)?"
DIGIT = re.compile(r"\d")
SPACE = "[ \u00a0\u2009\u202f]?"
MULTIPLES = {"thousand": 3, "million": 6, "billion": 9}
"""Powers of ten by name."""
NO_UNITS = frozenset(
    {"", "1", "x", "#", "none", "number", "no.", "count", "units", "pieces", "score", "min", "g", "day"}
)
"""Names of units that often follow a number without being its unit."""


NOT_MEASURED = ("time", "length", "power", "temperature")
"""Dimensions of numbers that describe things, such as '5 kW' and '300 m', and are seldom a report's own facts."""


class HardCodedNumber(Struct, frozen=True):
    """A number with its unit, as written in a text."""

    text: str
    """Number and unit, as written."""
    number: str
    values: tuple[tuple[Decimal, Decimal], ...]
    """Possible values, each with half of its last digit: '1.204' differs between English and German."""
    unit: Unit
    start: int = 0
    """Place of its first character in the text."""

    def matches(self, value: Decimal) -> bool:
        """Whether a value rounds to it. Signs are ignored: the text may say in words whether a change is a decrease."""
        return any(abs(abs(value) - abs(meant)) <= half for meant, half in self.values)


class NumberInText(NamedTuple):
    """A hard-coded number, and where it was found."""

    number: HardCodedNumber
    block: Location
    """Place of the paragraph that holds it."""
    before: str
    """The sentence before it."""
    after: str
    """The sentence after it."""
    series: frozenset[str]
    """Ids of the fact series that its section, or the answer to its disclosure, names."""


def list_hard_coded_numbers(passages: Iterable[Passage]) -> tuple[NumberInText, ...]:
    """Return the numbers beside a unit in the running text of a report; code, links and notes are left out."""
    return tuple(each for passage in passages for each in _list_in_passage(passage))


def _list_in_passage(passage: Passage) -> Iterator[NumberInText]:
    where = passage.paragraph.where
    for place, run in enumerate(passage.paragraph.runs if where else ()):
        if where and not (run.code or run.mark or run.link or run.note):
            for number in find_hard_coded(run.text):
                before = passage.text_before(place, number.start)
                after = passage.text_after(place, number.start + len(number.text))
                yield NumberInText(number, where, before, after, passage.series)


def check_hard_coded_numbers(
    numbers: Iterable[NumberInText],
    accepted: Iterable[Node],
    suggest: Callable[[NumberInText], str | None],
    files: Mapping[str, SourceFile],
) -> Iterator[Finding]:
    """Yield a warning for each hard-coded number that is not among those that report.yaml accepts.

    `suggest` returns a hint with a placeholder that prints the number, if there is one.
    """
    locator = SourceLocator(files)
    accepted_texts = {_accepted_text(node) for node in accepted}
    for found in numbers:
        if not _spellings(found.number) & accepted_texts:
            where = locator.find(found.number.number, found.block)
            message = f"'{found.number.text}' is hard-coded"
            yield warning("hard-coded-number", message, where, suggest(found) or _hint(found.number))


def find_unused_numbers(numbers: Iterable[NumberInText], accepted: Iterable[Node]) -> Iterator[Finding]:
    """Yield a warning for each accepted number that no text has."""
    found = {spelling for each in numbers for spelling in _spellings(each.number)}
    for node in accepted:
        if _accepted_text(node) not in found:
            message = f"the accepted number '{spelling_of(node)}' is not in any text"
            yield warning("unused-number", message, node.where, "remove it from the list")


def _spellings(number: HardCodedNumber) -> set[str]:
    """Return the spellings by which report.yaml may accept a number: with and without its unit."""
    return {_fold(number.text), _fold(number.number)}


def _accepted_text(node: Node) -> str:
    return _fold(spelling_of(node) or "")


def _hint(number: HardCodedNumber) -> str:
    """Return what to do about a number that no placeholder prints."""
    return (
        "make it a fact in figures/ if it is none yet, and write {{ its-id }} in the text; "
        f"or, if it is not a figure of the report, list \"{number.text}\" under 'numbers' in report.yaml"
    )


def find_hard_coded(text: str) -> Iterator[HardCodedNumber]:
    """Yield the numbers in a text that have a unit or a per cent sign."""
    for match in _pattern().finditer(text) if DIGIT.search(text) else ():
        number, multiple = match["number"] or match["amount"], match["multiple"] or match["times"]
        unit = _unit_of(match["unit"] or match["currency"] or "count")
        values = tuple(dict.fromkeys(_values(number, MULTIPLES.get(multiple or "", 0))))
        if unit and values and unit.dimension not in NOT_MEASURED and (multiple or unit.dimension != "count"):
            text = match[0].strip()
            yield HardCodedNumber(text, number, values, unit, match.start() + match[0].index(text))


def _values(number: str, power: int) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the values that a number may have, with a point or a comma as decimal sign, and half of the last digit."""
    plain = re.sub("[ \u00a0\u2009\u202f’']", "", number).replace("−", "-")
    for thousands, decimal in ((",", "."), (".", ",")):
        head, sign, tail = plain.partition(decimal)
        if decimal in tail or thousands in tail:
            continue
        if thousands in head and not re.fullmatch(rf"[-+]?\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+", head):
            continue
        value = Decimal(head.replace(thousands, "") + ("." + tail if sign else ""))
        yield value.scaleb(power), Decimal("0.5").scaleb(power - len(tail))


def _fold(text: str) -> str:
    return re.sub("[\u00a0\u2009\u202f]", " ", text).strip()


def _unit_of(word: str) -> Unit | None:
    return find_unit(_unit_names().get(word, word))


@cache
def _unit_names() -> Mapping[str, str]:
    """Return the symbols of units by every name that may be next to a number."""
    listed = {name: symbol for name, symbol in list_names().items() if name not in NO_UNITS and name not in MULTIPLES}
    return {name: symbol for name, symbol in listed.items() if not set(name.split()) & set(MULTIPLES)}


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a number with its unit after it, or with a currency's sign or code before it."""
    units = {name: _unit_of(name) for name in sorted(_unit_names(), key=lambda name: (-len(name), name))}
    money = [name for name, unit in units.items() if unit and unit.dimension == "currency"]
    after, before, times = ("|".join(map(re.escape, each)) for each in (units, money, MULTIPLES))
    return re.compile(
        rf"(?<![\w.,/–-])(?P<number>{NUMBER}){SPACE}(?:(?P<multiple>{times})\b)?{SPACE}(?P<unit>{after})(?![\w/])"
        rf"|(?<!\w)(?P<currency>{before}){SPACE}(?P<amount>{NUMBER})(?!\w)(?:{SPACE}(?P<times>{times})\b)?"
    )
