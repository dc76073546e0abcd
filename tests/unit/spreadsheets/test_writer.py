"""Workbooks that we write: the same bytes on every machine, and no text read as a formula."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from gri_builder.reporters.audit.workbook import write_audit_xlsx
from gri_builder.spreadsheets.writer import MAX_CELL, settle_times, write_csv, write_xlsx
from tests.support.made_audits import FRAMEWORK, make_audit

ROWS = (("=1+1", "plain"), ("", "x" * (MAX_CELL + 5)), ("https://acme.example", "\x00odd\r\nline"))


def make() -> bytes:
    return write_xlsx("A table", ("one", "two"), ROWS, {"two": 40}, date(2016, 5, 12))


def test_a_text_stays_a_text() -> None:
    sheet = load_workbook(io.BytesIO(make())).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == ["one", "two"]
    assert cells[1] == ["=1+1", "plain"]
    assert sheet["A2"].data_type == "s"
    assert cells[2] == [None, "x" * MAX_CELL]
    assert cells[3] == ["https://acme.example", "\ufffdodd\nline"]
    assert sheet["A4"].hyperlink is None
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B4")
    assert sheet.column_dimensions["B"].width == pytest.approx(40, abs=1)


def test_a_formula_is_escaped_in_csv() -> None:
    assert write_csv(("a",), [("=1+1",)]) == b"a\r\n'=1+1\r\n"


WITHOUT_LXML = """
import sys

if sys.argv[1] == "block":
    sys.modules["lxml"] = sys.modules["lxml.etree"] = None
import hashlib
from tests.support.made_audits import FRAMEWORK, make_audit
from tests.unit.spreadsheets.test_writer import make
from gri_builder.reporters.audit.workbook import write_audit_xlsx
from pathlib import Path
earlier = Path(sys.argv[2]).read_bytes()
paper = write_audit_xlsx(make_audit(), FRAMEWORK, "gri-builder 1", "acme.pdf", earlier)
import openpyxl
assert openpyxl.LXML is (sys.argv[1] != "block")
print(hashlib.sha256(make()).hexdigest(), hashlib.sha256(paper).hexdigest())
"""


def make_earlier_paper() -> bytes:
    """Return a working paper with an auditor's remark of several lines, a comment and a sheet with a chart."""
    book = load_workbook(io.BytesIO(write_audit_xlsx(make_audit(), FRAMEWORK, "gri-builder 1", "acme.pdf")))
    claims = book["Claims"]
    remark = next(cell.column for cell in claims[1] if cell.value == "remark")
    claims.cell(2, remark, " seen\r\nwith\rK. W. ")
    sheet = book.create_sheet("Sampling")
    sheet["A1"], sheet["A2"], sheet["B1"] = "two\r\nlines", "=1+1", 1.5
    sheet["A1"].comment = Comment("ask again\nin May", "K. W.")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3))
    sheet.add_chart(chart, "D3")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_bytes_do_not_depend_on_lxml(tmp_path: Path) -> None:
    """It makes openpyxl write XML in another way; it is installed on some machines only."""
    pytest.importorskip("lxml")
    earlier = tmp_path / "earlier.xlsx"
    earlier.write_bytes(make_earlier_paper())
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    said = {
        subprocess.run(
            [sys.executable, "-c", WITHOUT_LXML, how, str(earlier)],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        ).stdout
        for how in ("block", "leave")
    }
    assert len(said) == 1
    assert hashlib.sha256(make()).hexdigest() in said.pop()


def test_negative_numbers_are_no_formulas_in_columns_of_numbers() -> None:
    rows = [["-900", "-1"], ["-1.5e-07", ""], ["-1+1", ""], ["-", ""]]
    assert write_csv(["a", "b"], rows, numbers=["a"]) == b"a,b\r\n-900,'-1\r\n-1.5e-07,\r\n'-1+1,\r\n'-,\r\n"


@pytest.mark.parametrize(("year", "stored"), [(1900, 1980), (2016, 2016), (2107, 2107), (2108, 2107), (9999, 2107)])
def test_dates_that_a_zip_archive_cannot_hold_are_moved_into_it(year: int, stored: int) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "a")
    settled = settle_times(data.getvalue(), datetime(year, 12, 31, tzinfo=UTC))
    with zipfile.ZipFile(io.BytesIO(settled)) as archive:
        assert archive.infolist()[0].date_time[0] == stored
