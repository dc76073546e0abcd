"""Pages of a web edition: whole, linked, escaped, with all that the PDF prints, and each file in the manifest."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import get_args

import pytest
from tests.support.paths import ROOT
from tests.support.web_sites import list_broken_links, make_site, read_pages, render

from gri_builder.compose.blocks import walk
from gri_builder.model.document import Block, IndexNote, IndexSection, IndexTables, InLanguage
from gri_builder.model.rich_text import Rule
from gri_builder.pipeline.edition_kinds import EditionKind
from gri_builder.web.figure_plan import MOST, find_inputs, list_printed
from gri_builder.web.markup import element_id

ELEMENTS = ROOT / "tests" / "cases" / "elements"
HALDEN = ROOT / "report_data" / "halden-2015"
DRAFT = ROOT / "tests" / "cases" / "drafts"
REPORTS = (ELEMENTS, HALDEN)
INDEX = "content-index.html"


@pytest.mark.parametrize(
    ("report", "edition"),
    [(ELEMENTS, "web"), (ELEMENTS, "web-file"), (HALDEN, "web")],
    ids=lambda each: Path(each).name,
)
def test_links_lead_somewhere_and_ids_are_given_once(report: Path, edition: EditionKind) -> None:
    files, pages = make_site(report, edition), read_pages(report, edition)
    assert list_broken_links(files, pages) == []
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        assert len(page.find("h1")) == 1, name


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.name)
def test_every_anchor_of_the_pdf_is_one_of_the_site(report: Path) -> None:
    _, made = render(report)
    ids = {id for page in read_pages(report).values() for id in page.ids}
    assert {name for name in made.places if name not in ids} == set()


def test_all_figures_are_those_of_the_pdf() -> None:
    """What a page prints of a fact, the ledger of the PDF has too, word for word, and the other way round."""
    _, made = render(HALDEN)
    printed = {
        (key, " ".join(place.text.split())) for key, entry in made.ledger.entries.items() for place in entry.places
    }
    shown = set()
    for name, page in read_pages(HALDEN).items():
        for element in (*page.find("data"), *page.find("span")):
            if not name.startswith("figures") and "data-fact" in element.attributes:
                shown.add((element.get("data-fact").split("\n")[0], " ".join(element.text.split())))
    first = {(key, text) for key, text in shown if key in {key for key, _ in printed}}
    assert {key for key, _ in printed} <= {key for key, _ in shown} | _operands(HALDEN)
    unknown = {(key, text) for key, text in first if (key, text) not in printed and not _is_drawn(key, text)}
    assert unknown == set()
    assert len(first) > 500


def test_figures_are_listed_once_on_pages_that_can_be_read() -> None:
    _, made = render(HALDEN)
    pages = {name: page for name, page in read_pages(HALDEN).items() if name.startswith("figures")}
    rows = {name: [id for id in page.ids if id.startswith("_fact-") and "[" in id] for name, page in pages.items()}
    listed = [id for each in rows.values() for id in each]
    assert len(listed) == len(set(listed)) > MOST
    assert all(len(each) <= MOST for each in rows.values())
    wanted = find_inputs(made.ledger, list_printed(made.document))
    assert set(listed) == {element_id(f"_fact-{key}") for key in wanted}
    links = {each.get("href") for each in pages["figures.html"].find("a")}
    for name, page in pages.items():
        series = [id for id in page.ids if id.startswith("_series-")]
        assert series or name == "figures.html"
        assert name == "figures.html" or {f"{name}#{id}" for id in series} <= links


def test_a_small_report_has_all_figures_on_one_page() -> None:
    assert [name for name in read_pages(ELEMENTS) if name.startswith("figures")] == ["figures.html"]
    assert [name for name in read_pages(ELEMENTS, "web-file") if name.startswith("figures")] == []


def _operands(report: Path) -> set[str]:
    """Return the keys of facts that are printed as parts of a calculated number only."""
    elements = [each for page in read_pages(report).values() for each in page.elements if each.get("data-fact")]
    return {key for each in elements for key in each.get("data-fact").split("\n")}


def _is_drawn(key: str, text: str) -> bool:
    """Return whether a text is the value of a chart's table, which the PDF draws without room for its label."""
    _, made = render(HALDEN)
    entry = made.ledger.entries[key]
    return re.sub(r"\D", "", text) == re.sub(r"\D", "", f"{abs(entry.value):.{max(0, entry.decimals or 0)}f}")


def test_values_for_machines_are_those_of_the_data() -> None:
    _, made = render(HALDEN)
    checked = 0
    for page in read_pages(HALDEN).values():
        for element in page.find("data"):
            keys = element.get("data-fact").split("\n")
            if keys != [""] and len(keys) == 1 and not element.get("data-kind"):
                entry = made.ledger.entries[keys[0]]
                assert float(element.get("value")) == pytest.approx(float(entry.value)), keys
                checked += 1
    assert checked > 500


