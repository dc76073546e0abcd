"""Two rows with a value for the same: the help names what tells them apart, and helps where it is followed."""

from __future__ import annotations

import re
from pathlib import Path

from tests.unit.facts.test_aggregated import make_folder, read

SERIES = "power: {title: P, unit: MWh, from: {file: figures/a.csv, period: Year, value: MWh}}\n"


def read_hint(room: Path, series: str, rows: str) -> str:
    report, findings = read(make_folder(room, series, a_csv=rows))
    assert "power" in report.series
    return next((each.hint or "" for each in findings if each.rule == "duplicate-row"), "")


def test_the_help_names_the_column_in_which_they_differ(tmp_path: Path) -> None:
    rows = "Year,Scenario,MWh\n2014,Actual,7\n2014,Budget,8\n2015,Actual,9\n2015,Budget,9\n"
    hint = read_hint(tmp_path / "1", SERIES, rows)
    chosen = re.search(r"where: \{Scenario: Actual\}", hint)
    assert chosen
    assert read_hint(tmp_path / "2", SERIES.replace("period:", f"{chosen[0]}, period:"), rows) == ""
    assert "by: Scenario" in hint
    assert read_hint(tmp_path / "3", SERIES.replace("power: {", "power: {by: Scenario, "), rows) == ""


def test_rows_that_nothing_tells_apart(tmp_path: Path) -> None:
    hint = read_hint(tmp_path, SERIES, "Year,MWh\n2014,7\n2015,8\n2015,9\n")
    assert hint.startswith("delete the row that is wrong")
