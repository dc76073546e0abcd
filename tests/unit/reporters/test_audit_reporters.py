"""How an audit looks: text, JSON, CSV, the working paper in XLSX, the page of HTML."""

from __future__ import annotations

import csv
import io
from datetime import date
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace
from referencing import Registry, Resource

from gri_builder.audit.sampling import draw_sample
from gri_builder.model.audit_result import AuditClaim, AuditResult, Check, CheckStatus, Evidence, Reference, Verdict
from gri_builder.model.audit_sample import AuditFact, FactPlace
from gri_builder.reporters.audit.earlier_paper import NotAWorkbookError
from gri_builder.reporters.audit.html import write_audit_html
from gri_builder.reporters.audit.json import write_audit_json
from gri_builder.reporters.audit.sample import write_sample_csv
from gri_builder.reporters.audit.table import write_audit_csv
from gri_builder.reporters.audit.text import write_audit_text
from gri_builder.reporters.audit.workbook import write_audit_xlsx
from gri_builder.reporters.json_document import dump_json
from gri_builder.resources.frameworks import schemas_folder
from tests.support.golden import assert_golden
from tests.support.made_audits import CHECKS, CLAIMS, FRAMEWORK, at, make_audit

PROGRAM = "gri-builder 0.0"


def check_audit_schema(text: str) -> Any:
    """Check a JSON text against the schema of audits, and return what it holds."""
    import json

    folder = schemas_folder() / "outputs"
    schemas = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    registry = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in schemas)
    schema = next(each for each in schemas if each["$id"].endswith("/audit.schema.json"))
    document = json.loads(text)
    checker = Draft202012Validator.FORMAT_CHECKER
    Draft202012Validator(schema, format_checker=checker, registry=registry).validate(document)
    return document


# Text


def test_text_golden() -> None:
    assert_golden("audit.txt", write_audit_text(make_audit(), FRAMEWORK))


def test_the_first_line_says_what_was_examined() -> None:
    first = write_audit_text(make_audit(), FRAMEWORK).split("\n")[0]
    assert first == "acme 2015.pdf: 44 pages, 3 claims, 4 checks: 2 passed, 1 failed, 1 skipped"


def test_text_of_a_pdf_without_claims() -> None:
    audit = make_audit(recognized="gri-standards", claims=(), checks=(), coverage=None, findings=(), index_pages=())
    lines = write_audit_text(audit, FRAMEWORK).splitlines()
    assert lines == [
        "acme 2015.pdf: 44 pages, 0 claims, 0 checks: 0 passed, 0 failed, 0 skipped",
        "It was not made by gri-builder, reports by the GRI Standards, which came after G4.",
    ]


def test_text_obeys_no_control_characters() -> None:
    claim = replace(CLAIMS[0], references=(Reference("\x1b[2J5\u202e"),), evidence=Evidence(text="\x1b]0;x\x07"))
    text = write_audit_text(make_audit(claims=(claim,), file="\x1b[31m.pdf"), FRAMEWORK)
    assert not [character for character in text if ord(character) < 32 and character != "\n"]
    assert "\u202e" not in text


# JSON


def test_json_is_that_of_the_schema() -> None:
    document = check_audit_schema(write_audit_json(make_audit()))
    assert document["totals"] == {"claims": 3, "checks": {"pass": 2, "fail": 1, "skipped": 1}}
    reference = document["claims"][1]["references"][1]
    assert (reference["text"], reference["pages"], reference["outside"]) == ("Annual Report, p. 7", [], True)
    assert_golden("audit.json", dump_json({**document, "coverage": "as in the coverage format"}))


def test_json_without_coverage() -> None:
    assert check_audit_schema(write_audit_json(make_audit(coverage=None)))["coverage"] is None


# The sample


def test_the_sample_as_csv() -> None:
    data = write_sample_csv(draw_sample(make_audit(), 3, 7), FRAMEWORK)
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert sorted(row["item"] for row in rows) == ["G4-1", "G4-DMA:energy", "G4-EN3"]
    by_item = {row["item"]: row for row in rows}
    assert (
        by_item["G4-1"]["procedure"] == "Read pages 5–6 (printed 3, 4): is what G4-1 asks for answered there, in full"
    )
    assert by_item["G4-EN3"]["procedure"].startswith("Ask for the place of '99', which is not a page of the PDF; read ")
    assert "obtain 'Annual Report, p. 7'" in by_item["G4-DMA:energy"]["procedure"]
    assert {row["result"] for row in rows} == {""}


