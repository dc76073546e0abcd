"""From a missing figure to the page and back to the cell: `request`, `collect`, `build`, `trace`, `audit`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gri_builder.cli import main as cli
from tests.support.paths import REPORTS, TESTS
from tests.support.returned_workbooks import BEFORE, ESTIMATED, FILLED, NOTE, UNIT, WASTE, edit, fill

CASE = TESTS / "cases" / "intake" / "report"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return a function that runs a command in this process: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def run_command(*words: str | Path) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run_command


def test_a_number_goes_from_its_owner_to_the_page_and_back(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "halden"
    shutil.copytree(REPORTS / "halden-2022", folder)
    figures = folder / "figures/environment.yaml"
    text = figures.read_text("utf-8")
    without = text.replace("{2020: 17800, 2021: 19400, 2022: 17100}", "{2020: 17800, 2021: 19400}")
    assert without != text
    figures.write_text(without, "utf-8")
    assert run("validate", folder)[0] == 0  # a table shows it as a gap
    code, out, err = run("request", folder)
    name = "halden-2022-group-environment.xlsx"
    assert (code, out, err) == (0, f"{Path('requests') / name}\n", "Group Environment: 1 figure\n")

    def answer(sheet: Worksheet) -> None:
        sheet.cell(8, UNIT).value = "MWh"
        sheet.cell(8, ESTIMATED).value = "yes"

    returned = tmp_path / "returned.xlsx"
    request = (tmp_path / "requests" / name).read_bytes()
    returned.write_bytes(edit(fill(request, {"heat-bought[2022]": 4750}), answer))
    code, out, err = run("collect", folder, "returned.xlsx", "--check")
    assert (code, err) == (0, "")
    assert not (folder / "figures/collected").exists()
    code, out, err = run("collect", folder, "returned.xlsx")
    assert code == 0
    assert (
        "Group Environment (returned.xlsx)\n  heat-bought[2022]  2021: 19,400 →  17,100 GJ  -11.9 %  Figures!E8" in out
    )
    assert "1 new value" in out
    assert err.count("written: ") == 2
    assert "error" not in run("validate", folder)[1]
    assert run("build", folder, "-o", "out")[0] == 0
    code, out, _ = run("trace", "out/halden-2022.pdf", "heat-bought[2022]")
    assert "value      17100 GJ, estimated" in out
    assert "file       figures/collected/returned.xlsx, sheet Figures, cell E8, SHA-256" in out
    assert "in file    4750 MWh" in out
    code, out, _ = run("audit", "out/halden-2022.pdf")
    assert (code, " 0 failed" in out) == (0, True)
    out = run("audit", "out/halden-2022.pdf", "--sample", "999", "--format", "csv")[1]
    assert "agree it with figures/collected/returned.xlsx, sheet Figures, cell E8" in out
    code, out, err = run("request", folder)
    assert (code, out) == (0, "")
    assert "no figure is missing, so nobody is asked" in err


@pytest.fixture
def requested(run: Run, tmp_path: Path) -> Path:
    """Return a copy of a report whose requests are written."""
    shutil.copytree(CASE, tmp_path / "report")
    assert run("request", "report")[0] == 0
    return tmp_path


def test_a_request_that_may_be_filled_in_is_not_replaced(run: Run, requested: Path) -> None:
    file = requested / "requests/acme-2016-facility-manager.xlsx"
    assert run("request", "report")[0] == 0  # the same bytes
    assert run("request", "report", "--due", "2017-02-15")[0] == 0  # nothing is filled in yet
    assert run("request", "report")[0] == 0
    filled = fill(file.read_bytes())
    file.write_bytes(filled)
    code, out, err = run("request", "report")
    assert (code, out) == (2, "")
    assert "is there already, and may be filled in; collect it first" in err
    assert file.read_bytes() == filled
    assert run("request", "report", "--force")[0] == 0
    assert file.read_bytes() != filled


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--owner", "Finanse"), "no figure is wanted of 'Finanse'; did you mean 'Finance'?"),
        (("--owner", "Jane"), "no figure is wanted of 'Jane'; asked are Facility manager, Finance"),
        (("--due", "15.02.2017"), "'15.02.2017' is not a day; write it as 2016-02-15"),
        (("--language", "tlh"), "there are no workbooks in 'tlh'; the languages are de, en, es, fr, it, nl, pt"),
    ],
)
def test_wrong_options_are_explained(run: Run, requested: Path, words: tuple[str, ...], message: str) -> None:
    code, out, err = run("request", "report", "-o", "others", *words)
    assert (code, out) == (2, "")
    assert message in err
    assert not (requested / "others").exists()


def test_one_owner_is_asked(run: Run, requested: Path) -> None:
    code, out, _ = run(
        "request", "report", "--owner", "finance", "-o", "others", "--due", "2017-02-15", "--language", "de-CH"
    )
    assert (code, out) == (0, f"{Path('others') / 'acme-2016-finance.xlsx'}\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("gone.xlsx",), "'gone.xlsx' does not exist"),
        (("empty",), "'empty' is a folder without workbooks"),
        (("others",), "'others/numbers.docx' is neither a workbook nor a CSV file, and is not read"),
        (("x" * 300,), "can't be read"),
        (("report/report.yaml",), "report/report.yaml is neither a CSV file nor a workbook"),
    ],
)
def test_files_that_are_no_workbooks_are_explained(
    run: Run, requested: Path, words: tuple[str, ...], message: str
) -> None:
    (requested / "empty").mkdir()
    (requested / "others").mkdir()
    (requested / "others/numbers.docx").write_bytes(b"PK")
    code, out, err = run("collect", "report", *words)
    assert code == 1
    assert message in err
    assert "13 figures still open" in out
    assert not (requested / "report/figures/collected").exists()


def test_the_output_replaces_no_answer(run: Run, requested: Path) -> None:
    answer = requested / "answer.csv"
    answer.write_text("Key,Value\n", "utf-8")
    code, _, err = run("collect", "report", answer, "-o", answer)
    assert code == 2
    assert "is the file to be read; it was not changed" in err
    assert answer.read_text("utf-8") == "Key,Value\n"


def test_good_rows_are_taken_beside_bad_ones(run: Run, requested: Path) -> None:
    request = (requested / "requests/acme-2016-facility-manager.xlsx").read_bytes()
    (requested / "a.xlsx").write_bytes(fill(request, {"waste[2016]": "lots", "water[2016]": 39870}))
    code, out, err = run("collect", "report", "a.xlsx")
    assert code == 1
    assert "a.xlsx:Figures!E15: error[text-in-numbers]: 'lots' is not a number" in err
    assert "1 new value, 12 figures still open" in out
    assert "series: water" in (requested / "report/figures/collected/values.yaml").read_text("utf-8")


def test_the_next_report_has_what_was_collected_for_this_one(run: Run, requested: Path) -> None:
    request = (requested / "requests/acme-2016-facility-manager.xlsx").read_bytes()

    def note(sheet: Worksheet) -> None:
        sheet.cell(WASTE, NOTE).value = "paid, due: 2016-12-01, approved: {by: Jane}"

    (requested / "a.xlsx").write_bytes(edit(fill(request), note))
    assert run("collect", "report", "a.xlsx")[0] == 0
    assert run("init", "acme-2017", "--from", "report")[0] == 0
    for name in ("values.yaml", "a.xlsx"):
        earlier, later = (requested / folder / "figures/collected" / name for folder in ("report", "acme-2017"))
        assert later.read_bytes() == earlier.read_bytes()
    assert run("request", "acme-2017", "-o", "next")[0] == 0
    book = openpyxl.load_workbook(requested / "next/acme-2017-facility-manager.xlsx")
    assert book.worksheets[0].cell(WASTE, BEFORE).value == FILLED["waste[2016]"]


def test_a_report_that_says_nothing_of_its_period_asks_nobody(run: Run, requested: Path) -> None:
    file = requested / "report/report.yaml"
    file.write_text(file.read_text("utf-8").replace("period:", "periode:"), "utf-8")
    code, out, err = run("request", "report", "-o", "others")
    assert (code, out) == (1, "")
    assert "periode" in err
