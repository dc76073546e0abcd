"""Reads SVG files as drawings: paths with plain colours, as logos, icons and diagrams have them.

What would look different (text, pictures, gradients, masks) is refused, never dropped silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import cos, radians, sin, sqrt, tan
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path
from fontTools.svgLib.path.shapes import PathBuilder
from msgspec import Struct, field
from PIL import ImageColor

from gri_builder.model.graphics import Drawing, LineCap, LineJoin, Segment, Shape

NAMESPACE = "{http://www.w3.org/2000/svg}"
OUTLINES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
SILENT = ("title", "desc", "metadata", "defs")
"""Elements that draw nothing."""
GROUPS = ("svg", "g", "a")
MAX_SEGMENTS = 200_000
MAX_DEPTH = 100
"""Nested groups."""
INHERITED = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "fill-rule",
    "color",
    "visibility",
)
EFFECTS = ("clip-path", "mask", "filter", "mix-blend-mode")
OPACITIES = ("opacity", "fill-opacity", "stroke-opacity")
CAPS: Mapping[str, LineCap] = {"butt": "butt", "round": "round", "square": "square"}
JOINS: Mapping[str, LineJoin] = {"miter": "miter", "round": "round", "bevel": "bevel"}
"""The line ends and joins known; what else a file asks for has no effect, as in browsers."""
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_LENGTH = re.compile(rf"\s*({_NUMBER})\s*(px|pt|pc|mm|cm|in|em|ex|%)?\s*")
_CALL = re.compile(r"(\w+)\s*\(([^)]*)\)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"\.[\w-]+")


class SvgError(ValueError):
    """An SVG feature that is not supported; the message names it, so that it reads on after 'the file has'."""


def read_svg(data: bytes) -> Drawing:
    """Return the drawing of an SVG file.

    Raises SvgError for unsupported features, for files that are not SVG, and for files that are too complex.
    """
    if b"<!ENTITY" in data:
        raise SvgError("entities")
    try:
        root = ElementTree.fromstring(data)  # noqa: S314  # entities are refused above; nothing else of XML expands
    except (ElementTree.ParseError, ValueError, LookupError) as cause:
        raise SvgError("invalid XML") from cause
    if root.tag != f"{NAMESPACE}svg":
        raise SvgError("no <svg> element")
    left, top, width, height = _view(root)
    reader = _Reader(_read_styles(root))
    shapes = tuple(reader.read(root, {}, Transform(1, 0, 0, 1, -left, -top), 0))
    if not shapes:
        raise SvgError("no visible shapes")
    return Drawing(width, height, shapes)


def _view(root: Element) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the visible area."""
    given = root.get("viewBox")
    if given is not None:
        numbers = _numbers(given)
        if len(numbers) != 4:
            raise SvgError("a viewBox that is not four numbers")
        left, top, width, height = numbers
    else:
        left, top = 0.0, 0.0
        width, height = (_length(root.get(key, ""), f"no viewBox and no {key}") for key in ("width", "height"))
    if not (0 < width < 1e6 and 0 < height < 1e6 and abs(left) < 1e6 and abs(top) < 1e6):
        raise SvgError("an empty or oversized viewBox")
    return left, top, width, height


def _numbers(text: str) -> list[float]:
    if re.sub(_NUMBER, "", text).strip(" ,\t\r\n"):
        raise SvgError(f"'{text[:40]}', not a list of numbers")
    return [float(number) for number in re.findall(_NUMBER, text)]


def _length(text: str, message: str) -> float:
    match = _LENGTH.fullmatch(text)
    if match is None or match[2] in ("em", "ex", "%"):
        raise SvgError(message)
    return float(match[1]) * {"pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}.get(match[2] or "", 1)


def _read_styles(root: Element) -> dict[str, dict[str, str]]:
    """Return the declarations of style sheets by class; other selectors are refused."""
    styles: dict[str, dict[str, str]] = {}
    for sheet in root.iter(f"{NAMESPACE}style"):
        text = re.sub(r"/\*.*?\*/", "", sheet.text or "", flags=re.DOTALL)
        if _RULE.sub("", text).strip():
            raise SvgError("a style sheet that is not a list of rules for classes")
        for selectors, rules in _RULE.findall(text):
            for selector in (each.strip() for each in selectors.split(",")):
                if not _CLASS.fullmatch(selector):
                    raise SvgError(f"a style sheet with the selector '{selector[:40]}'")
                styles.setdefault(selector[1:], {}).update(_declarations(rules))
    return styles


def _declarations(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";") if ":" in part)
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


