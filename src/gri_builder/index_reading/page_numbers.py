"""Printed page numbers: which physical page holds the page that an index names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from gri_builder.index_reading.numbering.margin_numbers import MarginNumber, count_support, read_margin_numbers
from gri_builder.index_reading.numbering.page_chain import Link, find_chain
from gri_builder.index_reading.numbering.page_runs import PrintedPage, fill_pages, make_runs
from gri_builder.model.audit_result import PageMap
from gri_builder.model.claim import roman_numeral, roman_value
from gri_builder.pdf_reader.pdf_file import Page

ENOUGH = 0.8
"""Share of the numbered pages that must agree, for anything to be judged by printed page numbers."""
FEWEST = 0.1
"""Share of all pages whose number must be read, at least, for the margins to be believed."""
STRONG = 0.4
"""Share of the pages with different numbers in one slot, which makes them page numbers."""
PAGE_RULES = ("page-exists", "pages-elsewhere", "subject-on-page")
"""Rules that judge by printed page numbers."""
MOST_READ = 600
"""Pages whose margins are read."""


class PageNumbering(Struct, frozen=True):
    """How printed numbers go with physical pages."""

    page_map: PageMap
    arabic: Mapping[int, int] = field(default_factory=dict)
    """Physical page by printed number."""
    roman: Mapping[int, int] = field(default_factory=dict)
    """Physical page by the value of the printed Roman numeral."""
    names: tuple[str, ...] = ()
    """What each page prints as its number, '12–13' for a spread; empty for a page without one. None at all where the
    page labels say it."""

    def find(self, printed: int) -> int | None:
        """Return the physical page that holds a printed one; None where it is not in the PDF."""
        return self.arabic.get(printed)

    def find_roman(self, value: int) -> int | None:
        """Return the physical page with a Roman numeral of a value; None where it is not in the PDF."""
        return self.roman.get(value)


def read_page_numbering(pages: Sequence[Page]) -> PageNumbering:
    """Return the numbering that the numbers in the margins speak for; else that of the page labels."""
    numbers = read_margin_numbers(pages[:MOST_READ])
    chain = find_chain(pages[:MOST_READ], numbers)
    numbered = _numbered_pages(len(pages), numbers, chain)
    agreeing = {link.page for link in chain}
    if len(chain) >= max(2, len(pages) * FEWEST):
        filled = fill_pages(pages, chain)
        trusted = len(agreeing) >= ENOUGH * len(numbered)
        page_map = PageMap("printed", tuple(make_runs(filled)), len(numbered), len(agreeing), trusted)
        return _make_numbering(page_map, filled)
    if len(numbered) >= max(3, len(pages) * STRONG):
        filled = [PrintedPage(page.number) for page in pages]
        return _make_numbering(PageMap("none", tuple(make_runs(filled)), len(numbered), len(agreeing), False), filled)
    return _by_labels(pages)


def refuse_page_rules(page_map: PageMap) -> dict[str, str]:
    """Return the rules that can't be judged by the page numbers, each with the reason; none where they are trusted."""
    if page_map.trusted:
        return {}
    agree = f"only {page_map.agreeing} of {page_map.numbered} printed page numbers agree with each other"
    reason = f"which page prints which number can't be determined: {agree}"
    return dict.fromkeys(PAGE_RULES, reason)


def _numbered_pages(count: int, numbers: Mapping[int, Sequence[MarginNumber]], chain: Sequence[Link]) -> set[int]:
    """Return the pages that print a number where page numbers are printed."""
    support = count_support(each for of_page in numbers.values() for each in of_page)
    slots = {slot for slot, different in support.items() if different >= max(3, count * STRONG)}
    used = count_support(
        MarginNumber(link.page, link.page, link.roman, False, link.slots) for link in chain if link.slots
    )
    slots |= {slot for slot, pages in used.items() if pages >= max(2, len(chain) / 4)}
    by_slot = {page for page, of_page in numbers.items() if any(slots.intersection(each.slots) for each in of_page)}
    return by_slot | {link.page for link in chain}


def _by_labels(pages: Sequence[Page]) -> PageNumbering:
    """Return the numbering of the page labels; where they only count the pages, or are missing, that of the pages."""
    filled = [_read_label(page.label) if page.label else PrintedPage(page.number) for page in pages]
    counted = all(printed == PrintedPage(place) for place, printed in enumerate(filled, 1))
    if not any(filled):
        filled = [PrintedPage(page.number) for page in pages]
        counted = True
    page_map = PageMap("none" if counted else "labels", tuple(make_runs(filled)))
    return _make_numbering(page_map, filled)


def _read_label(label: str) -> PrintedPage | None:
    if label.isascii() and label.isdigit() and int(label) > 0:
        return PrintedPage(int(label))
    value = roman_value(label)
    return PrintedPage(value, roman=True) if value else None


def _make_numbering(page_map: PageMap, filled: Sequence[PrintedPage | None]) -> PageNumbering:
    arabic: dict[int, int] = {}
    roman: dict[int, int] = {}
    for page, printed in enumerate(filled, 1):
        if printed:
            for number in range(printed.first, printed.first + printed.each):
                (roman if printed.roman else arabic).setdefault(number, page)
    names = tuple(_name(printed) if page_map.trusted else "" for printed in filled)
    if page_map.trusted and page_map.basis != "printed":
        names = ()
    return PageNumbering(page_map, {n: page for n, page in arabic.items() if n > 0}, roman, names)


def _name(printed: PrintedPage | None) -> str:
    """Return a printed number as text."""
    if printed is None:
        return ""
    numbers = [number for number in range(printed.first, printed.first + printed.each) if number > 0]
    return "–".join(roman_numeral(number) if printed.roman else str(number) for number in numbers)
