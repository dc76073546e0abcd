"""Which tables are a content index: only those whose rows say where something is; and what is said of the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import AuditResult, CheckStatus
from gri_builder.pdf_reader.reader import read_pdf
from tests.support.plain_pages import Text, paragraph, table, write_pages

CLAIM = [(60.0, 90.0, "This report was prepared in accordance with the GRI G4 Guidelines, Core option.")]
HEADING = (60.0, 60.0, "GRI G4 Content Index")
HEADS = ("Code", "Description", "Page")
LEFTS = (50.0, 130.0, 450.0)
ROWS = [
    ("G4-1", "Statement from the chair", "2"),
    ("G4-3", "Name of the organization", "2"),
    ("G4-9", "Scale of the organization", "3"),
    ("G4-17", "Entities in the financial statements", "3"),
    ("G4-32", "Option and content index", "4"),
    ("G4-EC1", "Direct economic value", "2"),
    ("G4-EN3", "Energy consumption within the organization", "2"),
    ("G4-EN5", "Energy intensity", "2"),
    ("G4-EN15", "Direct greenhouse gas emissions", "3"),
    ("G4-LA5", "Workforce in health and safety committees", "2"),
    ("G4-LA6", "Type of injury and rates of injury", "3"),
    ("G4-LA7", "Workers with high risk of diseases", "3"),
]
CODES = [row[0] for row in ROWS]
ASSURANCE = (
    "Independent assurance statement. To the management of Fjord Foods. We have performed a limited assurance "
    "engagement in accordance with ISAE 3000. Our responsibility is to express a conclusion on the data. Based on "
    "our procedures nothing has come to our attention that causes us to believe that they are not fairly stated."
)


def audit(folder: Path, *pages: Sequence[Text], first_number: int = 1) -> AuditResult:
    file = folder / "fjord.pdf"
    file.write_bytes(write_pages(pages, first_number))
    result = audit_pdf_bytes(file).value
    assert result
    return result


def index(rows: Sequence[Sequence[str]] = ROWS, heading: bool = True) -> list[Text]:
    return [*([HEADING] if heading else []), *table([HEADS, *rows], LEFTS)]


def listed(result: AuditResult) -> list[tuple[int, str]]:
    return [(claim.found_on, claim.code) for claim in result.claims]


def rules(result: AuditResult) -> list[str]:
    return [finding.rule for finding in result.findings if finding.rule not in ("criterion", "subject-on-page")]


OTHER_PAGES: dict[str, list[Text]] = {
    "assurance statement": [
        *paragraph(ASSURANCE),
        *table([(code, title, "assured") for code, title, _ in ROWS[5:]], LEFTS, 200),
    ],
    "table of figures": [
        (60, 100, "Environmental data"),
        *table(
            [(code, title, f"{n},{n}34", f"{n}.7 GWh", f"{n}1.2") for n, (code, title, _) in enumerate(ROWS[5:], 1)],
            (50, 120, 330, 400, 460),
        ),
    ],
    "list of topics": list(
        table(
            [
                ("Energy", "G4-EN3, G4-EN5", "6"),
                ("Climate", "G4-EN15", "7"),
                ("Safety", "G4-LA5, G4-LA6, G4-LA7", "9"),
                ("Value", "G4-EC1", "2"),
            ],
            (50, 200, 450),
        )
    ),
    "margin": [
        *paragraph("Our energy consumption fell, and our people were well. " * 30, left=120),
        *((50.0, 130.0 + 60 * line, row[0]) for line, row in enumerate(ROWS[5:])),
    ],
    "running text": list(
        paragraph("We report on G4-EN3, G4-EN5, G4-EN15 and on G4-LA6 and G4-LA7 as well as on G4-EC1 here. " * 25)
    ),
    "principles of the compact": list(
        table(
            [("Principle", "Indicators", "Page"), *((f"{n}", row[0], "2") for n, row in enumerate(ROWS[5:], 1))],
            (50, 120, 450),
        )
    ),
}


@pytest.mark.parametrize("name", OTHER_PAGES)
def test_other_lists_of_codes_are_not_the_index(name: str, tmp_path: Path) -> None:
    result = audit(tmp_path, CLAIM, OTHER_PAGES[name], [], index(), [])
    assert listed(result) == [(4, code) for code in CODES]
    assert [page.page for page in result.index_pages] == [4]


@pytest.mark.parametrize("name", sorted(set(OTHER_PAGES) - {"list of topics", "principles of the compact"}))
def test_other_lists_alone_are_no_index(name: str, tmp_path: Path) -> None:
    result = audit(tmp_path, CLAIM, OTHER_PAGES[name], [])
    assert (listed(result), rules(result)) == ([], ["no-index"])


def test_an_index_goes_on_with_a_few_rows_on_the_next_page(tmp_path: Path) -> None:
    result = audit(tmp_path, CLAIM, [], [], index(ROWS[:10]), list(table(ROWS[10:], LEFTS)), [])
    assert listed(result) == [*((4, code) for code in CODES[:10]), (5, "G4-LA6"), (5, "G4-LA7")]


def test_a_mention_in_the_heading_is_no_row(tmp_path: Path) -> None:
    result = audit(tmp_path, CLAIM, [], [], [*index(), (50, 75, "[G4-32, G4-33]")])
    assert listed(result) == [(4, code) for code in CODES]


def test_the_region_of_the_index_is_named(tmp_path: Path) -> None:
    result = audit(tmp_path, CLAIM, [], [], index())
    (region,) = result.index_regions
    left, top, right, bottom = region.box
    assert (region.page, region.rows, region.understood) == (4, 12, 12)
    assert (40 < left < 51, 120 < top < 136, 450 < right < 595, 290 < bottom < 320) == (True, True, True, True)


@pytest.mark.parametrize("answered", [0, 5])
def test_an_index_that_shows_little_is_not_judged(answered: int, tmp_path: Path) -> None:
    rows = [(code, title, page if place < answered else "") for place, (code, title, page) in enumerate(ROWS)]
    result = audit(tmp_path, CLAIM, [], [], index(rows))
    assert [(finding.rule, finding.severity) for finding in result.findings] == [("index-unreadable", "warning")]
    assert "could not be read" in result.index_problem
    assert f"{answered} of its 12" in result.index_problem or not answered
    assert result.coverage is None
    assert {check.status for check in result.checks} == {CheckStatus.SKIPPED}
    assert {check.message for check in result.checks} == {result.index_problem}
    assert result.index_regions[0].page == 4


def test_a_row_without_anything_is_uncertain(tmp_path: Path) -> None:
    rows = [(code, title, "" if code == "G4-EN5" else page) for code, title, page in ROWS]
    result = audit(tmp_path, CLAIM, [], [], index(rows))
    assert [claim.code for claim in result.claims if claim.uncertain] == ["G4-EN5"]
    assert result.index_problem == ""


def test_an_extract_of_a_longer_document(tmp_path: Path) -> None:
    rows = [(code, title, "42" if code == "G4-EN3" else f"{9 + place}") for place, (code, title, _) in enumerate(ROWS)]
    result = audit(tmp_path, CLAIM, [], [], index(rows), first_number=41)
    assert rules(result) == ["pages-elsewhere"]
    assert "41–44" in next(f.message for f in result.findings if f.rule == "pages-elsewhere")
    assert [claim.code for claim in result.claims if claim.pages] == ["G4-EN3"]
    assert all(each.elsewhere for claim in result.claims for each in claim.references if not each.pages)


def test_an_index_of_another_document_is_one_finding(tmp_path: Path) -> None:
    rows = [(code, title, f"{3 + 8 * place}") for place, (code, title, _) in enumerate(ROWS)]
    result = audit(tmp_path, CLAIM, [], [], index(rows))
    assert rules(result) == ["page-exists"]
    assert any("another file" in finding.message for finding in result.findings)


def test_a_page_that_does_not_exist_is_still_an_error(tmp_path: Path) -> None:
    rows = [(code, title, "99" if code in ("G4-EN3", "G4-EN5") else page) for code, title, page in ROWS]
    assert rules(audit(tmp_path, CLAIM, [], [], index(rows))) == ["page-exists", "page-exists"]


def test_an_index_on_a_web_site(tmp_path: Path) -> None:
    said = "The GRI G4 Content Index can be found online at http://www.example.com/sustainability."
    result = audit(tmp_path, CLAIM, [(60, 200, said)], [])
    assert [(finding.rule, finding.where.page) for finding in result.findings] == [("index-elsewhere", 2)]
    assert "www.example.com" in result.findings[0].message


def test_a_misprinted_code_is_read_as_the_likely_one(tmp_path: Path) -> None:
    rows = [("G4-LA56" if code == "G4-LA6" else code, title, page) for code, title, page in ROWS]
    result = audit(tmp_path, CLAIM, [], [], index(rows))
    claim = next(claim for claim in result.claims if claim.code == "G4-LA6")
    assert (claim.as_written, "probably meant" in claim.uncertain) == ("G4-LA56", True)
    assert rules(result) == ["code-unknown"]
    assert "'G4-LA6' is probably meant" in next(f.message for f in result.findings if f.rule == "code-unknown")


def test_an_unknown_code_that_may_be_several_is_left(tmp_path: Path) -> None:
    rows = [*ROWS, ("G4-HR77", "Nothing of that name", "2")]
    result = audit(tmp_path, CLAIM, [], [], index(rows))
    assert (listed(result), rules(result)) == ([(4, code) for code in CODES], ["code-unknown"])
    assert "probably" not in next(f.message for f in result.findings if f.rule == "code-unknown")


def test_a_title_of_another_disclosure(tmp_path: Path) -> None:
    rows = [*ROWS, ("G4-LA14", "Percentage of new suppliers that were screened using human rights criteria", "2")]
    result = audit(tmp_path, CLAIM, [], [], index(rows))
    assert rules(result) == ["code-title"]
    assert "'G4-HR10'" in next(claim.uncertain for claim in result.claims if claim.code == "G4-LA14")


def test_rows_for_letters(tmp_path: Path) -> None:
    rows = [*ROWS, ("G4-44 a.", "Evaluation of the board", "2"), ("G4-44 b.", "Actions taken", "3")]
    result = audit(tmp_path, CLAIM, [], [], index(rows))
    assert [claim.parts for claim in result.claims if claim.code == "G4-44"] == [("a",), ("b",)]
    assert rules(result) == []


def test_management_approaches_in_a_table_apart(tmp_path: Path) -> None:
    managed = [
        ("G4-DMA", "Energy", "2"),
        ("G4-DMA", "Water", "3"),
        ("G4-DMA", "Emissions", "2"),
        ("G4-DMA", "Employment", "3"),
    ]
    apart = [(60.0, 60.0, "Disclosures on management approach"), *table([HEADS, *managed], LEFTS)]
    result = audit(tmp_path, CLAIM, [], apart, index())
    ids = [claim.id for claim in result.claims if claim.code == "G4-DMA"]
    assert ids == ["G4-DMA:energy", "G4-DMA:water", "G4-DMA:emissions", "G4-DMA:employment"]


def test_a_blank_form_claims_nothing(tmp_path: Path) -> None:
    rows = [(code, f"Report the {title}", "") for code, title, _ in ROWS]
    result = audit(tmp_path, [*CLAIM, (60.0, 110.0, "Form")], index(rows))
    assert (listed(result), rules(result)) == ([], ["index-unreadable"])
    assert "blank form" in result.index_problem


def test_figures_by_years_are_not_pages(tmp_path: Path) -> None:
    rows = [(code, title, "41", "43", "45") for code, title, _ in ROWS]
    figures = list(table([("Indicator", "", "2013", "2014", "2015"), *rows], (50, 130, 400, 450, 500)))
    result = audit(tmp_path, CLAIM, figures, [])
    assert (listed(result), rules(result)) == ([], ["no-index"])


def test_a_link_to_the_index_in_every_head_is_no_heading(tmp_path: Path) -> None:
    head = (60.0, 40.0, "Contents | Our people | GRI Content Index")
    pages = [[head, *page] for page in (CLAIM, OTHER_PAGES["assurance statement"], [], index(heading=False), [], [])]
    result = audit(tmp_path, *pages)
    assert listed(result) == [(4, code) for code in CODES]


def test_g3_is_named_and_claims_nothing(tmp_path: Path) -> None:
    profile = [
        (f"{one}.{two}", "Profile disclosure", "2") for one, two in [(1, 1), (1, 2), *((2, n) for n in range(1, 11))]
    ]
    bare = [(code.removeprefix("G4-"), title, page) for code, title, page in ROWS[5:]]
    claim = [(60.0, 90.0, "This report follows the GRI G3.1 Guidelines, application level B.")]
    result = audit(tmp_path, claim, [], [(60.0, 60.0, "GRI Content Index"), *table([*profile, *bare], LEFTS)])
    assert (result.recognized, result.recognized_name, result.claims) == ("gri-g3", "G3.1 Guidelines", ())
    assert rules(result) == ["other-framework"]
    assert "'This report follows the GRI G3.1 Guidelines" in result.findings[0].message


def test_management_approaches_by_their_name(tmp_path: Path) -> None:
    rows = [*ROWS[:6], ("Management approach", "Energy", "3"), *ROWS[6:9], ("Management approach", "", "2"), *ROWS[9:]]
    result = audit(tmp_path, CLAIM, [], [], index(rows))
    managed = [(claim.id, claim.pages) for claim in result.claims if claim.code == "G4-DMA"]
    assert managed == [("G4-DMA:energy", (3,)), ("G4-DMA:occupational-health-and-safety", (2,))]
    assert [claim.code for claim in result.claims if claim.code != "G4-DMA"] == CODES


def test_a_table_of_aspects_without_codes(tmp_path: Path) -> None:
    aspects = [("Energy", "2"), ("Water", "3"), ("Emissions", "2-3"), ("Employment", "2"), ("Materials", "p. 3")]
    apart = [(60.0, 60.0, "Disclosures on management approach by Aspect"), *table(aspects, (50, 300))]
    result = audit(tmp_path, CLAIM, [], apart, index())
    managed = [(claim.id, claim.pages) for claim in result.claims if claim.code == "G4-DMA"]
    assert managed[:3] == [("G4-DMA:energy", (2,)), ("G4-DMA:water", (3,)), ("G4-DMA:emissions", (2, 3))]
    assert len(managed) == 5


def test_numbers_of_a_page_are_those_of_its_words() -> None:
    page = [*index(), (60.0, 600.0, "Chapter xii, p.14 and 3,100 t in 2015; a mix of words.")]
    file = read_pdf(write_pages([CLAIM, page]), "fjord.pdf").value
    assert file
    numbers = file.pages[1].numbers
    assert [word.text for word in numbers][-6:] == ["xii,", "p.14", "3,100", "2015;", "mix", "2"]
    assert set(numbers) <= set(file.pages[1].words)
