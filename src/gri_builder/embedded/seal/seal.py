"""The seal as a file in the PDF: `seal.json`."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from gri_builder.embedded.codec import decode_json, encode_pieces

NAME = "seal.json"
FORMAT: Literal["gri-builder/seal/1"] = "gri-builder/seal/1"
DESCRIPTION = "Digests of everything that this report draws and does"

Entries = dict[str, str]
"""Values by key, each in its one form: written out, or as a digest."""


class PageSeal(Struct, frozen=True, omit_defaults=True):
    """All that a page draws and does."""

    content: str
    """SHA-256 of its content streams, unpacked, without spaces at its ends."""
    entries: Entries
    """Boxes, rotation, resources and all other entries of the page, with those that it inherits."""
    annotations: tuple[Entries, ...] = ()
    """The entries of each annotation, in order."""
    roles: str = ""
    """Depth and role of the structure elements whose content starts here, and the numbers of their content."""
    texts: tuple[str, ...] = ()
    """Alternative texts, actual texts, languages and expansions of these elements, in order."""
    attributes: Entries = {}
    """A digest of each of their other entries, by key."""
    strays: tuple[str, ...] = ()
    """Content whose entry in the parent tree is not the element that holds it."""


class Seal(Struct, frozen=True, omit_defaults=True):
    """All that a PDF draws and does, but for the data of this file itself."""

    format: Literal["gri-builder/seal/1"]
    pages: tuple[PageSeal, ...]
    catalog: Entries
    """The entries of the catalog that are not below."""
    names: dict[str, Entries]
    """The name trees: destinations, embedded files, scripts, by name."""
    labels: Entries
    """Page labels, by index of their first page."""
    outline: tuple[Entries, ...]
    """The bookmarks, in order."""
    structure: Entries
    """Role map, class map, identifiers and order of the structure tree."""
    info: Entries
    """The Info dictionary."""
    metadata: Entries
    """The properties of the XMP metadata."""
    trailer: Entries
    """What the trailer and the nodes of the page tree hold beside what each must hold."""
    objects: dict[str, Entries]
    """The entries of each dictionary and stream that a digest above is of."""


def encode_seal(seal: Seal) -> bytes:
    """Return the seal as a JSON file in canonical form."""
    return b"".join((*encode_pieces(seal), b"\n"))


def decode_seal(data: bytes) -> Seal:
    """Return the seal in a JSON file; raises EmbeddedDataError where it has another shape."""
    return decode_json(data, Seal)
