"""A sealed PDF compared with its seal: what differs, page by page and object by object."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.audit.gri_builder_pdf.page_alignment import list_moved
from gri_builder.embedded.seal.inventory import ELEMENT, Inventory
from gri_builder.embedded.seal.seal import Entries, PageSeal, Seal

Area = Literal[
    "page",
    "content",
    "entry",
    "resource",
    "annotation",
    "role",
    "text",
    "attribute",
    "stray",
    "catalog",
    "name",
    "label",
    "bookmark",
    "structure",
    "info",
    "metadata",
    "trailer",
]
"""What a difference is about."""
PAGE_AREAS: frozenset[Area] = frozenset({"page", "content", "entry", "resource", "annotation"})
STRUCTURE_AREAS: frozenset[Area] = frozenset({"role", "text", "attribute", "stray", "structure"})
RESOURCES = "/Resources"
FILES = "/EmbeddedFiles"


class Difference(Struct, frozen=True):
    """Something that is not as it was built."""

    area: Area
    path: tuple[str, ...]
    """Keys that lead to it."""
    before: str | None
    """Its value as built, in the form of the seal; None if it was added."""
    after: str | None
    """Its present value; None if it was removed."""
    pages: tuple[int, ...] = ()
    """Present numbers of its pages; as built where the page is gone."""
    was: Mapping[str, str] = {}
    """The entries as built of the annotation, font, picture or bookmark that it belongs to."""
    now: Mapping[str, str] = {}
    """Its present entries."""


def compare_seals(seal: Seal, present: Inventory) -> tuple[Difference, ...]:
    """Return everything that differs, each cause once."""
    return tuple(_Comparison(seal, present).run())


class _Comparison:
    def __init__(self, seal: Seal, present: Inventory) -> None:
        self.old, self.new, self.numbers = seal, present.seal, present.numbers
        self.removed = set(range(1, len(seal.pages) + 1)) - set(self.numbers)
        self.moved = frozenset(list_moved(self.numbers))
        self.has_other_pages = bool(self.removed) or list(self.numbers) != list(range(1, len(seal.pages) + 1))

    def run(self) -> Iterator[Difference]:
        """Yield pages first, then the document."""
        yield from self._compare_pages()
        if self.old.structure and not self.new.structure:
            yield Difference("structure", ("all",), "", None)
        yield from _group(each for pair in self._pairs() for each in self._compare_page(*pair))
        yield from self._compare_document()

    def _pairs(self) -> Iterator[tuple[int, PageSeal, PageSeal]]:
        """Yield the present number of each page that was built, with the page as built and as it is."""
        for place, (number, page) in enumerate(zip(self.numbers, self.new.pages, strict=True), 1):
            if number > 0:
                yield place, self.old.pages[number - 1], page

    # Pages

    def _compare_pages(self) -> Iterator[Difference]:
        for number in sorted(self.removed):
            yield Difference("page", ("removed",), str(number), None, (number,))
        known = {page.content: number for number, page in enumerate(self.old.pages, 1)}
        for place, number in enumerate(self.numbers, 1):
            if number < 0:
                copied = known.get(self.new.pages[place - 1].content)
                yield Difference("page", ("added",), str(copied) if copied else None, str(place), (place,))
        for place in sorted(self.moved):
            yield Difference("page", ("moved",), str(self.numbers[place - 1]), str(place), (place,))

    def _compare_page(self, place: int, old: PageSeal, new: PageSeal) -> Iterator[Difference]:
        where = (place,)
        if old.content != new.content:
            yield Difference("content", (), old.content, new.content, where)
        for key in sorted(old.entries.keys() | new.entries.keys()):
            before, after = old.entries.get(key), new.entries.get(key)
            if key == RESOURCES:
                yield from self._compare_resources(before, after, where)
            else:
                yield from self._descend("entry", (key,), before, after, where)
        yield from self._compare_annotations(old, new, where)
        if place not in self.moved and (self.new.structure or not self.old.structure):
            yield from self._compare_structure(old, new, where)

    def _compare_resources(self, before: str | None, after: str | None, where: tuple[int, ...]) -> Iterator[Difference]:
        old, new = self._entries(before, after)
        for category in sorted(old.keys() | new.keys()):
            was, now = old.get(category), new.get(category)
            olds, news = self._entries(was, now)
            if was == now:
                continue
            if not olds and not news:
                yield Difference("resource", (category,), was, now, where)
            for name in sorted(olds.keys() | news.keys()):
                yield from self._descend("resource", (category, name), olds.get(name), news.get(name), where)

    def _compare_annotations(self, old: PageSeal, new: PageSeal, where: tuple[int, ...]) -> Iterator[Difference]:
        ignored = {ELEMENT} if old.roles != new.roles else set()
        olds, news = ([_without(each, ignored) for each in page.annotations] for page in (old, new))
        for was, now in _pair(olds, news, _is_same_kind):
            if was is None or now is None:
                before, after = _get(was, "/Subtype"), _get(now, "/Subtype")
                yield Difference("annotation", (), before, after, where, was or {}, now or {})
                continue
            for key in sorted(was.keys() | now.keys()):
                for each in self._descend("annotation", (key,), was.get(key), now.get(key), where):
                    yield replace(each, was=was, now=now)

    def _compare_structure(self, old: PageSeal, new: PageSeal, where: tuple[int, ...]) -> Iterator[Difference]:
        changed = list(_list_changed(old.roles.split(" "), new.roles.split(" ")))
        if old.roles and not new.roles:
            yield Difference("role", ("all",), old.roles, None, where)
        elif changed:
            before, after = next((pair for pair in changed if _is_element(pair)), changed[0])
            yield Difference("role", (str(len(changed)),), before, after, where)
        for before, after in _list_changed(old.texts, new.texts) if new.roles else ():
            yield Difference("text", (), before, after, where)
        if old.roles != new.roles:
            return
        for key in sorted(old.attributes.keys() | new.attributes.keys()):
            before, after = old.attributes.get(key), new.attributes.get(key)
            if before != after:
                yield Difference("attribute", (key,), before, after, where)
        if old.strays != new.strays and len(old.annotations) == len(new.annotations):
            strays = sorted(set(old.strays) ^ set(new.strays))
            yield Difference("stray", (), ", ".join(old.strays), ", ".join(strays), where)

    # The document

    def _compare_document(self) -> Iterator[Difference]:
        seen: set[tuple[str | None, str | None]] = set()
        for tree in sorted(self.old.names.keys() | self.new.names.keys()):
            olds, news = self.old.names.get(tree, {}), self.new.names.get(tree, {})
            for name in sorted(olds.keys() | news.keys()):
                if self._leads_away(olds.get(name)):
                    continue
                yield from self._descend("name", (tree, name), olds.get(name), news.get(name), (), seen)
        for key in sorted(self.old.catalog.keys() | self.new.catalog.keys()):
            yield from self._descend("catalog", (key,), self.old.catalog.get(key), self.new.catalog.get(key), (), seen)
        yield from self._compare_entries("label", self.old.labels, self.new.labels)
        yield from self._compare_outline()
        if not self.has_other_pages and (self.new.structure or not self.old.structure):
            yield from self._compare_tree()
        yield from self._compare_entries("info", self.old.info, self.new.info)
        yield from self._compare_entries("metadata", self.old.metadata, self.new.metadata)
        yield from self._compare_entries("trailer", self.old.trailer, self.new.trailer)

    def _compare_entries(self, area: Area, old: Entries, new: Entries) -> Iterator[Difference]:
        for key in sorted(old.keys() | new.keys()):
            yield from self._descend(area, (key,), old.get(key), new.get(key), ())

    def _compare_outline(self) -> Iterator[Difference]:
        for was, now in _pair(list(self.old.outline), list(self.new.outline), lambda one, other: True):
            if was is None or now is None:
                before, after = _get(was, "/Title"), _get(now, "/Title")
                if not self._leads_away((was or {}).get("/Dest")):
                    yield Difference("bookmark", (), before, after, (), was or {}, now or {})
                continue
            for key in sorted(was.keys() | now.keys()):
                if was.get(key) != now.get(key) and not self._leads_away(was.get(key)):
                    yield Difference("bookmark", (key,), was.get(key), now.get(key), (), was, now)

    def _compare_tree(self) -> Iterator[Difference]:
        """Compare what the structure tree holds apart from its pages; what follows from a page is left out."""
        changed = any(old.roles != new.roles for _, old, new in self._pairs())
        for key in sorted(self.old.structure.keys() | self.new.structure.keys()):
            if changed and key in ("order", "identifiers"):
                continue
            yield from self._descend("structure", (key,), self.old.structure.get(key), self.new.structure.get(key), ())

    def _leads_away(self, before: str | None) -> bool:
        """Return whether something led to a page that is gone, which is said of the page."""
        found = re.match(r"\[page (\d+) ", before or "")
        return found is not None and int(found[1]) in self.removed

    # Values

    def _entries(self, before: str | None, after: str | None) -> tuple[Entries, Entries]:
        return self.old.objects.get(before or "", {}), self.new.objects.get(after or "", {})

    def _descend(
        self,
        area: Area,
        path: tuple[str, ...],
        before: str | None,
        after: str | None,
        pages: tuple[int, ...],
        seen: set[tuple[str | None, str | None]] | None = None,
    ) -> Iterator[Difference]:
        """Yield the entries that differ in two values, down to those that have no parts."""
        if before == after or (seen is not None and (before, after) in seen):
            return
        if seen is not None and f"{before}{after}".startswith(("#", "None#")):
            seen.add((before, after))
        old, new = self._entries(before, after)
        if not old or not new or old.get("/Type", "") != new.get("/Type", ""):
            yield Difference(area, path, before, after, pages, old, new)
            return
        for key in sorted(old.keys() | new.keys()):
            for each in self._descend(area, (*path, key), old.get(key), new.get(key), pages, seen):
                yield replace(each, was=old, now=new)


def _group(differences: Iterator[Difference]) -> Iterator[Difference]:
    """Yield differences, those of several pages that are one as one."""
    found: dict[tuple[object, ...], Difference] = {}
    for each in differences:
        shared = each.area in ("entry", "resource")
        key = (each.area, each.path, each.before, each.after, () if shared else (each.pages, len(found)))
        known = found.get(key)
        found[key] = replace(known, pages=(*known.pages, *each.pages)) if known else each
    yield from found.values()


def _is_same_kind(was: Entries, now: Entries) -> bool:
    return was.get("/Subtype") == now.get("/Subtype")


def _without(entries: Entries, keys: set[str]) -> Entries:
    return {key: text for key, text in entries.items() if key not in keys}


def _list_changed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Yield items that were replaced, removed or added."""
    if old == new:
        return
    for kind, start, end, first, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for place in range(max(end - start, stop - first)):
            yield (
                old[start + place] if start + place < end else None,
                new[first + place] if first + place < stop else None,
            )


