"""Workbooks of a report in several languages: in the words of each, and answers to the same facts."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gri_builder.cli.main import main
from gri_builder.pipeline.build import check_report
from tests.support.paths import TESTS

REPORT = TESTS / "cases" / "editions" / "lindental"
WOMEN = "beschaeftigte[2015, Frauen]"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a report of which one value is missing."""
    place = tmp_path / "report"
    shutil.copytree(REPORT, place)
    figures = place / "figures" / "zahlen.yaml"
    text = figures.read_text("utf-8").replace("Frauen: {2014: 41, 2015: 46}", "Frauen: {2014: 41, 2015: null}")
    figures.write_text(text.replace("beschaeftigte:", "beschaeftigte:\n  owner: Personal", 1), "utf-8")
    return place


def ask(folder: Path, language: str) -> Path:
    output = folder.parent / f"requests-{language}"
    assert main(["request", str(folder), "-o", str(output), "--language", language]) == 0
    return output / "lindental-2015-personal.xlsx"


def read_table(file: Path) -> tuple[Any, list[list[Any]], int]:
    """Return the book, the rows of its table, and the number of its headers' row, from 0."""
    book = openpyxl.load_workbook(file)
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    return book, rows, next(number for number, row in enumerate(rows) if WOMEN in rows[number + 1])


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("de", ["Beschäftigte am Jahresende", "Frauen"]),
        ("en", ["Employees at the end of the year", "Women"]),
        (
            "fr",
            ["Beschäftigte am Jahresende", "Frauen"],
        ),  # no language of the report
    ],
)
def test_titles_and_members_are_in_the_language(language: str, shown: list[str], folder: Path) -> None:
    _, rows, head = read_table(ask(folder, language))
    assert rows[head + 1][:2] == shown
    assert WOMEN in rows[head + 1]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_answer_in_any_language_is_taken(form: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = ask(folder, "en")
    book, rows, head = read_table(file)
    column = rows[head].index("Value")
    if form == "xlsx":
        book.worksheets[0].cell(head + 2, column + 1).value = 46
        book.save(file)
    else:  # the hidden sheet is gone, so that the row is compared with what is asked now
        rows[head + 1][column] = 46
        file = file.with_suffix(".csv")
        with file.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([["" if value is None else value for value in row] for row in rows])
    assert main(["collect", str(folder), str(file)]) == 0
    assert WOMEN in capfd.readouterr().out
    assert "members: [Frauen]" in (folder / "figures/collected/values.yaml").read_text("utf-8")
    assert check_report(folder).findings == ()


def test_a_row_that_is_mixed_up_is_still_refused(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = ask(folder, "en")
    book, rows, head = read_table(file)
    sheet = book.worksheets[0]
    sheet.cell(head + 2, rows[head].index("Value") + 1).value = 46
    sheet.cell(head + 2, 2).value = "Men"
    book.save(file)
    assert main(["collect", str(folder), str(file)]) == 1
    assert "mixed-row" in capfd.readouterr().err
