"""Names the parts of a PDF that an increment changed, as far as its structure tells: pages, the catalog, metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.sign.diff_analysis import StandardDiffPolicy, SuspiciousModification

DEPTH = 4
"""Levels below a page in which changed objects are looked for: resources, fonts, their descriptors and programs."""
MOST_PAGES = 2_000
MOST_OBJECTS = 20_000
SHOWN = 3
_ELSEWHERE = frozenset({"/Parent", "/P", "/StructParents", "/Dest", "/A", "/V"})
"""Entries that lead from a page to other parts of the file."""
_ENTRIES = {
    "/Metadata": "the metadata",
    "/StructTreeRoot": "the tags",
    "/AF": "the embedded files",
    "/Names": "the embedded files or destinations",
    "/Outlines": "the bookmarks",
    "/AcroForm": "the form",
    "/OpenAction": "what happens when it opens",
    "/Pages": "the list of pages",
}


def name_changed_parts(signature: Any, policy: StandardDiffPolicy) -> str:
    """Return what the first increment changed that a signature does not allow; empty where it is not to be seen."""
    try:
        revision = _find_revision(signature, policy)
        if revision is None:
            return ""
        new = signature.reader.get_historical_resolver(revision)
        changed = {(each.idnum, each.generation) for each in new.explicit_refs_in_revision()}
        old = signature.reader.get_historical_resolver(signature.signed_revision)
        parts = list(dict.fromkeys([*_list_pages(new, changed), *_list_entries(old, new, changed)]))
    except MemoryError:
        raise
    except Exception:  # a broken file raises whatever its breaks lead to
        return ""
    more = f" and {len(parts) - SHOWN} more" if len(parts) > SHOWN else ""
    return ", ".join(parts[:SHOWN]) + more


def _find_revision(signature: Any, policy: StandardDiffPolicy) -> int | None:
    """Return the first state of the file after a signature with changes that nothing allows; a single one is it."""
    reader = signature.reader
    if reader.xrefs.total_revisions == signature.signed_revision + 2:
        return int(signature.signed_revision) + 1  # comparing takes long, and was done
    old = reader.get_historical_resolver(signature.signed_revision)
    for number in range(signature.signed_revision + 1, reader.xrefs.total_revisions):
        try:
            policy.apply(
                old,
                reader.get_historical_resolver(number),
                field_mdp_spec=signature.fieldmdp,
                doc_mdp=signature.docmdp_level,
            )
        except SuspiciousModification:
            return number
    return None


def _list_pages(state: Any, changed: set[tuple[int, int]]) -> Iterator[str]:
    """Yield the pages whose objects were changed, by number."""
    for number, page in enumerate(_walk_pages(state.root.raw_get("/Pages"), set()), 1):
        if number > MOST_PAGES:
            return
        if _is_changed(page, changed):
            yield f"page {number}"


def _walk_pages(node: Any, seen: set[int]) -> Iterator[Any]:
    """Yield the references of the pages below a node of the page tree, in order."""
    if getattr(node, "idnum", None) in seen:
        return
    seen.add(getattr(node, "idnum", 0))
    found = node.get_object()
    if "/Kids" not in found:
        yield node
        return
    kids = found["/Kids"]
    for index in range(len(kids)):
        yield from _walk_pages(kids.raw_get(index), seen)


def _is_changed(page: Any, changed: set[tuple[int, int]]) -> bool:
    """Return whether a page, or an object that it draws with, was changed."""
    waiting, seen = [(page, 0)], set[tuple[int, int]]()
    while waiting and len(seen) < MOST_OBJECTS:
        value, depth = waiting.pop()
        if isinstance(value, generic.IndirectObject):
            number = (value.idnum, value.generation)
            if number in changed:
                return True
            if number in seen or depth > DEPTH:
                continue
            seen.add(number)
            value, depth = value.get_object(), depth + 1
        waiting += [(each, depth) for each in _list_children(value)]
    return False


def _list_children(value: Any) -> Iterable[Any]:
    if isinstance(value, generic.DictionaryObject):
        return [
            value.raw_get(key) for key in value if key not in ("/Parent", "/P", "/StructParents", "/Dest", "/A", "/V")
        ]
    if isinstance(value, generic.ArrayObject):
        return [value.raw_get(index) for index in range(len(value))]
    return ()


def _list_entries(old: Any, new: Any, changed: set[tuple[int, int]]) -> Iterator[str]:
    """Yield entries of the catalog that were changed, added or taken out, and the Info dictionary."""
    for key in sorted({*old.root, *new.root}):
        before, after = (_name_value(each.root, key) for each in (old, new))
        if before != after or (isinstance(after, tuple) and after in changed):
            yield _ENTRIES.get(key, f"the entry '{key[1:40]}' of the catalog")
    info = new.trailer_view.get_value_as_reference("/Info", optional=True)
    if info and (info.idnum, info.generation) in changed:
        yield "the document information"


def _name_value(root: Any, key: str) -> object:
    """Return a value of the catalog that can be compared: number and generation for a reference, else its text."""
    if key not in root:
        return None
    value = root.raw_get(key)
    return (value.idnum, value.generation) if isinstance(value, generic.IndirectObject) else repr(value)
