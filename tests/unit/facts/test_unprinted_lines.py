"""Titles above the headers of a table are named, unless a series prints them or they only say what was compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from gri_builder.model.finding import Severity
from tests.unit.facts.test_aggregated import make_folder, read

SHAPES = {
    "wide": ("from: {file: figures/a.csv, where: {Metric: Gas}}", "Metric,2014,2015\nGas,7,9\n"),
    "long": ("from: {file: figures/a.csv, period: Year, value: MWh}", "Year,MWh\n2014,7\n2015,9\n"),
    "rows": ("aggregate: {file: figures/a.csv, period: Year, value: MWh}", "Year,MWh\n2014,7\n2015,9\n"),
    "months": (
        "aggregate: {file: figures/a.csv, period: Year}",
        "Year,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec\n2014,7,,,,,,,,,,,\n2015,9,,,,,,,,,,,\n",
    ),
    "query": (
        'query: {files: {t: figures/a.csv}, sql: "SELECT Year AS period, MWh AS value FROM t ORDER BY period"}',
        "Year,MWh\n2014,7\n2015,9\n",
    ),
}


def read_lines(room: Path, table: str, series: str, more: str = "") -> list[str]:
    """Return place and message of each finding about titles and notes."""
    figures = f"gas:\n  title: Gas\n  unit: MWh\n{more}  {series}\n"
    report, findings = read(make_folder(room, figures, a_csv=table))
    assert {fact.period: fact.value for fact in report.series["gas"].facts} == {"2014": 7, "2015": 9}
    found = [each for each in findings if each.rule in ("unused-title", "unused-note")]
    assert all(each.severity is Severity.INFO for each in found)
    return [f"{each.where.line} {each.message}" for each in found]


@pytest.mark.parametrize("shape", SHAPES)
def test_titles_are_named(shape: str, tmp_path: Path) -> None:
    series, table = SHAPES[shape]
    assert read_lines(tmp_path, f"Gas\nWithout Leeds\n\n{table}", series) == [
        "2 the title above the headers is not printed: 'Without Leeds'"
    ]


@pytest.mark.parametrize(
    "title",
    ["Gas", "Gas 2015", "Gas in MWh", "All figures in MWh", "Gas,MWh", "Source: meters", "Gas. MWh, ,", "A"],
)
def test_titles_that_say_what_is_known(title: str, tmp_path: Path) -> None:
    series, table = SHAPES["wide"]
    assert read_lines(tmp_path, f"{title}\n{table}", series) == []


@pytest.mark.parametrize("title", ["Draft", "Gas 2013", "Gas in MWh without Leeds", "Acme", "Gas (excluding York)"])
def test_titles_that_may_change_the_meaning(title: str, tmp_path: Path) -> None:
    series, table = SHAPES["wide"]
    assert len(read_lines(tmp_path, f"{title}\n{table}", series)) == 1


@pytest.mark.parametrize("key", ["note", "source"])
def test_lines_that_a_series_prints(key: str, tmp_path: Path) -> None:
    series, table = SHAPES["wide"]
    lines = f"Gas, without Leeds\n{table}\nWithout Leeds\n"
    assert read_lines(tmp_path / "1", lines, series) == [
        "1 the title above the headers is not printed: 'Gas, without Leeds'",
        "5 the note below the rows is not printed: 'Without Leeds'",
    ]
    assert read_lines(tmp_path / "2", lines, series, f"  {key}: without Leeds.\n") == []


@pytest.mark.parametrize("declared", ["all", "{titles: all}"])
def test_titles_may_be_declared_unused(declared: str, tmp_path: Path) -> None:
    series, table = SHAPES["rows"]
    series = series.replace("file:", f"unused: {declared}, file:")
    assert read_lines(tmp_path, f"Draft\nWithout Leeds\n{table}", series) == []
