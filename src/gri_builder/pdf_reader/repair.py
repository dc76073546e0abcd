"""A damaged PDF, written anew from the objects that are in it, as viewers read it.

The work is qpdf's, by pikepdf: it finds objects without the file's table of them, and knows how streams end whose
length is wrong. It is imported only for a file that needs it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gri_builder.pdf_reader.page_list import INHERITED, MOST_PAGES, MOST_VISITS
from gri_builder.pdf_reader.trees import DEEPEST

if TYPE_CHECKING:
    from pikepdf import Dictionary, Object, Pdf

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")
_LENGTH_OF_OBJECT = 10_000_000
"""Bytes of a file in which its first object must start."""


LEFT_OUT = "Pages tree includes non-dictionary object"
"""What qpdf says of an entry of the list of pages that leads to nothing."""


class WrongPasswordError(Exception):
    """The file is encrypted, and the password does not open it."""


def holds_objects(data: bytes) -> bool:
    """Return whether a file without a header where one belongs holds objects of a PDF."""
    return b"endobj" in data and _OBJECT.search(data, 0, _LENGTH_OF_OBJECT) is not None


class MissingPagesError(Exception):
    """Pages that the file lists are not in it."""


def repair_file(data: bytes, password: str | None, *, whole: bool = False) -> bytes:
    """Return a PDF of what is in a damaged one, with its pages in one list and without encryption.

    If `whole`, all pages that it lists must be there, else MissingPagesError is raised. Raises WrongPasswordError, or
    what pikepdf raises where it finds no document.
    """
    import pikepdf

    try:
        pdf = pikepdf.open(
            io.BytesIO(_start_at_header(data)),
            password=password or "",
            suppress_warnings=True,
            inherit_page_attributes=False,
        )
    except pikepdf.PasswordError as fault:
        raise WrongPasswordError from fault
    with pdf:
        left_out = sum(LEFT_OUT in said for said in map(str, pdf.get_warnings()))
        _flatten_pages(pdf, left_out if whole else None)
        out = io.BytesIO()
        pdf.save(
            out,
            encryption=False,
            static_id=True,
            fix_metadata_version=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def _start_at_header(data: bytes) -> bytes:
    """Return a file without what is before its header; with a header where it has none that can be read."""
    at = data.find(b"%PDF-")
    if at < 0:
        return HEADER + data
    return data[at:] if re.match(rb"%PDF-\d\.\d", data[at : at + 8]) else HEADER + data[at:]


def _flatten_pages(pdf: Pdf, left_out: int | None) -> None:
    """Put the pages into one list, each with what it inherits; one that is listed twice becomes two.

    `left_out` is the number of entries that qpdf left out of the list already; None if none need be there.
    """
    from pikepdf import Array, Dictionary, Name

    root = _find_root(pdf)
    listed = pdf.make_indirect(Dictionary(Type=Name.Pages))
    kids, seen, missing = [], set(), 0
    for page, inherited in _list_leaves(root):
        if page is None:
            missing += 1
            continue
        kept = (
            page if page.is_indirect and page.objgen not in seen else pdf.make_indirect(Dictionary(dict(page.items())))
        )
        seen.add(kept.objgen)
        for name, value in inherited.items():
            if name not in kept:
                kept[name] = value
        kept.Type, kept.Parent = Name.Page, listed
        kids.append(kept)
    missing += left_out or 0
    if left_out is not None and missing:
        raise MissingPagesError(f"{missing} of its {missing + len(kids)} pages are not in the file")
    listed.Kids, listed.Count = Array(kids), len(kids)
    root.Type, root.Pages = Name.Catalog, listed
    pdf.trailer.Root = root


def _find_root(pdf: Pdf) -> Dictionary:
    """Return the catalog, also where the trailer does not lead to it."""
    from pikepdf import Dictionary

    root = pdf.trailer.get("/Root")
    if isinstance(root, Dictionary) and isinstance(root.get("/Pages"), Dictionary):
        return root
    dictionaries = [each for each in pdf.objects if isinstance(each, Dictionary)]
    found = [each for each in dictionaries if isinstance(each.get("/Pages"), Dictionary) and "/Kids" in each.Pages]
    if not found:
        raise ValueError("no list of pages is in it")
    return found[-1]


def _list_leaves(root: Dictionary) -> Iterator[tuple[Dictionary | None, dict[str, Object]]]:
    """Yield the pages of a catalog with what they inherit, as `list_pages` does; None for one that is missing."""
    from pikepdf import Array, Dictionary

    visits: dict[tuple[int, int], int] = {}
    todo: list[tuple[Object, dict[str, Object], tuple[tuple[int, int], ...]]] = [(root.Pages, {}, ())]
    found = 0
    while todo and found <= MOST_PAGES:
        node, above, branch = todo.pop()
        if not isinstance(node, Dictionary) or len(branch) > DEEPEST or not len(node):
            yield None, {}
            continue
        key = node.objgen
        inherited = above | {name: node[name] for name in INHERITED if name in node}
        kids = node.get("/Kids")
        if "/Kids" not in node:
            found += 1
            yield node, inherited
        elif isinstance(kids, Array) and key not in branch:
            visits[key] = visits.get(key, 0) + 1 if node.is_indirect else 0
            if visits[key] > MOST_VISITS:
                raise ValueError("its list of pages repeats itself without end")
            todo.extend((kid, inherited, (*branch, key)) for kid in reversed(list(kids)))
