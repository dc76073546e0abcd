"""Signatures in a PDF: the form fields that hold them, and whether each adds nothing but itself.

ISO 32000-1, 12.8 and 12.7.4.5; ISO 32000-2, 12.8.1. Whether a signature is valid, and whose it is, is for a program
that checks signatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from gri_builder.embedded.seal.objects import PdfObjects
from gri_builder.embedded.seal.signature_fields import FoundField, walk_signature_fields
from gri_builder.embedded.seal.syntax import Stream, Value, read_bytes, read_float, read_string
from gri_builder.pdf_reader.blank_area import read_area
from gri_builder.pdf_reader.file_objects import FileObjects

DOING = ("/A", "/AA", "/OC")
"""Entries with which a field does something, or can be hidden."""
DER_SEQUENCE = 0x30
"""First byte of each signature."""
_HEXADECIMAL = re.compile(rb"<[0-9A-Fa-f\s]*>")


class Signature(Struct, frozen=True):
    """A signature field on a page."""

    name: str
    page: int
    objects: frozenset[int]
    """Numbers of the objects of the field."""
    is_signed: bool
    is_visible: bool
    time: str
    """When it was signed, as it says, such as '2016-05-19'; empty if unknown."""
    faults: tuple[str, ...]
    """What it does beside signing, each the rest of a sentence."""


def find_signatures(file: FileObjects) -> tuple[Signature, ...]:
    """Return the signature fields on all pages."""
    return tuple(_read_signature(file, field) for field in walk_signature_fields(file.objects))


def _read_signature(file: FileObjects, field: FoundField) -> Signature:
    page, of_page = field.page, field.of_page
    chain = [(link.number, link.entries) for link in field.chain]
    objects = file.objects
    held = next((entries["/V"] for _, entries in chain if "/V" in entries), None)
    value = objects.mapping(held)
    box = _read_box(objects, chain[0][1].get("/Rect"))
    shown = _has_appearance(objects, chain[0][1]) and box[2] - box[0] > 0 and box[3] - box[1] > 0
    faults = list(_find_doings(objects, chain))
    faults += _find_faults(file, value) if held is not None else ["shows something, but is not signed"] * shown
    if shown and not faults:
        faults += _find_covered(file, page, of_page, box)
    names = [read_string(objects.mapping(entries).get("/T")) for _, entries in reversed(chain) if "/T" in entries]
    return Signature(
        name=".".join(filter(None, names)),
        page=page,
        objects=frozenset(number for number, _ in chain if number),
        is_signed=held is not None,
        is_visible=shown,
        time=_read_day(read_string(_text(objects, value.get("/M")))),
        faults=tuple(faults),
    )


def _text(objects: PdfObjects, value: Value | None) -> str:
    found = objects.resolve(value)
    return found if isinstance(found, str) else ""


def _read_day(text: str | None) -> str:
    found = re.match(r"D:(\d{4})(\d{2})(\d{2})", text or "")
    return "-".join(found.groups()) if found else ""


def _read_box(objects: PdfObjects, value: Value | None) -> tuple[float, float, float, float]:
    corners = [read_float(_text(objects, each)) or 0.0 for each in objects.items(value)]
    if len(corners) != 4:
        return 0.0, 0.0, 0.0, 0.0
    (left, right), (bottom, top) = sorted(corners[::2]), sorted(corners[1::2])
    return left, bottom, right, top


def _has_appearance(objects: PdfObjects, entries: dict[str, Value]) -> bool:
    """Return whether an appearance, or a background that viewers draw instead, shows anything."""
    if "/MK" in entries:
        return True
    normal = objects.resolve(objects.mapping(entries.get("/AP")).get("/N"))
    if isinstance(normal, Stream):
        return bool(bytes(objects.unpack(normal)[0]).strip())
    return isinstance(normal, dict)


def _find_doings(objects: PdfObjects, chain: Sequence[tuple[int, dict[str, Value]]]) -> Iterator[str]:
    for _, entries in chain:
        for key in DOING:
            if key in entries:
                yield f"does something else than sign ({key[1:]})"
    appearances = objects.mapping(chain[0][1].get("/AP")).keys() - {"/N"}
    if appearances:
        yield f"shows something else when it is touched ({', '.join(sorted(key[1:] for key in appearances))})"


def _find_faults(file: FileObjects, value: dict[str, Value]) -> list[str]:
    """Return why a value is no signature of a revision of this file (12.8.1)."""
    objects = file.objects
    range_ = [read_float(_text(objects, each)) for each in objects.items(value.get("/ByteRange"))]
    content = read_bytes(_text(objects, value.get("/Contents")))
    numbers = [int(each) for each in range_ if each is not None]
    if len(numbers) != 4 or not content or "/Filter" not in value:
        return ["holds no signature"]
    start, first, second, length = numbers
    if start != 0 or not 0 < first < second or not _HEXADECIMAL.fullmatch(file.data[first:second]):
        return ["signs something else than the file around it"]
    if content[0] != DER_SEQUENCE:
        return ["holds no signature"]
    if not any(0 <= end - (second + length) <= 2 or 0 <= second + length - end <= 2 for end in file.revisions):
        return ["signs something else than a revision of the file"]
    return []


def _find_covered(
    file: FileObjects, page: int, of_page: dict[str, Value], box: tuple[float, float, float, float]
) -> Iterator[str]:
    """Yield what a visible signature is drawn over."""
    media = _read_box(file.objects, of_page.get("/CropBox", of_page.get("/MediaBox")))
    inside = max(box[0], media[0]), max(box[1], media[1]), min(box[2], media[2]), min(box[3], media[3])
    if inside[2] - inside[0] < 1 or inside[3] - inside[1] < 1:
        return
    text, is_plain = read_area(file.data, page, inside)
    if text:
        yield f"is drawn over the text '{text[:60]}{' …' if len(text) > 60 else ''}'"
    elif not is_plain:
        yield "is drawn over something that the page draws"
