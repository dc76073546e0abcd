"""The characters of a <text> element: white space, styles, and the places that attributes give them (SVG 2, 11)."""

from __future__ import annotations

import re

from msgspec import Struct, field

from gri_builder.graphics.svg.css.lengths import Direction, parse_number
from gri_builder.graphics.svg.css.styles import Style
from gri_builder.graphics.svg.css.vocabulary import SILENT
from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.reading import quote
from gri_builder.graphics.svg.scene import Context, Scene

PARTS = frozenset(("tspan", "a"))
"""Elements that may be within text."""
MAX_CHARACTERS = 20_000
_NUMBERS = re.compile(r"[\s,]+")


class Character(Struct):
    """A character with its style."""

    char: str
    style: Style
    element: Element
    keeps_space: bool
    x: float | None = None
    """Absolute place, if given."""
    y: float | None = None
    dx: float = 0.0
    dy: float = 0.0
    rotate: float = 0.0
    is_placed: bool = False
    """Whether it has a place, shift or rotation of its own."""


class _Span(Struct):
    """An element within text, with its characters."""

    element: Element
    style: Style
    start: int
    end: int = 0


class _Collected(Struct):
    characters: list[Character] = field(default_factory=list)
    spans: list[_Span] = field(default_factory=list)


def read_characters(scene: Scene, element: Element, style: Style, context: Context) -> list[Character]:
    """Return the characters that a <text> element shows, white space collapsed, with their places."""
    found = _Collected()
    _collect(scene, element, style, found, _keeps_space(element, style, _inherited_space(element)), 0)
    if len(found.characters) > MAX_CHARACTERS:
        scene.refuse(element, f"<text> of more than {MAX_CHARACTERS} characters", "is too long to draw")
        return []
    if len({one.keeps_space for one in found.characters}) > 1:
        scene.refuse(element, "xml:space of a part of a text")
    kept = _collapse(scene, found.characters)
    numbers = {id(character): number for number, character in enumerate(kept)}
    for span in found.spans:
        inside = [kept[numbers[id(one)]] for one in found.characters[span.start : span.end] if id(one) in numbers]
        _place(scene, span, inside, context)
    return kept


def _inherited_space(element: Element) -> bool:
    """Return whether the nearest element around with 'xml:space' preserves white space."""
    here = element.parent
    while here is not None:
        if (value := here.get("xml:space")) is not None:
            return value == "preserve"
        here = here.parent
    return False


def _keeps_space(element: Element, style: Style, keeps: bool) -> bool:
    """Return whether white space of an element is kept; 'white-space' goes before 'xml:space' (SVG 2, 11.7)."""
    words = style["white-space"].lower()
    if words != "normal":
        return words != "nowrap"
    space = element.get("xml:space")
    return keeps if space is None else space == "preserve"


def _collect(scene: Scene, element: Element, style: Style, found: _Collected, keeps: bool, depth: int) -> None:
    """Add the characters of an element and of the elements within it."""
    if not scene.count_element(element, depth):
        return
    span = _Span(element, style, len(found.characters))
    found.spans.append(span)
    for part in element.content:
        if isinstance(part, str):
            found.characters.extend(Character(char, style, element, keeps) for char in part)
        elif part.tag in PARTS:
            if part.get("systemLanguage") is not None or part.get("requiredExtensions"):
                scene.refuse(part, f"conditions of a <{part.tag}>")
            inner = scene.cascade.style(part, style)
            if inner["display"] != "none":
                _collect(scene, part, inner, found, _keeps_space(part, inner, keeps), depth + 1)
        elif part.tag not in SILENT:
            scene.refuse(part, f"<{part.tag}> within <text>")
    span.end = len(found.characters)


def _collapse(scene: Scene, characters: list[Character]) -> list[Character]:
    """Return characters with white space as SVG shows it: single spaces, none at both ends (SVG 2, 11.3)."""
    kept = list[Character]()
    for one in characters:
        if one.char == "\n" and one.style["white-space"].lower().startswith("pre"):
            scene.refuse(one.element, "line breaks in <text>")
        if one.char in "\n\r\t":
            one.char = " "
        if (
            one.char == " "
            and not one.keeps_space
            and (not kept or (kept[-1].char == " " and not kept[-1].keeps_space))
        ):
            continue
        kept.append(one)
    while kept and kept[-1].char == " " and not kept[-1].keeps_space:
        kept.pop()
    return kept


def _place(scene: Scene, span: _Span, inside: list[Character], context: Context) -> None:
    """Give characters the places that their element's attributes list, one for each."""
    units = scene.units(span.style, context)
    ways: tuple[tuple[str, Direction], ...] = (("x", "x"), ("y", "y"), ("dx", "x"), ("dy", "y"))
    for name, direction in ways:
        text = span.element.get(name)
        if text is None:
            continue
        lengths = units.parse_list(text, direction)
        if lengths is None:
            scene.refuse(span.element, f"<{span.element.tag}> {name} {quote(text)}", "is not a list of lengths")
            continue
        for one, length in zip(inside, lengths, strict=False):
            setattr(one, name, length)
            one.is_placed = True
    if text := span.element.get("rotate"):
        _rotate(scene, span, inside, text)


def _rotate(scene: Scene, span: _Span, inside: list[Character], text: str) -> None:
    """Turn characters; the last angle is for all that follow."""
    angles = [parse_number(word) for word in _NUMBERS.split(text.strip()) if word]
    if not angles or None in angles:
        scene.refuse(span.element, f"<{span.element.tag}> rotate {quote(text)}", "is not a list of angles")
        return
    for index, one in enumerate(inside):
        angle = angles[min(index, len(angles) - 1)]
        one.rotate, one.is_placed = angle or 0.0, True
