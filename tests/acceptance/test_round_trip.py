"""The loop closes: what the content index promises is what a stranger reads in the finished PDF.

Reports are generated; every answer is full of words of its own, so that pypdf can tell on which pages it stands.
"""

from __future__ import annotations

import io
import re

import pypdf
from hypothesis import given, settings
from hypothesis import strategies as st

from gri_builder.compose.compose import compose_document
from gri_builder.coverage.assess import assess_report
from gri_builder.layout.render import Rendered, render_pdf
from gri_builder.model.claim import Claim, page_ranges
from gri_builder.model.report import Answer, Chapter, MaterialAspect, Report
from gri_builder.pipeline.output_files import place_claims
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.messages import load_messages
from tests.support.made_reports import HERE, make_report, narrative, prose
from tests.support.tag_tree import read_tree

FRAMEWORK = load_framework()
ASPECTS = ("energy", "emissions", "employment", "anti-corruption", "customer-privacy")
ANSWERABLE = [
    *(code for code, disclosure in FRAMEWORK.disclosures.items() if disclosure.kind == "general"),
    *(code for aspect in ASPECTS for code in FRAMEWORK.aspects[aspect].indicators),
    *(f"{code}:{aspect}" for code in FRAMEWORK.management_approaches for aspect in ASPECTS),
]
SIZES = st.sampled_from([1, 2, 5, 20, 80, 300, 900])


def token(id: str) -> str:
    """Return a word that stands only where that disclosure is covered."""
    return "q" + re.sub(r"\W", "", id).lower() + "z"


def words(id: str, size: int) -> str:
    """Return a text of so many words, each with the disclosure's own word in it."""
    return " ".join(f"{token(id)}{n}" for n in range(size)) + "."


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Return a report: some answers in data, some of them placed in chapters, some sections that cover."""
    ids = draw(st.lists(st.sampled_from(ANSWERABLE), min_size=1, max_size=25, unique=True))
    answers, sections = {}, []
    for id in ids:
        where, size = draw(st.sampled_from(["data", "letters", "placed", "section", "both"])), draw(SIZES)
        disclosure = FRAMEWORK.disclosure(id.split(":")[0])
        assert disclosure is not None
        parts = disclosure.parts
        if where in ("letters", "placed"):
            answers[id] = Answer(id, HERE, {part: narrative(words(id, size)) for part in parts})
        elif where in ("data", "both"):
            answers[id] = Answer(id, HERE, {"": narrative(words(id, size))})
        if where == "placed":
            sections.append(f"## A place\n::: disclosure {id}\n:::\n")
        elif where in ("section", "both"):
            sections.append(f'## A section {{covers="{id}"}}\n{words(id, draw(SIZES))}\n')
        if draw(st.booleans()):
            sections.append(f"## Between\n{'filler ' * draw(SIZES)}\n")
    cut = draw(st.integers(0, len(sections)))
    texts = [text for text in (sections[:cut], sections[cut:]) if text and text[0].startswith("## ")]
    chapters = tuple(Chapter(f"{n}.md", prose(f"# Chapter {n}\n" + "\n".join(text))) for n, text in enumerate(texts))
    return make_report(
        answers=answers,
        chapters=chapters,
        option=draw(st.sampled_from(["core", "comprehensive", None])),
        aspects=tuple(MaterialAspect(aspect, HERE, within="all") for aspect in ASPECTS),
        language=draw(st.sampled_from(["en-GB", "de-DE"])),
        page_size=draw(st.sampled_from(["A4", "letter"])),
        assurance=None,
    )


def build(report: Report) -> tuple[Rendered, tuple[Claim, ...]]:
    coverage = assess_report(FRAMEWORK, report)
    document = compose_document(report, FRAMEWORK, coverage, load_messages(report.language))
    rendered = render_pdf(document)
    return rendered, place_claims(document, rendered.places)


@settings(max_examples=25)
@given(reports())
def test_the_index_tells_the_truth(report: Report) -> None:
    rendered, claims = build(report)
    reader = pypdf.PdfReader(io.BytesIO(rendered.pdf))
    pages = [page.extract_text().replace("\n", "").replace("\u00ad", "") for page in reader.pages]
    names = reader.named_destinations
    index_text = _index_text(reader, report)
    for claim in claims:
        found = tuple(number for number, text in enumerate(pages, 1) if token(claim.id) in text)
        assert set(found) <= set(claim.physical_pages), claim.id
        if found:
            assert claim.physical_pages[0] in (found[0], found[0] - 1)  # its heading may stand one page ahead
            assert claim.physical_pages[-1] == found[-1]
            assert (reader.get_destination_page_number(names[claim.id]) or 0) + 1 == claim.physical_pages[0]
            assert page_ranges(claim.physical_pages) in index_text
    for entry in read_tree(rendered.pdf).find("TOCI"):
        text = next(kid for kid in entry.walk() if kid.role == "Link").text
        title, _, number = text.strip().rpartition(" ")
        assert title in pages[int(number) - 1], f"the contents say that {title!r} stands on page {number}"
    assert reader.page_labels == [str(number) for number in range(1, len(pages) + 1)]


def _index_text(reader: pypdf.PdfReader, report: Report) -> str:
    """Return the text of the pages of the content index, which is the last chapter."""
    first = reader.get_destination_page_number(reader.named_destinations["content-index"])
    return " ".join(page.extract_text() for page in reader.pages[first:])
