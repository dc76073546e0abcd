"""The properties of an XMP packet, each as one text (ISO 16684-1), however a program wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from gri_builder.embedded.seal.canonical import LONGEST, make_digest

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_RESOURCE = f"{_RDF}resource"
_SYNTAX = {f"{_RDF}about", f"{_RDF}parseType", f"{_RDF}ID", _RESOURCE}
_ARRAYS = {f"{_RDF}{kind}" for kind in ("Alt", "Bag", "Seq")}
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
    except (ElementTree.ParseError, ValueError, LookupError):  # of an encoding that is not known
        return {"packet": make_digest(packet)}
    found: dict[str, list[str]] = {}
    for packet_root in root.iter(f"{_RDF}RDF"):
        for description in packet_root:
            for name, text in _list_properties(description):
                found.setdefault(name, []).append(text)
    return {name: _shorten("; ".join(texts)) for name, texts in sorted(found.items()) if any(texts)}


def _list_properties(node: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Yield name and value of each property of a node: attributes and elements mean the same."""
    for name, text in node.attrib.items():
        if name not in _SYNTAX:
            yield _name(name), text.strip()
    for element in node:
        yield _name(element.tag), _write(element)


def _write(element: ElementTree.Element) -> str:
    """Return the value of a property: a text, a list or a structure, however it is written."""
    language = element.attrib.get(_LANGUAGE, "")
    prefix = f"{language}: " if language else ""
    parts = list(element)
    if len(parts) == 1 and parts[0].tag in _ARRAYS:
        return f"{prefix}[{', '.join(_write(item) for item in parts[0])}]"
    if len(parts) == 1 and parts[0].tag == f"{_RDF}Description":
        return prefix + _write_structure(parts[0])
    if (address := element.attrib.get(_RESOURCE)) is not None:
        return prefix + address.strip()
    attributes = set(element.attrib) - _SYNTAX - {_LANGUAGE}
    return prefix + (_write_structure(element) if parts or attributes else (element.text or "").strip())


def _write_structure(node: ElementTree.Element) -> str:
    fields = sorted(f"{name}={text}" for name, text in _list_properties(node) if text)
    return f"{{{', '.join(fields)}}}"


def _name(tag: str) -> str:
    space, _, name = tag.removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(space, space and space + ' ')}{name}"


def _shorten(text: str) -> str:
    return text if len(text) <= 2 * LONGEST else make_digest(text.encode())
