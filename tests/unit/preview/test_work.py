"""The work from the preview: data owners are asked, their workbooks taken back, and what is complete is approved."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from gri_builder.memos import Memos
from gri_builder.pipeline.build import load_and_check
from gri_builder.preview.server.apart import BrokenOffError, run_apart
from gri_builder.preview.server.work import ReturnedFiles, approve_keys, ask_owners, done_values, status_values
from gri_builder.sign_off.status import find_status

ROOT = Path(__file__).parents[3]
SERIES = "contractor-injuries"
WRITTEN = "values: {2013: 12, 2014: 10, 2015: 9}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report in which one value is still missing."""
    copy = tmp_path / "halden"
    shutil.copytree(ROOT / "report_data/halden-2015", copy)
    file = copy / "figures/safety.yaml"
    text = file.read_text("utf-8")
    assert WRITTEN in text
    file.write_text(text.replace(WRITTEN, "due: 2016-02-15\n  values: {2013: 12, 2014: 10, 2015: null}", 1), "utf-8")
    return copy


def _fill_in(request: Path, value: int) -> bytes:
    """Return a request with a value in its first empty cell, as a spreadsheet program saves it."""
    book = openpyxl.load_workbook(request)
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if any(cell.value == f"{SERIES}[2015]" for cell in row))
    next(cell for cell in row if cell.value is None and not cell.protection.locked).value = value
    book.save(request)
    return request.read_bytes()


def test_from_the_question_to_the_approval(folder: Path, tmp_path: Path) -> None:
    asked = ask_owners(folder, tmp_path / "requests")
    assert asked.problem is None
    (request,) = map(Path, asked.files)
    returned = ReturnedFiles()
    assert returned.read(folder, False).problem == "no file was sent"
    assert returned.add("back.xlsx", _fill_in(request, 7), is_first=True) is None
    found = returned.read(folder, False)
    assert found.collection
    assert [(each.key, str(each.number)) for each in found.collection.changed] == [(f"{SERIES}[2015]", "7")]
    assert not (folder / "figures/collected").exists()
    row = done_values(found)["collection"]["changed"][0]
    assert (row["old"], row["new"], row["change"]) == ("10 count", "7 count", "-30.0 %")
    assert row["place"].startswith("back.xlsx, ")
    assert returned.read(folder, True).files
    checked = load_and_check(folder)
    assert checked.value
    assert checked.value.report.series[SERIES].facts[-1].value == 7
    _correct(folder, "7", "8")
    _correct(folder, "8", "7")
    assert _state(folder) == "to approve"
    done = approve_keys(folder, [SERIES], "Kari Holm", date(2016, 3, 1))
    assert (done.problem, done.findings) == (None, ())
    assert _state(folder) == "approved"


def _correct(folder: Path, old: str, new: str) -> None:
    """Change what was collected, under the names that it has; a check that remembers must not answer with before."""
    file, memos = folder / "figures/collected/values.yaml", Memos()
    with memos.remembering():
        load_and_check(folder)
    file.write_text(file.read_text("utf-8").replace(f"value: {old},", f"value: {new},"), "utf-8")
    with memos.remembering():
        kept = load_and_check(folder)
    clean = load_and_check(folder)
    assert kept.findings == clean.findings
    assert kept.value == clean.value
    assert clean.value
    assert str(clean.value.report.series[SERIES].facts[-1].value) == new


def _state(folder: Path) -> str:
    checked = load_and_check(folder, draft=True)
    assert checked.value
    values = status_values(find_status(folder, checked.value, date(2016, 3, 1)))
    assert values
    return next(str(task["state"]) for owner in values["owners"] for task in owner["tasks"] if task["id"] == SERIES)


def test_what_can_not_be_taken_is_said(folder: Path) -> None:
    returned = ReturnedFiles()
    for name in ("", "../x.xlsx", "a/b.xlsx", "..", "x\n.xlsx", "x" * 200):
        assert returned.add(name, b"x", is_first=True)
    assert returned.add("broken.xlsx", b"PK\x03\x04 no workbook", is_first=True) is None
    found = returned.read(folder, True)
    assert [each.where.file for each in found.findings] == ["broken.xlsx"]
    assert not (folder / "figures/collected").exists()
    assert approve_keys(folder, ["no-such-series"], "Kari Holm", date(2016, 3, 1)).findings
    returned.clear()


def test_work_that_breaks_off_is_said(tmp_path: Path) -> None:
    with pytest.raises(BrokenOffError, match="ZeroDivisionError"):
        run_apart(divmod, (1, 0), [tmp_path])
