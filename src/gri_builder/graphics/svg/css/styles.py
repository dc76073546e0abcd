"""The cascade (CSS Cascade 4): which value each property of an element has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gri_builder.graphics.svg.css.lengths import Units, parse_number
from gri_builder.graphics.svg.css.stylesheet import Declaration, StyleSheet, parse_declarations
from gri_builder.graphics.svg.css.vocabulary import FONT_SIZES, GEOMETRY, HARMLESS, PROPERTIES
from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.reading import Refusals, quote

MAX_FONT_SIZE = 1e5
MAX_FONT = 300
"""Number of characters of the shorthand 'font'."""
_FONT = re.compile(
    r"(?P<front>(?:[\w-]+\s+)*?)(?P<size>[\d.]+(?:[a-zA-Z]+|%)|[a-z-]*(?:small|large|medium))"
    r"(?:\s*/\s*[\w.%-]+)?\s+(?P<family>\S.*)",
    re.DOTALL,
)
_UNIT = re.compile(r"[\d.](?:px|pt|pc|mm|cm|in|em|deg|rad|grad|turn|%)", re.IGNORECASE)
"""A number with a unit, as 'transform' has them in style sheets only (CSS Transforms 1, 8)."""
_STYLES = ("italic", "oblique")
_WEIGHTS = ("bold", "bolder", "lighter", *(str(number * 100) for number in range(1, 10)))
PRESENTATION = frozenset(PROPERTIES) - {"mix-blend-mode", "isolation", "background-color", "transform-box", "clip"}
PRESENTATION -= {"inline-size", "outline", *(name for name in PROPERTIES if name.startswith("font-variant-"))}
"""Properties that attributes can set (SVG 2, 6.6)."""


class Style:
    """The properties of an element."""

    __slots__ = ("_inherited", "_own", "font_size", "font_weight", "parent")
    _inherited: dict[str, str]
    _own: dict[str, str]

    def __init__(self, parent: Style | None, declared: Mapping[str, str]) -> None:
        self.parent = parent
        inherited = dict(parent._inherited) if parent else {}
        own = dict[str, str]()
        for name, value in declared.items():
            known = PROPERTIES.get(name)
            is_inherited = known is not None and known.inherited
            if value == "inherit" or (value in ("unset", "revert") and is_inherited):
                value = parent[name] if parent else ""
                if not value and known:
                    value = known.initial
            elif value in ("initial", "unset", "revert"):
                value = known.initial if known else ""
            (inherited if is_inherited else own)[name] = value
        self._inherited, self._own = inherited, own
        self.font_size = _font_size(declared.get("font-size"), parent)
        """In user units."""
        self.font_weight = _font_weight(declared.get("font-weight"), parent)
        """From 1 to 1000 (CSS Fonts 4, 2.2)."""

    def __getitem__(self, name: str) -> str:
        """Return the value of a property; its initial one if none is declared."""
        value = self._own.get(name)
        if value is None:
            value = self._inherited.get(name)
        if value is None:
            known = PROPERTIES.get(name)
            return known.initial if known else ""
        return value

    def own(self, name: str) -> str | None:
        """Return a value that is declared for the element itself and not inherited; None without one."""
        return self._own.get(name)


def _font_size(text: str | None, parent: Style | None) -> float:
    above = parent.font_size if parent else FONT_SIZES["medium"]
    if text is None or text in ("inherit", "unset", "revert"):
        return above
    if text in FONT_SIZES:
        return FONT_SIZES[text]
    if text in ("smaller", "larger"):
        return min(above * (1.2 if text == "larger" else 1 / 1.2), MAX_FONT_SIZE)
    root = parent
    while root and root.parent:
        root = root.parent
    size = Units(above, above, above, root.font_size if root else 16.0).parse(text)
    return min(size, MAX_FONT_SIZE) if size is not None and size >= 0 else above


class Cascade:
    """Computes styles of elements, and refuses properties and values that are not drawn."""

    def __init__(self, sheet: StyleSheet, refusals: Refusals) -> None:
        self._sheet, self._refusals = sheet, refusals
        self._declared: dict[int, dict[str, str]] = {}

    def style(self, element: Element, parent: Style | None) -> Style:
        """Return the style of an element whose parent has that style."""
        declared = self._declared.get(id(element))
        if declared is None:
            declared = self._declared[id(element)] = self._collect(element)
        return Style(parent, declared)

    def _collect(self, element: Element) -> dict[str, str]:
        """Return the value declared for each property of an element: important ones win, then the most specific."""
        values, important = dict[str, str](), dict[str, str]()
        for declaration in self._declarations(element):
            for one in expand_shorthand(declaration):
                if self._is_drawn(element, one):
                    (important if one.important else values)[one.name] = one.value
        return values | important

    def _declarations(self, element: Element) -> Iterator[Declaration]:
        for name, value in element.attributes.items():
            if name == "transform" and _UNIT.search(value):
                self._refusals.add(f"attribute transform {quote(value)}", element.line, "has units of style sheets")
            elif name in PRESENTATION:
                yield Declaration(name, value.strip(), False, element.line)
            elif name in PROPERTIES and name not in ("clip", "isolation"):
                self._refusals.add(f"attribute {name}", element.line, "has an effect in style sheets only")
        yield from self._sheet.declarations(element)
        if self._sheet.is_exhausted:
            self._refusals.add("style sheet", element.line, "has too many rules for too many elements")
        if text := element.get("style"):
            yield from parse_declarations(text, element.line)

    def _is_drawn(self, element: Element, declaration: Declaration) -> bool:
        """Return whether a declaration counts; it is refused unless it is known, or known to have no effect."""
        name, value = declaration.name, declaration.value
        if name in HARMLESS or name.startswith("-"):
            return False
        if not name:
            self._refusals.add(f"style {quote(value)}", declaration.line, "is not a property with a value")
            return False
        known = PROPERTIES.get(name)
        if name == "overflow" and value == "inherit":
            self._refusals.add("overflow 'inherit'", declaration.line)
            return False
        if value in ("inherit", "initial", "unset", "revert") and (known or name in GEOMETRY):
            return True
        if known and (known.check(value) or known.check(value.lower())):
            return True
        if name in GEOMETRY:
            return True
        self._refuse(name, value, declaration.line, is_known=known is not None)
        return False

    def _refuse(self, name: str, value: str, line: int, is_known: bool) -> None:
        if not is_known:
            self._refusals.add(f"property {name}", line)
        elif name in ("filter",):
            self._refusals.add(f"property {name} {quote(value)}", line, "needs pixels, and is not drawn as vectors")
        else:
            self._refusals.add(f"{name} {quote(value)}", line, "is a value that is not drawn")


def expand_shorthand(declaration: Declaration) -> Iterator[Declaration]:
    """Yield a declaration; for a shorthand, its parts."""
    name, value, important, line = declaration.name, declaration.value, declaration.important, declaration.line
    if name == "marker":
        for place in ("start", "mid", "end"):
            yield Declaration(f"marker-{place}", value, important, line)
    elif name == "background":
        yield Declaration("background-color", value, important, line)
    elif name == "font" and len(value) <= MAX_FONT and (match := _FONT.fullmatch(value)):
        words = match["front"].split()
        style = next((word for word in words if word in _STYLES), "normal")
        weight = next((word for word in words if word in _WEIGHTS), "normal")
        others = [word for word in words if word not in (style, weight, "normal")]
        yield Declaration("font-style", style, important, line)
        yield Declaration("font-weight", weight, important, line)
        yield Declaration("font-variant", " ".join(others) or "normal", important, line)
        yield Declaration("font-size", match["size"], important, line)
        yield Declaration("font-family", match["family"], important, line)
    else:
        yield declaration


def _font_weight(text: str | None, parent: Style | None) -> int:
    above = parent.font_weight if parent else 400
    if text is None or text in ("inherit", "unset", "revert"):
        return above
    if text == "bolder":
        return 400 if above < 350 else 700 if above < 550 else 900
    if text == "lighter":
        return 100 if above < 550 else 400 if above < 750 else 700
    number = parse_number({"normal": "400", "bold": "700"}.get(text, text))
    return int(number) if number is not None and 1 <= number <= 1000 else above
