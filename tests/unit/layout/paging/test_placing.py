"""Placing: figures and landscape pages wait while text fills the page, and nothing is lost or changes its order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gri_builder.layout.paging.flow_items import FlowItem, Group, PageBreak
from tests.unit.layout.paging.slabs import ROOM, Slab, figure, headed, leading_in, list_pages, names, place, text

TURNED = (PageBreak("landscape"), Group((), Slab("wide", 100)), PageBreak("text"))


def test_a_figure_waits_for_the_top_of_the_next_page_while_text_fills_this_one() -> None:
    placed = place(text("a", ROOM - 200), figure("F", 300), text("b", 400))
    assert names(placed) == ["a b", "F b"]
    assert [page.filled > 0.98 for page in list_pages(placed)] == [True, False]


def test_without_floats_it_moves_with_the_text_after_it() -> None:
    assert names(place(text("a", ROOM - 200), figure("F", 300), text("b", 300), floats=False)) == ["a", "F b"]


def test_figures_keep_their_order() -> None:
    placed = place(text("a", ROOM - 200), figure("F", 300), figure("G", 150), text("b", 150), text("c", 250))
    assert names(placed) == ["a b c", "F G c"]


def test_no_text_of_another_section_overtakes_a_figure() -> None:
    placed = place(text("a", ROOM - 200), figure("F", 300), headed(2, "b", 100))
    assert names(placed) == ["a", "F h2 b"]
    assert names(place(text("a", ROOM - 200), figure("F", 300), headed(3, "b", 100))) == ["a h3 b", "F"]


def test_no_text_that_answers_another_requirement_overtakes_a_figure() -> None:
    one, other = ("G4-EN5/a",), ("G4-EN5/b",)
    assert names(place(text("a", ROOM - 200, one), figure("F", 300, one), text("b", 90, other))) == ["a", "F b"]
    assert names(place(text("a", ROOM - 200, one), figure("F", 300, one), text("b", 90, one))) == ["a b", "F"]


def test_text_fills_the_page_before_a_landscape_page() -> None:
    placed = place(text("a", 200), *TURNED, text("b", ROOM))
    assert names(placed) == ["a b", "wide", "b"]
    assert placed.has_waited


def test_a_landscape_page_at_the_end_is_the_last_page() -> None:
    placed = place(text("a", 200), *TURNED, text("b", 100))
    assert names(placed) == ["a b", "wide"]


def test_landscape_pages_overtake_figures_that_wait_for_an_upright_page() -> None:
    """Both wait; what is on the landscape page neither waits for the figure nor with it, whatever it answers."""
    covers = ("G4-EN5",)
    for wide in (Group((), Slab("wide", 100)), figure("wide", 100), figure("wide", 100, covers)):
        turned = (PageBreak("landscape"), wide, PageBreak("text"))
        placed = place(
            text("a", 200), *turned, text("b", 200, covers), figure("F", 500, covers), text("c", 200, covers)
        )
        assert names(placed) == ["a b c", "wide", "F"]


def test_no_page_is_empty_where_a_landscape_page_follows_one_that_waited() -> None:
    placed = place(text("a", 100), *TURNED, text("b", ROOM - 200), *TURNED, figure("F", 400))
    assert names(placed) == ["a b", "wide", "wide", "F"]


def test_a_high_box_gets_a_page_of_its_own_behind_a_figure_that_waited() -> None:
    """The page after the one without room for it starts with the figure, and has none either."""
    high = Group((), Slab("high", ROOM - 100))
    assert names(place(text("a", ROOM - 200), figure("F", 300), text("b", 100), high)) == ["a b", "F", "high"]


def test_a_heading_stays_with_its_text() -> None:
    assert names(place(text("a", ROOM - 25), headed(2, "b", 50))) == ["a", "h2 b"]


def test_the_end_of_a_paragraph_that_leads_to_a_list_is_on_its_page() -> None:
    placed = place(text("a", ROOM - 105), leading_in("lead", 100))
    assert names(placed) == ["a lead", "lead items"]
    assert [box.box.height for page in list_pages(placed) for box in page.boxes][1:] == [90, 10, 50]
    assert names(place(text("a", ROOM - 205), leading_in("lead", 100))) == ["a lead items"]
    assert names(place(text("a", ROOM - 105), leading_in("lead", 100, "head"))) == ["a head lead", "lead items"]
    assert names(place(text("a", ROOM - 35), leading_in("lead", 100, "head"))) == ["a", "head lead items"]


heights = st.integers(1, 90).map(lambda n: n * 10.0)
covers = st.sampled_from([(), ("G4-EN5",), ("G4-EN6",)])
items = st.lists(
    st.one_of(
        st.builds(lambda height, covers: text("t", height * 2, covers), heights, covers),
        st.builds(lambda height, covers: figure("F", min(height, ROOM - 60), covers), heights, covers),
        st.tuples(st.integers(2, 4), heights).map(lambda drawn: headed(drawn[0], "t", drawn[1])),
    ),
    min_size=1,
    max_size=25,
)


wide = st.one_of(
    st.just([Group((), Slab("wide", 100))]),
    covers.map(lambda covers: [figure("wide", 100, covers)]),
    covers.map(lambda covers: [text("wide", 900, covers), figure("wide", 200, covers)]),
)


@given(items, st.booleans(), st.dictionaries(st.integers(0, 24), wide))
@settings(max_examples=60, deadline=None)
def test_everything_is_placed_once_inside_the_frame_and_above_what_follows(
    groups: list[Group], floats: bool, turned: dict[int, list[Group]]
) -> None:
    flow: list[FlowItem] = [text("title", 100)]
    for number, group in enumerate(groups):
        if number in turned:
            flow += [PageBreak("landscape"), *turned[number], PageBreak("text")]
        flow.append(group)
    pages = list_pages(place(*flow, floats=floats))
    total = sum(placed.box.height for page in pages for placed in page.boxes)
    wanted = sum(box.height for item in flow if isinstance(item, Group) for box in item.kept)
    assert abs(total - wanted) < 0.01
    for page in pages:
        assert page.boxes
        edges = [page.kind.area.bottom + page.kind.area.height, *(placed.y for placed in page.boxes)]
        for above, placed in zip(edges, page.boxes, strict=False):
            assert placed.y + placed.box.height <= above + 0.01
        assert edges[-1] >= page.kind.area.bottom - 0.01


def test_placing_twice_gives_the_same_pages() -> None:
    flow = (text("a", ROOM - 200), figure("F", 300), text("b", 500), *TURNED, headed(2, "c", 400))
    assert names(place(*flow)) == names(place(*flow))
