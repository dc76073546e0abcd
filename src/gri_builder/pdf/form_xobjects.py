"""Drawings with gradients, transparency, masks or patterns, as form XObjects (ISO 32000-1, 8.10 and 11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.color import BLACK, Color
from gri_builder.model.graphics import IDENTITY, Drawing, Gradient, Group, Node, Shape, Stop, Tile
from gri_builder.pdf.drawing import Box, DrawingPen, digits_for, find_bounds, format_matrix, format_number
from gri_builder.pdf.reportlab_adapter.objects import ObjectRegistry, RawObject
from gri_builder.pdf.shadings import make_shading, make_shading_pattern

_GROUP = "<</S/Transparency/I true/CS/DeviceRGB>>"
"""Shapes that are composed apart from what is below (ISO 32000-1, 11.6.6)."""
NOWHERE: Box = (0, 0, 0, 0)
EVERYWHERE: Box = (-30000, -30000, 30000, 30000)


class _Names(Struct, frozen=True):
    """The operators and entries for the paint of fills, or of strokes (ISO 32000-1, tables 58 and 74)."""

    alpha: str
    space: str
    pattern: str
    color: str


_FILLS = _Names("ca", "cs", "scn", "rg")
_STROKES = _Names("CA", "CS", "SCN", "RG")


def make_form(registry: ObjectRegistry, drawing: Drawing, current: Color = BLACK) -> tuple[bytes, dict[str, str]]:
    """Return the content of a drawing's form XObject, whose units are the drawing's, and its entries."""
    content = _Content(registry, current, digits_for(max(drawing.width, drawing.height)))
    data = content.write(drawing.shapes)
    entries = content.entries((0.0, 0.0, drawing.width, drawing.height))
    return data, {**entries, "Group": _GROUP} if _blends(drawing.shapes) else entries


def _blends(nodes: Iterable[Node]) -> bool:
    """Return whether any shape is mixed with those below it other than by opacity."""
    return any(isinstance(node, Group) and (node.blend != "Normal" or _blends(node.shapes)) for node in nodes)


class _Content(DrawingPen):
    """The content of a form XObject or pattern, and the resources that it names."""

    def __init__(self, registry: ObjectRegistry, current: Color, digits: int) -> None:
        super().__init__(current, digits)
        self.registry = registry
        self.resources: dict[str, dict[str, str]] = {"ExtGState": {}, "Pattern": {}, "Shading": {}, "XObject": {}}
        """Names by the text of what they name, by kind (ISO 32000-1, table 33)."""

    def write(self, nodes: Iterable[Node]) -> bytes:
        """Return the operators of nodes."""
        return "\n".join(line for node in nodes for line in self.paint(node)).encode("latin-1")

    def entries(self, box: Box) -> dict[str, str]:
        """Return the entries of the form XObject with that bounding box."""
        return {"Type": "/XObject", "Subtype": "/Form", "BBox": self._box(box), "Resources": self.resource_dictionary()}

    def resource_dictionary(self) -> str:
        """Return the resource dictionary."""
        kinds = (
            f"/{kind}<<{''.join(f'/{name} {value}' for value, name in names.items())}>>"
            for kind, names in self.resources.items()
            if names
        )
        return f"<<{''.join(kinds)}>>"

    def _box(self, box: Box) -> str:
        return f"[{' '.join(map(self.number, box))}]"

    def _name(self, kind: str, value: str) -> str:
        """Return the name of a resource, which is added unless it is there."""
        names = self.resources[kind]
        return "/" + names.setdefault(value, f"{kind[0]}{len(names)}")

    def _nested(self) -> _Content:
        return _Content(self.registry, self.current, self.digits)

    # -- groups -------------------------------------------------------------------------------------------------------

    def paint_group(self, group: Group) -> Iterator[str]:
        """Yield the operators of a group: directly, or as one transparency group."""
        if group.opacity == 1 and group.mask is None and group.blend == "Normal" and not group.isolated:
            yield from super().paint_group(group)
            return
        bounds = find_bounds(group.shapes)
        if bounds is None:
            return
        yield "q"
        if group.clip:
            yield self.clip(group.clip)
        state = self._opacity_state(group.opacity) + (f"/BM/{group.blend}" if group.blend != "Normal" else "")
        if group.mask is not None:
            state += self._soft_mask(self._add_group(group.mask, find_bounds(group.mask) or NOWHERE))
        if state:
            yield f"{self._name('ExtGState', f'<<{state}>>')} gs"
        yield f"{self._name('XObject', f'{self._add_group(group.shapes, bounds)} 0 R')} Do"
        yield "Q"

    def _add_group(self, nodes: Iterable[Node], bounds: Box) -> int:
        """Return the object number of a transparency group."""
        content = self._nested()
        data = content.write(nodes)
        return self.registry.add_stream(data, **content.entries(bounds), Group=_GROUP)

    def _opacity_state(self, opacity: float) -> str:
        value = format_number(opacity, 4)
        return f"/CA {value}/ca {value}" if opacity != 1 else ""

    def _soft_mask(self, number: int) -> str:
        """Return the entry for a mask by the luminosity of a group (ISO 32000-1, 11.6.5.3)."""
        return f"/SMask<</S/Luminosity/G {number} 0 R>>"

    # -- shapes -------------------------------------------------------------------------------------------------------

    def paint_shape(self, shape: Shape) -> Iterator[str]:
        """Yield the operators of a shape; fill and stroke apart, unless both are plain."""
        plain = isinstance(shape.fill, str | None) and isinstance(shape.stroke, str | None)
        if plain and shape.fill_opacity == shape.stroke_opacity == 1:
            yield from super().paint_shape(shape)
            return
        parts = [self._fill, self._stroke]
        for part in reversed(parts) if shape.stroke_first else parts:
            yield from part(shape)

    def _fill(self, shape: Shape) -> Iterator[str]:
        if shape.fill is None:
            return
        yield "q"
        if isinstance(shape.fill, Tile):
            yield self.clip(shape)
            yield from self._paint_tiles(shape.fill, shape, self._opacity_state(shape.fill_opacity))
        else:
            yield from self._set_paint(shape.fill, shape.fill_opacity, _FILLS)
            if shape.matrix != IDENTITY:
                yield self.matrix(shape.matrix)
            yield f"{self.path(shape.segments)} {self.fill_operator(shape)}"
        yield "Q"

    def _stroke(self, shape: Shape) -> Iterator[str]:
        if shape.stroke is None:
            return
        yield "q"
        if isinstance(shape.stroke, Tile):
            white = replace(shape, fill=None, stroke="#ffffff", stroke_opacity=1.0)
            mask = self._soft_mask(self._add_group([white], find_bounds([white]) or NOWHERE))
            yield from self._paint_tiles(shape.stroke, shape, self._opacity_state(shape.stroke_opacity) + mask)
        else:
            yield from self._set_paint(shape.stroke, shape.stroke_opacity, _STROKES)
            if shape.matrix != IDENTITY:
                yield self.matrix(shape.matrix)
            yield f"{self.pen_state(shape)} {self.path(shape.segments)} S"
        yield "Q"

    def _set_paint(self, paint: str | Gradient, opacity: float, names: _Names) -> Iterator[str]:
        """Yield the operators that set the paint of fills or strokes."""
        state = ""
        if isinstance(paint, str):
            yield f"{self.color(paint)} {names.color}"
        else:
            shares = {stop.opacity for stop in paint.stops}
            if len(shares) > 1:
                state = self._soft_mask(self._add_opacity_mask(paint))
            else:
                opacity *= shares.pop()
            number = self.registry.add(RawObject(make_shading_pattern(paint, self._operands)))
            yield f"/Pattern {names.space} {self._name('Pattern', f'{number} 0 R')} {names.pattern}"
        if opacity != 1:
            state = f"/{names.alpha} {format_number(opacity, 4)}{state}"
        if state:
            yield f"{self._name('ExtGState', f'<<{state}>>')} gs"

    def _operands(self, stop: Stop) -> str:
        return self.color(stop.color)

    def _add_opacity_mask(self, gradient: Gradient) -> int:
        """Return the object number of a group whose lightness is the opacity of a gradient."""
        shading = make_shading(gradient, "/DeviceGray", lambda stop: format_number(stop.opacity, 4))
        content = self._nested()
        name = content._name("Shading", shading)
        data = f"{format_matrix(gradient.matrix)} cm {name} sh".encode("latin-1")
        entries = content.entries(EVERYWHERE)
        return self.registry.add_stream(data, **entries, Group="<</S/Transparency/I true/CS/DeviceGray>>")

    def _paint_tiles(self, tile: Tile, shape: Shape, state: str) -> Iterator[str]:
        """Yield the operators that draw a pattern behind a shape's outline, with a graphics state of opacity or mask.

        Each tile is drawn for itself, as viewers round the steps of tiling patterns (ISO 32000-1, 8.7.3) to pixels.
        """
        if not state:
            yield from self._repeat(tile)
            return
        content = self._nested()
        data = "\n".join(content._repeat(tile)).encode("latin-1")
        entries = content.entries(find_bounds([shape]) or NOWHERE)
        number = self.registry.add_stream(data, **entries, Group=_GROUP)
        yield f"{self._name('ExtGState', f'<<{state}>>')} gs {self._name('XObject', f'{number} 0 R')} Do"

    def _repeat(self, tile: Tile) -> Iterator[str]:
        content = self._nested()
        left, top, width, height = tile.box
        content._own_digits(tile)
        data = content.write(tile.shapes)
        entries = content.entries((left, top, left + width, top + height))
        name = self._name("XObject", f"{self.registry.add_stream(data, **entries)} 0 R")
        yield self.matrix(tile.matrix)
        first_column, first_row, last_column, last_row = tile.reach
        for row in range(first_row, last_row):
            for column in range(first_column, last_column):
                yield f"q {self.matrix((1, 0, 0, 1, column * width, row * height))} {name} Do Q"

    def _own_digits(self, tile: Tile) -> None:
        """Write coordinates as exactly as the size of a tile needs."""
        self.digits = max(self.digits, digits_for(max(tile.box[2:])))
