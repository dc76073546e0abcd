"""The longest consistent chain of printed page numbers: one number a page, ascending, with as few jumps as possible."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from gri_builder.index_reading.numbering.margin_numbers import MarginNumber
from gri_builder.pdf_reader.pdf_file import Page

JUMP = 1.5
"""Weight that a number must exceed to start a run of its own."""
WIDE = 1.15
"""Width over height of a page from which on it can be a spread of two printed pages."""
HALF_SEEN = 0.7
"""Weight of a spread with a number on one half only."""
ROMAN_FIRST = -10_000
"""Added to Roman numbers, which come before all others."""
State = tuple[int, int, bool]
"""A way of counting: printed pages per page, shift, Roman; printed = each * physical + shift."""


class Link(Struct, frozen=True):
    """A page with the number that it seems to print."""

    page: int
    """Physical page, from 1."""
    first: int
    """Its printed number, or that of the left half of a spread."""
    each: int
    """Printed pages on it: 1, or 2 for a spread."""
    roman: bool
    weight: float
    slots: tuple[tuple[str, int, int], ...] = ()

    @property
    def state(self) -> State:
        """How it counts."""
        return self.each, self.first - self.each * self.page, self.roman

    @property
    def entry(self) -> int:
        """Its first number, in the order of all numbers."""
        return self.first + ROMAN_FIRST * self.roman

    @property
    def exit(self) -> int:
        """Its last number, in the order of all numbers."""
        return self.entry + self.each - 1


class _Best(Struct):
    """The best chain that ends with a link."""

    value: float
    link: Link
    before: _Best | None


def find_chain(pages: Sequence[Page], numbers: Mapping[int, Sequence[MarginNumber]]) -> list[Link]:
    """Return the chain of the greatest weight."""
    by_state: dict[State, _Best] = {}
    ascending = _Ascending()
    best: _Best | None = None
    for page in pages:
        ended = []
        for link in _links(page, numbers.get(page.number, ())):
            same = by_state.get(link.state)
            other = ascending.find_below(link.entry)
            value, before = -JUMP, None
            if other and other.value - JUMP > value:
                value, before = other.value - JUMP, other
            if same and same.value > value:
                value, before = same.value, same
            ended.append(_Best(value + link.weight, link, before))
        for each in ended:
            if each.link.state not in by_state or by_state[each.link.state].value < each.value:
                by_state[each.link.state] = each
            ascending.add(each.link.exit, each)
            best = each if best is None or each.value > best.value else best
    return list(reversed(list(_follow(best)))) if best and best.value > 0 else []


def _follow(best: _Best | None) -> Iterator[Link]:
    while best:
        yield best.link
        best = best.before


def _links(page: Page, numbers: Iterable[MarginNumber]) -> Iterator[Link]:
    """Yield what a page may print as its number: each of its numbers, or two of them on a spread."""
    numbers = list(numbers)
    for each in numbers:
        yield Link(page.number, each.number, 1, each.roman, each.weight, each.slots)
    if page.width < page.height * WIDE:
        return
    arabic = [each for each in numbers if not each.roman]
    paired: set[int] = set()
    for left in arabic:
        right = next((each for each in arabic if each.number == left.number + 1 and left.is_left_of(each)), None)
        if right:
            paired |= {left.number, right.number}
            yield Link(page.number, left.number, 2, False, left.weight + right.weight, left.slots + right.slots)
    for each in arabic:
        if each.number not in paired:
            yield Link(page.number, each.number - each.right, 2, False, each.weight * HALF_SEEN, each.slots)


class _Ascending:
    """The best chain up to a number, for all numbers: a list of ends whose values ascend with them."""

    def __init__(self) -> None:
        self.ends: list[int] = []
        self.chains: list[_Best] = []

    def find_below(self, number: int) -> _Best | None:
        """Return the best chain that ends with a smaller number."""
        place = bisect_left(self.ends, number)
        return self.chains[place - 1] if place else None

    def add(self, end: int, chain: _Best) -> None:
        """Add a chain that ends with a number."""
        place = bisect_left(self.ends, end + 1)
        if place and self.chains[place - 1].value >= chain.value:
            return
        self.ends.insert(place, end)
        self.chains.insert(place, chain)
        while place + 1 < len(self.ends) and self.chains[place + 1].value <= chain.value:
            del self.ends[place + 1], self.chains[place + 1]
