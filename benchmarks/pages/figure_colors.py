"""How far apart the colours of a chart are, by CIEDE2000."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from benchmarks.pages.runs import PageRuns
from tests.support.tag_tree import Node

from gri_builder.charts.colors.difference import difference, to_lab
from gri_builder.model.color import Color

PALE = 12.0
"""Chroma under which a colour is a grey or a ground, and no series."""
MANY = 8
"""Colours from which on a picture is a drawing, a map or a scale, and no chart of series."""


def closest_colors(tree: Node, pages: list[PageRuns]) -> tuple[float, int]:
    """Return the smallest difference of two colours within a chart and its page; (0.0, 0) if no chart has two."""
    owners: dict[tuple[int, int], int] = {}
    for number, figure in enumerate(tree.find("Figure")):
        for node in figure.walk():
            for place in node.content:
                owners[place] = number
    colors: dict[int, set[tuple[float, ...]]] = defaultdict(set)
    where: dict[int, int] = {}
    for number, page in enumerate(pages, 1):
        for fill in page.fills:
            owner = owners.get((number, fill.mcid)) if fill.mcid is not None else None
            if owner is not None and len(fill.color) == 3 and to_lab(Color(*fill.color)).chroma > PALE:
                colors[owner].add(fill.color)
                where[owner] = number
    found = [
        (
            min(difference(to_lab(Color(*one)), to_lab(Color(*other))) for one, other in combinations(sorted(each), 2)),
            where[owner],
        )
        for owner, each in colors.items()
        if 2 <= len(each) <= MANY
    ]
    return min(found, default=(0.0, 0))
