"""Numbers in the margins of pages, one of which can be the page's own: each with the slot in which it is printed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from gri_builder.model.claim import roman_value
from gri_builder.pdf_reader.pdf_file import Page, Word

MARGIN = 0.12
"""Share of a page's height, at its head and foot, where its number can be."""
SIDE = 0.07
"""Share of a page's width, at its sides, where its number can be."""
LARGEST = 1999
"""Numbers above are no page numbers."""
GRID = 6.0
"""Points between slots."""
ALONE = 0.2
"""Weight of a number without another beside it."""
NEAR = 50.0
"""Points between the numbers of a date."""
MOST = 16
"""Numbers of a page that are looked at."""
REPEATED = 3
"""Pages with the same number in the same place from which on it is a year or the like."""
Slot = tuple[str, int, int]
"""Side to which a number is aligned (left, right, center), its height, and its distance from that side, on the grid."""
_NUMBER = re.compile(
    r"[^\w]*(?:(?:p|pg|page|s|seite|sid|sida|pág|página|pagina|blz|str|第)\.?[^\w]*)?(\d{1,4})"
    r"(?:(?:/|of|von|de|sur|di|van|av)\d{1,4})?(?:ページ|頁|页|쪽)?[^\w%]*",
    re.IGNORECASE,
)
_PAIR = re.compile(r"[^\w]*(\d{1,4})[-–—/](\d{1,4})[^\w%]*")
_BAR = re.compile(r"[|•·]")
_ROMAN = re.compile(r"[^\w]*([^\W\d]+)[^\w]*")


class MarginNumber(Struct, frozen=True):
    """A number in the margin of a page."""

    page: int
    """Physical page, from 1."""
    number: int
    roman: bool
    right: bool
    """Whether it is on the right half of the page."""
    slots: tuple[Slot, ...]
    weight: float = 0.0
    """How much it speaks for the page's number, from 0.5 to 2.2."""

    def is_left_of(self, other: MarginNumber) -> bool:
        """Return whether another number is on the same line to the right, or in the same word."""
        (_, height, left), (_, other_height, other_left) = self.slots[0], other.slots[0]
        return abs(height - other_height) <= 1 and left <= other_left


def read_margin_numbers(pages: Sequence[Page]) -> dict[int, list[MarginNumber]]:
    """Return the numbers in the margins by page, without those that many pages repeat."""
    found = [number for page in pages for number in _read_page(page)]
    repeated = _repeated(found)
    varying = [each for each in found if not any((slot, each.number) in repeated for slot in each.slots)]
    support = count_support(varying)
    enough = max(REPEATED, len(pages) / 4)
    by_page: defaultdict[int, list[MarginNumber]] = defaultdict(list)
    for each in varying:
        share = min(1.0, max(support[slot] for slot in each.slots) / enough)
        by_page[each.page].append(
            MarginNumber(each.page, each.number, each.roman, each.right, each.slots, each.weight + 0.5 + 1.5 * share)
        )
    return {page: sorted(numbers, key=lambda each: -each.weight)[:MOST] for page, numbers in by_page.items()}


def count_support(numbers: Iterable[MarginNumber]) -> Mapping[Slot, int]:
    """Return how many different numbers are printed in each slot or right beside it."""
    seen: defaultdict[Slot, set[int]] = defaultdict(set)
    for each in numbers:
        for side, height, distance in each.slots:
            for near in (distance - 1, distance, distance + 1):
                seen[side, height, near].add(each.number)
    return defaultdict(int, {slot: len(values) for slot, values in seen.items()})


def _repeated(numbers: Iterable[MarginNumber]) -> set[tuple[Slot, int]]:
    pages: defaultdict[tuple[Slot, int], set[int]] = defaultdict(set)
    for each in numbers:
        for slot in each.slots:
            pages[slot, each.number].add(each.page)
    return {key for key, values in pages.items() if len(values) >= REPEATED}


def _read_page(page: Page) -> Iterable[MarginNumber]:
    words = [word for word in page.numbers if _is_in_margin(word, page)]
    with_digits = [word for word in words if any(map(str.isdigit, word.text))]
    for word in words:
        weight = ALONE if _is_alone(word, with_digits) else 0.0
        for number, roman in _read_word(word.text):
            right = word.left + word.right > page.width
            yield MarginNumber(page.number, number, roman, right, _slots(word, page), weight)


def _is_alone(word: Word, words: Iterable[Word]) -> bool:
    """Return whether no other number, e.g. the year of a date, is near on the same line."""
    return not any(
        other != word
        and other.top < word.bottom
        and other.bottom > word.top
        and max(other.left - word.right, word.left - other.right) < NEAR
        for other in words
    )


def _read_word(text: str) -> Iterable[tuple[int, bool]]:
    """Yield the numbers of a word, and whether they are Roman: one, those parted by bars, or both of a spread."""
    if (pair := _PAIR.fullmatch(text)) and int(pair[2]) == int(pair[1]) + 1:
        yield int(pair[1]), False
        yield int(pair[2]), False
        return
    for part in _BAR.split(text):
        number, roman = _read_number(part)
        if number:
            yield number, roman


def _is_in_margin(word: Word, page: Page) -> bool:
    head_or_foot = word.top < page.height * MARGIN or word.bottom > page.height * (1 - MARGIN)
    return head_or_foot or word.right < page.width * SIDE or word.left > page.width * (1 - SIDE)


def _read_number(text: str) -> tuple[int, bool]:
    """Return the number of a word, and whether it is a Roman one; 0 for a word without a number."""
    if found := _NUMBER.fullmatch(text):
        number = int(found[1])
        return (number if number <= LARGEST else 0), False
    if found := _ROMAN.fullmatch(text):
        return roman_value(found[1]), True
    return 0, False


def _slots(word: Word, page: Page) -> tuple[Slot, ...]:
    height = round((word.top + word.bottom) / 2 / GRID)
    middle = (word.left + word.right) / 2 - page.width / 2
    return (
        ("left", height, round(word.left / GRID)),
        ("right", height, round((page.width - word.right) / GRID)),
        ("center", height, round(middle / GRID)),
    )
