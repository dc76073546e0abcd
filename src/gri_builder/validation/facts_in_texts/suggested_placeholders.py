"""Placeholders suggested in place of hard-coded numbers: only those that print what the text has, and mean the same.

A suggestion comes from a fact series that the section or the disclosure names, in the reporting period. It is printed
before it is made, so that a text in which it was followed to the letter prints what it printed before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.facts import Fact, Series
from gri_builder.model.placeholder import DerivedField, Placeholder
from gri_builder.resources.units import convert
from gri_builder.validation.facts_in_texts.change_directions import DirectionWords, sign_of
from gri_builder.validation.facts_in_texts.hard_coded_numbers import HardCodedNumber, NumberInText
from gri_builder.validation.facts_in_texts.printed_placeholders import PrintPlaceholder

MIN_DIGITS = 2
"""Digits that a number needs: a single one equals too many values by coincidence."""
MAX_DIGITS = 6
MAX_MEMBERS = 60
"""Members of a series whose changes are compared."""
YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w]|[.,]\d)")
SIGNS = "+-−"


class Suggestion(Struct, frozen=True):
    """A text to write in place of a hard-coded number."""

    text: str
    printed: str
    """What it prints."""


class Suggester(Struct, frozen=True):
    """Suggests placeholders in one report."""

    series: Mapping[str, Series]
    start: date | None
    end: date | None
    words: DirectionWords
    print_placeholder: PrintPlaceholder

    def hint(self, found: NumberInText) -> str | None:
        """Return a hint with up to two placeholders that print the number; None if there are none."""
        number = found.number
        if len(re.sub(r"\D", "", number.number)) < MIN_DIGITS or self.end is None:
            return None
        candidates = [each for name in sorted(found.series) if (each := self._suggest(found, name))]
        same = [each.text for each in candidates if _is_same(each.printed, number.text)]
        if same:
            return f"write {' or '.join(same[:2])} in place of '{number.text}', which prints the same"
        alike = next((each for each in candidates if _is_alike(each.printed, number.text)), None)
        return f"the fact {alike.text} has this value; it prints '{_plain(alike.printed)}'" if alike else None

    def _suggest(self, found: NumberInText, name: str) -> Suggestion | None:
        """Return the first placeholder of a series that prints the number."""
        series = self.series.get(name)
        if series is None:
            return None
        made = list(self._list_changes(found, series) if self._is_change(found) else self._list_values(found, series))
        same = next((each for each in made if _is_same(each.printed, found.number.text)), None)
        return same or next((each for each in made if _is_alike(each.printed, found.number.text)), None)

    def _is_change(self, found: NumberInText) -> bool:
        number = found.number
        return number.number[0] in SIGNS or self.words.find(found.before, found.after) is not None

    def _list_values(self, found: NumberInText, series: Series) -> Iterator[Suggestion]:
        """Yield the values of the reporting period that equal the number, as the text may print them."""
        years = set(YEAR.findall(_sentence(found)))
        own = {str(day.year) for day in (self.start, self.end) if day}
        if series.unit.dimension != found.number.unit.dimension or (years and not years & own):
            return
        for fact in series.facts:
            value = convert(fact.value, series.unit, found.number.unit) if fact.period == series.own_period else None
            if value is not None and found.number.matches(value):
                for placeholder in self._forms(Placeholder(series.id, None, fact.members), found.number, series):
                    yield from self._print(placeholder, found.number)

    def _list_changes(self, found: NumberInText, series: Series) -> Iterator[Suggestion]:
        """Yield the changes to the reporting period that the sentence may mean: with its direction and in its years."""
        said = self.words.find(found.before, found.after)
        own = [fact for fact in series.facts if fact.period == series.own_period]
        for fact in sorted(own, key=lambda each: each.members)[:MAX_MEMBERS]:
            members, previous = fact.members, series.previous(fact)
            if previous is None or not _is_compared(found, fact, previous):
                continue
            field: DerivedField = (
                "change" if found.number.unit.symbol == "%" and series.unit.symbol != "%" else "difference"
            )
            if field == "difference" and series.unit.dimension != found.number.unit.dimension:
                continue
            placeholder = Placeholder(series.id, None, members, field)
            sign = sign_of(self.print_placeholder(placeholder) or "")
            if sign and (said is None or said.direction == sign):
                unsigned = found.number.number[0] not in SIGNS
                for each in self._forms(replace(placeholder, unsigned=unsigned), found.number, series):
                    yield from self._print(each, found.number)

    def _forms(self, placeholder: Placeholder, number: HardCodedNumber, series: Series) -> Iterator[Placeholder]:
        """Yield a placeholder in the forms that may print the number, the shortest first."""
        tail = re.search(r"[.,](\d+)$", number.number)
        digits = [None, *dict.fromkeys(d for d in (len(tail[1]) if tail else 0, 0) if d <= MAX_DIGITS)]
        is_other = series.unit.symbol != number.unit.symbol and placeholder.field != "change"
        units = [None, number.unit.symbol] if is_other else [None]
        for unit in units:
            yield from (replace(placeholder, unit=unit, digits=each) for each in digits)

    def _print(self, placeholder: Placeholder, number: HardCodedNumber) -> Iterator[Suggestion]:
        """Yield the placeholder in place of number and unit, then in place of the number alone."""
        if (printed := self.print_placeholder(placeholder)) is not None:
            yield Suggestion(write_placeholder(placeholder), printed)
        bare = replace(placeholder, bare=True)
        if (printed := self.print_placeholder(bare)) is not None and _is_same(printed, number.number):
            written = number.text.replace(number.number, write_placeholder(bare), 1)
            yield Suggestion(written, number.text.replace(number.number, printed, 1))


def write_placeholder(placeholder: Placeholder) -> str:
    """Return a placeholder as it is written in a text."""
    selection = ", ".join(filter(None, (placeholder.period, *placeholder.members)))
    filters = (
        f"in {placeholder.unit}" if placeholder.unit else "",
        f"round {placeholder.digits}" if placeholder.digits is not None else "",
        "unsigned" if placeholder.unsigned else "",
        "bare" if placeholder.bare else "",
    )
    selected = f"{placeholder.series}[{selection}]" if selection else placeholder.series
    field = "" if placeholder.field == "value" else f".{placeholder.field}"
    return f"{{{{ {' | '.join((selected + field, *filter(None, filters)))} }}}}"


def _is_compared(found: NumberInText, fact: Fact, previous: Fact) -> bool:
    """Return whether a sentence names no other years than those of two facts."""
    years = set(YEAR.findall(_sentence(found)))
    return all(any(year in each.period for each in (fact, previous)) for year in years)


def _sentence(found: NumberInText) -> str:
    return f"{found.before} {found.after}"


def _plain(text: str) -> str:
    """Return a text with plain spaces, and with the minus sign in place of a hyphen before a digit."""
    return re.sub(r"-(?=\d)", "−", re.sub("[\u00a0\u2009\u202f]", " ", text)).strip()


def _is_same(printed: str, written: str) -> bool:
    return _plain(printed) == _plain(written)


def _is_alike(printed: str, written: str) -> bool:
    """Whether two texts differ by spaces only, or by the signs that group the digits of the printed one."""
    one, other = (re.sub(r"\s", "", _plain(text)) for text in (printed, written))
    return other in (one, re.sub(r"(?<=\d)[.,’](?=\d{3}(?!\d))", "", one))
