"""Rows of a made index: codes, the pages that they name, and what stands in each cell."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tests.support.index_layouts.standards import G4, OF_2016, full_codes, is_universal, order, standard_words, topic_of
from tests.support.index_layouts.words import titles, words

Item = tuple[int, int]
"""First and last page of a stretch."""


@dataclass
class Row:
    """A row; `cells` hold what is printed, by the kind of the column."""

    code: str
    """As the framework writes it."""
    printed: str
    cells: dict[str, str]
    items: tuple[Item, ...] = ()
    """Printed pages of this report."""
    omission: str | None = None
    assured: bool | None = None
    aspect: str | None = None
    """Of a row of the management approach."""
    missing: tuple[int, ...] = ()
    """Pages named that do not exist."""
    extra: list[str] = field(default_factory=list)
    """Further codes in the same cell."""
    roman: tuple[str, ...] = ()
    """Pages of the front matter, as they are numbered."""
    intended: str = ""
    """The code that a misprinted one stands for."""
    subject: str = ""
    """Its title, as pages that speak of it have it."""
    general: bool = False
    """Whether it is about the company as a whole."""
    source: str = ""
    """Code that its title has in G4; empty for the management approach of a topic."""

    @property
    def pages(self) -> list[int]:
        """The printed pages that it names, without those that do not exist."""
        pages = sorted({page for first, last in self.items for page in range(first, last + 1)})
        return [page for page in pages if page not in self.missing]


@dataclass(frozen=True)
class Wording:
    """How a layout writes codes and references."""

    language: str = "en"
    code: Callable[[str], str] = str
    reference: Callable[[Sequence[Item], dict[str, Any], random.Random], str] | None = None


def plain(items: Sequence[Item], _words: dict[str, Any], _rng: random.Random) -> str:
    """Write '12, 15–17'."""
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in items)


def make_rows(wording: Wording, rng: random.Random, span: Item, specific: int = 16, framework: str = G4) -> list[Row]:
    """Return rows of all general codes and some specific ones that name printed pages within `span`."""
    codes = full_codes(framework)
    named = {code: title for code, title in titles(wording.language).items() if code in codes}
    general = [code for code in named if code[0].isdigit()]
    others = [code for code in named if not code[0].isdigit()]
    others = sorted(rng.sample(others, min(specific, len(others))), key=list(named).index)
    picked = (
        (*general, *others) if framework == G4 else sorted((*general, *others), key=lambda each: order(codes[each]))
    )
    rows = [_row(code, codes[code], named[code], wording, rng, span) for code in picked]
    return rows if framework == G4 else list(_add_approaches(rows, framework, wording, rng, span))


def _add_approaches(
    rows: Sequence[Row], framework: str, wording: Wording, rng: random.Random, span: Item
) -> Iterator[Row]:
    """Yield rows with those on the management approach before the first one of each topic."""
    before = ""
    spoken = standard_words(wording.language)["approach"]
    for row in rows:
        topic = topic_of(row.code)
        if not row.general and topic != before:
            codes, titled = (
                (("103-1", "103-2", "103-3"), spoken[1:]) if framework == OF_2016 else (("3-3",), spoken[:1])
            )
            for code, title in zip(codes, titled, strict=True):
                yield replace(_row("", code, title, wording, rng, span), aspect=topic)
        before = topic
        yield row


def _row(source: str, full: str, title: str, wording: Wording, rng: random.Random, span: Item) -> Row:
    items = _items(rng, span)
    write = wording.reference or plain
    cells = {
        "code": wording.code(full),
        "title": title,
        "page": write(items, words(wording.language), rng),
    }
    general = source.isdigit() or is_universal(full)
    return Row(
        full, cells["code"], cells, items, subject=title, general=general, source=f"G4-{source}" if source else ""
    )


def _items(rng: random.Random, span: Item) -> tuple[Item, ...]:
    """Return one to three stretches that do not touch each other."""
    items: list[Item] = []
    first, last = span
    start = rng.randint(first + 1, max(first + 2, last - 4))
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        end = min(last, start + rng.choice((0, 0, 0, 1, 2)))
        if start <= end:
            items.append((start, end))
        start = end + rng.randint(2, 6)
    return tuple(items)