def test_the_sample_as_json_and_text() -> None:
    fact = AuditFact("energy[2015]", "Energy", "12 GJ", (FactPlace(5, "12"),), "derived from a[2015], b[2015]")
    audit = draw_sample(make_audit(facts=(fact,)), 9, 7, stratified=True)
    sample = check_audit_schema(write_audit_json(audit))["sample"]
    assert (sample["size"], sample["seed"], sample["population"]) == (9, 7, {"claims": 3, "facts": 1})
    assert sample["items"][-1] == {"kind": "fact", "key": "energy[2015]", "id": "energy[2015]", "position": 1, "pages": [5]}  # fmt: skip  # noqa: E501
    text = write_audit_text(audit, FRAMEWORK)
    assert "Sample: 4 of 4 items, 3 of 3 claims and 1 of 1 fact (9 were asked for); simple random sample" in text
    assert "Agree 12 GJ with what is printed on page 5 (printed 3); calculate 12 GJ again: it is" in text


# CSV


def test_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(write_audit_csv(make_audit(), FRAMEWORK).decode(), newline="")))
    assert [row["id"] for row in rows] == ["G4-1", "G4-DMA:energy", "G4-EN3"]
    assert rows[0]["pages"] == "5–6"
    assert rows[0]["printed_pages"] == "3, 4"
    assert rows[1]["evidence_text"].startswith("'=HYPERLINK")
    assert rows[2]["failed"] == "page-exists"


# XLSX


def open_book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def save_book(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def column_of(sheet: Any, name: str) -> int:
    return [cell.value for cell in sheet[1]].index(name) + 1


def write_remark(data: bytes, title: str, row: int, **own: object) -> bytes:
    """Return the working paper with the auditor's own words in a row; new columns are added at the end."""
    book = open_book(data)
    sheet = book[title]
    for name, value in own.items():
        heads = [cell.value for cell in sheet[1]]
        if name not in heads:
            sheet.cell(1, len(heads) + 1, name)
        sheet.cell(row, column_of(sheet, name), value)
    return save_book(book)


def remarks_of(data: bytes, title: str, name: str = "remark") -> dict[str, object]:
    """Return what stands in a column of a sheet, by key."""
    sheet = open_book(data)[title]
    key, column = column_of(sheet, "key"), column_of(sheet, name)
    found = {sheet.cell(row, key).value: sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)}
    return {name: value for name, value in found.items() if value is not None}


def write(audit: AuditResult, earlier: bytes | None = None) -> bytes:
    return write_audit_xlsx(audit, FRAMEWORK, PROGRAM, "acme%202015.pdf", earlier)


def test_the_working_paper_has_its_sheets() -> None:
    book = open_book(write(make_audit()))
    assert book.sheetnames == ["Read these first", "Summary", "Claims", "Checks", "Findings", "Page map"]
    for sheet in book:
        heads = [cell.value for cell in sheet[1]]
        assert {"initials", "date", "remark"} < set(heads)
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
    summary = {row[0].value: row[1].value for row in book["Summary"].iter_rows(min_row=2)}
    assert summary["checks failed"] == 1
    assert summary["option claimed"] == "Core"
    assert [cell.value for cell in book["Checks"]["A"]][1:] == ["fail", "skipped", "pass", "pass"]


def test_links_open_the_pdf_at_the_page() -> None:
    claims = open_book(write(make_audit()))["Claims"]
    cell = claims.cell(2, column_of(claims, "pages"))
    assert (cell.value, cell.hyperlink.target, cell.hyperlink.location) == ("5–6", "acme%202015.pdf", "page=5")


def test_what_to_read_first_comes_first_and_opens_the_page() -> None:
    first = open_book(write(make_audit()))["Read these first"]
    rows = [[cell.value for cell in row[:8]] for row in first.iter_rows(min_row=2)]
    assert rows[0] == ["failure", "page-exists", "G4-EN3", "there is no page '99'", 41, "39", "EN3 a b | 99 | b: not available", "ask which page is meant"]  # fmt: skip  # noqa: E501
    assert [row[0] for row in rows] == ["failure", *["gap"] * 34, "uncertain", "not checked"]
    cell = first.cell(2, column_of(first, "page"))
    assert (cell.hyperlink.target, cell.hyperlink.location) == ("acme%202015.pdf", "page=41")
    nothing = open_book(write(make_audit(claims=(), checks=(), findings=(), coverage=None)))["Read these first"]
    assert [cell.value for cell in nothing[2]][:4] == ["nothing", None, None, "no failure, gap or uncertain reading was found"]  # fmt: skip  # noqa: E501


