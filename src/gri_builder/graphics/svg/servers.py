"""What gradients, patterns, clip paths and masks have in common: inherited attributes, and units of a box."""

from __future__ import annotations

from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.matrices import inverse
from gri_builder.graphics.svg.paths import Box
from gri_builder.graphics.svg.reading import quote
from gri_builder.graphics.svg.scene import Scene
from gri_builder.model.graphics import Matrix

MAX_CHAIN = 50


def chain_of(scene: Scene, element: Element, tags: tuple[str, ...]) -> list[Element]:
    """Return an element and those whose attributes it inherits by 'href', nearest first (SVG 2, 14.1.1)."""
    chain = [element]
    while chain[-1].get("href") is not None:
        target = scene.find_href(chain[-1])
        if target is None:
            break
        if target.tag not in tags or target in chain or len(chain) > MAX_CHAIN:
            scene.refuse(element, f"<{element.tag}> href {quote(chain[-1].get('href') or '')}", "is not usable")
            break
        chain.append(target)
    return chain


def attribute(chain: list[Element], name: str) -> str | None:
    """Return an attribute of the nearest element of a chain that has it."""
    return next((value for element in chain if (value := element.get(name)) is not None), None)


def own_attribute(chain: list[Element], name: str) -> str | None:
    """Return an attribute of the nearest element of a chain that has it, and is of the same kind as the first."""
    return attribute([element for element in chain if element.tag == chain[0].tag], name)


def inner_matrix(scene: Scene, server: Element, chain: list[Element], name: str) -> Matrix | None:
    """Return a 'gradientTransform' or 'patternTransform'; None if it is refused."""
    style = scene.style(server)
    matrix = scene.matrix(server, style.own("transform") or attribute(chain, name), name)
    if style.own("transform-origin"):
        scene.refuse(server, f"<{server.tag}> transform-origin")
        return None
    if inverse(matrix) is None:
        scene.refuse(server, f"{name} that makes everything flat")
        return None
    return matrix


def box_matrix(box: Box | None) -> Matrix | None:
    """Return the matrix from fractions of a box to the box's units; None if the box has no width or no height."""
    if box is None or box[2] - box[0] <= 1e-9 or box[3] - box[1] <= 1e-9:
        return None
    return (box[2] - box[0], 0.0, 0.0, box[3] - box[1], box[0], box[1])
