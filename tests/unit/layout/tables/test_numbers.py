"""Numbers in tables: never broken over lines, their decimal signs below each other, at any width."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.layout.tables.decimals import is_number
from gri_builder.layout.tables.fitting import MIN_SIZE
from gri_builder.model.rich_text import Cell, Run, Table
from tests.support.documents import cell, runs
from tests.support.table_boxes import decimal_places, lay_out, room_of, text_of

NUMBERS = [
    "1,234",
    "14,808",
    "−3.25",
    "+0.5",
    "–",
    "12.5–13.25",
    "(1.5)",
    "5,82,500.75",
    "99.9%",
    "0",
    "1\u00a0234\u00a0567",
    "EUR\u00a01.5",
]
NAMES = ["Avonmouth", "Donaudampfschifffahrtsgesellschaft", "A works with a long name", "X", "31 December 2015"]


def make_table(names: list[str], columns: list[list[str]], heads: list[str], **more: object) -> Table:
    header = (cell("Site"), *(cell(head) for head in heads))
    body = tuple((cell(name), *(cell(column[row]) for column in columns)) for row, name in enumerate(names))
    return Table((header,), body, ("left", *["right"] * len(columns)), **more)  # type: ignore[arg-type]


def numbers_table(columns: int, rows: int) -> st.SearchStrategy[Table]:
    return st.builds(
        make_table,
        st.lists(st.sampled_from(NAMES), min_size=rows, max_size=rows),
        st.lists(st.lists(st.sampled_from(NUMBERS), min_size=rows, max_size=rows), min_size=columns, max_size=columns),
        st.lists(
            st.sampled_from(["2015", "Verification", "Jan-15", "Change on 2014 (%)"]),
            min_size=columns,
            max_size=columns,
        ),
    )


@settings(max_examples=60)
@given(st.integers(1, 14).flatmap(lambda count: numbers_table(count, 3)), st.floats(120, 760))
def test_no_number_is_broken_at_any_width(table: Table, width: float) -> None:
    block = lay_out(table, width)
    assert block.fit is not None
    for source, row in zip((*table.header, *table.body), block.header + block.rows, strict=True):
        for given_cell, placed in zip(source, row.cells, strict=True):
            text = given_cell.paragraphs[0][0].text
            if not block.fit.breaks_out:
                assert text_of(placed) == [text] or not (is_number(text) or text == "–")
                assert max(line.width for line in placed.lines) <= room_of(block, placed) + 0.02
    assert sum(block.widths) <= width + 0.02
    assert all(c.text.style.size >= MIN_SIZE - 0.01 for row in block.rows for c in row.cells)


@settings(max_examples=60)
@given(numbers_table(3, 5), st.floats(260, 760))
def test_decimal_signs_are_below_each_other(table: Table, width: float) -> None:
    block = lay_out(table, width)
    for column in (1, 2, 3):
        units: dict[str, list[float]] = {}
        for row, place in decimal_places(block, column):
            found = block.rows[row].cells[column].number
            assert found is not None
            units.setdefault(found.unit, []).append(place)
        assert all(max(places) - min(places) < 0.1 for places in units.values())


def test_marks_shift_nothing_and_dashes_end_where_the_units_end() -> None:
    marked = Cell(((Run("305.25"), Run("e", script="sup")),))
    noted = Cell(((Run("12.5"), Run("1", note="n", script="sup")),))
    body = tuple((cell("A"), each) for each in (marked, noted, cell("7"), cell("–"), cell("1,204.0")))
    block = lay_out(Table(((cell("Site"), cell("2015")),), body, ("left", "right")), 300)
    places = [place for _, place in decimal_places(block, 1)]
    assert max(places) - min(places) < 0.1
    dash = block.rows[3].cells[1]
    assert sum(block.widths) - block._pad - dash.shift == pytest.approx(places[0], abs=0.1)


def test_each_unit_of_a_column_is_aligned_by_itself() -> None:
    table = make_table(["Share", "People", "Rate"], [["43.25", "1,201", "2.5"]], ["2015"], units=("%", "n", "%"))
    block = lay_out(table, 300)
    share, people, rate = (place for _, place in decimal_places(block, 1))
    assert share == pytest.approx(rate, abs=0.1)
    assert people > share + 5, "whole numbers end at the column's edge"


@pytest.mark.parametrize(("language", "sign"), [("de", ","), ("fr", ","), ("en", "."), ("en-IN", ".")])
def test_the_sign_is_that_of_the_language(language: str, sign: str) -> None:
    numbers = [f"1{'.' if sign == ',' else ','}234{sign}5", f"0{sign}25", "1200"]
    block = lay_out(make_table(["A", "B", "C"], [numbers], ["2015"]), 300, language)
    places = [place for _, place in decimal_places(block, 1, sign)]
    assert max(places) - min(places) < 0.1


@pytest.mark.parametrize(("numbers", "sign"), [(["1,234.5", "3.25", "7"], "."), (["1.234,5", "3,25", "7"], ",")])
def test_numbers_in_the_style_of_another_language_are_aligned_too(numbers: list[str], sign: str) -> None:
    for language in ("de", "en"):
        places = [
            p for _, p in decimal_places(lay_out(make_table(["A"] * 3, [numbers], ["2015"]), 300, language), 1, sign)
        ]
        assert max(places) - min(places) < 0.1


def test_dates_and_numbers_with_units_stay_on_a_line() -> None:
    texts = ["31 December 2015", "December 31, 2015", "2015-12-31", "12 345,5 t", "FY2014/15", "1,204 GJ"]
    table = make_table(["A"] * len(texts), [["Remark"] * len(texts), texts], ["Head", "Date"])
    block = lay_out(replace(table, align=("left", "left", "left")), 160)
    assert [text_of(row.cells[2]) for row in block.rows] == [[text] for text in texts]


def test_names_with_digits_may_be_hyphenated() -> None:
    table = Table((), ((cell("ISO14001-certified-management-system-of-the-group-and-its-subsidiaries"),),), ("left",))
    assert len(lay_out(table, 120).rows[0].cells[0].lines) > 1


def test_long_heads_are_wrapped_and_hyphenated_before_the_table_grows() -> None:
    heads = ["Umweltverträglichkeitsprüfungen", "Treibhausgasemissionen"]
    block = lay_out(make_table(["A"], [["1"], ["2"]], heads), 170, "de")
    assert block.fit is not None
    assert not block.fit.breaks_words
    assert all(text_of(placed)[0].endswith("\u00ad") for placed in block.header[0].cells[1:])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,204", True),
        ("−3.7%", True),
        ("EUR 12.5", True),
        ("3–5", True),
        ("(1,204)", True),
        ("1.204,5 t CO₂e", True),
        ("٣٫٥", True),
        ("12 of 20", False),
        ("2 in 3 works", False),
        ("A4-B15", False),
        ("none", False),
    ],
)
def test_what_counts_as_a_number(text: str, number: bool) -> None:
    assert is_number(text) == number


def test_runs_of_one_number_stay_together() -> None:
    split = Cell(((Run("1,2"), *runs("34"), Run("e", script="sup")),))
    block = lay_out(Table((), ((split,),), ("right",)), 40)
    assert text_of(block.rows[0].cells[0]) == ["1,234e"]
