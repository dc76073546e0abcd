"""Gradients as shadings, and patterns of shadings (ISO 32000-1, 8.7.4 and 7.10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from gri_builder.model.graphics import Gradient, Stop
from gri_builder.pdf.drawing import format_matrix, format_number

Operands = Callable[[Stop], str]
"""Returns the colour operands of a stop."""


def make_shading(gradient: Gradient, space: str, operands: Operands) -> str:
    """Return the shading dictionary of a gradient in a colour space, such as '/DeviceRGB'."""
    kind = 2 if gradient.kind == "linear" else 3
    points = " ".join(format_number(value, 6) for value in gradient.points)
    function = _make_function(gradient.stops, operands)
    return f"<</ShadingType {kind}/ColorSpace{space}/Coords[{points}]/Extend[true true]/Function {function}>>"


def make_shading_pattern(gradient: Gradient, operands: Operands) -> str:
    """Return the pattern dictionary that paints with a gradient in sRGB."""
    shading = make_shading(gradient, "/DeviceRGB", operands)
    return f"<</Type/Pattern/PatternType 2/Matrix[{format_matrix(gradient.matrix)}]/Shading{shading}>>"


def _make_function(stops: Sequence[Stop], operands: Operands) -> str:
    """Return the function from an offset of 0 to 1 to a colour: a stitched one if there are several parts."""
    parts = _parts(stops)
    functions = [
        f"<</FunctionType 2/Domain[0 1]/N 1/C0[{operands(one)}]/C1[{operands(two)}]>>" for _, _, one, two in parts
    ]
    if len(functions) == 1:
        return functions[0]
    bounds = " ".join(format_number(start, 6) for start, _, _, _ in parts[1:])
    encode = " ".join("0 1" for _ in parts)
    return f"<</FunctionType 3/Domain[0 1]/Functions[{''.join(functions)}]/Bounds[{bounds}]/Encode[{encode}]>>"


def _parts(stops: Sequence[Stop]) -> list[tuple[float, float, Stop, Stop]]:
    """Return the parts from 0 to 1 with their colours at both ends; parts without a length are left out."""
    first, last = stops[0], stops[-1]
    pairs = [(0.0, first.offset, first, first)]
    pairs += [(one.offset, two.offset, one, two) for one, two in pairwise(stops)]
    pairs.append((last.offset, 1.0, last, last))
    return [pair for pair in pairs if pair[1] - pair[0] > 1e-6] or [(0.0, 1.0, first, last)]
