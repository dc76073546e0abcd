"""Maps of sites: one Figure each; where names have no room on the map, a list below it names the numbers."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.charts.maps.draw_map import draw_map
from gri_builder.charts.scene import Scene
from gri_builder.charts.space import ChartSpace
from gri_builder.layout.blocks.box import Columns
from gri_builder.layout.blocks.paragraph import Label
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.scenes.painting import paint_scene
from gri_builder.model.color import Color
from gri_builder.model.figures.diagrams import MapSite, SiteMap
from gri_builder.model.rich_text import FactReference, Run, Runs
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.style import Style, limit_indent

HIGHEST = 0.42
"""Largest share of a page that a map takes."""
LIST_GAP = 7.0
"""Between the map and the list of its sites."""
ENTRY = 118.0
"""Width that an entry of the list needs at least where there are several columns."""
MOST_COLUMNS = 4


class SiteMapBlock(LayoutBox):
    """A map of sites."""

    floats = True

    def __init__(
        self, shown: SiteMap, element: StructureElement, style: Style, color: Color, language: str, indent: float
    ) -> None:
        super().__init__(before=2, after=12)
        self.shown, self.style, self.color, self.language, self.indent = shown, style, color, language, indent
        self.element = element
        self.entries: list[LayoutBox] = []
        """The names of all sites behind their numbers, printed where the map has numbers."""
        self.listing: Columns | None = None
        self.scene = Scene(0.0)

    def measure(self, width: float) -> None:
        """Draw the map for that width."""
        self.indent = limit_indent(self.indent, width)
        inner = width - self.indent
        space = ChartSpace(inner, self.frame.height * HIGHEST, self.style, ())
        drawn = draw_map(self.shown, space, self.color, self.language)
        self.scene, self.height = drawn.scene, drawn.scene.height
        self.listing = None
        if drawn.is_numbered and self.entries:
            self.listing = Columns(self.entries, max(1, min(MOST_COLUMNS, int(inner / ENTRY))))
            self.adopt(self.listing)
            self.height += LIST_GAP + self.listing.wrap(inner)

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return the map and the list of its sites, if both together are higher than a page."""
        self.wrap(width)
        if self.listing is None or self.scene.height > height or self.height <= self.frame.height:
            return []
        listing = self.listing
        listing.before, listing.after, listing.tail = LIST_GAP, self.after, self.tail
        return [self.part(True, entries=[], listing=None, after=LIST_GAP), listing]

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the map, which is never reflected, and the list below it."""
        left, low = x + self.indent, top - self.scene.height
        self.element.attributes = canvas.bounds(left, low, self.scene.width, self.scene.height)
        labels = self.scene.labels
        self.element.prints = tuple((FactReference((label.fact,)), label.text) for label in labels if label.fact)
        with canvas.directed("ltr", left, self.scene.width):
            paint_scene(self.scene, canvas, self.element, left, low)
        if self.listing:
            self.adopt(self.listing)
            height = self.listing.wrap(self.width - self.indent)
            self.listing.draw(canvas, left, low - LIST_GAP - height)


def build_site_map(flow: FlowBuilder, block: SiteMap) -> None:
    """Add a map below its caption; the list of its sites is left out of the structure where it is not printed."""
    with flow.outset(), flow.inside(flow.caption_parent(block.caption)):
        flow.add_caption(block.caption, block.anchor)
        element = StructureElement("Figure", flow.scope.parent, alt=block.alt)
        scope = flow.scope
        drawn = SiteMapBlock(block, element, flow.style, scope.color, scope.language, scope.indent)
        drawn.entries = _build_entries(flow, block)
        shown = flow.add(drawn, None if block.caption else block.anchor)
        flow.add_small_print(shown, block.notes)


def _build_entries(flow: FlowBuilder, block: SiteMap) -> list[LayoutBox]:
    """Return the names of the sites as the items of a list, each behind its number."""
    parent = StructureElement("L", flow.scope.parent, attributes="<</O/List/ListNumbering/Decimal>>")
    style = replace(flow.style.aside, after=1.5, hyphenate=True)
    with flow.boxed(parent, style) as boxes:
        for number, one in enumerate(block.sites, 1):
            item = StructureElement("LI", parent)
            label = Label(f"{number}", StructureElement("Lbl", item), 16.0)
            with flow.inside(StructureElement("LBody", item), 16.0):
                flow.add_paragraph(_name_site(one), style, label=label)
    return boxes


def _name_site(one: MapSite) -> Runs:
    if not one.text:
        return (Run(one.name),)
    printed = FactReference((one.fact,)) if one.fact else None
    return Run(one.name), Run(one.text, bold=True, printed=printed)
