"""The place for a digital signature: a frame, and a form field in it that shows the seal once it is signed."""

from __future__ import annotations

from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.document import SignaturePlace
from gri_builder.pdf.content_stream import rectangle, stroke
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.style import Style

WIDTH, HEIGHT = 250.0, 58.0
BELOW = 6.0
"""Space below the frame."""
MARGIN = 3.0
"""Between the frame and the field: the seal is drawn over nothing that the page draws."""


class SignatureBox(LayoutBox):
    """A frame with a signature field, which is a form element of the structure (ISO 32000-1, 14.8.4.4.2)."""

    def __init__(self, place: SignaturePlace, parent: StructureElement, style: Style) -> None:
        super().__init__(before=4, after=4)
        self.place, self.style = place, style
        self.element = StructureElement("Form", parent, alt=place.description)

    def measure(self, width: float) -> None:
        """Take the height of the frame."""
        self.height = HEIGHT + BELOW

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the frame, and add the field."""
        width, low = min(WIDTH, self.width), top - HEIGHT
        frame = rectangle(x, low, width, HEIGHT)
        canvas.decorate(stroke(frame, color=self.style.border, width=0.5))
        left = canvas.left(x, width)
        box = (left + MARGIN, low + MARGIN, left + width - MARGIN, top - MARGIN)
        canvas.add_signature_field(self.element, box, self.place.field, self.place.description)
