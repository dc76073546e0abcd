"""Reading order: what the structure tree of a PDF says, in its order, is what was composed, in its order."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from msgspec.structs import replace

from gri_builder.compose.compose import compose_document
from gri_builder.layout.render import Rendered, render_pdf
from gri_builder.model.document import Document
from gri_builder.model.document import Footnote as DocumentNote
from gri_builder.model.rich_text import Paragraph, Run
from gri_builder.pipeline.build import load_and_check
from gri_builder.resources.messages import load_messages
from tests.support.documents import cell, chapter, document, paragraph, runs, table
from tests.support.paths import REPORTS
from tests.support.reading_order import heard_in_document, heard_in_tree, normal
from tests.support.tag_tree import Node, read_tree
from tests.unit.layout.test_render import everything

NAMES = sorted(folder.name for folder in REPORTS.iterdir() if folder.is_dir())


@cache
def compose_sample(name: str) -> Document:
    if name == "everything":
        return everything()
    examined = load_and_check(REPORTS / name).value
    assert examined is not None
    words = load_messages(examined.report.language, examined.framework.id)
    return compose_document(examined.report, examined.framework, examined.coverage, words)


@cache
def render_sample(name: str) -> tuple[Rendered, Node]:
    rendered = render_pdf(compose_sample(name))
    return rendered, read_tree(rendered.pdf)


def assert_same(found: list[str], expected: list[str]) -> None:
    """Assert that two lists are equal; where they are not, show the first place only."""
    for number, (one, other) in enumerate(zip(found, expected, strict=False)):
        assert one == other, f"unit {number}, behind {expected[max(0, number - 3) : number]}"
    assert len(found) == len(expected), f"one list goes on: {(found[len(expected) :] or expected[len(found) :])[:3]}"


@pytest.mark.parametrize("name", ["everything", *NAMES])
def test_the_tree_is_heard_as_composed(name: str) -> None:
    rendered, tree = render_sample(name)
    expected = heard_in_document(compose_sample(name), rendered.places, rendered.pages)
    assert len(expected) > 30
    assert_same(heard_in_tree(tree), expected)


@pytest.mark.parametrize("name", ["everything", *NAMES])
def test_a_footnote_follows_what_refers_to_it(name: str) -> None:
    """Each note is the next sibling of the element around its mark; notes of one element follow one another."""
    _, tree = render_sample(name)
    notes = 0
    for parent in tree.walk():
        kids = [kid for kid in parent.kids if isinstance(kid, Node)]
        referring: Node | None = None
        for before, kid in pairwise(kids):
            if kid.role == "Note":
                referring = before if before.role != "Note" else referring
                assert referring is not None
                number = kid.find("Lbl")[0].text.strip()
                assert number in [mark.text.strip() for mark in referring.find("Reference")]
                notes += 1
    assert notes == len(tree.find("Note")) == len(compose_sample(name).notes)


def test_repeated_headers_are_heard_once() -> None:
    rows = [[f"Plant {n}", str(n * 17)] for n in range(300)]
    rendered = render_pdf(document(chapter("T", "t", table(["Name of plant", "Energy used"], rows))))
    tree = read_tree(rendered.pdf)
    assert rendered.pages > 6
    heard = heard_in_tree(tree)
    assert heard.count("Nameofplant") == heard.count("Energyused") == 1
    assert heard[-600:] == [normal(text) for row in rows for text in row]


def test_page_numbers_and_running_heads_are_not_heard() -> None:
    tree = read_tree(render_pdf(replace(everything(), running_head="Runninghead", draft="Draftmark")).pdf)
    assert not [unit for unit in heard_in_tree(tree) if "Runninghead" in unit or "Draftmark" in unit]


def test_footnotes_are_heard_where_they_are_referred_to_not_at_the_foot_of_the_page() -> None:
    notes = {f"n{n}": DocumentNote(n, (runs(f"footnote{n}"),)) for n in (1, 2, 3)}
    marked = [Paragraph((Run(f"text{n}"), Run(str(n), note=f"n{n}", script="sup"))) for n in (1, 2)]
    in_cell = replace(cell("cell"), paragraphs=((Run("cell"), Run("3", note="n3", script="sup")),))
    grid = replace(table(["Head"], [["x"]]), body=((in_cell,), (cell("after"),)))
    again = Paragraph((Run("again"), Run("1", note="n1", script="sup")))
    story = document(chapter("Story", "s", *marked, grid, again, paragraph(3)), notes=notes)
    heard = heard_in_tree(read_tree(render_pdf(story).pdf))
    start = heard.index("text11")
    assert heard[start:-1] == [
        *("text11", "1", "footnote1↑"),
        *("text22", "2", "footnote2↑"),
        *("Head", "cell3", "after", "3", "footnote3↑"),
        "again1",
    ]


def test_a_wrong_order_is_noticed() -> None:
    """The comparison itself can fail: a document whose blocks are exchanged is not what the tree says."""
    rendered, tree = render_sample("everything")
    whole = compose_sample("everything")
    first, *others = whole.chapters
    exchanged = replace(whole, chapters=(replace(first, blocks=first.blocks[::-1]), *others))
    assert heard_in_tree(tree) != heard_in_document(exchanged, rendered.places, rendered.pages)
