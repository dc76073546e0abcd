"""Text as outlines (SVG 2, 11)."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.scene import Context, Scene
from gri_builder.graphics.svg.styles import Style
from gri_builder.model.graphics import Matrix, Node


def draw_text(scene: Scene, element: Element, style: Style, context: Context, matrix: Matrix) -> Iterator[Node]:
    """Yield the outlines of a <text> element."""
    if element.content:
        scene.refuse(element, "<text>", "is text")
    yield from ()
