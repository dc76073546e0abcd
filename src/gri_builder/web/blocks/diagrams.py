"""Diagrams: processes and organizations are lists, drawn by the style sheet; the materiality matrix is an image."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from gri_builder.model.document import Matrix, MatrixTopic
from gri_builder.model.figures.diagrams import OrganizationChart, Process
from gri_builder.model.rich_text import Block, ListBlock, Paragraph, plain_text
from gri_builder.model.texts.title_parts import name_of
from gri_builder.typesetting.style import tint
from gri_builder.web.blocks.charts import write_caption
from gri_builder.web.blocks.text import write_runs
from gri_builder.web.drawing.scene_svg import number
from gri_builder.web.markup import element
from gri_builder.web.page_context import PageContext

SIDE, EDGE, DOT = 400.0, 26.0, 10.0
"""Side of the plot of a matrix, space for the titles of its axes, radius of a topic."""
ROUNDS, MAX_SPREAD = 60, 324


def write_process(page: PageContext, block: Process) -> Markup:
    """Return the steps of a process as a list."""
    listing = block.blocks[0]
    steps = (
        element(
            "li",
            element("div", page.render(item[:1]), class_="step"),
            element("div", page.render(item[1:])) if item[1:] else "",
            class_="strong" if not block.highlighted or place in block.highlighted else None,
        )
        for place, item in enumerate(listing.items)
    )
    kind = "ul" if listing.start is None else "ol"
    legend = element("p", write_runs(page, block.legend), class_="legend") if block.legend else ""
    caption = write_caption(page, block.caption)
    drawn = element(kind, *steps, class_="bare")
    return element("figure", caption, drawn, legend, class_="process", id=page.take_id(block.anchor))


def write_organization(page: PageContext, block: OrganizationChart) -> Markup:
    """Return the units of an organization as lists inside each other."""
    caption = write_caption(page, block.caption)
    units = _write_units(page, block.blocks[0], block.highlighted)
    return element("figure", caption, units, class_="organization", id=page.take_id(block.anchor))


def _write_units(page: PageContext, listing: ListBlock, highlighted: tuple[str, ...]) -> Markup:
    return element("ul", *(_write_unit(page, item, highlighted) for item in listing.items), class_="bare")


def _write_unit(page: PageContext, item: tuple[Block, ...], highlighted: tuple[str, ...]) -> Markup:
    names = [block for block in item if isinstance(block, Paragraph)]
    is_strong = any(name_of(plain_text(block.runs)) in highlighted for block in names)
    parts = [
        _write_units(page, block, highlighted) if isinstance(block, ListBlock) else page.render((block,))
        for block in item
        if not isinstance(block, Paragraph)
    ]
    unit = element("div", page.render(tuple(names)), class_="unit strong" if is_strong else "unit")
    return element("li", unit, *parts)


def write_matrix(page: PageContext, block: Matrix) -> Markup:
    """Return a materiality matrix as an image, and its topics by their numbers beside it."""
    number, groups = 1, []
    for group in block.groups:
        items = []
        for topic in group.topics:
            items.append(element("li", _write_topic(page, topic), value=number))
            number += 1
        groups.append(element("div", element("p", group.name), element("ol", *items)))
    legend = element("div", *groups, class_="topics")
    drawn = element("div", _draw_matrix(page, block), legend, class_="plot")
    return element("figure", write_caption(page, block.caption), drawn, class_="matrix", id=page.take_id(block.anchor))


def _write_topic(page: PageContext, topic: MatrixTopic) -> Markup:
    return element("strong", topic.name) if topic.material else element("span", topic.name)


def _draw_matrix(page: PageContext, block: Matrix) -> Markup:
    use, style = page.site.scenes.colors.use, page.site.style
    shapes = [element("rect", x=EDGE, y=0, width=SIDE, height=SIDE, fill=use(style.surface))]
    for share in (0.34, 0.67):
        inner = number(SIDE * (1 - share))
        shade = use(tint(style.primary, 0.93 - share * 0.12))
        shapes.append(element("rect", x=number(EDGE + SIDE * share), y=0, width=inner, height=inner, fill=shade))
    shapes.append(element("path", d=f"M{EDGE:g} 0V{SIDE:g}H{EDGE + SIDE:g}", fill="none", stroke=use(style.muted)))
    shapes += _draw_topics(page, block)
    ink = page.site.scenes.colors.use_text(style.text)
    strong = {"font_size": "13", "font_weight": "700", "fill": ink, "class_": "middle"}
    across = element("text", block.x_title, x=number(EDGE + SIDE / 2), y=number(SIDE + 19), **strong)
    up = element("text", block.y_title, transform=f"translate(15 {number(SIDE / 2)}) rotate(-90)", **strong)
    box = f"0 0 {number(SIDE + EDGE)} {number(SIDE + EDGE)}"
    return element("svg", *shapes, across, up, role="img", aria_label=block.alt, viewBox=box)


def _draw_topics(page: PageContext, block: Matrix) -> Iterator[Markup]:
    colors, style = page.site.scenes.colors, page.site.style
    topics = [topic for group in block.groups for topic in group.topics]
    white = style.ink_on(style.text)
    for place, (topic, (x, y)) in enumerate(zip(topics, _spread(topics), strict=True), 1):
        color = style.chapter(topic.color)
        fill, ink = (color, white) if topic.material else (white, color)
        dot = {"fill": colors.use(fill), "stroke": colors.use(color), "stroke_width": "1.2"}
        yield element("circle", cx=number(x), cy=number(y), r=DOT, **dot)
        label = {"font_size": "10.5", "font_weight": "700", "fill": colors.use_text(ink, fill), "class_": "middle"}
        yield element("text", str(place), x=number(x), y=number(y + 3.8), **label)


def _spread(topics: list[MatrixTopic]) -> list[tuple[float, float]]:
    """Return the centres of the topics, moved apart until none overlaps another."""
    inset, room, least = DOT + 3, SIDE - 2 * DOT - 6, 2 * DOT + 1
    spots = [[inset + each.x * room, inset + (1 - each.y) * room] for each in topics]
    for _ in range(ROUNDS if len(spots) <= MAX_SPREAD else 0):
        for one in range(len(spots)):
            for other in range(one):
                _push(spots[one], spots[other], least)
        for spot in spots:
            spot[:] = [min(max(value, inset), inset + room) for value in spot]
    return [(EDGE + x, y) for x, y in spots]


def _push(one: list[float], other: list[float], least: float) -> None:
    """Move two centres apart to a least distance, each by half of what is missing."""
    dx, dy = one[0] - other[0], one[1] - other[1]
    apart = (dx * dx + dy * dy) ** 0.5
    if apart >= least:
        return
    dx, dy, apart = (dx, dy, apart) if apart else (1.0, 0.0, 1.0)
    shift = (least - apart) / 2 / apart
    for spot, way in ((one, 1), (other, -1)):
        spot[0] += dx * shift * way
        spot[1] += dy * shift * way
