"""Rewrites an SVG file for the renderer: style sheets applied, nothing external, and only what the renderer draws.

What it does not draw as browsers do is refused by name, so that nothing is lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from gri_builder.graphics.rendering.embedded_pictures import (
    convert_picture,
    decode_address,
    encode_address,
    is_drawing,
)
from gri_builder.graphics.rendering.vocabulary import (
    GEOMETRY,
    LOST_ELEMENTS,
    LOST_PROPERTIES,
    RENDERED_ELEMENTS,
    RENDERED_PROPERTIES,
    TEXT_ELEMENTS,
    is_rendered,
    plain_transform,
    plain_value,
)
from gri_builder.graphics.svg.css.styles import expand_shorthand
from gri_builder.graphics.svg.css.stylesheet import Declaration, StyleSheet, parse_declarations, read_stylesheets
from gri_builder.graphics.svg.document import NAMESPACE, Element, parse_document
from gri_builder.graphics.svg.reading import FontSubstitute, Refusals, SvgError, SvgRefusal, quote

MAX_DEPTH = 200
"""Nested elements."""
MAX_NESTED = 2
"""Drawings within drawings."""
_URL = re.compile(r"url\(\s*['\"]?\s*([^'\")]*)", re.IGNORECASE)
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_SPECIAL = re.compile("[" + "".join(_ESCAPES) + "]")
_SCALES = re.compile(r"scale|matrix", re.IGNORECASE)


FindFamily = Callable[[tuple[str, ...]], tuple[str, bool]]
"""Returns the family for the families that a text asks for, best first, and whether it is in place of the first."""


class PlainSvg(Struct, frozen=True):
    """An SVG file for the renderer."""

    text: str
    background: str | None
    """Colour behind it, as CSS writes it."""
    lost: tuple[SvgRefusal, ...]
    """What the renderer does not draw as browsers do; nothing may be rendered then."""
    external: tuple[SvgRefusal, ...]
    """References to other files, which are never read."""
    characters: str
    """Characters of its text, each once, sorted."""
    fonts: tuple[FontSubstitute, ...] = ()
    """Font families that are replaced, each once."""


def make_plain_svg(data: bytes, width: float, height: float, find_family: FindFamily) -> PlainSvg:
    """Return a file for the renderer, with a size in pixels; raises SvgError for files that are not SVG."""
    lost, external = Refusals(), Refusals()
    root = parse_document(data, external)
    writer = _Writer(read_stylesheets(root, lost), lost, external, find_family, _uses_scales(root), 0)
    text = "".join(writer.write_root(root, width, height))
    style = lost.refusals
    outside = tuple(one for one in style if one.feature == "@import")
    return PlainSvg(
        text,
        writer.background,
        tuple(one for one in style if one not in outside),
        (*external.refusals, *outside),
        "".join(sorted(writer.characters)),
        lost.fonts,
    )


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in text) if _SPECIAL.search(text) else text


def _uses_scales(root: Element) -> bool:
    """Return whether lines may be scaled, so that 'non-scaling-stroke' matters."""
    return any(_SCALES.search((each.get("transform") or "") + (each.get("style") or "")) for each in root.walk())


class _Writer:
    """Writes elements as XML."""

    def __init__(
        self,
        sheet: StyleSheet,
        lost: Refusals,
        external: Refusals,
        find_family: FindFamily,
        uses_scales: bool,
        nesting: int,
    ) -> None:
        self.sheet, self.lost, self.external, self.nesting = sheet, lost, external, nesting
        self.find_family, self.uses_scales = find_family, uses_scales
        self.background: str | None = None
        self.characters = set[str]()

    def write_root(self, root: Element, width: float, height: float) -> Iterator[str]:
        root.attributes |= {"width": f"{width:g}", "height": f"{height:g}"}
        yield from self._write(root, 0)

    def _write(self, element: Element, depth: int) -> Iterator[str]:
        tag = element.tag
        if self._is_replaced(element):
            return
        if tag in LOST_ELEMENTS or depth > MAX_DEPTH:
            self.lost.add(f"<{tag}>", element.line, "is not drawn" if depth <= MAX_DEPTH else "is nested too deeply")
        if tag not in RENDERED_ELEMENTS or depth > MAX_DEPTH:  # no program draws it
            return
        names = f' xmlns="{NAMESPACE}" xmlns:xlink="http://www.w3.org/1999/xlink"' if depth == 0 else ""
        attributes = "".join(f' {name}="{_escape(value)}"' for name, value in self._attributes(element).items())
        yield f"<{tag}{names}{attributes}>"
        for part in element.content:
            if not isinstance(part, str):
                yield from self._write(part, depth + 1)
            elif tag in TEXT_ELEMENTS:
                self.characters.update(part)
                yield _escape(part)
        yield f"</{tag}>"

    def _is_replaced(self, element: Element) -> bool:
        """Return whether it is a part of a web page, with a picture in its place for programs that are no browsers."""
        parent = element.parent
        if element.tag != "foreignObject" or parent is None:
            return False
        return parent.tag == "switch" and len(parent.children) > 1

    def _attributes(self, element: Element) -> dict[str, str]:
        """Return the attributes to write: those of the file, and over them what style sheets say."""
        kept = dict[str, str]()
        for name, value in element.attributes.items():
            if name == "href":
                kept |= self._link(element, value.strip())
            elif name in RENDERED_PROPERTIES or name in ("transform", "vector-effect"):
                kept |= self._property(element, name, value.strip(), element.line, from_attribute=True)
            elif name not in ("style", "class", "requiredFeatures", "xml:lang") and not name.startswith("on"):
                kept[name] = value
        styles = list[str]()
        for name, (value, line) in self._declared(element).items():
            found = self._property(element, name, value, line)
            direct = name in GEOMETRY or name in ("transform", "transform-origin")
            if direct:
                kept |= found
            else:
                styles += [f"{key}:{text}" for key, text in found.items()]
        return kept | ({"style": ";".join(styles)} if styles else {})

    def _declared(self, element: Element) -> Mapping[str, tuple[str, int]]:
        """Return value and line of each property that style sheets and the 'style' attribute set (CSS Cascade 4, 6)."""
        values, important = dict[str, tuple[str, int]](), dict[str, tuple[str, int]]()
        for declaration in self._declarations(element):
            for one in expand_shorthand(declaration):
                (important if one.important else values)[one.name] = (one.value, one.line)
        return values | important

    def _declarations(self, element: Element) -> Iterator[Declaration]:
        yield from self.sheet.declarations(element)
        if self.sheet.is_exhausted:
            self.lost.add("style sheet", element.line, "has too many rules for too many elements")
        yield from parse_declarations(element.get("style") or "", element.line)

    def _property(
        self, element: Element, name: str, value: str, line: int, from_attribute: bool = False
    ) -> dict[str, str]:
        """Return a property as the renderer reads it; nothing if it is refused or has no effect."""
        value = plain_value(value)
        if self._leads_outside(name, value, line):
            return {}
        if name in ("background", "background-color"):
            if element.parent is None and value not in ("none", "transparent"):
                self.background = value
            return {}
        if name == "transform" and not from_attribute:
            return self._transform(value, line)
        if name in LOST_PROPERTIES and value.lower() not in LOST_PROPERTIES[name]:
            self.lost.add(f"{name} {quote(value)}", line)
        if name == "vector-effect" and value == "non-scaling-stroke" and self.uses_scales:
            self.lost.add(f"{name} {quote(value)}", line)
        if name in GEOMETRY and element.parent is None:
            return {}
        if name not in RENDERED_PROPERTIES and name not in GEOMETRY and name != "transform":
            return {}
        if name != "transform" and not is_rendered(name, value):
            self.lost.add(f"{name} {quote(value)}", line)
            return {}
        if name == "font-family":
            value = self._family(value, line)
        return {name: value}

    def _family(self, value: str, line: int) -> str:
        families = tuple(name.strip().strip("\"'").strip() for name in value.split(","))
        family, is_substitute = self.find_family(families)
        if is_substitute:
            self.lost.add_font(families[0], line)
        return family

    def _transform(self, value: str, line: int) -> dict[str, str]:
        plain = plain_transform(value)
        if plain is None:
            self.lost.add(f"transform {quote(value)}", line)
        return {"transform": plain} if plain else {}

    def _leads_outside(self, name: str, value: str, line: int) -> bool:
        """Return whether a value names another file, which is reported."""
        if all(address.strip().startswith("#") for address in _URL.findall(value)):
            return False
        self.external.add(f"{name} {quote(value)}", line, "names another file")
        return True

    def _link(self, element: Element, address: str) -> dict[str, str]:
        """Return the link of an element, if it leads to another of the file or to a picture in the file."""
        if element.tag == "a" or not address:
            return {}
        if address.startswith("#"):
            return {"href": address}
        if element.tag in ("image", "feImage") and address[:5].lower() == "data:":
            return self._picture(element, address)
        self.external.add(f"<{element.tag}> {quote(address)}", element.line, "names another file")
        return {}

    def _picture(self, element: Element, address: str) -> dict[str, str]:
        data = decode_address(address)
        if data is None:
            found = None
        elif is_drawing(data):
            return self._nested(element, data)
        else:
            found = convert_picture(data)
        if found is None:
            self.lost.add(f"<{element.tag}>", element.line, "holds a picture that is damaged or too large")
            return {}
        return {"href": found}

    def _nested(self, element: Element, data: bytes) -> dict[str, str]:
        """Return a drawing within the drawing, rewritten too; the renderer shows no pictures in it."""
        nested = Refusals()
        try:
            root = parse_document(data, self.external)
        except SvgError as problem:
            self.lost.add(f"<{element.tag}>", element.line, f"holds a drawing that has {problem}")
            return {}
        sheet = read_stylesheets(root, nested)
        writer = _Writer(sheet, nested, self.external, self.find_family, _uses_scales(root), self.nesting + 1)
        if self.nesting >= MAX_NESTED or any(each.tag in ("image", "feImage") for each in root.walk()):
            nested.add("<image>", 1, "is a picture in it")
        text = "".join(writer._write(root, 0))
        for one in nested.refusals:
            self.lost.add(f"<{element.tag}>", element.line, f"holds a drawing whose {one.feature} {one.reason}")
        self.characters |= writer.characters
        return {"href": encode_address(text.encode(), "image/svg+xml")}
