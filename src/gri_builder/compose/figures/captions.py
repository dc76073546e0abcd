"""Captions: number figures and tables through the document, and collect the labels of link targets."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.compose.blocks import fill_runs, map_blocks
from gri_builder.compose.context import ComposeContext
from gri_builder.model.document import Block, Matrix
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.diagrams import OrganizationChart, Process, SiteMap
from gri_builder.model.rich_text import Heading, Image, Run, Runs, Table, plain_text

Captioned = Chart | Matrix | SiteMap | Process | OrganizationChart | Image | Table


class AnchorLabel(Struct, frozen=True):
    """Title and number of a link target."""

    title: str
    """Text of the heading, or of the caption without its number."""
    number: str = ""
    """E.g. 'Figure 4'; empty for a heading."""


class Captions(Struct):
    """Numbers given so far."""

    context: ComposeContext
    labels: dict[str, AnchorLabel] = field(default_factory=dict)
    """By anchor."""
    counts: dict[str, int] = field(default_factory=dict)

    def number_blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return the blocks with numbered captions: charts and pictures as figures, tables as tables."""
        return map_blocks(blocks, self._visit)

    def _visit(self, block: Block) -> Block:
        if isinstance(block, Heading) and block.anchor:
            self.labels[block.anchor] = AnchorLabel(plain_text(block.runs))
        if not (isinstance(block, Captioned) and block.caption):
            return block
        key = "table-number" if isinstance(block, Table) else "figure-number"
        self.counts[key] = count = self.counts.get(key, 0) + 1
        number = self.context.translate(key, number=str(count)).replace(" ", "\u00a0")
        if block.anchor:
            self.labels[block.anchor] = AnchorLabel(plain_text(block.caption), number)
        return replace(block, caption=self._add_number(number, block.caption))

    def _add_number(self, number: str, caption: Runs) -> Runs:
        """Return a caption behind its number, which is bold: 'Table 1. Energy'."""
        return fill_runs(self.context.words["captioned"], {"number": (Run(number, bold=True),), "caption": caption})