def test_pages_and_facts_have_their_sheets() -> None:
    fact = AuditFact("energy[2015]", "Energy", "12 GJ", (FactPlace(5, "12"), FactPlace(6, "12 GJ")), "a.yaml, line 3")
    book = open_book(write(make_audit(facts=(fact,))))
    assert [cell.value for cell in book["Page map"][6]][:4] == [5, "3", None, "G4-1"]
    assert [cell.value for cell in book["Page map"][41]][:4] == [40, "38", "yes", None]
    assert [cell.value for cell in book["Facts"][2]][:6] == ["energy[2015]", "Energy", "12 GJ", "5, 6", "12; 12 GJ", "a.yaml, line 3"]  # fmt: skip  # noqa: E501


def test_results_of_the_sample_are_kept() -> None:
    audit = draw_sample(make_audit(), 3, 7)
    first = write(audit)
    sheet = open_book(first)["Sample"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == ["number", "kind", "item", "title", "stated", "pages", "printed pages", "procedure", "result", "exception", "initials", "date", "remark", "key"]  # fmt: skip  # noqa: E501
    assert sheet.data_validations.dataValidation[0].sqref.ranges
    mine = write_remark(first, "Sample", 2, result="exception", exception="page 12 is blank", initials="kw")
    again = write(draw_sample(make_audit(), 3, 7), mine)
    key = sheet.cell(2, heads.index("key") + 1).value
    assert remarks_of(again, "Sample", "result") == {key: "exception"}
    assert remarks_of(again, "Sample", "exception") == {key: "page 12 is blank"}
    without = write(make_audit(), again)
    assert remarks_of(without, "Sample", "result") == {key: "exception"}
    smaller = write(draw_sample(make_audit(claims=CLAIMS[:1]), 1, 7), mine)
    kept = {**remarks_of(smaller, "Sample", "result"), **remarks_of(smaller, "Earlier remarks", "result")}
    assert kept == {key: "exception"}


def test_a_sheet_of_the_auditor_with_a_generated_name_is_kept() -> None:
    book = open_book(write(make_audit()))
    book.create_sheet("sample").cell(1, 1, "mine")
    after = open_book(write(draw_sample(make_audit(), 2, 7), save_book(book)))
    assert after["sample before"].cell(1, 1).value == "mine"
    assert "key" in [cell.value for cell in after["Sample"][1]]


def test_text_of_a_pdf_is_no_formula() -> None:
    claims = open_book(write(make_audit()))["Claims"]
    cell = claims.cell(3, column_of(claims, "evidence"))
    assert (cell.data_type, cell.value[:10]) == ("s", "=HYPERLINK")


def test_a_new_run_keeps_the_auditors_words() -> None:
    first = write(make_audit())
    mine = write_remark(first, "Claims", 3, initials="kw", date=date(2016, 6, 1), remark="=seen", walkthrough="yes")
    second = write(make_audit(), mine)
    assert remarks_of(second, "Claims") == {"G4-DMA:energy": "=seen"}
    assert remarks_of(second, "Claims", "initials") == {"G4-DMA:energy": "kw"}
    assert remarks_of(second, "Claims", "walkthrough") == {"G4-DMA:energy": "yes"}
    assert next(iter(remarks_of(second, "Claims", "date").values())).date() == date(2016, 6, 1)  # type: ignore[attr-defined]
    assert write(make_audit(), second) == second


def test_words_follow_their_row() -> None:
    mine = write_remark(write(make_audit()), "Claims", 4, remark="about EN3")
    moved = write(make_audit(claims=(CLAIMS[2], CLAIMS[0], CLAIMS[1])), mine)
    assert remarks_of(moved, "Claims") == {"G4-EN3 a b": "about EN3"}
    assert open_book(moved)["Claims"].cell(2, 1).value == "G4-EN3"


def test_words_of_a_row_that_vanished_are_kept_and_come_back() -> None:
    mine = write_remark(write(make_audit()), "Claims", 4, remark="about EN3", sample="12")
    without = write(make_audit(claims=CLAIMS[:2]), mine)
    assert remarks_of(without, "Claims") == {}
    assert remarks_of(without, "Earlier remarks") == {"G4-EN3 a b": "about EN3"}
    assert remarks_of(without, "Earlier remarks", "sample") == {"G4-EN3 a b": "12"}
    assert remarks_of(write(make_audit(claims=CLAIMS[:2]), without), "Earlier remarks") == {"G4-EN3 a b": "about EN3"}
    back = write(make_audit(), without)
    assert remarks_of(back, "Claims") == {"G4-EN3 a b": "about EN3"}
    assert "Earlier remarks" not in open_book(back).sheetnames


def test_words_on_a_check_do_not_stand_beside_another() -> None:
    failed = [Check("fact", CheckStatus.FAIL, f"'{n}' is not printed", at(5), "G4-1") for n in (1, 2)]
    mine = write_remark(write(make_audit(checks=tuple(failed))), "Checks", 2, remark="about 1")
    after = write(make_audit(checks=(failed[1],)), mine)
    assert remarks_of(after, "Checks") == {}
    assert list(remarks_of(after, "Earlier remarks").values()) == ["about 1"]


def test_rows_that_the_auditor_added_are_kept() -> None:
    book = open_book(write(make_audit()))
    for row, text in ((20, "my own row"), (21, "another")):
        book["Claims"].cell(row, column_of(book["Claims"], "remark"), text)
    after = write(make_audit(), save_book(book))
    assert sorted(remarks_of(after, "Earlier remarks").values()) == ["another", "my own row"]  # type: ignore[type-var]


def test_sheets_and_columns_of_the_auditor_stay() -> None:
    book = open_book(write(make_audit()))
    book.create_sheet("Sampling").cell(1, 1, "=1+1")
    sheet = book["Findings"]
    sheet.delete_cols(column_of(sheet, "key"))
    sheet.cell(2, 8, "unkeyed")
    after = open_book(write(make_audit(), save_book(book)))
    generated = ["Read these first", "Summary", "Claims", "Checks", "Findings", "Page map"]
    assert after.sheetnames == [*generated, "Findings before", "Sampling"]
    assert after["Sampling"].cell(1, 1).value == "=1+1"
    assert after["Findings before"].cell(2, 8).value == "unkeyed"


def test_another_file_is_not_written_over() -> None:
    with pytest.raises(NotAWorkbookError):
        write(make_audit(), b"Dear Sir or Madam")


def test_the_working_paper_is_the_same_each_time() -> None:
    assert write(make_audit()) == write(make_audit())


WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
AUDITS = st.builds(
    lambda text, other, verdict: make_audit(
        file=text or "x",
        title=other,
        claims=(
            AuditClaim(
                "G4-1", "G4-1", text, 1, (Reference(other, (3,)),), (), text, evidence=Evidence(verdict, 3, other)
            ),
        ),
        checks=(replace(CHECKS[0], message=text or "x"),),
    ),
    WORDS,
    WORDS,
    st.sampled_from(Verdict),
)


@given(AUDITS)
@settings(max_examples=30)
def test_any_text_of_a_pdf_can_be_written(audit: AuditResult) -> None:
    claims = open_book(write(audit))["Claims"]
    assert all(cell.data_type in "sn" for row in claims.iter_rows() for cell in row)
    check_audit_schema(write_audit_json(audit))
    write_audit_text(audit, FRAMEWORK).encode(errors="surrogateescape")
    plain = replace(audit, file="x", title="x" if audit.title else "", claims=(plain_claim(audit),))
    assert tags_of(write_audit_html(audit, FRAMEWORK, "x.pdf")) == tags_of(write_audit_html(plain, FRAMEWORK, "x.pdf"))


def plain_claim(audit: AuditResult) -> AuditClaim:
    """Return the audit's claim with harmless text where there is any."""
    claim = audit.claims[0]
    return replace(
        claim,
        as_written="x" if claim.as_written != claim.id else claim.id,
        references=(Reference("x" if claim.references[0].text else "", (3,)),),
        omission="x" if claim.omission else "",
        evidence=replace(claim.evidence, text="x" if claim.evidence.text else ""),
    )


class Tags(HTMLParser):
    """Collects the tags of a page with the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))


def tags_of(html: str) -> list[tuple[str, ...]]:
    parser = Tags()
    parser.feed(html)
    return parser.found


# HTML; what a browser makes of it is tested in test_audit_page.py


def test_the_page_needs_nothing_else() -> None:
    html = write_audit_html(make_audit(), FRAMEWORK, "acme%202015.pdf")
    tags = tags_of(html)
    assert not [
        tag for tag in tags if tag[0] in ("img", "link", "iframe", "object") or "src" in tag or "onclick" in tag
    ]
    assert "http:" not in html
    assert "https:" not in html
    assert 'href="acme%202015.pdf#page=5"' in html
    assert "default-src 'none'" in html


def test_text_of_a_pdf_is_no_markup() -> None:
    html = write_audit_html(make_audit(), FRAMEWORK)
    assert "<b>energy" not in html
    assert "&lt;b&gt;energy&lt;/b&gt; &amp; &#39;more&#39;" in html
    assert "#page=" not in html
