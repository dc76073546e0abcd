"""Runs of pages whose printed numbers follow each other, filled between the pages whose number was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from gri_builder.index_reading.numbering.page_chain import Link
from gri_builder.model.audit_result import PageRun
from gri_builder.pdf_reader.pdf_file import Page


class PrintedPage(Struct, frozen=True):
    """What a page prints, or would print, as its number."""

    first: int
    each: int = 1
    roman: bool = False

    def after(self, pages: int) -> PrintedPage:
        """Return the number of a page that many pages later; earlier, if negative."""
        return PrintedPage(self.first + self.each * pages, self.each, self.roman)

    @property
    def exists(self) -> bool:
        """Whether there can be such a number: they start at 1."""
        return self.first + self.each - 1 >= 1


def fill_pages(pages: Sequence[Page], chain: Sequence[Link]) -> list[PrintedPage | None]:
    """Return the number of each page; None for a page that is neither numbered nor counted."""
    filled: list[PrintedPage | None] = [None] * len(pages)
    read = {link.page: PrintedPage(link.first, link.each, link.roman) for link in chain}
    ordered = sorted(read)
    for page in range(1, len(pages) + 1):
        before = max((each for each in ordered if each <= page), default=None)
        after = min((each for each in ordered if each >= page), default=None)
        if before is None and after:
            filled[page - 1] = _existing(read[after].after(page - after))
        elif after is None and before:
            filled[page - 1] = read[before].after(page - before)
    for one, other in pairwise(ordered):
        filled[one - 1], filled[other - 1] = read[one], read[other]
        _fill_between(pages, filled, one, other)
    if len(ordered) == 1:
        filled[ordered[0] - 1] = read[ordered[0]]
    return filled


def _fill_between(pages: Sequence[Page], filled: list[PrintedPage | None], one: int, other: int) -> None:
    """Fill the pages between two whose numbers were read."""
    start, end = filled[one - 1], filled[other - 1]
    if start is None or end is None:
        return
    between = range(one + 1, other)
    same = (start.each, start.roman) == (end.each, end.roman)
    counted = (end.first - start.first) // start.each - 1 if same else len(between)
    plates = _choose_plates(pages, between, len(between) - counted) if same and counted < len(between) else set()
    if same and counted <= len(between):
        number = start
        for page in between:
            if page not in plates:
                number = number.after(1)
                filled[page - 1] = number
        return
    for page in reversed(between):
        earlier = _existing(end.after(page - other))
        filled[page - 1] = earlier if earlier else start.after(page - one)


def _choose_plates(pages: Sequence[Page], between: Sequence[int], count: int) -> set[int]:
    """Return which pages are not counted: those with the least text, the first of equals."""
    return set(sorted(between, key=lambda page: (len(pages[page - 1].text.split()), page))[:count])


def _existing(printed: PrintedPage) -> PrintedPage | None:
    return printed if printed.exists else None


def make_runs(filled: Sequence[PrintedPage | None]) -> Iterator[PageRun]:
    """Yield the runs of pages whose numbers follow each other."""
    run: PageRun | None = None
    for page, printed in enumerate(filled, 1):
        if run and printed and PrintedPage(run.number, run.each, run.roman).after(page - run.first) == printed:
            run = PageRun(run.first, page, run.number, run.each, run.roman)
            continue
        if run:
            yield run
        run = PageRun(page, page, printed.first, printed.each, printed.roman) if printed else None
    if run:
        yield run
