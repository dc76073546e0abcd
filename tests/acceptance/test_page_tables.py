"""The tables of what was measured of the samples' pages name all samples and themes."""

from __future__ import annotations

import re

from benchmarks.pages.samples import GERMAN, SAMPLES
from benchmarks.pages.tables import COLUMNS, END, PAGE, START

from gri_builder.resources.themes import list_themes


def test_the_tables_have_all_samples_and_themes() -> None:
    table = PAGE.read_text(encoding="utf-8").partition(START)[2].partition(END)[0]
    rows = [
        [cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.splitlines() if line.startswith("| ")
    ]
    names = [row[0] for row in rows]
    expected = [name for report in SAMPLES for name in (f"{report}, before", report)]
    expected += [f"{report}, {theme}" for report in (*SAMPLES, GERMAN) for theme in list_themes()]
    assert [name for name in names if name != "report"] == expected
    assert {len(row) for row in rows} == {len(COLUMNS) + 1}
    assert all(
        re.fullmatch(r"[\d.%]+( to [\d.%]+)?|ragged", cell) for row in rows if row[0] != "report" for cell in row[1:]
    )
