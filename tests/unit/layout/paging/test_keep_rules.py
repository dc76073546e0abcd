"""Keep rules: what stays with what follows it, also across page breaks; containers without page breaks."""

from __future__ import annotations

import pytest

from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.paging.flow_items import FlowItem, Group, PageBreak
from gri_builder.layout.paging.keep_rules import group_boxes
from gri_builder.layout.render import render_pdf
from gri_builder.model.document import (
    Block,
    Callout,
    Columns,
    InLanguage,
    Landscape,
    PullQuote,
    QrCode,
    SideNote,
    Timeline,
)
from tests.support.documents import chapter, document, paragraph, runs
from tests.support.page_geometry import find_faults


class Slab(LayoutBox):
    """A box with a name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.keep_with_next = name[0] in "hn"
        self.takes_room = name[0] != "n"

    def measure(self, width: float) -> None:
        self.height = 10.0

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        pass


def name(item: FlowItem) -> str:
    match item:
        case PageBreak():
            return f"|{item.kind}"
        case Group():
            names = [box.name for box in (*item.kept, *item.following) if isinstance(box, Slab)]
            return names[0] if len(names) == 1 else f"({' '.join(names)})"


def make_items(flow: str) -> list[LayoutBox | PageBreak]:
    kinds = {"|": PageBreak("landscape"), "/": PageBreak("text")}
    return [kinds.get(word) or Slab(word) for word in flow.split()]


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        ("a b", "a b"),
        ("a h1 b", "a (h1 b)"),
        ("h1 h2 b c", "(h1 h2 b) c"),
        ("a h1", "a h1"),
        ("a h1 | b / c", "a |landscape (h1 b) |text c"),
        ("a n1 | b / c", "a n1 |landscape b |text c"),
        ("a h1 n1 h2 | b", "a n1 |landscape (h1 h2 b)"),
        ("a | b / h1 | c /", "a |landscape b |landscape (h1 c)"),
        ("a h1 | / b", "a |text (h1 b)"),
        ("a | /", "a"),
        ("", ""),
    ],
)
def test_headings_stay_with_what_they_head(flow: str, expected: str) -> None:
    assert " ".join(map(name, group_boxes(make_items(flow)))) == expected


TURNED = Landscape((paragraph(20),))
CONTAINERS: dict[str, Block] = {
    "callout": Callout((TURNED,)),
    "case": Callout((TURNED,), runs("Title"), label="Case study"),
    "pull quote": PullQuote((TURNED,), "Ana Silva", None),
    "timeline": Timeline((("2015", (TURNED,)),)),
    "side note": SideNote((TURNED,)),
    "columns": Columns((paragraph(40), TURNED)),
    "QR code": QrCode("https://example.org", "QR code", (TURNED,)),
    "language": InLanguage("fr", (TURNED,)),
    "landscape": Landscape((TURNED,)),
}


@pytest.mark.parametrize("container", CONTAINERS)
def test_any_document_with_landscape_pages_is_laid_out(container: str) -> None:
    """Validation refuses most of them; layout must not rely on that."""
    block = CONTAINERS[container]
    assert find_faults(render_pdf(document(chapter("One", "one", paragraph(20), block, paragraph(5)))).pdf) == []
