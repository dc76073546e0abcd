"""Parses SVG files as XML (W3C XML 1.0) into elements with their lines, within limits."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from gri_builder.graphics.svg.reading import Refusals, SvgError

NAMESPACE = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
GZIP = b"\x1f\x8b"
MAX_BYTES = 50_000_000
"""Of an unpacked file."""
MAX_ENTITIES = 100_000
"""Number of characters that all entities may have together."""
MAX_TEXT = 60_000_000
"""Number of characters of all attributes and texts, entities expanded."""
MAX_ELEMENTS = 500_000
_ENTITY = re.compile(rb"&([A-Za-z_][\w.-]*);")
_PREDEFINED = {"lt", "gt", "amp", "quot", "apos"}


class Element:
    """An element of the SVG namespace; elements of others are left out, as they draw nothing."""

    __slots__ = ("attributes", "children", "content", "line", "parent", "position", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], line: int, parent: Element | None) -> None:
        self.tag, self.attributes, self.line, self.parent = tag, attributes, line, parent
        self.content: list[Element | str] = []
        """Children and the text between them, in order."""
        self.children: list[Element] = []
        self.position = 0
        """Among the children of its parent, from 0."""

    def get(self, name: str) -> str | None:
        """Return an attribute as written, without a namespace; None if it is not there."""
        return self.attributes.get(name)

    @property
    def text(self) -> str:
        """The text between its tags, without that of children."""
        return "".join(part for part in self.content if isinstance(part, str))

    def walk(self) -> Iterator[Element]:
        """Yield the element and all within it, in the order of the file."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.children))


def parse_document(data: bytes, refusals: Refusals) -> Element:
    """Return the <svg> element of a file, which may be packed by gzip.

    Raises SvgError for files that are not SVG, and for entities that are external or too large.
    """
    if data.startswith(GZIP):
        data = _unpack(data)
    builder = _Builder(refusals)
    try:
        builder.parser.Parse(data, True)
    except SvgError:
        raise
    except (expat.ExpatError, ValueError, LookupError) as cause:
        raise SvgError(f"invalid XML ({str(cause)[:80]})") from cause
    if builder.has_doctype:
        _refuse_unknown_entities(data, builder.entities)
    if builder.root is None:
        raise SvgError("no <svg> element in the namespace of SVG")
    return builder.root


def _unpack(data: bytes) -> bytes:
    try:
        unpacker = zlib.decompressobj(31)
        plain = unpacker.decompress(data, MAX_BYTES)
    except zlib.error as cause:
        raise SvgError("damaged compressed data") from cause
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise SvgError("compressed data that is incomplete or too large")
    return plain


def _refuse_unknown_entities(data: bytes, known: set[str]) -> None:
    """Raise SvgError for references to entities that only an external DTD could define."""
    for match in _ENTITY.finditer(data):
        name = match[1].decode()
        if name not in known and name not in _PREDEFINED:
            raise SvgError(f"the entity '&{name[:40]};', which it does not define")


class _Builder:
    """Builds the elements while expat reads."""

    def __init__(self, refusals: Refusals) -> None:
        self.refusals = refusals
        self.root: Element | None = None
        self.entities: set[str] = set()
        self.has_doctype = False
        self._stack: list[Element | None] = []
        """The open elements; None for one of another namespace, or within one."""
        self._count = self._characters = self._entity_characters = 0
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._declare
        parser.StartDoctypeDeclHandler = self._note_doctype
        parser.ProcessingInstructionHandler = self._instruct

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        parent = self._stack[-1] if self._stack else None
        self._count += 1
        self._add_characters(sum(map(len, attributes.values())))
        if self._count > MAX_ELEMENTS:
            raise SvgError(f"more than {MAX_ELEMENTS} elements")
        if space != NAMESPACE or (parent is None and (self._stack or tag != "svg")):
            if not self._stack:
                raise SvgError("no <svg> element in the namespace of SVG")
            self._stack.append(None)
            return
        element = Element(tag, _plain_names(attributes), self.parser.CurrentLineNumber, parent)
        if parent is None:
            self.root = element
        else:
            element.position = len(parent.children)
            parent.children.append(element)
            parent.content.append(element)
        self._stack.append(element)

    def _end(self, name: str) -> None:
        self._stack.pop()

    def _text(self, text: str) -> None:
        self._add_characters(len(text))
        if self._stack and (element := self._stack[-1]) is not None:
            element.content.append(text)

    def _add_characters(self, count: int) -> None:
        self._characters += count
        if self._characters > MAX_TEXT:
            raise SvgError("entities that expand too far")

    def _declare(
        self,
        name: str,
        is_parameter: bool,
        value: str | None,
        base: str | None,
        system: str,
        public: str | None,
        notation: str | None,
    ) -> None:
        """Allow entities that are plain text (XML 1.0, 4.2.1), as drawing programs write them for namespaces."""
        if is_parameter or value is None or "&" in value or "<" in value:
            raise SvgError(f"the entity '{name[:40]}', which is not plain text")
        self._entity_characters += len(value)
        if self._entity_characters > MAX_ENTITIES:
            raise SvgError("entities that are too long")
        self.entities.add(name)

    def _note_doctype(self, name: str, system: str | None, public: str | None, has_internal_subset: bool) -> None:
        self.has_doctype = True

    def _instruct(self, target: str, data: str) -> None:
        if target == "xml-stylesheet":
            self.refusals.add("<?xml-stylesheet?>", self.parser.CurrentLineNumber, "names a file that is not read")


def _plain_names(attributes: dict[str, str]) -> dict[str, str]:
    """Return attributes without namespaces; those of other namespaces than SVG, XLink's href and XML are left out."""
    plain = {name: value for name, value in attributes.items() if " " not in name}
    for name in ("lang", "space"):
        if (value := attributes.get(f"{XML} {name}")) is not None:
            plain[f"xml:{name}"] = value
    if (href := attributes.get(f"{XLINK} href")) is not None:
        plain.setdefault("href", href)
    return plain
