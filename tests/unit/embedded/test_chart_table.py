"""The values of charts as a table in the PDF: all that are drawn, and the audit compares them with the facts."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import pytest

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.rules.context import RuleContext
from gri_builder.audit.rules.embedded_data import check_agreement, check_files
from gri_builder.embedded.chart_table import COLUMNS, NAME, read_chart_table
from gri_builder.embedded.codec import EmbeddedDataError
from gri_builder.embedded.embedded_files import read_embedded_files
from gri_builder.index_reading.extraction import Extraction
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pdf_reader.pdf_file import PdfFile
from gri_builder.pdf_reader.reader import read_pdf
from gri_builder.pipeline.build import build_report
from gri_builder.resources.frameworks import load_framework
from tests.support.paths import TESTS


@dataclass(frozen=True)
class Built:
    pdf: PdfFile
    table: bytes


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a report with charts, and its table of their values."""
    made = build_report(TESTS / "cases" / "elements", tmp_path_factory.mktemp("out")).value
    assert made
    read = read_pdf(made.files[0].read_bytes(), "a.pdf").value
    assert read
    return Built(read, read.attachments[NAME])


def failures(built: Built, table: bytes) -> list[str]:
    """Return what the audit says of a report with another table."""
    files = read_embedded_files({**built.pdf.attachments, NAME: table})
    report = EmbeddedReport(built.pdf, load_framework(), files)
    context = RuleContext(built.pdf, report.framework, Extraction(None), None, report)
    outcomes = [*check_files(context), *check_agreement(context)]
    return [outcome.message for outcome in outcomes if outcome.status is CheckStatus.FAIL]


def test_each_value_has_a_row_with_its_fact(built: Built) -> None:
    rows = list(csv.DictReader(io.StringIO(built.table.decode())))
    assert tuple(rows[0]) == COLUMNS
    assert all(row["chart"].startswith("Figure") and row["printed"] for row in rows)
    assert {row["fact"] for row in rows} <= {*read_embedded_files(built.pdf.attachments).ledger.entries, ""}  # type: ignore[union-attr]
    assert any(row["fact"] for row in rows)


def test_the_untouched_table_agrees(built: Built) -> None:
    assert failures(built, built.table) == []


def test_a_changed_value_is_found(built: Built) -> None:
    lines = built.table.decode().splitlines()
    row = next(csv.DictReader(io.StringIO(built.table.decode())))
    changed = "\r\n".join([lines[0], lines[1].replace(f",{row['value']},", ",1,", 1), *lines[2:]])
    (message,) = failures(built, changed.encode())
    assert message.startswith(f"'{NAME}' has 1 for '{row['fact']}', the ledger has ")


def test_an_unknown_fact_is_found(built: Built) -> None:
    row = ",".join(["Figure 1", "bar", "GJ", "Gas", "2015", "5", "5", "nothing[2015]"])
    (message,) = failures(built, f"{','.join(COLUMNS)}\n{row}\n".encode())
    assert message == f"'{NAME}' has 5 for 'nothing[2015]', the ledger does not have that fact"


@pytest.mark.parametrize("data", [b"\xff", b"a,b\n1,2\n", b'"a'], ids=["no text", "other columns", "open quote"])
def test_what_is_no_such_table_is_said(built: Built, data: bytes) -> None:
    with pytest.raises(EmbeddedDataError):
        read_chart_table(data)
    assert any(NAME in message for message in failures(built, data))
