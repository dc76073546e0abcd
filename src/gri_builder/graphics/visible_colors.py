"""Colours of pictures as they are seen: samples of a few pixels, and their contrast with what is behind them."""

from __future__ import annotations

import io
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from math import sqrt

from msgspec import Struct
from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

from gri_builder.model.color import Color, contrast, to_hex
from gri_builder.model.graphics import Drawing, Gradient, Group, Matrix, Node, Paint, Picture, Shape, Tile

SAMPLE = 160
"""Pixels of the longer side of a sample."""
STEPS = 6
"""Straight lines in place of each curve."""
FADED = 2.0
"""Contrast under which a shape fades into its ground."""
MAX_FADED = 0.2
"""Share of a picture's outline that may fade."""
OPAQUE = 128
"""Alpha, of 255, from which a pixel is part of the picture."""
RIM = 3
"""Pixels around a sample, and width of the outline that is compared."""
Point = tuple[float, float]


class Fading(Struct, frozen=True):
    """A picture whose outline fades into its ground."""

    share: float
    """Share of the outline that fades, from 0 to 1."""
    color: str
    """The commonest colour that fades, as '#rrggbb'."""
    ground: str
    """The colour behind it."""
    ratio: float
    """Their contrast, from 1 to 21."""


def sample_picture(picture: Picture) -> Image.Image:
    """Return a picture as a few pixels with alpha."""
    return sample_drawing(picture.drawing) if picture.drawing else sample_raster(picture.data)


