"""Processes and organizations on pages: real text in a list, nothing over another, and as many pages as they need."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from gri_builder.compose.figures.diagrams import compose_organization, compose_process
from gri_builder.layout.render import render_pdf
from gri_builder.model.document import Block, Callout, Columns
from tests.judges.verapdf import judge
from tests.support.documents import chapter, document, runs
from tests.support.made_reports import HERE, prose
from tests.support.page_geometry import find_faults
from tests.support.tag_tree import read_tree

LONG = "Verpackungsverwertungsgesellschaft: Abfallwirtschaftsdienstleistungen und vieles mehr"


def process(count: int, **options: str) -> Block:
    items = "\n".join(f"{n}. Step number {n}: what happens in step {n}, in some words" for n in range(1, count + 1))
    (made,) = compose_process(prose(f"{items}\n{count + 1}. {LONG}\n").blocks, HERE, {"title": "Steps", **options})
    return made


def organization(wide: int, deep: int) -> Block:
    lines = ["- General meeting"]
    for n in range(wide):
        lines += [
            f"  - Role {n}: Person {n}",
            *(f"    - Unit {n}.{k}: {LONG if k == 1 else 'A name'}" for k in range(deep)),
        ]
    (made,) = compose_organization(prose("\n".join(lines) + "\n").blocks, HERE, {"title": "Who", "highlight": "Role 1"})
    return made


def render(*blocks: Block) -> bytes:
    return render_pdf(document(chapter("Diagrams", "diagrams", *blocks))).pdf


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Return a PDF with small, large and narrow diagrams."""
    boxed = Callout((process(4), organization(3, 2)), runs("A box"), HERE)
    narrow = Columns((process(3), organization(2, 3)), HERE)
    return render(process(3, highlight="Step number 2", legend="Ours"), process(40), organization(3, 2), boxed, narrow)


@pytest.fixture(scope="module")
def long_pdf() -> bytes:
    """Return a PDF with an organization that is an outline on several pages."""
    return render(organization(24, 8))


def test_nothing_covers_another(pdf: bytes, long_pdf: bytes) -> None:
    assert find_faults(pdf) == []
    assert find_faults(long_pdf) == []


@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_they_are_accessible(pdf: bytes, flavour: str, tmp_path: Path) -> None:
    file = tmp_path / "diagrams.pdf"
    file.write_bytes(pdf)
    assert not judge(file, flavour).failures


def test_texts_are_a_list_in_their_order(pdf: bytes) -> None:
    lists = read_tree(pdf).find("L")
    labels = [node.text.strip() for node in lists[0].find("Lbl")]
    assert labels == ["1.", "2.", "3.", "4."]
    bodies = [" ".join(node.text.split()) for node in lists[0].find("LBody")]
    assert bodies[0] == "Step number 1what happens in step 1, in some words"


def test_every_unit_is_printed_once(long_pdf: bytes) -> None:
    text = read_tree(long_pdf).text
    for n in range(24):
        assert text.count(f"Person {n}Unit {n}.0") == 1, n


def test_rows_are_as_far_apart_before_a_page_ends(pdf: bytes) -> None:
    """What has room on a page is placed there at once: a row that follows in a part of its own would lose its gap."""
    made = process(40)
    assert find_faults(render(process(3, highlight="Step number 2", legend="Ours"), made)) == []


def test_what_is_set_off_is_known() -> None:
    made = process(3, highlight="Step number 2, Step number 3", legend="Ours")
    assert getattr(made, "highlighted", None) == (1, 2)
    plain = process(3, legend="Ours")
    assert getattr(plain, "legend", None) == (), "a legend without anything set off would explain nothing"


def test_the_same_diagram_is_drawn_again(pdf: bytes) -> None:
    made = process(5)
    assert render(made) == render(replace(made))
