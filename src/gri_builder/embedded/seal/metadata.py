"""The properties of an XMP packet, each as one text (ISO 16684-1), however a program wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from gri_builder.embedded.seal.canonical import LONGEST, make_digest

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://ns.adobe.com/xap/1.0/": "xmp:",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM:",
    "http://ns.adobe.com/pdf/1.3/": "pdf:",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid:",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid:",
    "http://www.aiim.org/pdfa/ns/extension/": "pdfaExtension:",
}


def read_properties(packet: bytes) -> dict[str, str]:
    """Return the properties by name; the whole packet as one where it can't be read."""
    if b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return {"packet": make_digest(packet)}
    try:
        root = ElementTree.fromstring(packet.strip(b"\0 \t\r\n"))  # noqa: S314  # entities are refused above
    except (ElementTree.ParseError, ValueError):
        return {"packet": make_digest(packet)}
    found: dict[str, list[str]] = {}
    for description in root.iter(f"{_RDF}Description"):
        for name, text in _list_properties(description):
            found.setdefault(name, []).append(text)
    return {name: _shorten("; ".join(texts)) for name, texts in sorted(found.items())}


def _list_properties(description: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for name, text in description.attrib.items():
        if name != f"{_RDF}about":
            yield _name(name), f"({text.strip()})"
    for element in description:
        yield _name(element.tag), _write(element)


def _write(element: ElementTree.Element) -> str:
    """Return the content of an element: a text, or its parts."""
    text = (element.text or "").strip()
    if len(element) == 0:
        return f"({text})"
    return " ".join(f"{_name(part.tag)}{_write_attributes(part)} {_write(part)}" for part in element)


def _write_attributes(element: ElementTree.Element) -> str:
    return "".join(f" {_name(name)}={text}" for name, text in sorted(element.attrib.items()))


def _name(tag: str) -> str:
    space, _, name = tag.removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(space, space and space + ' ')}{name}"


def _shorten(text: str) -> str:
    return text if len(text) <= 2 * LONGEST else make_digest(text.encode())
