"""Changes to the bytes of the file: what is put before, behind and beside its objects."""

from __future__ import annotations

import io
import random
import re

import pikepdf

from tests.support.sealed_pdfs.kinds import Expected, file_kind


def _end_of(data: bytes) -> tuple[int, int, int]:
    """Return the start of the cross-references, the number of objects and the object number of the catalog."""
    start = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    part = data[start : start + 400]
    size, root = re.search(rb"/Size (\d+)", part), re.search(rb"/Root (\d+) 0 R", part)
    assert size and root
    return start, int(size[1]), int(root[1])


def append_revision(data: bytes, objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """Return a file with an incremental update that replaces or adds objects (ISO 32000-1, 7.5.6)."""
    start, size, root = _end_of(data)
    out, rows = data if data.endswith(b"\n") else data + b"\n", []
    for number, body in sorted(objects.items()):
        rows.append((number, len(out)))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    place = len(out)
    out += b"xref\n"
    for number, offset in rows:
        out += b"%d 1\n%010d 00000 n \n" % (number, offset)
    size = max(size, *(number + 1 for number in objects)) if objects else size
    out += b"trailer\n<</Size %d/Root %d 0 R/Prev %d%b>>\n" % (size, root, start, trailer)
    return out + b"startxref\n%d\n%%%%EOF\n" % place


def _page_body(data: bytes) -> tuple[int, bytes]:
    """Return number and text of the object of a page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[3].obj
        return page.objgen[0], page.unparse(resolved=True)


@file_kind(2)
def bytes_behind(data: bytes, dice: random.Random) -> tuple[bytes, Expected]:
    added = dice.choice((b"garbage", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"))
    return data + added, Expected(None, ("follow the end of the PDF",))


@file_kind()
def bytes_in_front(data: bytes, dice: random.Random) -> tuple[bytes, Expected]:
    return b"MZ\x90\0\n" + data, Expected(None, ())


@file_kind(2)
def page_replaced_by_an_update(data: bytes, dice: random.Random) -> tuple[bytes, Expected]:
    number, body = _page_body(data)
    key = dice.choice((b"/CropBox [0 0 300 300]", b"/UserUnit 2"))
    body = re.sub(rb"/CropBox \[[^]]*\]", b"", body)
    return append_revision(data, {number: body[:-2] + key + b">>"}), Expected(4, ("page 4",))


@file_kind()
def catalog_replaced_by_an_update(data: bytes, dice: random.Random) -> tuple[bytes, Expected]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        body, number = pdf.Root.unparse(resolved=True), pdf.Root.objgen[0]
    script = b"/OpenAction<</S/JavaScript/JS(x)>>>>"
    return append_revision(data, {number: body[:-2] + script}), Expected(None, ("runs a script when it opens",))


@file_kind()
def content_replaced_by_an_update(data: bytes, dice: random.Random) -> tuple[bytes, Expected]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number = pdf.pages[4].obj.Contents.objgen[0]
    body = b"<</Length 22>>\nstream\n0 g 10 10 500 700 re f\nendstream"
    return append_revision(data, {number: body}), Expected(5, ("content was changed",))


@file_kind()
def hidden_cross_references(data: bytes, dice: random.Random) -> tuple[bytes, Expected]:
    """A hybrid file: programs that know cross-reference streams see other objects than those that do not."""
    start, _, _ = _end_of(data)
    return append_revision(data, {90_000: b"null"}, b"/XRefStm %d" % start), Expected(None, ("side by side",))


@file_kind()
def lost_cross_references(data: bytes, dice: random.Random) -> tuple[bytes, Expected]:
    at = data.rindex(b"startxref")
    return data[:at] + b"startxref\n7\n%%EOF\n", Expected(None, ("compared with its seal",))


@file_kind()
def another_generation(data: bytes, dice: random.Random) -> tuple[bytes, Expected]:
    """Some programs find no object where a reference names another generation of it, others do not care."""
    number, body = _page_body(data)
    changed = re.sub(rb"/Contents (\d+) 0 R", rb"/Contents \1 3 R", body)
    return append_revision(data, {number: changed}), Expected(None, ("generation",))


@file_kind()
def key_twice(data: bytes, dice: random.Random) -> tuple[bytes, Expected]:
    """Some programs take the first of two equal keys, others the last."""
    number, body = _page_body(data)
    changed = append_revision(data, {number: body[:-2] + b"/Rotate 90>>"})
    return changed, Expected(None, ("'/Rotate' is twice in a dictionary",))
