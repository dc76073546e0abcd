"""Designs of openers: every plan is on its page, its texts are apart, and neighbours differ."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.layout.blocks.front_matter import ChapterTitle
from gri_builder.layout.blocks.paragraph import Paragraph
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.openers.designs import DESIGNS
from gri_builder.layout.openers.plan import Plan
from gri_builder.layout.paging.footnotes import FootnoteStore
from gri_builder.layout.paging.frame import Frame
from gri_builder.layout.paging.page_kinds import make_page_kinds
from gri_builder.layout.paging.spread import Spread
from gri_builder.model.report import PAGE_SIZES
from gri_builder.model.rich_text import Run
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.resources.themes import list_themes, load_theme
from gri_builder.typesetting.style import make_style

KINDS = sorted(DESIGNS.keys() - {"run-on"})
STYLES = {(name, size): make_style(load_theme(name), size) for name in list_themes() for size in PAGE_SIZES}
TITLES = (
    "Water",
    "What we earn, and who gets it",
    "Nachhaltigkeitsberichterstattungspflichten und Unternehmensverantwortung in der Lieferkette unserer Werke",
)


def make_title(kind: str, look: tuple[str, str], title: str, number: int, lead: int, topics: int) -> ChapterTitle:
    style = STYLES[look]  # type: ignore[index]
    canvas = ReportCanvas((style.page.width, style.page.height), "de-DE")
    opening = ChapterTitle(
        title, StructureElement("H1", canvas.tree.document), style.primary, style, "de-DE", kind, None, number
    )
    opening.canvas = canvas
    opening.frame = Frame(make_page_kinds(style, style.page)["text"].area, FootnoteStore(style), canvas)
    parent = canvas.tree.document

    def add(text: str) -> Paragraph:
        return Paragraph((Run(text),), style.lead, StructureElement("P", parent), "de-DE")

    opening.lead = [add("Wort " * lead)] if lead else []
    opening.topics = [add(f"Thema {place}") for place in range(topics)]
    opening.wrap(style.page.text_width)
    return opening


def plan_of(opening: ChapterTitle) -> Plan:
    assert opening.plan is not None
    return opening.plan


@given(
    kind=st.sampled_from(KINDS),
    look=st.sampled_from(sorted(STYLES)),
    title=st.sampled_from(TITLES),
    number=st.integers(0, 9),
    lead=st.sampled_from((0, 12, 100)),
    topics=st.sampled_from((0, 1, 9)),
)
def test_every_plan_is_on_its_page_with_texts_apart(
    kind: str, look: tuple[str, str], title: str, number: int, lead: int, topics: int
) -> None:
    opening = make_title(kind, look, title, number, lead, topics)
    page, plan = opening.page, plan_of(opening)
    for ground in plan.grounds:
        area = ground.area
        assert area.x >= -0.01 and area.x + area.width <= page.width + 0.01
        assert area.down >= -0.01 and area.height >= 0 and area.down + area.height <= page.height + 0.01
    low = plan.title.down + opening.look.size + (len(opening.lines) - 1) * opening.look.leading
    for slot in (plan.title, *(each for each in (plan.lead, plan.topics) if each)):
        assert slot.x >= page.margin - 0.01 and slot.x + slot.width <= page.width - page.right + 0.01
    if plan.lead and opening.lead:
        assert plan.lead.down >= low - 1
    assert low <= plan.reach <= page.height - page.bottom + 0.01


@pytest.mark.parametrize("kind", sorted(DESIGNS.keys() - {"run-on", "glance"}))
def test_neighbouring_chapters_open_differently(kind: str) -> None:
    plans = [plan_of(make_title(kind, ("harbour", "A4"), "Water", number, 12, 2)) for number in range(1, 9)]
    assert all(one != other for one, other in pairwise(plans))


def test_art_grows_with_the_spread_of_the_chapter() -> None:
    opening = make_title("half", ("harbour", "A4"), "Water", 1, 0, 0)
    before = opening.height
    assert isinstance(opening.frame, Frame)
    for factor, scale in ((0.5, 0.6), (1.2, 1.2), (2.0, 1.35)):
        opening.frame.spread = Spread(opener=factor)
        opening.measure(opening.width)
        assert opening.scale == scale
        assert (opening.height > before) == (scale > 1)
