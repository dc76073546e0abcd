"""Printed pages that a PDF does not have: an error of a row, one cause for many rows, or nothing to be judged."""

from __future__ import annotations

import pytest

from gri_builder.audit.rules.context import RuleContext, RuleOutcome
from gri_builder.audit.rules.references import check_extract, check_outside, check_pages, check_unread
from gri_builder.index_reading.extraction import Extraction
from gri_builder.index_reading.located_references import is_extract, join_cause, locate_references
from gri_builder.index_reading.page_numbers import PageNumbering, read_page_numbering
from gri_builder.model.audit_result import AuditClaim, CheckStatus, PageMap, PageRun
from gri_builder.pdf_reader.pdf_file import PdfFile
from gri_builder.resources.frameworks import load_framework
from tests.unit.index_reading.test_page_numbers import counted, make_pages

THIRTY = read_page_numbering(make_pages(counted(range(1, 31))))
EXTRACT = read_page_numbering(make_pages(counted(range(108, 120))))
FRONT = read_page_numbering(make_pages(["", "ii", "iii", "iv", *counted(range(1, 27))]))


def judge(cells: list[str], numbering: PageNumbering = THIRTY) -> dict[str, list[RuleOutcome]]:
    """Return the outcomes of the rules on references, for an index with these cells."""
    codes = list(load_framework().disclosures)
    claims = [
        AuditClaim(code, code, code, 1, references=locate_references({"page": cell}, numbering))
        for code, cell in zip(codes, cells, strict=False)
    ]
    extracted = Extraction(
        "gri-g4",
        claims=join_cause(claims, numbering.page_map),
        page_map=numbering.page_map,
        is_extract=is_extract(numbering.page_map),
    )
    pages = tuple(make_pages([""] * 30))
    pdf = PdfFile("a.pdf", "", pages, "", "", "", "", {}, {}, {}, None, (), {})
    context = RuleContext(pdf, load_framework(), extracted, None, None)
    rules = {
        "page-exists": check_pages,
        "pages-elsewhere": check_extract,
        "reference-outside": check_outside,
        "reference-unread": check_unread,
    }
    return {name: list(rule(context)) for name, rule in rules.items()}


def failures(outcomes: list[RuleOutcome]) -> list[str]:
    return [outcome.message for outcome in outcomes if outcome.status is CheckStatus.FAIL]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("99", "the PDF has no page '99'"),
        ("12, 99", "the PDF has no page 99, named by '12, 99'"),
        ("pp. 12-99", "the PDF has no page 31–99, named by 'pp. 12-99'"),
        ("12; 31; 40", "the PDF has no page '31'; '40'"),
    ],
)
def test_a_missing_page_is_an_error_beside_others(cell: str, message: str) -> None:
    assert failures(judge([cell])["page-exists"]) == [message]


def test_pages_beside_a_missing_one_are_read() -> None:
    (reference,) = locate_references({"page": "12, 99"}, THIRTY)
    assert (reference.pages, reference.printed, reference.missing) == ((12,), ("12", "99"), ("99",))


@pytest.mark.parametrize("cell", ("12", "12 ff.", "S. 12 bis 15", "AR 99", "Backcover", "Nil", ""))
def test_nothing_else_is(cell: str) -> None:
    assert failures(judge([cell])["page-exists"]) == []


def test_an_extract_has_one_cause() -> None:
    found = judge(["8", "22, 110", "48", "109", "112–114", "Page 61"], EXTRACT)
    assert failures(found["page-exists"]) == []
    (message,) = failures(found["pages-elsewhere"])
    assert message == (
        "the PDF holds the printed pages 108–119 only; 4 rows of the index name pages that are not in it, such as 8, "
        "22, 48, 61"
    )
    assert [outcome.status for outcome in found["page-exists"]].count(CheckStatus.SKIPPED) == 4


def test_an_index_of_another_file_has_one_cause() -> None:
    found = judge([str(page) for page in range(20, 50)])
    (message,) = failures(found["page-exists"])
    assert message.startswith("the PDF holds the printed pages 1–30 only; 19 rows of the index name pages that")
    assert failures(found["pages-elsewhere"]) == []


def test_some_missing_pages_are_errors_of_their_rows() -> None:
    found = judge([*map(str, range(1, 27)), "31", "45", "99", "12-40"])
    assert len(failures(found["page-exists"])) == 4


def test_roman_pages_are_missing_only_where_some_are_printed() -> None:
    found = judge(["iv"])
    assert failures(found["page-exists"]) == []
    assert [outcome.status for outcome in found["reference-unread"]] == [CheckStatus.SKIPPED]
    assert failures(judge(["ii, iv, ix"], FRONT)["page-exists"]) == ["the PDF has no page ix, named by 'ii, iv, ix'"]


def test_nothing_is_missing_where_pages_can_not_be_mapped() -> None:
    numbering = PageNumbering(PageMap("none", (PageRun(1, 30, 1),), 30, 12, trusted=False), {1: 1})
    (reference,) = locate_references({"page": "1, 99"}, numbering)
    assert (reference.missing, reference.elsewhere) == ((), True)
    assert failures(judge(["99", "45"], numbering)["page-exists"]) == []


def test_what_is_not_understood_is_listed_as_skipped() -> None:
    found = judge(["12, Backcover", "F-12"])
    assert [outcome.message.split(" seems")[0] for outcome in found["reference-unread"]] == ["'Backcover'", "'F-12'"]
    assert failures(found["page-exists"]) == []
