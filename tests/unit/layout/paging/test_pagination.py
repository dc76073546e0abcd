"""Pagination: which blocks stand on which page, and how far from each other."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from gri_builder.layout.blocks.box import split_stack
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.openers.designs import DESIGNS
from gri_builder.layout.paging.flow_items import FlowChapter, FlowItem, Group, PageBreak
from gri_builder.layout.paging.footnotes import FootnoteStore
from gri_builder.layout.paging.frame import Frame
from gri_builder.layout.paging.page_kinds import Area, make_both_kinds
from gri_builder.layout.paging.page_painter import PagePainter
from gri_builder.layout.paging.pagination import Pagination
from gri_builder.layout.paging.placing import TooHighError
from gri_builder.layout.render import render_pdf
from gri_builder.model.color import WHITE, Color
from gri_builder.model.document import Document, Opener
from gri_builder.model.profiling import Profiler
from gri_builder.model.rich_text import Heading, Run
from gri_builder.model.theme import OPENER_STYLES
from gri_builder.pdf.content_stream import format_color
from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.style import make_style
from tests.support.documents import chapter, document, paragraph
from tests.support.page_operators import operators_of

STYLE = make_style(load_theme())
ROOM = STYLE.page.height - STYLE.page.top - STYLE.page.bottom
"""Height of a page of text."""


class Slab(LayoutBox):
    """A block of a height; it may be split anywhere into pieces of a height."""

    def __init__(self, name: str, height: float, piece: float = 0, before: float = 0, after: float = 0) -> None:
        super().__init__(before, after)
        self.name, self.height, self.piece = name, height, piece

    def measure(self, width: float) -> None:
        pass

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        LANDED.append((canvas.page, self.name, round(top - self.height, 3), round(top, 3)))

    def split(self, width: float, height: float) -> list[LayoutBox]:
        fitting = int(height / self.piece) * self.piece if self.piece else 0
        return [self.part(True, height=fitting), self.part(False, height=self.height - fitting)] if fitting else []


LANDED: list[tuple[int, str, float, float]] = []


def make_items(blocks: tuple[Slab | FlowItem, ...]) -> tuple[FlowItem, ...]:
    """Return the items of a flow, each slab as a group of its own."""
    return tuple(Group((), block) if isinstance(block, Slab) else block for block in blocks)


def lay_out(*blocks: Slab | FlowItem) -> list[tuple[int, str, float, float]]:
    """Return where the blocks landed, behind a cover: page, name, lower and upper edge."""
    LANDED.clear()
    canvas = ReportCanvas((STYLE.page.width, STYLE.page.height), "en-GB")
    painter = PagePainter(canvas, STYLE, "head", None, None, Profiler())
    cover = FlowChapter("cover", make_items((Slab("cover", 100),)))
    kinds = make_both_kinds(STYLE, is_facing=False)
    pagination = Pagination(canvas, kinds, FootnoteStore(STYLE), painter)
    pagination.lay_out([cover, FlowChapter("text", make_items(blocks))])
    return LANDED[1:]


def make_frame(bottom: float = 0.0) -> Frame:
    """Return the frame of an empty page, 200 points wide and 400 high."""
    return Frame(Area(0, bottom, 200, 400), FootnoteStore(STYLE), ReportCanvas((300, 600), "en"))


def pages(*blocks: Slab | FlowItem) -> list[tuple[int, str]]:
    return [(page, name) for page, name, _, _ in lay_out(*blocks)]


def test_what_does_not_fit_goes_overleaf() -> None:
    assert pages(Slab("a", ROOM / 2), Slab("b", ROOM / 2), Slab("c", 1)) == [(2, "a"), (2, "b"), (3, "c")]


def test_of_two_spaces_the_larger_one_counts_and_none_at_the_top() -> None:
    (_, _, low, top), (_, _, _, below) = lay_out(Slab("a", 10, before=30, after=8), Slab("b", 10, before=20))
    assert top == round(STYLE.page.height - STYLE.page.top, 3)
    assert low - below == pytest.approx(20)


def test_a_block_is_split_over_as_many_pages_as_it_needs() -> None:
    assert pages(Slab("a", ROOM - 20), Slab("b", 2 * ROOM, piece=10)) == [(2, "a"), (2, "b"), (3, "b"), (4, "b")]


def test_what_is_higher_than_a_page_and_whole_is_refused() -> None:
    with pytest.raises(TooHighError):
        lay_out(Slab("a", 10), Slab("b", ROOM + 1))


def test_parts_that_never_fit_are_refused() -> None:
    class Stubborn(Slab):
        def split(self, width: float, height: float) -> list[LayoutBox]:
            return [self.part(True), self.part(False)]

    with pytest.raises(TooHighError):
        lay_out(Stubborn("a", ROOM + 1))


def test_a_need_keeps_a_heading_with_what_it_heads() -> None:
    heading, text = Slab("heading", 20), Slab("text", 50)
    assert pages(Slab("a", ROOM - 60), Group((heading,), text)) == [
        (2, "a"),
        (3, "heading"),
        (3, "text"),
    ]
    assert pages(Slab("a", ROOM - 70), Group((heading,), text)) == [
        (2, "a"),
        (2, "heading"),
        (2, "text"),
    ]


def test_a_change_of_page_begins_one_of_its_kind() -> None:
    (_, _, _, text), (_, _, _, turned), (_, _, low, _) = lay_out(
        Slab("a", 10), PageBreak("landscape"), Slab("b", 10), PageBreak("text"), Slab("c", ROOM)
    )
    assert [page for page, _, _, _ in LANDED] == [1, 2, 3, 4]
    assert turned < text
    assert low == pytest.approx(STYLE.page.bottom)


def test_a_frame_is_filled_from_top_to_foot() -> None:
    frame = make_frame(bottom=100)
    assert frame.filled == 0
    assert frame.add(Slab("a", 300))
    assert frame.filled == pytest.approx(0.75)
    assert not frame.add(Slab("b", 101))


def number_on(told: Document, page: int) -> str:
    """Return the operators of the page's number."""
    content = operators_of(PdfReader(io.BytesIO(render_pdf(told).pdf)).pages[page - 1])
    return content.rpartition("/Subtype/Footer")[2]


