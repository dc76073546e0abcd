"""The topics of the sector that are not material, with the reasons, below the tables of the content index."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.compose.blocks import cell, header_row, left_aligned, plain
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.topics import name_assessed
from gri_builder.model.document import Block
from gri_builder.model.rich_text import Heading, Table


def compose_dismissed(context: ComposeContext) -> Iterator[Block]:
    """Yield the table of the sector's topics that were judged not material (GRI 1: 2021, requirement 3-b)."""
    sector = context.framework.sectors.get(context.report.sector or "")
    known = sector.aspects if sector and sector.references else ()
    topics = sorted(
        (each for each in context.report.assessed if each.aspect in known), key=lambda t: known.index(t.aspect or "")
    )
    if not topics:
        return
    yield Heading(2, plain(context.translate("index-dismissed")))
    yield Table(
        (header_row(*(context.translate(key) for key in ("index-topic", "index-omission-explanation"))),),
        tuple(
            (cell(f"{each.aspect} {name_assessed(context, each)}", header=True), cell(each.reason or ""))
            for each in topics
        ),
        left_aligned(2),
    )
