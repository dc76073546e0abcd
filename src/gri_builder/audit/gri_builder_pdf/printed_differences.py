"""What the pages print, compared with what they printed when the report was made."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import zip_longest

from msgspec import Struct

from gri_builder.embedded.printed_text import (
    Place,
    PrintedElement,
    PrintedLink,
    TextNode,
    list_elements,
)
from gri_builder.model.texts.finding_text import shorten
from gri_builder.model.texts.readable_text import readable
from gri_builder.pdf_reader.pdf_file import Page, TaggedElement

MAX_SHOWN = 80
"""Characters of a text that a message shows."""
MOST_COMPARED = 4_000
"""Elements that are aligned in one go; of more than that, page by page."""
MOST_LISTED = 12
"""Texts in a row that are gone or new, and are named one by one."""
NAMES = {"Caption": "the caption", "Figure": "a chart or figure", "TOCI": "a line of the contents"}


class PrintedDifference(Struct, frozen=True):
    """An element that does not print what it did."""

    role: str
    page: int | None
    message: str
    cell: Place | None = None


def read_elements(root: TaggedElement) -> tuple[PrintedElement, ...]:
    """Return what the elements of a structure tree print."""
    return list_elements(_make_node(root))


def _make_node(element: TaggedElement) -> TextNode:
    kids = tuple(kid if isinstance(kid, str) else _make_node(kid) for kid in element.kids)
    return TextNode(element.role, kids, element.content[0][0] if element.content else 0)


def compare_elements(
    built: Sequence[PrintedElement], present: Sequence[PrintedElement]
) -> tuple[PrintedDifference, ...]:
    """Return what the build printed otherwise than the pages do now."""
    return tuple(_compare(built, present))


def _compare(built: Sequence[PrintedElement], present: Sequence[PrintedElement]) -> Iterator[PrintedDifference]:
    one, other = [_key(each) for each in built], [_key(each) for each in present]
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    a, b = slice(start, len(one) - end), slice(start, len(other) - end)
    if max(len(one[a]), len(other[b])) > MOST_COMPARED and len(_pages([*built[a], *present[b]])) > 1:
        yield from _compare_by_page(built[a], present[b])
        return
    for kind, i, j, k, m in SequenceMatcher(None, one[a], other[b], autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _describe_all(built[a][i:j], present[b][k:m])


def _compare_by_page(built: Sequence[PrintedElement], present: Sequence[PrintedElement]) -> Iterator[PrintedDifference]:
    for page in _pages([*built, *present]):
        yield from _compare([e for e in built if e.page == page], [e for e in present if e.page == page])


def _pages(elements: Sequence[PrintedElement]) -> list[int]:
    return sorted({element.page for element in elements})


def _key(element: PrintedElement) -> tuple[str, str]:
    """Return role and text of an element; the numbers of its row and table follow from the order."""
    return element.role, bare(element.text)


@lru_cache(maxsize=100_000)
def bare(text: str) -> str:
    """Return a text without spaces and invisible characters, in compatible forms: only what is seen counts."""
    if text.isascii():
        return "".join(text.split())
    kept = (c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and unicodedata.category(c) != "Cf")
    return "".join(kept)


def _describe_all(built: Sequence[PrintedElement], present: Sequence[PrintedElement]) -> Iterator[PrintedDifference]:
    if min(len(built), len(present)) == 0 and max(len(built), len(present)) > MOST_LISTED:
        yield _describe_many(built or present, gone=bool(built))
        return
    for one, other in zip_longest(built, present):
        if one and other and _key(one) != _key(other):
            yield _describe(one, other)
        elif one and not other:
            message = f"{_name(one)} '{_cut(one.text)}' is not printed any more"
            yield PrintedDifference(one.role, one.page or None, message, one.cell)
        elif other and not one:
            message = f"{_name(other)} '{_cut(other.text)}' was not printed when the report was made"
            yield PrintedDifference(other.role, other.page or None, message, other.cell)


def _describe_many(elements: Sequence[PrintedElement], *, gone: bool) -> PrintedDifference:
    """Return one difference for many texts in a row, as of a page that was taken out or put in."""
    first, last = elements[0], elements[-1]
    how = "are not printed any more" if gone else "were not printed when the report was made"
    message = f"{len(elements)} texts in a row {how}, from '{_cut(first.text)}' to '{_cut(last.text)}'"
    return PrintedDifference("P", first.page or None, message)


def _describe(one: PrintedElement, other: PrintedElement) -> PrintedDifference:
    page = other.page or one.page or None
    if bare(one.text) == bare(other.text):
        message = f"{_name(one)} '{_cut(one.text)}' is tagged as {other.role} now, and was as {one.role}"
    else:
        was, now = _narrow(one.text, other.text)
        message = f"{_name(one)} prints '{now}' where the report printed '{was}'"
    return PrintedDifference(one.role, page, message, one.cell)


def _name(element: PrintedElement) -> str:
    """Return what to call an element, with its place in a table."""
    if element.cell:
        table, row, column = element.cell
        kind = "head" if element.role == "TH" else "cell"
        return f"table {table}, row {row}, column {column}: the {kind}"
    if element.role.startswith("H") and element.role[1:].isdigit():
        return "the heading"
    return NAMES.get(element.role, "the text")


def _narrow(was: str, now: str) -> tuple[str, str]:
    """Return the parts of two texts in which they differ, with a few words before, short enough to be shown."""
    if max(len(was), len(now)) <= MAX_SHOWN:
        return was, now
    start = next((n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    first = max(0, was.rfind(" ", 0, max(0, start - 20)) + 1)
    lead = "…" if first else ""
    return lead + _cut(was[first:]), lead + _cut(now[first:])


def _cut(text: str) -> str:
    return shorten(text, MAX_SHOWN)


def compare_links(built: Sequence[PrintedLink], pages: Sequence[Page]) -> tuple[tuple[int, str], ...]:
    """Return page and message for each link that leads elsewhere than when the report was made, or is gone or new."""
    expected: dict[int, list[PrintedLink]] = {}
    for link in built:
        expected.setdefault(link.page, []).append(link)
    found: list[tuple[int, str]] = []
    for page in pages:
        wanted = expected.pop(page.number, [])
        given = [readable(str(link.target)).removeprefix("/") for link in page.links]
        found += [(page.number, message) for message in _compare_targets(wanted, given)]
    found += [(page, _say_gone(link)) for page, links in sorted(expected.items()) for link in links]
    return tuple(found)


def _compare_targets(wanted: Sequence[PrintedLink], given: Sequence[str]) -> Iterator[str]:
    targets = [link.target.removeprefix("/") for link in wanted]
    if targets == list(given):
        return
    for kind, i, j, k, m in SequenceMatcher(None, targets, list(given), autojunk=False).get_opcodes():
        for link, target in zip_longest(wanted[i:j], given[k:m]) if kind != "equal" else ():
            if link and target is not None:
                on = f" on '{_cut(link.text)}'" if link.text else ""
                yield f"the link{on} leads to '{_cut(target)}' where it led to '{_cut(link.target)}'"
            elif link:
                yield _say_gone(link)
            else:
                yield f"a link leads to '{_cut(target or '')}' which was not there when the report was made"


def _say_gone(link: PrintedLink) -> str:
    on = f" on '{_cut(link.text)}'" if link.text else ""
    return f"the link{on} to '{_cut(link.target)}' is not there any more"