def _pair(
    old: Sequence[Entries], new: Sequence[Entries], is_like: Callable[[Entries, Entries], bool]
) -> Iterator[tuple[Entries | None, Entries | None]]:
    """Yield what differs between two lists of entries: pairs that are alike, and what has no partner."""
    if old == new:
        return
    keys, others = ([str(sorted(each.items())) for each in items] for items in (old, new))
    for kind, start, end, first, stop in SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        left, right = list(old[start:end]), list(new[first:stop])
        while left:
            was = left.pop(0)
            partner = _find_partner(was, right, is_like)
            yield was, partner
            if partner is not None:
                right.remove(partner)
        yield from ((None, each) for each in right)


def _find_partner(
    was: Entries, candidates: list[Entries], is_like: Callable[[Entries, Entries], bool]
) -> Entries | None:
    """Return the candidate that shares the most entries."""
    alike = [each for each in candidates if is_like(was, each)]
    if not alike:
        return None
    return max(alike, key=lambda each: len(was.items() & each.items()))


def _is_element(pair: tuple[str | None, str | None]) -> bool:
    """Return whether items of the structure are elements, which say more than marked content."""
    return "/" in f"{pair[0]}{pair[1]}"


def _get(entries: Entries | None, key: str) -> str | None:
    """Return an entry; None without entries."""
    return None if entries is None else entries.get(key, "?")
