"""docs/guides/survey.md: its tables are those of the program, and its questions are answered."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from gri_builder.limits.limits import MEGABYTES
from gri_builder.survey.result_files import write_batch, write_database
from gri_builder.survey.rows import make_rows
from gri_builder.survey.summary import read_summary
from gri_builder.survey.summary_book import write_summary_book
from gri_builder.survey.summary_page import write_summary_page
from gri_builder.survey.tables import TABLES, VIEWS
from gri_builder.survey.task import Task
from tests.support.made_audits import make_audit
from tests.support.paths import ROOT

PAGE = (ROOT / "docs" / "guides" / "survey.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^```sql\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> \u202e"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the results of two audits and of a PDF that could not be read."""
    folder = tmp_path_factory.mktemp("results")
    audit = make_audit(title=HOSTILE)
    tasks = [
        Task("a.pdf", "a.pdf", {"country": "NO"}, "Acme", "Mining", 2015, {MEGABYTES.name: 300}),
        Task(f"b {HOSTILE}.pdf", "b.pdf", {}, HOSTILE, HOSTILE),
    ]
    rows = [make_rows(task, "audited", audit.findings, audit, "0" * 64, 1000) for task in tasks]
    rows.append(make_rows(Task("c.pdf", "c.pdf"), "unread", audit.findings))
    write_batch(folder, 1, rows)
    write_database(folder)
    return folder


def test_the_tables_are_those_of_the_program() -> None:
    rows = set(re.findall(r"^\| `([\w]+)` \| ([^|]+) \|", PAGE, re.MULTILINE))
    missing = [(t.name, c.name) for t in TABLES for c in t.columns if (c.name, c.type) not in rows]
    assert missing == []
    assert [view.name for view in VIEWS if f"| `{view.name}` | {view.meaning} |" not in PAGE] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda text: text[:40])
def test_questions_are_answered(question: str, results: Path) -> None:
    with duckdb.connect(str(results / "survey.duckdb"), read_only=True) as connection:
        assert connection.execute(question).fetchall() is not None
    assert len(QUESTIONS) == 7


def test_the_question_of_who_claims_core_without_a_disclosure(results: Path) -> None:
    with duckdb.connect(str(results / "survey.duckdb"), read_only=True) as connection:
        assert len(connection.execute(QUESTIONS[0]).fetchall()) == 2
        answered = QUESTIONS[0].replace("EN15", "EN3")
        assert connection.execute(answered).fetchall() == []
        assert connection.execute("SELECT organization, year, settings FROM files WHERE file = 'a.pdf'").fetchall() == [
            ("Acme", 2015, "megabytes=300")
        ]
        totals = connection.execute("SELECT required, covered + partial + omitted + missing + unclear FROM files")
        assert all(required == parts for required, parts in totals.fetchall())


def test_the_summary(results: Path) -> None:
    summary = read_summary(results)
    assert (summary.total, summary.counts, summary.pages) == (3, {"audited": 2, "unread": 1}, 88)
    page = write_summary_page(summary)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "\u202e" not in page
    assert page.count("<svg") > 5
    assert "c.pdf" in page


def test_the_workbook_holds_no_formula(results: Path) -> None:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(write_summary_book(read_summary(results))))
    assert book.sheetnames[:2] == ["Files", "By framework"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(HOSTILE[:20] in str(cell.value) for cell in cells)
