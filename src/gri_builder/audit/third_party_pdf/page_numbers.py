"""Printed page numbers: which physical page holds the page that an index names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from gri_builder.audit.pdf_reader.pdf_file import Page

MARGIN = 0.09
"""Share of a page's height, at its head and foot, where its number can be."""
ENOUGH = 0.4
"""Share of the pages that must agree, for numbers in the margins to be believed."""
MOST_READ = 400
"""Pages whose margins are read."""


class PageNumbering(Struct, frozen=True):
    """How printed numbers go with physical pages: printed = each * physical + shift."""

    pages: int
    each: int = 1
    """2 where each physical page is a spread of two printed ones."""
    shift: int = 0

    def find(self, printed: int) -> int | None:
        """Return the physical page that holds a printed one; None where it is not in the PDF."""
        page = (printed - self.shift) // self.each
        return page if 0 < page <= self.pages else None


def read_page_numbering(pages: Sequence[Page]) -> PageNumbering:
    """Return the numbering that the numbers in the margins speak for; else that of the page labels."""
    single: Counter[int] = Counter()
    double: Counter[int] = Counter()
    read = 0
    for page in pages[:MOST_READ]:
        numbers = _margin_numbers(page)
        read += bool(numbers)
        single.update({number - page.number for number in numbers})
        double.update({number - 2 * page.number for number in numbers if number + 1 in numbers})
    best = single.most_common(1) or [(0, 0)]
    spread = double.most_common(1) or [(0, 0)]
    if spread[0][1] > best[0][1] * 0.8 and spread[0][1] >= max(2, read * ENOUGH):
        return PageNumbering(len(pages), 2, spread[0][0])
    if best[0][1] >= max(2, read * ENOUGH):
        return PageNumbering(len(pages), 1, best[0][0])
    return _by_labels(pages)


def _margin_numbers(page: Page) -> set[int]:
    height = page.height
    return {
        int(word.text)
        for word in page.words
        if word.text.isdigit()
        and len(word.text) <= 4
        and (word.top < height * MARGIN or word.bottom > height * (1 - MARGIN))
    }


def _by_labels(pages: Sequence[Page]) -> PageNumbering:
    shifts = Counter(int(page.label) - page.number for page in pages if page.label.isdigit())
    return PageNumbering(len(pages), 1, shifts.most_common(1)[0][0] if shifts else 0)
