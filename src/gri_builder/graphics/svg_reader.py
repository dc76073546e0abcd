"""SVG to Drawing: outlines with plain colours, which is what logos, icons and diagrams are made of.

What can't be taken over as it looks - text, pictures, gradients, masks - is refused, never left out in silence.
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
"""Elements that draw nothing by themselves."""
GROUPS = ("svg", "g", "a")
MOST_SEGMENTS = 200_000
DEEPEST = 100
"""Groups inside each other."""
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
    """What a file holds that can't be drawn as it looks; the message names it, for people."""


def read_svg(data: bytes) -> Drawing:
    """Return the drawing that an SVG file holds.

    Raises SvgError for what can't be taken over, for a file that is no SVG, and for one with too much in it.
    """
    if b"<!ENTITY" in data:
        raise SvgError("entities")
    try:
        root = ElementTree.fromstring(data)  # noqa: S314  # entities are refused above; nothing else of XML expands
    except (ElementTree.ParseError, ValueError, LookupError) as fault:
        raise SvgError("faults of XML") from fault
    if root.tag != f"{NAMESPACE}svg":
        raise SvgError("no drawing")
    left, top, width, height = _view(root)
    reader = _Reader(_read_styles(root))
    shapes = tuple(reader.read(root, {}, Transform(1, 0, 0, 1, -left, -top), 0))
    if not shapes:
        raise SvgError("nothing in it")
    return Drawing(width, height, shapes)


def _view(root: Element) -> tuple[float, float, float, float]:
    """Return left, top, width and height of what is to be seen."""
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
        raise SvgError("a viewBox without an area")
    return left, top, width, height


def _numbers(text: str) -> list[float]:
    if re.sub(_NUMBER, "", text).strip(" ,\t\r\n"):
        raise SvgError(f"'{text[:40]}', where numbers are due")
    return [float(number) for number in re.findall(_NUMBER, text)]


def _length(text: str, otherwise: str) -> float:
    match = _LENGTH.fullmatch(text)
    if match is None or match[2] in ("em", "ex", "%"):
        raise SvgError(otherwise)
    return float(match[1]) * {"pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}.get(match[2] or "", 1)


def _read_styles(root: Element) -> dict[str, dict[str, str]]:
    """Return what style sheets say, by class; selectors of other kinds are refused."""
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
    """Reads elements from the outer to the inner."""

    styles: Mapping[str, Mapping[str, str]]
    segments: int = field(default=0)
    """Read so far."""

    def read(self, element: Element, above: Mapping[str, str], matrix: Transform, depth: int) -> Iterator[Shape]:
        """Yield the shapes of an element; `above` is the look that it inherits."""
        if not isinstance(element.tag, str) or not element.tag.startswith(NAMESPACE):
            return  # a comment, or a drawing program's own notes
        name = element.tag.removeprefix(NAMESPACE)
        if name in SILENT or name == "style":
            return
        if name not in (*GROUPS, *OUTLINES) or (name == "svg" and depth):
            raise SvgError({"text": "text", "image": "a picture"}.get(name, f"<{name}>"))
        if depth > DEEPEST:
            raise SvgError(f"more than {DEEPEST} groups inside each other")
        look = self._look(element)
        if look.get("display") == "none":
            return
        _refuse_effects(look)
        inherited = {**above, **{key: value for key, value in look.items() if key in INHERITED and value != "inherit"}}
        if transform := element.get("transform", look.get("transform")):
            matrix = matrix.transform(_transform(transform))
        if name in GROUPS:
            for child in element:
                yield from self.read(child, inherited, matrix, depth + 1)
        elif inherited.get("visibility", "visible") == "visible" and (segments := self._outline(element, matrix)):
            yield from _shape(segments, inherited, matrix)

    def _look(self, element: Element) -> dict[str, str]:
        """Return the look of an element: attributes, over them its classes, over these its own style."""
        look = {key: value.strip() for key, value in element.attrib.items() if not key.startswith("{")}
        for name in element.get("class", "").split():
            look |= self.styles.get(name, {})
        return look | _declarations(element.get("style", ""))

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
        except Exception as fault:  # the path reader raises whatever it meets
            name = element.tag.removeprefix(NAMESPACE)
            raise SvgError(f"a <{name}> that can't be read") from fault
        self.segments += len(pen.segments)
        if self.segments > MOST_SEGMENTS:
            raise SvgError(f"more than {MOST_SEGMENTS} lines and curves")
        if any(not abs(value) < 1e7 for _, values in pen.segments for value in values):
            raise SvgError("points beyond all bounds")
        return tuple(pen.segments)


def _refuse_effects(look: Mapping[str, str]) -> None:
    """Refuse what would change how shapes look in ways that a Drawing does not know."""
    for name in EFFECTS:
        if look.get(name, "none") not in ("none", "normal"):
            raise SvgError(f"a {name}")
    for name in OPACITIES:
        try:
            see_through = float(look.get(name, "1").rstrip("%")) < 1
        except ValueError:
            see_through = True
        if see_through:
            raise SvgError("see-through parts")


def _shape(segments: tuple[Segment, ...], look: Mapping[str, str], matrix: Transform) -> Iterator[Shape]:
    """Yield the shape of an outline, unless nothing of it is to be seen."""
    fill, stroke = _color(look, "fill", "black"), _color(look, "stroke", "none")
    scale = sqrt(abs(matrix.xx * matrix.yy - matrix.xy * matrix.yx))
    thickness = _length(look.get("stroke-width", "1"), "a stroke's width that is no length") * scale
    if thickness <= 0:
        stroke = None
    if fill is None and stroke is None:
        return
    dashes = look.get("stroke-dasharray", "none")
    pattern = () if dashes == "none" else tuple(number * scale for number in _numbers(dashes.replace("px", "")))
    yield Shape(
        segments,
        fill,
        stroke,
        thickness,
        CAPS.get(look.get("stroke-linecap", "butt"), "butt"),
        JOINS.get(look.get("stroke-linejoin", "miter"), "miter"),
        pattern if sum(pattern) > 0 and min(pattern) >= 0 else (),
        look.get("fill-rule") == "evenodd",
    )


def _color(look: Mapping[str, str], key: str, usual: str) -> str | None:
    value = look.get(key, usual)
    if value.lower() == "currentcolor":
        value = look.get("color", "current")
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
        raise SvgError("see-through parts")
    return f"#{red:02x}{green:02x}{blue:02x}"


def _transform(text: str) -> Transform:
    """Return the matrix of a list of transformations."""
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
