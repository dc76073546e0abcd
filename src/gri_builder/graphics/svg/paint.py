"""Paint: colours, and the gradients and patterns that 'fill' and 'stroke' name (SVG 2, 13.2 and 14)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil, floor, hypot

from msgspec.structs import replace

from gri_builder.graphics.svg.css.colors import parse_color
from gri_builder.graphics.svg.css.lengths import Direction, Units, parse_share
from gri_builder.graphics.svg.css.styles import Style
from gri_builder.graphics.svg.css.vocabulary import parse_reference
from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.matrices import apply, inverse, multiply
from gri_builder.graphics.svg.paths import Box
from gri_builder.graphics.svg.patterns import resolve_pattern
from gri_builder.graphics.svg.reading import quote
from gri_builder.graphics.svg.scene import Context, Scene
from gri_builder.graphics.svg.servers import attribute, box_matrix, chain_of, inner_matrix, own_attribute
from gri_builder.model.graphics import Gradient, GradientKind, Matrix, Paint, Stop

END = 0.01
"""By how much a gradient is prolonged if its colour changes abruptly at an end, relative to its length."""
MAX_REPEATS = 300
"""Repetitions of a gradient beyond its ends."""
FindBox = Callable[[], Box | None]
Painted = tuple[Paint | None, float]
"""Paint and its opacity."""
NOTHING: Painted = (None, 1.0)


def resolve_paint(
    scene: Scene,
    element: Element,
    name: str,
    style: Style,
    context: Context,
    matrix: Matrix,
    box: FindBox,
    bounds: FindBox,
) -> Painted:
    """Return what 'fill' or 'stroke' paints with; `bounds` is the box around all that is painted, in user units."""
    value, share = style[name], parse_share(style[f"{name}-opacity"])
    opacity = 1.0 if share is None else share
    if value == "none" or not opacity:
        return NOTHING
    if value in ("context-fill", "context-stroke"):
        of_context = context.fill if value == "context-fill" else context.stroke
        if of_context is None:
            scene.refuse(element, f"{name} '{value}' in a <use> with a gradient or pattern")
            return NOTHING
        return of_context[0], of_context[1] * opacity
    reference = parse_reference(value)
    if reference is None:
        return resolve_color(value, style, opacity)
    server = scene.find(reference.target)
    if server is None or server.tag not in ("linearGradient", "radialGradient", "pattern"):
        if reference.fallback:
            return NOTHING if reference.fallback == "none" else resolve_color(reference.fallback, style, opacity)
        what = "leads nowhere in the file" if server is None else f"leads to a <{server.tag}>"
        scene.refuse(element, f"{name} {quote(value)}", what)
        return NOTHING
    if server.tag == "pattern":
        painted: Painted = resolve_pattern(scene, server, context, matrix, box(), bounds()), opacity
    else:
        painted = _resolve_gradient(scene, server, context, matrix, box(), bounds(), opacity)
    if painted[0] is None and reference.fallback not in ("", "none"):
        if box_matrix(box()) is None:
            return resolve_color(reference.fallback, style, opacity)
        scene.refuse(element, f"{name} {quote(value)}", "leads to nothing that paints")
    return painted


def resolve_color(value: str, style: Style, opacity: float) -> Painted:
    """Return a colour that may be 'currentColor'."""
    color, alpha = parse_color(value) or ("#000000", 1.0)
    if color == "current" and style["color"].lower() not in ("current", "currentcolor"):
        color, alpha = parse_color(style["color"]) or (color, alpha)
    return (color, alpha * opacity) if alpha * opacity > 0 else NOTHING


def _resolve_gradient(
    scene: Scene, server: Element, context: Context, matrix: Matrix, box: Box | None, bounds: Box | None, opacity: float
) -> Painted:
    chain = chain_of(scene, server, ("linearGradient", "radialGradient"))
    stops = _read_stops(scene, chain)
    if not stops or box is None or bounds is None:
        return NOTHING
    style = scene.style(server)
    word = attribute(chain, "gradientUnits")
    own = scene.word(server, "gradientUnits", word, ("objectBoundingBox", "userSpaceOnUse"))
    if own == "objectBoundingBox":
        relative = box_matrix(box)
        if relative is None:
            return NOTHING
        matrix, units = multiply(matrix, relative), Units(1, 1, style.font_size)
        bounds = _move_box(bounds, relative)
    else:
        units = scene.units(style, context)
    inner = inner_matrix(scene, server, chain, "gradientTransform")
    if inner is None:
        return NOTHING
    gradient = _place_gradient(scene, server, chain, units, multiply(matrix, inner), stops)
    if len(stops) == 1 or gradient is None:
        last = stops[-1]
        return (last.color, last.opacity * opacity) if last.opacity else NOTHING
    bounds = _move_box(bounds, inner)
    spread = scene.word(server, "spreadMethod", attribute(chain, "spreadMethod"), ("pad", "reflect", "repeat"))
    if spread != "pad" and bounds is not None:
        return _repeat(scene, server, gradient, bounds, spread), opacity
    return _open_ends(gradient), opacity


def _move_box(box: Box | None, matrix: Matrix) -> Box | None:
    """Return the box around a box as seen before a transformation."""
    back = inverse(matrix)
    if box is None or back is None:
        return None
    corners = [apply(back, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _place_gradient(
    scene: Scene, server: Element, chain: list[Element], units: Units, matrix: Matrix, stops: tuple[Stop, ...]
) -> Gradient | None:
    """Return a gradient that continues beyond its ends; None without an extent: the last colour is everywhere."""

    def length(name: str, direction: Direction, default: str) -> float:
        text = own_attribute(chain, name)
        value = units.parse(default if text is None else text, direction)
        if value is None:
            scene.refuse(server, f"<{server.tag}> {name} {quote(text or '')}", "is not a usable length")
        return value or 0.0

    kind: GradientKind = "linear" if server.tag == "linearGradient" else "radial"
    if kind == "linear":
        ends = length("x1", "x", "0%"), length("y1", "y", "0%"), length("x2", "x", "100%"), length("y2", "y", "0%")
        return Gradient(kind, ends, matrix, stops) if ends[:2] != ends[2:] else None
    cx, cy, r = length("cx", "x", "50%"), length("cy", "y", "50%"), length("r", "both", "50%")
    fx, fy, fr = length("fx", "x", str(cx)), length("fy", "y", str(cy)), length("fr", "both", "0")
    if r <= 0:
        return None
    if fr < 0 or hypot(fx - cx, fy - cy) + fr > r * 0.9999:
        scene.refuse(server, "<radialGradient> with a focal point outside its circle")
    return Gradient(kind, (fx, fy, fr, cx, cy, r), matrix, stops)


def _read_stops(scene: Scene, chain: list[Element]) -> tuple[Stop, ...]:
    """Return the stops of the first gradient in a chain that has some (SVG 2, 14.2.4)."""
    stops, last = list[Stop](), 0.0
    for element in _stop_elements(chain):
        text = element.get("offset")
        offset = parse_share(text) if text is not None else 0.0
        if offset is None:
            scene.refuse(element, f"<stop> offset {quote(text or '')}", "is not a number or percentage")
            offset = 0.0
        last = max(last, offset)
        style = scene.style(element)
        share = parse_share(style["stop-opacity"])
        color, opacity = resolve_color(style["stop-color"], style, 1.0)
        base = color if isinstance(color, str) else "#000000"
        alpha = (1.0 if share is None else share) * (opacity if color is not None else 0.0)
        if color is None and (parsed := parse_color(style["stop-color"])):
            base = parsed[0]
        stops.append(Stop(last, base, alpha))
    return tuple(stops)


def _open_ends(gradient: Gradient) -> Gradient:
    """Return a gradient whose colours beyond its ends differ from those at its ends with a bit more at each end."""
    stops, low, high = gradient.stops, 0.0, 1.0
    if gradient.kind == "linear" and stops[0].offset == stops[1].offset == 0:
        low = -END
    if stops[-1].offset == stops[-2].offset == 1:
        high = 1 + END
    if (low, high) == (0, 1):
        return gradient
    moved = [replace(stop, offset=(stop.offset - low) / (high - low)) for stop in stops]
    moved[0] = replace(moved[0], offset=0.0) if low else moved[0]
    moved[-1] = replace(moved[-1], offset=1.0) if high > 1 else moved[-1]
    return replace(gradient, points=_extend(gradient, low, high), stops=tuple(moved))


def _stop_elements(chain: list[Element]) -> Iterator[Element]:
    for gradient in chain:
        stops = [child for child in gradient.children if child.tag == "stop"]
        if stops:
            yield from stops
            return


def _repeat(scene: Scene, server: Element, gradient: Gradient, bounds: Box, spread: str) -> Gradient:
    """Return a gradient with its stops repeated until they cover a box in the gradient's units (SVG 2, 14.2.2)."""
    low, high = _reach(gradient, bounds)
    first, last = (min(0, floor(low)), max(1, ceil(high)))
    if last - first > MAX_REPEATS:
        scene.refuse(server, f"spreadMethod '{spread}'", f"repeats the gradient more than {MAX_REPEATS} times")
        return gradient
    stops = list[Stop]()
    for turn in range(first, last):
        mirrored = spread == "reflect" and turn % 2
        source = (
            [replace(stop, offset=1 - stop.offset) for stop in reversed(gradient.stops)] if mirrored else gradient.stops
        )
        edge = (replace(source[0], offset=0.0), *source, replace(source[-1], offset=1.0))
        stops.extend(replace(stop, offset=(turn + stop.offset - first) / (last - first)) for stop in edge)
    return replace(gradient, points=_extend(gradient, first, last), stops=tuple(stops))


def _reach(gradient: Gradient, bounds: Box) -> tuple[float, float]:
    """Return the smallest and largest offset that a box has."""
    corners = [(x, y) for x in (bounds[0], bounds[2]) for y in (bounds[1], bounds[3])]
    if gradient.kind == "linear":
        x1, y1, x2, y2 = gradient.points
        size = (x2 - x1) ** 2 + (y2 - y1) ** 2
        offsets = [((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / size for x, y in corners]
        return min(offsets), max(offsets)
    fx, fy, fr, cx, cy, r = gradient.points
    slack = max(r - fr - hypot(cx - fx, cy - fy), 1e-9)
    return 0.0, max(hypot(x - fx, y - fy) for x, y in corners) / slack + 1


def _extend(gradient: Gradient, first: float, last: float) -> tuple[float, ...]:
    """Return a gradient's points with its ends moved to other offsets."""
    half = len(gradient.points) // 2
    start, end = gradient.points[:half], gradient.points[half:]
    return tuple(a + (b - a) * offset for offset in (first, last) for a, b in zip(start, end, strict=True))
