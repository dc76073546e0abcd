"""The finished PDF: pagination, structure, places, links, looks."""

from __future__ import annotations

import io

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.layout.paging.page_painter import DRAFT_COLOR
from gri_builder.layout.render import render_pdf
from gri_builder.model.claim import page_ranges
from gri_builder.model.color import WHITE, contrast, parse_color, readable_on
from gri_builder.model.document import Block as DocBlock
from gri_builder.model.document import Block as DocumentBlock
from gri_builder.model.document import Callout, DisclosureSpan, Document, Footnote, InLanguage, KeyFigure, KeyFigures
from gri_builder.model.rich_text import Alignment, Cell, Heading, ListBlock, Paragraph, Quote, Rule, Run, Table
from gri_builder.resources.themes import list_themes, load_theme
from gri_builder.typesetting.style import make_style, tint
from tests.support.documents import bar_chart, cell, chapter, document, paragraph, runs, table
from tests.support.golden import assert_golden
from tests.support.tag_tree import dump_tree, read_tree


def pages_of(data: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def everything() -> Document:
    """Return a document that has every kind of block."""
    noted = Paragraph(
        (
            Run("A paragraph with "),
            Run("bold", bold=True),
            Run(", "),
            Run("italic", italic=True),
            Run(", a "),
            Run("link", link="https://example.org/å"),
            Run(", CO"),
            Run("2", script="sub"),
            Run(", a note"),
            Run("1", note="n1", script="sup"),
            Run(", and more on page "),
            Run("", page_of="end"),
            Run("."),
        )
    )
    rows = (
        (cell("North", rows=2), cell("A"), cell("1,200")),
        (cell("B"), cell("800")),
        (cell("All regions", columns=3),),
        (Cell((runs("South"),), header=True), cell("C"), cell("90")),
    )
    spans = Table(
        ((cell("Region"), cell("Plant"), cell("GJ")),),
        rows,
        ("left", "left", "right"),
        groups=(2,),
        caption=runs("Energy by plant"),
        notes=(runs("Source: invoices."),),
    )
    lists = ListBlock(((paragraph(3),), (paragraph(4), ListBlock(((paragraph(2),), (paragraph(2),)), start=3))))
    bonjour = Paragraph((Run("Bonjour"), Run("2", note="n2", script="sup")))
    french = InLanguage("fr", (bonjour, ListBlock(((Paragraph(runs("à tous")),),))))
    figures = KeyFigures((KeyFigure("12", "Plants"), KeyFigure("391,020 GJ", "Energy, 2015", "−3.5 % against 2014")))
    covered = DisclosureSpan(
        ("X-1",),
        ("X-1",),
        (
            Heading(2, runs("Using less"), anchor="less"),
            noted,
            DisclosureSpan(("X-1/a",), ("a",), (spans, bar_chart([3, 2]))),
        ),
    )
    return document(
        chapter("Energy", "energy", figures, covered, lists, Rule(), bar_chart([1, 5, 2], "line")),
        chapter(
            "Words", "words", Quote((paragraph(9),)), Callout((paragraph(8),), runs("A box")), french, color="social"
        ),
        chapter(
            "End",
            "end",
            Table((), ((cell("X-1"), Cell(((Run("", page_of="X-1"),),))),), ("left", "left")),
            tabular=True,
        ),
        palette=("economic", "social"),
        notes={
            "n1": Footnote(1, (runs("Without the plant sold in March."), runs("Measured at the meter."))),
            "n2": Footnote(2, (runs("Good morning."),)),
        },
        imprint=(paragraph(12), Heading(2, runs("Imprint"), anchor="imprint"), paragraph(4)),
    )


def test_golden_tag_tree() -> None:
    assert_golden("render-tags.txt", dump_tree(read_tree(render_pdf(everything()).pdf)))


def test_golden_text_by_page() -> None:
    pages = pages_of(render_pdf(everything()).pdf)
    assert_golden("render-pages.txt", "".join(f"--- {n}\n{text}\n" for n, text in enumerate(pages, 1)))


def test_same_input_same_bytes() -> None:
    assert render_pdf(everything()).pdf == render_pdf(everything()).pdf


def test_abbreviations_and_languages_are_told() -> None:
    long = "Lov om arbeidsmiljø, arbeidstid og stillingsvern " * 200
    text = Paragraph(
        (
            Run("Less "),
            Run("GHG", expansion="greenhouse gases"),
            Run(" "),
            Run("GHG", expansion="greenhouse gases"),
            Run(" ("),
            Run("lov", link="https://example.org", language="nb"),
            Run(") "),
            Run(long, language="nb"),
        )
    )
    cells = Table((), ((Cell(((Run("DMA", expansion="approach"),),)),),), ("left",))
    tree = read_tree(render_pdf(document(chapter("One", "one", text, cells))).pdf)
    spans = [(span.text, span.attributes) for span in tree.find("Span")]
    assert spans[:3] == [("GHG", {"E": "greenhouse gases"})] * 2 + [("lov", {"Lang": "nb"})]
    assert spans[4] == ("DMA", {"E": "approach"})
    passage = tree.find("Span")[3]
    assert passage.attributes == {"Lang": "nb"}
    assert len(passage.pages) > 1
    assert passage.text.replace("\u00ad", "").split() == long.split()
    assert [kid.role for kid in tree.find("Link")[-1].kids if not isinstance(kid, str)] == ["Span"]
    paragraph = next(p for p in tree.find("P") if p.text.startswith("Less"))
    assert paragraph.text.startswith("Less GHG GHG (lov) Lov om")


def test_links_and_bookmarks_lead_somewhere() -> None:
    rendered = render_pdf(everything())
    reader = pypdf.PdfReader(io.BytesIO(rendered.pdf))
    names = reader.named_destinations
    assert {"X-1", "X-1/a", "energy", "words", "end", "less", "contents", "note/n1", "back/n1", "page/1"} <= set(names)
    targets = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    assert targets
    for annotation in targets:
        assert annotation["/Contents"].strip()
        assert annotation.get("/Dest") in names or annotation["/A"]["/URI"].isascii()
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles == ["Imprint", "Contents", "Energy", "Words", "End"]


def test_page_labels_are_the_numbers_printed() -> None:
    rendered = render_pdf(everything())
    reader = pypdf.PdfReader(io.BytesIO(rendered.pdf))
    assert reader.page_labels == [str(n) for n in range(1, rendered.pages + 1)]
    for number, text in list(enumerate(pages_of(rendered.pdf), 1))[1:]:
        assert str(number) in text.split()


def test_metadata_takes_the_time_given() -> None:
    info = pypdf.PdfReader(io.BytesIO(render_pdf(everything()).pdf)).metadata
    assert info is not None
    assert (info.title, info.author, str(info["/CreationDate"])[:10]) == ("A small report", "Test plc", "D:20160512")


@pytest.mark.parametrize("height", [3, 5, 40, 200, 900])
def test_tall_rows_split(height: int) -> None:
    words = [f"w{n:04d}" for n in range(height * 6)]
    tall = table(["Code", "Text"], [["first", "short"], ["tall", " ".join(words)], ["last", "short"]])
    rendered = render_pdf(document(chapter("Table", "t", tall)))
    tree = read_tree(rendered.pdf)
    assert len(tree.find("Table")) == 1
    assert [td.text.split() for td in tree.find("TD")] == [["first"], ["short"], ["tall"], words, ["last"], ["short"]]
    assert len(tree.find("TH")) == 2  # repeated header rows are artifacts


CELLS = st.text(st.sampled_from("abcdefg hi klm-no "), max_size=60).map(str.strip)


@settings(max_examples=40)
@given(st.data())
def test_tables_lose_nothing(data: st.DataObject) -> None:
    """Whatever the spans, each cell's text is read back whole, in order, from one Table."""
    columns, count = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 90))
    rows, taken, expected = [], [0] * columns, []
    for number in range(count):
        row, column = [], 0
        while column < columns:
            if taken[column]:
                column += 1
                continue
            free = next((n for n in range(column, columns) if taken[n]), columns) - column
            span = data.draw(st.integers(1, free)) if data.draw(st.booleans()) else 1
            down = min(data.draw(st.sampled_from([1, 1, 1, 2, 5])), count - number)
            text = data.draw(CELLS) * data.draw(st.sampled_from([1, 1, 1, 30]))
            row.append(cell(text, span, down))
            expected.append(text.replace(" ", ""))
            for n in range(column, column + span):
                taken[n] = down
            column += span
        taken = [max(0, left - 1) for left in taken]
        rows.append(tuple(row))
    head = (tuple(cell(f"Head {n}") for n in range(columns)),)
    align: tuple[Alignment, ...] = tuple("left" for _ in range(columns))
    block = Table(head, tuple(rows), align)
    tree = read_tree(render_pdf(document(chapter("Table", "t", paragraph(data.draw(st.integers(0, 300))), block))).pdf)
    assert len(tree.find("Table")) == 1
    assert [td.text.replace(" ", "").replace("\u00ad", "") for td in tree.find("TD")] == expected


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 500), st.booleans()), min_size=1, max_size=12))
def test_places_are_where_the_words_are(parts: list[tuple[int, int, bool]]) -> None:
    """The pages reported for what is covered are those on which a reader of the PDF finds its words."""
    blocks: list[DocumentBlock] = []
    for number, (code, length, as_table) in enumerate(parts):
        words = " ".join(f"q{code}z{number}n{n}" for n in range(length))
        inner = table(["Text"], [[w] for w in words.split()[:80]]) if as_table else Paragraph(runs(words))
        blocks += [paragraph(length // 3), DisclosureSpan((f"X-{code}",), (f"X-{code}",), (inner,))]
    codes = sorted({code for code, _, _ in parts})
    rows = tuple((cell(f"X-{code}"), Cell(((Run("", page_of=f"X-{code}"),),))) for code in codes)
    index = chapter("Index", "index", Table((), rows, ("left", "left")), tabular=True)
    rendered = render_pdf(document(chapter("Story", "story", *blocks), index))
    pages = pages_of(rendered.pdf)
    for code in codes:
        found = tuple(n for n, text in enumerate(pages, 1) if f"q{code}z" in text.replace("\n", ""))
        assert rendered.places[f"X-{code}"] == found
        assert f"X-{code} {page_ranges(found)}".replace(" ", "") in pages[-1].replace("\n", " ").replace(" ", "")


def test_headings_stay_with_what_follows() -> None:
    for filler in range(150, 420, 9):
        blocks: list[DocBlock] = [paragraph(filler), Heading(2, runs("Lonely heading"), anchor="h"), paragraph(60, 3)]
        pages = pages_of(render_pdf(document(chapter("Story", "story", *blocks))).pdf)
        page = next(text for text in pages if "Lonely heading" in text)
        assert len(page.split("Lonely heading")[1].split()) > 8


def test_no_page_is_empty() -> None:
    rendered = render_pdf(everything())
    tree = read_tree(rendered.pdf)
    assert set().union(*(node.pages for node in tree.walk())) == set(range(1, rendered.pages + 1))


def test_very_long_footnotes_go_on_overleaf() -> None:
    words = [f"n{n:04d}" for n in range(2500)]
    noted = Paragraph((Run("Text"), Run("1", note="n", script="sup"), Run(" goes on.")))
    notes = {"n": Footnote(1, (runs(" ".join(words)),))}
    tree = read_tree(render_pdf(document(chapter("Story", "s", noted, paragraph(40)), notes=notes)).pdf)
    (note,) = tree.find("Note")
    assert [word for word in note.text.split() if word.startswith("n")] == words
    assert len(note.find("P")[0].pages) > 1


def test_footnote_stands_on_the_page_of_its_mark() -> None:
    notes = {f"n{n}": Footnote(n, (runs(f"Footnote text number {n}"),)) for n in range(1, 31)}
    blocks = []
    for n in range(1, 31):
        mark = Run(str(n), note=f"n{n}", script="sup")
        blocks.append(Paragraph((*paragraph(40 + 7 * n).runs, Run(f" marked{n}"), mark)))
    pages = pages_of(render_pdf(document(chapter("Story", "s", *blocks), notes=notes)).pdf)
    for n in range(1, 31):
        (page,) = (text for text in pages if f"Footnote text number {n} " in text.replace("\n", " ") + " ")
        assert f"marked{n}" in page


def test_a_drafts_pages_are_marked() -> None:
    pages = pages_of(render_pdf(replace(everything(), draft="DRAFT – not for publication")).pdf)
    assert all("DRAFT – not for publication" in text for text in pages)


@pytest.mark.parametrize("hex_color", ["#ffff00", "#f2a541", "#0b6e4f", "#000000", "#ffffff"])
def test_theme_colors_become_readable(hex_color: str) -> None:
    style = make_style(replace(load_theme(), primary=hex_color), "A4", ("economic",))
    assert contrast(style.primary, WHITE) >= 4.5
    assert all(contrast(value, WHITE) >= 4.5 for value in style.chapters.values())
    assert contrast(style.muted, WHITE) >= 4.5
    assert contrast(parse_color("#000000"), WHITE) == pytest.approx(21)


def test_justified_text_fills_its_lines() -> None:
    """Lines of justified text end at one edge: word spacing is set for all but the last line of a paragraph."""
    pages = {}
    for text in ("ragged", "justified"):
        pdf = render_pdf(document(chapter("Story", "s", paragraph(300)), theme=replace(load_theme(), text=text))).pdf
        content = pypdf.PdfReader(io.BytesIO(pdf)).pages[3 - 1].get_contents()
        assert content is not None
        pages[text] = content.get_data().decode("latin-1")
        assert "Demand for energy" in pages_of(pdf)[2]
    assert " Tw" not in pages["ragged"]
    assert pages["justified"].count(" Tw") > 25


def test_letter_pages() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(replace(everything(), page_size="letter")).pdf))
    assert all(tuple(page.cropbox) == (0, 0, 612, 792) for page in reader.pages)


