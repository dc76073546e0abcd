"""Cells of a CSV file: no separator that a program expects lets a formula out of a text."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.spreadsheets.writer import write_csv

ACTING = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def starts(text: str) -> bool:
    return text.lstrip(" \"'").startswith(ACTING) and not text.lstrip(' "').startswith("'")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "a;=1+1",
        'a;"=1+1"',
        "a\n=1+1",
        "a\r\n@x",
        "a;-2",
        "a\t+1",
        ' "=1',
        "＝1",
        "a; =1",
        "a|=1",
        "\tx",
        ";;=1",
    ],
)
def test_a_formula_does_not_act(text: str) -> None:
    data = write_csv(["a", "b"], [[text, text]]).decode()
    for separator in ",;\t|":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            rows = list(csv.reader(io.StringIO(data, newline=""), delimiter=separator, quoting=quoting))
            assert [cell for row in rows for cell in row if starts(cell)] == []


@given(st.lists(st.text("ab,;\"\t\n\r=-+@ |'", max_size=12), min_size=2, max_size=2))
def test_no_text_acts(cells: list[str]) -> None:
    data = write_csv(["a", "b"], [cells]).decode()
    for separator in ",;":
        rows = list(csv.reader(io.StringIO(data, newline=""), delimiter=separator))
        assert [cell for row in rows for cell in row if cell.lstrip(' "').startswith(("=", "+", "-", "@"))] == []


def test_cells_with_separators_are_quoted() -> None:
    assert write_csv(["a"], [["x;y"], ["x,y"], ["x"], ['"']]).decode() == 'a\r\n"x;y"\r\n"x,y"\r\nx\r\n""""\r\n'


def test_plain_texts_and_numbers_stay() -> None:
    data = write_csv(["n", "t"], [["-5", "a-b; c = d"]], numbers=["n"]).decode()
    assert data == 'n,t\r\n-5,"a-b; c = d"\r\n'


def test_marks_of_direction_go_and_overrides_show() -> None:
    assert write_csv(["a"], [["\u061ca\u202eb\x1bc\u200f"]]).decode() == "a\r\na\ufffdb\ufffdc\r\n"


def test_long_cells_take_linear_time() -> None:
    start = time.process_time()
    for part in ("\t", ";", "; ", '"', ";'", "\r\n", " "):
        write_csv(["a"], [[part * 200_000]])
    assert time.process_time() - start < 5
