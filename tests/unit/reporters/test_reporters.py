"""Output formats: what each looks like, that it can be read back, and that data can't break out of it."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from gri_builder.coverage.assess import assess
from gri_builder.coverage.coverage_input import CoverageInput, DisclosureClaim
from gri_builder.model.coverage import Coverage
from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.model.report import Omission
from gri_builder.reporters.catalog.json import write_catalog_json
from gri_builder.reporters.catalog.text import write_catalog_text, write_disclosures_text
from gri_builder.reporters.coverage.html import write_coverage_html
from gri_builder.reporters.coverage.json import write_coverage_json
from gri_builder.reporters.coverage.table import tabulate, write_coverage_csv, write_coverage_xlsx
from gri_builder.reporters.coverage.text import write_coverage_text
from gri_builder.reporters.findings.github import write_github
from gri_builder.reporters.findings.json import write_findings_json
from gri_builder.reporters.findings.junit import write_junit
from gri_builder.reporters.findings.sarif import write_sarif
from gri_builder.reporters.findings.text import summarize_findings, write_findings_text
from gri_builder.resources.frameworks import load_framework, schemas_folder
from gri_builder.spreadsheets.writer import write_csv, write_xlsx
from tests.support.golden import assert_golden
from tests.support.paths import TESTS

FRAMEWORK = load_framework()
SCHEMAS = TESTS / "schemas"

FINDINGS = (
    Finding(
        "unknown-unit",
        Severity.ERROR,
        "'kWhh' is not a unit of energy",
        Location("disclosures/environment.yaml", 12, 11, "/G4-EN3/a/unit", excerpt="    unit: kWhh", width=4),
        "did you mean 'kWh'?",
        "G4-EN3",
    ),
    Finding(
        "footnote-unused",
        Severity.WARNING,
        "nothing refers to the footnote '[^1]'",
        Location("chapters/über uns, 100%: neu.md", 7, 1, excerpt="[^1]: エネルギー\tused\x1b[31m", width=4),
    ),
    Finding(
        "value-not-read", Severity.INFO, "one\ntwo", Location("data/sites.xlsx", sheet="Energy", cell="D17"), "a\nb"
    ),
    Finding(
        "page-not-found", Severity.ERROR, '<page> & "quotes"', Location("x.pdf", page=35, label="33"), None, "G4-1"
    ),
    Finding("missing-file", Severity.ERROR, "there is no report.yaml", Location("report.yaml")),
    Finding(
        "wide-text",
        Severity.ERROR,
        "the middle of a long line",
        Location("figures/energy.yaml", 123456, 301, excerpt="x" * 300 + "エネルギー" + "y" * 300, width=5),
    ),
    Finding("line-only", Severity.ERROR, "a whole line", Location("report.yaml", 3, excerpt="title: Ω")),
)


def check_schema(name: str, text: str) -> Any:
    """Check a JSON text against one of our schemas, and return what it holds."""
    document = json.loads(text)
    schema = json.loads((schemas_folder() / "outputs" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(document)
    return document


def test_findings_text_golden() -> None:
    assert_golden("formats-findings.txt", write_findings_text(FINDINGS))


def test_findings_colour_golden() -> None:
    text = write_findings_text(FINDINGS, color=True)
    assert_golden("formats-findings-colour.txt", text.replace("\x1b", "<esc>"))
    assert re.sub("\x1b\\[[0-9;]*m", "", text) == write_findings_text(FINDINGS)


def test_findings_text_is_that_of_the_contract() -> None:
    assert write_findings_text(FINDINGS[:1]) == (
        "disclosures/environment.yaml:12:11: error[unknown-unit]: 'kWhh' is not a unit of energy\n"
        "   12 |     unit: kWhh\n"
        "      |           ^^^^\n"
        "   help: did you mean 'kWh'?\n"
    )


def test_no_findings() -> None:
    assert write_findings_text(()) == ""
    assert write_github(()) == ""
    assert json.loads(write_findings_json(()))["findings"] == []
    assert json.loads(write_sarif((), "1.0"))["runs"][0]["results"] == []
    assert ElementTree.fromstring(write_junit(())).attrib["tests"] == "1"


def test_summary() -> None:
    assert summarize_findings(()) == "no findings"
    assert summarize_findings(FINDINGS) == "5 errors, 1 warning, 1 note"


def test_findings_json_golden() -> None:
    text = write_findings_json(FINDINGS)
    document = check_schema("findings", text)
    assert all("excerpt" not in row["where"] and "width" not in row["where"] for row in document["findings"])
    assert_golden("formats-findings.json", text)


def test_sarif_golden() -> None:
    text = write_sarif(FINDINGS, "1.2.3", "report_data/acme 2015")
    check_sarif(text)
    assert_golden("formats-findings.sarif", text)


def check_sarif(text: str) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0-used.schema.json").read_text(encoding="utf-8"))
    document = json.loads(text)
    Draft202012Validator(schema).validate(document)
    run = document["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_junit_golden() -> None:
    text = write_junit(FINDINGS)
    root = ElementTree.fromstring(text)
    assert (root.attrib["tests"], root.attrib["failures"]) == ("7", "5")
    assert len(root.findall("./testsuite/testcase")) == 7
    assert len(root.findall("./testsuite/testcase/failure")) == 5
    assert_golden("formats-findings.junit.xml", text)


def test_github_golden() -> None:
    assert_golden("formats-findings.github.txt", write_github(FINDINGS, "report_data/acme-2015/"))


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
WHERES = st.builds(
    Location,
    TEXTS,
    st.none() | st.integers(1, 10**6),
    st.none() | st.integers(1, 200),
    excerpt=st.none() | TEXTS,
    width=st.integers(1, 40),
)
MADE = st.lists(
    st.builds(Finding, st.just("some-rule"), st.sampled_from(Severity), TEXTS, WHERES, st.none() | TEXTS), max_size=4
)


@settings(max_examples=60, deadline=None)
@given(MADE)
def test_no_data_breaks_out(findings: list[Finding]) -> None:
    text = write_findings_text(findings)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", text)
    assert len(write_github(findings).splitlines()) == len(write_github(findings).split("\n")) - 1 == len(findings)
    assert len(ElementTree.fromstring(write_junit(findings)).findall(".//testcase")) == max(1, len(findings))
    assert [row["message"] for row in json.loads(write_findings_json(findings))["findings"]] == [
        f.message for f in findings
    ]
    uris = [
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results(write_sarif(findings, "1"))
    ]
    assert [unquote(uri) for uri in uris] == [f.where.file for f in findings]


def results(sarif: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(sarif)["runs"][0]["results"]
    return found


def test_github_can_be_read_back() -> None:
    finding = Finding("a-rule", Severity.WARNING, "50%\r\nof: a, b", Location("a,b:c%.md", 2, 3, width=4))
    line = write_github([finding])
    assert line == ("::warning file=a%2Cb%3Ac%25.md,line=2,col=3,endColumn=6,title=a-rule::50%25%0D%0Aof: a, b\n")


# Catalog


def test_catalog_json() -> None:
    document = check_schema("catalog", write_catalog_json(FRAMEWORK))
    rows = {row["code"]: row for row in document["disclosures"]}
    assert list(rows) == list(FRAMEWORK.disclosures)
    assert rows["G4-EN3"]["category"] == "environmental"
    assert rows["G4-EN3"]["required_for"] == ["comprehensive"]
    assert rows["G4-LA1"]["sub_category"] == "labor-practices-and-decent-work"
    assert rows["G4-3"]["section"] == "organizational-profile"
    assert rows["G4-OG14"]["verified"] is False
    assert rows["G4-OG14"]["sector"] == "oil-and-gas"
    assert [row["id"] for row in document["aspects"]] == list(FRAMEWORK.aspects)
    assert [row["id"] for row in document["omission_reasons"]] == list(FRAMEWORK.omission_reasons)
    assert len(document["sectors"]) == 10


def test_catalog_of_standards() -> None:
    standards = load_framework("gri-2021")
    document = check_schema("catalog", write_catalog_json(standards))
    rows = {row["code"]: row for row in document["disclosures"]}
    assert list(rows) == list(standards.disclosures)
    assert rows["306-3@2016"]["label"] == rows["306-3@2020"]["label"] == "306-3"
    assert rows["305-1"]["in_force"] == {"from": "2018-07-01", "until": "2026-12-31"}
    assert rows["306-3@2016"]["items"]["b"]["ii"] == "volume"
    assert '"standard"' not in write_catalog_json(FRAMEWORK, [FRAMEWORK.disclosures["G4-EN3"]])
    text = write_disclosures_text(standards, standards.find_disclosures("306-3"), 200)
    assert "GRI 306: Waste 2020; for reports published from 2022-01-01" in text
    assert "        ii) volume" in text
    assert "In accordance where it is relevant to a material topic" in text
    lines = write_catalog_text(standards, 90).splitlines()
    assert max(map(len, lines)) <= 90


@pytest.mark.parametrize("width", [60, 100])
def test_catalog_text_lists_everything_once(width: int) -> None:
    lines = write_catalog_text(FRAMEWORK, width).splitlines()
    codes = [line.split()[0] for line in lines if line.startswith("  ") and line.split()[0] in FRAMEWORK.disclosures]
    assert codes == list(FRAMEWORK.disclosures)
    assert max(map(len, lines)) <= width
    unverified = [line.split()[0] for line in lines if re.match(r"  \S+ +[*+ ]\? ", line)]
    assert unverified == [code for code, disclosure in FRAMEWORK.disclosures.items() if not disclosure.verified]
    for reason in FRAMEWORK.omission_reasons:
        assert any(line.startswith(f"  {reason}: ") for line in lines)


def test_catalog_of_single_disclosures_golden() -> None:
    disclosures = [FRAMEWORK.disclosures[code] for code in ("G4-2", "G4-EN15", "G4-DMA", "G4-OG14")]
    text = write_disclosures_text(FRAMEWORK, disclosures, 80)
    assert max(map(len, text.splitlines())) <= 80
    assert_golden("formats-catalog-codes.txt", text)


# Coverage


def make_coverage() -> Coverage:
    """Return the coverage of a small report that claims Core, with names that try to break out."""
    where = Location("report.yaml", 9, 9)
    permitted = Omission(("c",), "confidentiality-constraints", "A supplier's <secret> & ours.", where)
    refused = Omission((), "not-applicable", "=2+2", where)
    whole = DisclosureClaim(
        answered=frozenset({""}), pages=("12", "33"), assured=True, assurance_page="58", where=where
    )
    stated = {
        "G4-1": whole,
        "G4-3": DisclosureClaim(omissions=(refused,), where=where),
        "G4-10": DisclosureClaim(answered=frozenset("ab"), where=where),
        "G4-DMA:energy": DisclosureClaim(answered=frozenset("ab"), omissions=(permitted,), where=where),
        "G4-EN3": replace(whole, links=("https://example.org/?a=1&b=2",)),
    }
    subject = CoverageInput(
        stated,
        ("energy", "water"),
        where,
        claimed="core",
        organization="Acme <script>alert(1)</script> & Sons",
        start=date(2015, 1, 1),
        end=date(2015, 12, 31),
    )
    return assess(FRAMEWORK, subject)


COVERAGE = make_coverage()


def test_coverage_json() -> None:
    document = check_schema("coverage", write_coverage_json(COVERAGE))
    rows = {row["id"]: row for row in document["disclosures"]}
    assert rows["G4-1"]["pages"] == ["12", "33"]
    assert rows["G4-10"]["status"] == "partial"
    assert rows["G4-DMA:energy"]["requirements"] == {"a": "covered", "b": "covered", "c": "omitted"}
    assert rows["G4-3"]["omissions"][0] == {
        "part": None,
        "reason": "not-applicable",
        "explanation": "=2+2",
        "counts": False,
    }
    assert document["option"] == {"claimed": "core", "judged": "core", "met": []}
    assert document["totals"]["core"]["required"] == sum(
        document["totals"]["core"][name] for name in ("covered", "partial", "omitted", "missing")
    )
    assert document["findings"]


def test_coverage_json_of_nothing() -> None:
    nothing = assess(FRAMEWORK, CoverageInput({}, (), Location("x.pdf")))
    document = check_schema("coverage", write_coverage_json(nothing))
    assert document["period"] is None
    assert document["organization"] is None


def test_coverage_text_golden() -> None:
    text = write_coverage_text(COVERAGE, FRAMEWORK, 80)
    assert max(map(len, text.splitlines())) <= 80
    assert_golden("formats-coverage.txt", text)


def test_coverage_text_of_nothing() -> None:
    text = write_coverage_text(assess(FRAMEWORK, CoverageInput({}, (), Location("x.pdf"))), FRAMEWORK)
    assert "the report claims no option" in text
    assert "149 further disclosures are neither answered nor required." in text


def test_coverage_csv_reads_back() -> None:
    names, rows = tabulate(COVERAGE, FRAMEWORK)
    read = list(csv.reader(io.StringIO(write_coverage_csv(COVERAGE, FRAMEWORK).decode(), newline="")))
    assert read == [list(names), *map(list, rows)]


def test_csv_holds_no_formula() -> None:
    texts = ["=1+1", "+1", "-1", "@x", "plain", 'a "quote", a comma']
    read = next(csv.reader(io.StringIO(write_csv(texts, []).decode())))
    assert read == texts
    guarded = list(csv.reader(io.StringIO(write_csv(["name"], [[text] for text in texts]).decode())))[1:]
    assert [row[0] for row in guarded] == ["'=1+1", "'+1", "'-1", "'@x", "plain", 'a "quote", a comma']


def test_coverage_xlsx_reads_back() -> None:
    names, rows = tabulate(COVERAGE, FRAMEWORK)
    data = write_coverage_xlsx(COVERAGE, FRAMEWORK)
    assert data == write_coverage_xlsx(COVERAGE, FRAMEWORK)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == [
        list(names),
        *map(list, rows),
    ]


def test_xlsx_holds_no_formula_and_no_time_of_day() -> None:
    data = write_xlsx("T", ["a"], [["=1+1"], [""], ["x\x07y\x00"]], {"a": 9}, date(1970, 1, 1))
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    assert [(row[0].value, row[0].data_type) for row in sheet.iter_rows(min_row=2)] == [
        ("=1+1", "s"),
        (None, "n"),
        ("x\ufffdy\ufffd", "s"),
    ]
    assert {book.properties.created.date(), book.properties.modified.date()} == {date(1970, 1, 1)}


class Tags(HTMLParser):
    """Collects the elements of a page, and checks that they are closed."""

    void = frozenset({"meta"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_coverage_html() -> None:
    page = write_coverage_html(COVERAGE, FRAMEWORK)
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert "script" not in tags.seen
    assert tags.seen.count("table") == tags.seen.count("caption") == 3
    assert '<html lang="en">' in page
    assert "Acme &lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons" in page
    assert page.count('<th scope="row">') == len(COVERAGE.rows) + len(COVERAGE.criteria)


def test_of_a_long_line_only_the_part_around_a_finding_is_looked_at() -> None:
    line = "a" * 200_000 + "[^x]" + "b" * 200_000
    where = Location("story.md", 1, 200_001, excerpt=line, width=4)
    text, start = where.cut_excerpt()
    assert text[start : start + 4] == "[^x]"
    assert len(text) < 1_000
    shown = write_findings_text([Finding("rule", Severity.ERROR, "wrong", where)]).splitlines()
    assert shown[1].startswith("    1 | …aaa")
    assert shown[1].endswith("bbb…")
    assert shown[2].index("^^^^") == shown[1].index("[^x]")
    assert Location("story.md", 1, 3, excerpt="ab[^x]c", width=4).cut_excerpt() == ("ab[^x]c", 2)