class _Outline(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Records a path as segments."""

    def __init__(self) -> None:
        super().__init__(None)
        self.segments: list[Segment] = []

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802  # BasePen's hooks
        self.segments.append(("move", point))

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.segments.append(("line", point))

    def _curveToOne(self, one: Any, two: Any, three: Any) -> None:  # noqa: N802
        self.segments.append(("curve", (*one, *two, *three)))

    def _closePath(self) -> None:  # noqa: N802
        self.segments.append(("close", ()))


class _Reader(Struct):
    """Reads elements, outer ones first."""

    styles: Mapping[str, Mapping[str, str]]
    segments: int = field(default=0)
    """Number of segments read so far."""

    def read(self, element: Element, inherited: Mapping[str, str], matrix: Transform, depth: int) -> Iterator[Shape]:
        """Yield the shapes of an element; `inherited` are the properties of the elements around it."""
        if not isinstance(element.tag, str) or not element.tag.startswith(NAMESPACE):
            return  # a comment, or metadata of a drawing program
        name = element.tag.removeprefix(NAMESPACE)
        if name in SILENT or name == "style":
            return
        if name not in (*GROUPS, *OUTLINES) or (name == "svg" and depth):
            raise SvgError({"text": "text", "image": "a picture"}.get(name, f"<{name}>"))
        if depth > MAX_DEPTH:
            raise SvgError(f"more than {MAX_DEPTH} groups nested")
        properties = self._properties(element)
        if properties.get("display") == "none":
            return
        _refuse_effects(properties)
        inherited = {
            **inherited,
            **{key: value for key, value in properties.items() if key in INHERITED and value != "inherit"},
        }
        if transform := element.get("transform", properties.get("transform")):
            matrix = matrix.transform(_transform(transform))
        if name in GROUPS:
            for child in element:
                yield from self.read(child, inherited, matrix, depth + 1)
        elif inherited.get("visibility", "visible") == "visible" and (segments := self._outline(element, matrix)):
            yield from _shape(segments, inherited, matrix)

    def _properties(self, element: Element) -> dict[str, str]:
        """Return the properties of an element: its attributes, then its classes, then its style attribute."""
        properties = {key: value.strip() for key, value in element.attrib.items() if not key.startswith("{")}
        for name in element.get("class", "").split():
            properties |= self.styles.get(name, {})
        return properties | _declarations(element.get("style", ""))

    def _outline(self, element: Element, matrix: Transform) -> tuple[Segment, ...]:
        pen = _Outline()
        builder = PathBuilder()
        try:
            bare = Element(element.tag, {k: v for k, v in element.attrib.items() if k != "transform"})
            builder.add_path_from_element(bare)
            for path in builder.paths:
                parse_path(path, TransformPen(pen, matrix))
        except SvgError:
            raise
        except Exception as cause:  # the path parser raises errors of any kind
            name = element.tag.removeprefix(NAMESPACE)
            raise SvgError(f"a <{name}> that is invalid") from cause
        self.segments += len(pen.segments)
        if self.segments > MAX_SEGMENTS:
            raise SvgError(f"more than {MAX_SEGMENTS} lines and curves")
        if any(not abs(value) < 1e7 for _, values in pen.segments for value in values):
            raise SvgError("coordinates out of range")
        return tuple(pen.segments)


def _refuse_effects(properties: Mapping[str, str]) -> None:
    """Refuse effects that a Drawing can't express."""
    for name in EFFECTS:
        if properties.get(name, "none") not in ("none", "normal"):
            raise SvgError(f"a {name}")
    for name in OPACITIES:
        try:
            is_transparent = float(properties.get(name, "1").rstrip("%")) < 1
        except ValueError:
            is_transparent = True
        if is_transparent:
            raise SvgError("transparency")


def _shape(segments: tuple[Segment, ...], properties: Mapping[str, str], matrix: Transform) -> Iterator[Shape]:
    """Yield the shape of a path, unless it is invisible."""
    fill, stroke = _color(properties, "fill", "black"), _color(properties, "stroke", "none")
    scale = sqrt(abs(matrix.xx * matrix.yy - matrix.xy * matrix.yx))
    thickness = _length(properties.get("stroke-width", "1"), "an invalid stroke width") * scale
    if thickness <= 0:
        stroke = None
    if fill is None and stroke is None:
        return
    dashes = properties.get("stroke-dasharray", "none")
    pattern = () if dashes == "none" else tuple(number * scale for number in _numbers(dashes.replace("px", "")))
    yield Shape(
        segments,
        fill,
        stroke,
        thickness,
        CAPS.get(properties.get("stroke-linecap", "butt"), "butt"),
        JOINS.get(properties.get("stroke-linejoin", "miter"), "miter"),
        pattern if sum(pattern) > 0 and min(pattern) >= 0 else (),
        properties.get("fill-rule") == "evenodd",
    )


def _color(properties: Mapping[str, str], key: str, default: str) -> str | None:
    value = properties.get(key, default)
    if value.lower() == "currentcolor":
        value = properties.get("color", "current")
    if value in ("none", "transparent"):
        return None
    if value == "current":
        return value
    if value.startswith("url"):
        raise SvgError("a gradient or pattern")
    try:
        red, green, blue, *rest = ImageColor.getrgb(value)
    except ValueError:
        raise SvgError(f"the colour '{value[:40]}'") from None
    if rest and rest[0] < 255:
        raise SvgError("transparency")
    return f"#{red:02x}{green:02x}{blue:02x}"


def _transform(text: str) -> Transform:
    """Return the matrix of a 'transform' attribute."""
    matrix = Transform()
    if _CALL.sub("", text).strip(" ,\t\r\n"):
        raise SvgError(f"the transformation '{text[:40]}'")
    for name, arguments in _CALL.findall(text):
        matrix = matrix.transform(_one_transform(name, _numbers(arguments)))
    return matrix


def _one_transform(name: str, values: list[float]) -> Transform:
    match name, values:
        case "matrix", [a, b, c, d, e, f]:
            return Transform(a, b, c, d, e, f)
        case "translate", [x, *rest]:
            return Transform(dx=x, dy=rest[0] if rest else 0)
        case "scale", [x, *rest]:
            return Transform(x, 0, 0, rest[0] if rest else x)
        case "rotate", [angle, *rest]:
            turn = Transform(cos(radians(angle)), sin(radians(angle)), -sin(radians(angle)), cos(radians(angle)))
            if len(rest) == 2:
                return Transform(dx=rest[0], dy=rest[1]).transform(turn).transform(Transform(dx=-rest[0], dy=-rest[1]))
            return turn
        case "skewX", [angle]:
            return Transform(1, 0, tan(radians(angle)), 1)
        case "skewY", [angle]:
            return Transform(1, tan(radians(angle)), 0, 1)
    raise SvgError(f"the transformation '{name}'")
