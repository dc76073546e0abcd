"""Values that a unit gives endless digits are printed with those of their source, and need no statement of digits."""

from __future__ import annotations

from pathlib import Path

from tests.unit.facts.test_aggregated import make_folder
from tests.unit.tables.test_cells import printed, read, rules

MONTHS = "Month,GJ\n" + "".join(f"2015-{month:02},{7 * month}\n" for month in range(1, 13))
"""546 GJ, which are 151.666… MWh."""
FIGURES = """a:
  title: A
  unit: MWh
  aggregate: {file: figures/a.csv, period: Month, value: GJ, unit: GJ}
b:
  title: B
  unit: MWh
  query:
    files: {rows: figures/a.csv}
    unit: GJ
    sql: SELECT left("Month", 4) AS period, sum(GJ) AS value FROM rows GROUP BY period ORDER BY period
c:
  title: C
  unit: MWh
  derive: {sum: [a, b]}
d:
  title: D
  unit: MWh
  derive: {sum: [a, a2]}
a2:
  title: A2
  unit: MWh
  aggregate: {file: figures/a.csv, period: Month, value: GJ, unit: GJ}
"""


def test_rows_that_are_converted_without_end(tmp_path: Path) -> None:
    report, findings = read(make_folder(tmp_path, FIGURES, a_csv=MONTHS))
    assert rules(findings) == []
    assert [printed(report, id) for id in ("a", "b", "c", "d")] == [
        {"2015": "151.7"},
        {"2015": "151.7"},
        {"2015": "303.3"},
        {"2015": "303.3"},
    ]


def test_a_sum_with_more_digits_than_a_double_holds(tmp_path: Path) -> None:
    description = "{file: figures/a.csv, period: 2015, value: Gas (therms), unit: therm}"
    series = f"a:\n  title: A\n  unit: GJ\n  aggregate: {description}\n"
    table = "Site,Gas (therms)\n" + "".join(f"S{place},{place}098457.781889336\n" for place in range(4, 9))
    report, findings = read(make_folder(tmp_path, series, a_csv=table))
    assert rules([each for each in findings if each.rule != "unused-column"]) == []
    assert printed(report) == {"2015": "3,217,107"}


def test_a_mean_without_end_needs_a_statement(tmp_path: Path) -> None:
    figures = FIGURES.split("b:\n")[0].replace("unit: GJ}", "unit: GJ, how: mean}")
    _, findings = read(make_folder(tmp_path, figures, a_csv=MONTHS.replace(",7\n", ",8\n")))
    assert rules(findings) == ["4 non-terminating-decimal"]