LARGE_OPENERS = [(kind, WHITE if DESIGNS[kind].fills_page else STYLE.text) for kind in OPENER_STYLES]


@pytest.mark.parametrize(("opener", "color"), LARGE_OPENERS)
def test_the_number_can_be_read_on_the_ground_of_an_opener(opener: str, color: Color) -> None:
    told = document(chapter("One", "one", paragraph(900)), theme=replace(load_theme(), opener=opener))
    assert f"{format_color(color)} rg" in number_on(told, 3)


def test_the_number_can_be_read_behind_the_cover() -> None:
    inside = (Heading(1, (Run("At a glance"),), anchor="at-a-glance"), paragraph(9))
    assert "1 1 1 rg" in number_on(document(chapter("One", "one", paragraph(20)), inside_cover=inside), 2)


def test_a_summary_longer_than_its_page_is_text_on_the_next_one() -> None:
    opened = replace(chapter("One", "one", paragraph(900)), opener=Opener(summary=(paragraph(300),)))
    told = document(opened, theme=replace(load_theme(), opener="page"))
    assert ["1 1 1 rg" in number_on(told, page) for page in (3, 4)] == [True, False]


@pytest.mark.parametrize(
    ("kept", "at_top", "upper"),
    [
        ((True, False), False, []),
        ((False, False), False, ["0", "1"]),
        ((True, True, True, False), False, []),
        ((True, True, True, True), False, ["0", "1"]),
        ((True, True, True, False), True, ["0", "1"]),
    ],
)
def test_what_stands_with_its_follower_goes_overleaf_with_it(
    kept: tuple[bool, ...], at_top: bool, upper: list[str]
) -> None:
    """An icon and its title do not stay behind; but where they could never be together, they are parted."""
    blocks = [Slab(str(number), 40) for number in range(len(kept))]
    for block, keeps in zip(blocks, kept, strict=True):
        block.keep_with_next = keeps
    blocks.append(Slab("tall", 400))
    blocks[-1].keep_with_next = kept[-1]
    owner, frame = Slab("owner", 0), make_frame()
    frame.at_top = at_top
    frame.assign(owner)
    there, _ = split_stack([*blocks], 200, 50.0 if len(kept) == 2 and kept[0] else 90.0, owner)
    assert [block.name for block in there if isinstance(block, Slab)] == upper