def test_two_clicks_lead_from_the_start_to_any_disclosure() -> None:
    pages, (_, made) = read_pages(HALDEN), render(HALDEN)
    assert INDEX in {each.get("href") for each in pages["index.html"].find("a")}
    rows = {each.get("id"): each for each in pages[INDEX].find("tr") if each.get("data-topic")}
    assert set(rows) == {"-".join(f"_row-{claim.id}".split()) for claim in made.claims}
    links = {each.get("href") for each in pages[INDEX].find("a")}
    for claim in made.claims:
        if claim.physical_pages:
            assert any(link.endswith(f"#{claim.id}") for link in links), claim.id


def test_filters_know_topic_status_and_assurance_of_each_row() -> None:
    examined, made = render(HALDEN)
    statuses = {row.id: row.status for row in examined.coverage.rows}
    rows = [each for each in read_pages(HALDEN)[INDEX].find("tr") if each.get("data-topic")]
    for row, claim in zip(rows, made.claims, strict=True):
        assert row.get("data-topic") == claim.group
        assert row.get("data-status") == statuses[claim.id]
        assert row.get("data-assured") == ("yes" if claim.assured else "no")
    options = {each.get("value") for each in read_pages(HALDEN)[INDEX].find("option")} - {""}
    assert options >= {claim.group for claim in made.claims} | {"yes", "no"}


def test_the_case_has_every_kind_of_block() -> None:
    _, made = render(ELEMENTS)
    document = made.document
    blocks = [*document.inside_cover, *document.imprint]
    blocks += [block for chapter in document.chapters for block in (*chapter.opener.summary, *chapter.blocks)]
    found = {type(block) for block in walk(blocks)}
    kinds = set(get_args(Block))
    assert kinds - found <= {Rule, InLanguage, IndexNote, IndexSection, IndexTables, *_rare()}


def _rare() -> set[type]:
    """Return the kinds that the case does without; other tests write them."""
    from gri_builder.model.document import Columns, Letter, Signature
    from gri_builder.model.rich_text import Quote

    return {Columns, Letter, Signature, Quote}


def test_the_manifest_lists_every_other_file() -> None:
    files = make_site(ELEMENTS)
    manifest = json.loads(files["manifest.json"])
    assert manifest["format"] == "gri-builder/web/1"
    listed = {each["path"]: (each["bytes"], each["sha256"]) for each in manifest["files"]}
    assert listed == {
        name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items() if name != "manifest.json"
    }


@pytest.mark.parametrize("edition", ["web", "web-file"])
def test_nothing_is_inline_and_nothing_is_loaded_from_elsewhere(edition: EditionKind) -> None:
    for name, page in read_pages(ELEMENTS, edition).items():
        (policy,) = page.find("meta", **{"http-equiv": "Content-Security-Policy"})
        assert policy.get("content").startswith("default-src 'none'; script-src "), name
        assert "unsafe" not in policy.get("content")
        for element in page.elements:
            assert "style" not in element.attributes, name
            assert not [key for key in element.attributes if key.startswith("on")], name
            assert not element.get("src").startswith("http"), name
            if element.name == "link" and element.get("rel") == "stylesheet":
                assert not element.get("href").startswith("http"), name
        scripts = [each for each in page.find("script") if "src" not in each.attributes]
        run = [each for each in scripts if not each.get("type").endswith("json")]
        assert len(run) == (edition == "web-file"), name
        if edition == "web":
            assert page.find("style") == []


def test_structured_data_describe_the_report() -> None:
    (script,) = read_pages(HALDEN)["index.html"].find("script", type="application/ld+json")
    data = json.loads(script.text)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Report")
    assert data["temporalCoverage"] == "2015-01-01/2015-12-31"
    assert data["author"]["@type"] == "Organization"
    assert [part["@type"] for part in data["hasPart"]][:1] == ["Chapter"]


def test_words_that_are_only_read_out_are_not_searched() -> None:
    assert any(page.find("span", class_="spoken") for page in read_pages(HALDEN).values())
    data = make_site(HALDEN)["assets/search.js"].decode()
    assert "–No" not in data


@pytest.mark.parametrize("report", [HALDEN, ROOT / "report_data" / "aurelia-2016"], ids=lambda path: path.name)
def test_the_first_page_is_light(report: Path) -> None:
    """What a reader loads before anything is shown, without pictures."""
    files = make_site(report)
    page = files["index.html"].decode()
    named = re.findall(r'(?:href|src)="(assets/[^"]+)"', page)
    fonts = [name for name in files if name.endswith(".woff2")]
    assert sum(len(files[name]) for name in ("index.html", *named, *fonts)) < 200_000


def test_a_draft_is_marked_on_each_page() -> None:
    folder = next(each for each in sorted(DRAFT.iterdir()) if (each / "report.yaml").is_file())
    pages = read_pages(folder, draft=True)
    assert all(page.find("p", class_="draft") for page in pages.values())
    assert any(page.find("mark", class_="gap") for page in pages.values())
    assert list_broken_links(make_site(folder, draft=True), pages) == []
