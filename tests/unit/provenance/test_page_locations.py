"""Printed facts: each number knows the page and the marked content that print it (ISO 32000-1, 14.7.4)."""

from __future__ import annotations

from gri_builder.layout.render import Rendered, render_pdf
from gri_builder.model.document import KeyFigure, KeyFigures
from gri_builder.model.provenance import PageLocation
from gri_builder.model.rich_text import Cell, FactReference, Paragraph, ReferenceKind, Run, Table
from tests.support.documents import WORDS, cell, chapter, document
from tests.support.tag_tree import read_marked_text


def number(text: str, *keys: str, kind: ReferenceKind = "value") -> Run:
    return Run(text, printed=FactReference(keys, kind))


def rendered() -> Rendered:
    """Return a document that prints facts in every kind of place but charts."""
    energy = number("391,020\u00a0GJ", "energy[2015]")
    change = number("−4.3\u00a0%", "energy[2015]", "energy[2014]", kind="change")
    table = Table(
        ((cell("Region"), cell("2015")),),
        tuple((cell(f"Region {n}"), Cell(((number(f"{n * 1000:,}", f"by-region[2015, R{n}]"),),))) for n in range(80)),
        ("left", "right"),
    )
    marked = Table((), ((cell("Norway"), Cell(((number("12", "women[2015]"), Run("e", script="sup")),))),), ("left",))
    tiles = KeyFigures(
        (KeyFigure("391,020\u00a0GJ", "Energy, 2015", "−4.3\u00a0% on 2014", energy.printed, change.printed),)
    )
    prose = [Paragraph((Run(" ".join(WORDS[:n]) + " "), energy, Run(" or "), change)) for n in range(1, len(WORDS))]
    return render_pdf(document(chapter("Story", "story", tiles, *prose, table, marked)))


def test_each_place_holds_the_fact_as_printed() -> None:
    made = rendered()
    found = read_marked_text(made.pdf)
    places = [place for places in made.landed.facts.values() for place in places]
    assert len(places) == 80 + 1 + 2 * (len(WORDS) - 1) + 2 + len(WORDS)
    for place in places:
        assert found[place.page, place.mcid].strip().replace("\u00a0", " ") == place.text.replace("\u00a0", " ")
    assert len({place.page for place in places}) > 1


def test_a_change_is_a_place_of_both_its_facts() -> None:
    facts = rendered().landed.facts
    assert {place.kind for place in facts["energy[2014]"]} == {"change"}
    assert {place.kind for place in facts["energy[2015]"]} == {"change", "value"}
    assert set(facts["energy[2014]"]) < set(facts["energy[2015]"])


def test_a_cell_that_is_one_number_needs_no_span() -> None:
    facts = rendered().landed.facts
    assert {place.role for n in range(80) for place in facts[f"by-region[2015, R{n}]"]} == {"TD"}
    assert [place.role for place in facts["women[2015]"]] == ["Span"]


def test_an_untagged_pdf_has_no_places() -> None:
    text = Paragraph((number("1", "one[2015]"),))
    made = render_pdf(document(chapter("Story", "story", text)), tagged=False)
    assert made.landed.facts == {}


def test_a_place_is_where_its_text_begins() -> None:
    key = "long[2015]"
    text = "about " * 60
    made = render_pdf(document(chapter("Story", "story", Paragraph((number(text, key),)))))
    assert made.landed.facts[key] == (PageLocation(3, made.landed.facts[key][0].mcid, "Span", text, section="Story"),)
