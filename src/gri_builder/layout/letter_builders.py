"""Letters: the portrait in the margin beside the first paragraphs, and the signature above the printed name."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.layout.blocks.box import Box, Padding
from gri_builder.layout.blocks.margin_note import MarginNote
from gri_builder.layout.blocks.picture import PictureBlock
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.document import Letter, Signature
from gri_builder.model.rich_text import Image, Run
from gri_builder.pdf.structure_tree import StructureElement

SIGNATURE = (150.0, 54.0)
"""Largest width and height of a signature."""


class SignatureBox(Box):
    """A signature, with name and role below it; it is never split."""

    padding = Padding(0, 0, 8, 0)

    def paint_frame(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint nothing around them."""

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return nothing: the name stays with the signature."""
        return []

    def min_height(self, width: float) -> float:
        """Return its whole height."""
        return self.wrap(width)


class SignaturePicture(PictureBlock):
    """The picture of a signature, in the size of handwriting."""

    def measure(self, width: float) -> None:
        """Fit it into the size of a signature."""
        picture = self.painting.picture
        scale = min(SIGNATURE[0] / picture.width, SIGNATURE[1] / picture.height, width / picture.width)
        self.shown, self.height = picture.width * scale, picture.height * scale


def build_letter(flow: FlowBuilder, block: Letter) -> None:
    """Add the first paragraphs of a letter, the very first one as a lead; its writer is in the margin."""
    flow.pending.reserve(flow.scope.parent)
    _add_writer(flow, block)
    lead = replace(flow.style.lead, color=flow.scope.color)
    with flow.inside(body=lead):
        flow.build(block.blocks[:1])
    flow.build(block.blocks[1:])


def _add_writer(flow: FlowBuilder, block: Letter) -> None:
    """Add portrait, name and role in the margin; where there is no margin, the portrait is in the text."""
    if block.portrait is None:
        return
    painting = _paint(flow, block.portrait, StructureElement("Figure", flow.scope.parent, alt=block.portrait.alt))
    if painting is None:
        return
    with flow.boxed(StructureElement("Div", flow.scope.parent), flow.style.aside) as boxes:
        flow.add(painting)
        _add_name(flow, block.name, block.role)
    if flow.scope.has_margin:
        flow.add(MarginNote(boxes, flow.style, block.where, flow.scope.color))
    else:
        flow.add(Box(boxes, flow.style, flow.scope.color, flow.style.surface))


def build_signature(flow: FlowBuilder, block: Signature) -> None:
    """Add a signature above name and role, on the page of the letter's last lines."""
    if before := flow.last_box():
        before.keep_with_next = True
    parent = StructureElement("Div", flow.scope.parent)
    with flow.boxed(parent, flow.scope.body) as boxes:
        if block.picture and (painting := flow.make_painting(block.picture, _figure(parent, block.picture))):
            flow.add(SignaturePicture(painting, flow.style, "fit"))
        _add_name(flow, block.name, block.role)
    flow.add(SignatureBox(boxes, flow.style, flow.scope.color))


def _figure(parent: StructureElement, image: Image) -> StructureElement:
    return StructureElement("Figure", parent, alt=image.alt)


def _paint(flow: FlowBuilder, image: Image, element: StructureElement) -> PictureBlock | None:
    painting = flow.make_painting(image, element)
    return PictureBlock(painting, flow.style, "fit") if painting else None


def _add_name(flow: FlowBuilder, name: str, role: str | None) -> None:
    runs = (Run(name, bold=True), *((Run(f"\n{role}"),) if role else ()))
    flow.add_paragraph(runs, replace(flow.style.aside, hyphenate=False, before=4))