def sample_raster(data: bytes) -> Image.Image:
    """Return a small copy of a raster image with alpha."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            image.draft(None, (SAMPLE * 2, SAMPLE * 2))
            if image.mode != "P":
                image.thumbnail((SAMPLE, SAMPLE), Image.Resampling.BOX)
            small = image.convert("RGBA")
    small.thumbnail((SAMPLE, SAMPLE), Image.Resampling.BOX)
    return small


def sample_drawing(drawing: Drawing) -> Image.Image:
    """Return a drawing as a few pixels; gradients have their mean colour, and clip paths no effect."""
    scale = SAMPLE / max(drawing.width, drawing.height)
    size = (max(1, round(drawing.width * scale)), max(1, round(drawing.height * scale)))
    sample = Image.new("RGBA", size)
    for shape, opacity in _flatten(drawing.shapes, 1.0):
        for mask, paint, own in _masks(shape, scale, size):
            color = _mean_color(paint)
            if color is not None:
                alpha = mask.point(lambda value, share=own * opacity: value * share)
                sample.paste(Image.new("RGBA", size, (*color, 255)), (0, 0), alpha)
                _raise_alpha(sample, alpha)
    return sample


def _raise_alpha(sample: Image.Image, alpha: Image.Image) -> None:
    """Make a sample opaque where something was painted on it."""
    sample.putalpha(ImageChops.lighter(sample.getchannel("A"), alpha))


def _flatten(nodes: Iterable[Node], opacity: float) -> Iterator[tuple[Shape, float]]:
    for node in nodes:
        if isinstance(node, Group):
            yield from _flatten(node.shapes, opacity * node.opacity)
        else:
            yield node, opacity


def _masks(shape: Shape, scale: float, size: tuple[int, int]) -> Iterator[tuple[Image.Image, Paint, float]]:
    """Yield where a shape is filled and stroked, with the paint and its opacity."""
    outlines = list(_outlines(shape, scale))
    if shape.fill is not None:
        yield _fill(outlines, size, shape.even_odd), shape.fill, shape.fill_opacity
    if shape.stroke is not None:
        mask = Image.new("L", size)
        draw = ImageDraw.Draw(mask)
        for points in outlines:
            draw.line(points, 255, max(1, round(shape.thickness * scale * _size(shape.matrix))))
        yield mask, shape.stroke, shape.stroke_opacity


def _size(matrix: Matrix) -> float:
    """Return how much larger a matrix makes lengths, on average."""
    a, b, c, d, _, _ = matrix
    return sqrt(abs(a * d - b * c))


def _fill(outlines: list[list[Point]], size: tuple[int, int], even_odd: bool) -> Image.Image:
    """Return the inside of outlines; those that run the other way than the first are holes."""
    mask = Image.new("L", size)
    first = _area(outlines[0]) if outlines else 0.0
    for points in outlines:
        part = Image.new("L", size)
        if len(points) > 2:
            ImageDraw.Draw(part).polygon(points, 255)
        if even_odd:
            mask = ImageChops.difference(mask, part)
        elif _area(points) * first < 0:
            mask = ImageChops.subtract(mask, part)
        else:
            mask = ImageChops.lighter(mask, part)
    return mask


def _area(points: list[Point]) -> float:
    """Return twice the area inside an outline; negative if it runs the other way round."""
    return sum(
        x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(points, points[1:] + points[:1], strict=True)
    )


def _outlines(shape: Shape, scale: float) -> Iterator[list[Point]]:
    """Yield the outlines of a shape as points of a sample."""
    a, b, c, d, e, f = shape.matrix
    points = list[Point]()

    def place(x: float, y: float) -> Point:
        return (a * x + c * y + e) * scale, (b * x + d * y + f) * scale

    last: Point = (0.0, 0.0)
    for kind, values in shape.segments:
        if kind == "move" and points:
            yield points
            points = []
        if kind == "curve":
            points += [place(*_on_curve(last, values, step / STEPS)) for step in range(1, STEPS + 1)]
        elif kind != "close":
            points.append(place(values[0], values[1]))
        if values:
            last = (values[-2], values[-1])
    if points:
        yield points


def _on_curve(start: Point, values: tuple[float, ...], t: float) -> Point:
    """Return a point of a cubic Bézier curve."""
    x1, y1, x2, y2, x3, y3 = values
    u = 1 - t
    weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    return (
        sum(w * x for w, x in zip(weights, (start[0], x1, x2, x3), strict=True)),
        sum(w * y for w, y in zip(weights, (start[1], y1, y2, y3), strict=True)),
    )


def _mean_color(paint: Paint) -> tuple[int, int, int] | None:
    if isinstance(paint, str):
        return _rgb("#000000" if paint == "current" else paint)
    if isinstance(paint, Gradient):
        colors = [_rgb("#000000" if stop.color == "current" else stop.color) for stop in paint.stops]
        red, green, blue = (round(sum(channel) / len(colors)) for channel in zip(*colors, strict=True))
        return red, green, blue
    assert isinstance(paint, Tile)
    inside = next((shape.fill or shape.stroke for shape, _ in _flatten(paint.shapes, 1.0)), None)
    return _mean_color(inside) if inside is not None else None


def _rgb(color: str) -> tuple[int, int, int]:
    red, green, blue = ImageColor.getrgb(color)[:3]
    return red, green, blue


def find_fading(picture: Image.Image, ground: Image.Image | Color) -> Fading | None:
    """Return how much of a picture's outline fades into its ground; None for a picture with a ground of its own.

    `ground` is one colour, or what is behind the picture in any size.
    """
    if _has_own_ground(picture):
        return None
    size = (picture.width + 2 * RIM, picture.height + 2 * RIM)
    behind = _enlarge(ground, picture.size, size)
    alpha = Image.new("L", size)
    alpha.paste(picture.getchannel("A"), (RIM, RIM))
    solid = alpha.point([0 if value < OPAQUE else 255 for value in range(256)])
    rim = ImageChops.subtract(solid, solid.filter(ImageFilter.MinFilter(RIM)))
    front = behind.copy()
    shown = solid if alpha.getextrema()[1] == 255 else alpha  # smooth edges count as their shape
    front.paste(picture.convert("RGB"), (RIM, RIM), shown.crop((RIM, RIM, size[0] - RIM, size[1] - RIM)))
    pairs = Counter(
        (here, there)
        for is_rim, here, there in zip(rim.tobytes(), _pixels(front), _pixels(behind), strict=True)
        if is_rim
    )
    return _judge(pairs)


def _pixels(image: Image.Image) -> Iterator[bytes]:
    """Yield red, green and blue of each pixel of an image."""
    data = image.tobytes()
    return (data[start : start + 3] for start in range(0, len(data), 3))


def _enlarge(ground: Image.Image | Color, inner: tuple[int, int], size: tuple[int, int]) -> Image.Image:
    if isinstance(ground, Image.Image):
        sized = ground.convert("RGB").resize(inner)
        whole = sized.resize(size)
        whole.paste(sized, (RIM, RIM))
        return whole
    return Image.new("RGB", size, to_hex(ground))


def _has_own_ground(picture: Image.Image) -> bool:
    """Return whether nearly all pixels at the edges of a picture are opaque."""
    alpha = picture.getchannel("A")
    inner = alpha.copy()
    inner.paste(0, (1, 1, max(1, alpha.width - 1), max(1, alpha.height - 1)))
    edge = 2 * (alpha.width + alpha.height) - 4
    return sum(inner.histogram()[OPAQUE:]) > 0.9 * edge


def _judge(pairs: Counter[tuple[bytes, bytes]]) -> Fading | None:
    """Return how much fades, by the number of pixels of each colour on each ground."""
    ratios = {pair: contrast(_color(pair[0]), _color(pair[1])) for pair in pairs}
    faded = Counter({pair: count for pair, count in pairs.items() if ratios[pair] < FADED})
    if not faded:
        return Fading(0.0, "", "", 21.0)
    (front, behind), _ = min(faded.items(), key=lambda item: (-item[1], item[0]))
    share = faded.total() / pairs.total()
    return Fading(share, to_hex(_color(front)), to_hex(_color(behind)), ratios[front, behind])


def _color(pixel: bytes) -> Color:
    red, green, blue = pixel
    return Color(red / 255, green / 255, blue / 255)