@pytest.mark.parametrize("rows", [1, 2, 3, 12, 40])
def test_small_print_stands_on_the_page_of_the_last_row(rows: int) -> None:
    for filler in range(250, 560, 17):
        block = table(["Code"], [[f"row{n}"] for n in range(rows)], notes=(runs("Source: the smallest print."),))
        pages = pages_of(render_pdf(document(chapter("Story", "s", paragraph(filler), block))).pdf)
        (page,) = (text for text in pages if "smallest print" in text)
        assert f"row{rows - 1}" in page


def test_text_has_contrast_with_every_ground_it_stands_on() -> None:
    """4.5 to 1 for text (WCAG 2, 1.4.3), also for a main colour that only just reaches it on white."""
    pale = readable_on(parse_color("#66aa55"), WHITE)
    assert contrast(pale, WHITE) < 4.8
    for name in list_themes():
        style = make_style(load_theme(name), "A4", ("economic", "environmental", "social"))
        for value in (pale, style.primary, *style.chapters.values()):
            assert contrast(value, WHITE) >= 4.5
            assert contrast(readable_on(value, style.surface), style.surface) >= 4.5
            assert contrast(style.text, tint(value)) >= 4.5
        assert contrast(style.muted, style.surface) >= 4.5
    assert contrast(DRAFT_COLOR, WHITE) >= 4.5


def test_two_links_to_one_place_are_two_links() -> None:
    text = (Run("See "), Run("here", link="#s"), Run(" and also "), Run("there", link="#s"), Run("."))
    tree = read_tree(render_pdf(document(chapter("Story", "s", Paragraph(text)))).pdf)
    assert [link.text.strip() for link in tree.find("Link")][-2:] == ["here", "there"]
    assert tree.find("P")[-1].text.strip() == "See here and also there."


@pytest.mark.parametrize("count", [1, 40, 300])
def test_contents_list_every_chapter(count: int) -> None:
    """Chapters without sections, however many, each with its page, in as many pages of contents as they need."""
    rendered = render_pdf(document(*(chapter(f"Chapter {n:03}", f"c{n}", paragraph(5)) for n in range(count))))
    first = rendered.places["c0"][0]
    text = " ".join(" ".join(pages_of(rendered.pdf)[1 : first - 1]).split())
    assert all(f"Chapter {n:03} {rendered.places[f'c{n}'][0]}" in text for n in range(count))
