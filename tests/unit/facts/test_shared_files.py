"""'files' in figures/*.yaml: a file is named once, and the series below it inherit what is said of it."""

from __future__ import annotations

import json
from pathlib import Path

from gri_builder.embedded.report_data import _list_series
from gri_builder.model.finding import Finding
from gri_builder.resources.frameworks import schemas_folder
from gri_builder.source.schema_check import shared_keys
from tests.unit.facts.test_aggregated import facts_of, make_folder, read

TABLE = "Metric,2014,2015\nElectricity,10,11\nGas,1000,1100\n"


def found(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, int | None]]:
    return [(each.rule, each.where.pointer, each.where.line) for each in findings]


def test_series_inherit_the_entries_of_their_file(tmp_path: Path) -> None:
    figures = """files:
  - file: figures/a.csv
    unit: MWh
    series:
      power: {title: Electricity, unit: GJ, from: {where: {Metric: Electricity}}}
      gas:
        title: Natural gas
        unit: GJ
        from: {where: {Metric: gas}, unit: kWh}
"""
    report, findings = read(make_folder(tmp_path, figures, a_csv=TABLE))
    assert found(findings) == []
    assert {key: float(fact.value) for key, fact in facts_of(report, "power").items()} == {"[2014]": 36, "[2015]": 39.6}
    assert {key: float(fact.value) for key, fact in facts_of(report, "gas").items()} == {"[2014]": 3.6, "[2015]": 3.96}


def test_rows_are_chosen_by_the_conditions_of_the_file_and_of_the_series(tmp_path: Path) -> None:
    figures = """files:
  - file: figures/a.csv
    period: Year
    value: t
    where: {Kind: actual}
    unused: all
    series:
      waste: {title: Waste, unit: t, aggregate: {where: {Site: Leeds}}}
      leeds: {title: Waste, unit: t, from: {where: {Site: Leeds}}}
"""
    rows = "Site,Kind,Year,t\nLeeds,actual,2015,3\nLeeds,plan,2015,5\nYork,actual,2015,7\n"
    report, findings = read(make_folder(tmp_path, figures, a_csv=rows))
    assert found(findings) == []
    assert [float(fact.value) for id in ("waste", "leeds") for fact in report.series[id].facts] == [3, 3]


def test_findings_name_the_place_that_is_wrong(tmp_path: Path) -> None:
    figures = """files:
  - file: figures/a.csv
    how: sum
    series:
      oil: {title: Oil, unit: GJ, from: {where: {Metric: Oil}}}
      typed: {title: Typed, unit: GJ, values: {2015: 1}}
  - {sheet: x, series: {a: {title: A, unit: t, from: {}}}}
  - {file: figures/a.csv, whre: x, series: {b: {title: A, unit: t, from: {where: {Metric: Gas}}}}}
"""
    _, findings = read(make_folder(tmp_path, figures, a_csv=TABLE))
    assert found(findings) == [
        ("unknown-key", "/files/0/how", 3),
        ("unknown-row", "/files/0/series/oil/from/where/Metric", 5),
        ("conflicting-sources", "/files/0/series/typed/values", 6),
        ("missing-key", "/files/1", 7),
        ("unknown-key", "/files/2/whre", 8),
    ]


def test_files_is_a_list(tmp_path: Path) -> None:
    _, findings = read(make_folder(tmp_path, "files: {figures/a.csv: {}}\n", a_csv=TABLE))
    assert [(each.rule, each.where.line) for each in findings if each.rule == "wrong-type"] == [("wrong-type", 1)]


def test_the_schema_for_editors_lists_all_keys_that_are_inherited() -> None:
    schema = json.loads((schemas_folder() / "figures.schema.json").read_text("utf-8"))
    listed = set(schema["$defs"]["shared_file"]["properties"]) - {"series"}
    assert listed == frozenset().union(*shared_keys().values())


def test_the_embedded_series_include_those_below_files() -> None:
    file = {"files": [{"file": "a.csv", "series": {"gas": {"unit": "GJ"}}}], "power": {"unit": "GJ"}}
    assert dict(_list_series(file)) == {"gas": {"unit": "GJ"}, "power": {"unit": "GJ"}}
