"""Comparisons of two versions of a report: facts, answers, restatements; as text, JSON and workbook."""

from __future__ import annotations

import io
import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from gri_builder.cli.main import main
from gri_builder.pipeline.build import trace_report
from gri_builder.provenance.compare import Difference, compare_ledgers
from gri_builder.reporters.diff.json import write_diff_json
from gri_builder.reporters.diff.text import write_diff_text
from gri_builder.reporters.diff.workbook import write_diff_xlsx
from tests.support.golden import assert_golden
from tests.support.paths import ROOT
from tests.support.report_folders import MINIMAL

SCHEMA = json.loads((ROOT / "schemas" / "outputs" / "diff.schema.json").read_text("utf-8"))

FIGURES = """energy-total:
  title: Energy consumption
  unit: GJ
  values: {2014: 430000, 2015: 391020, 2016: 380000}

water:
  title: Water
  unit: m3
  values: {2015: 1200}

employees:
  title: Employees
  unit: headcount
  by: gender
  values:
    Women: {2014: 812, 2015: {value: 845, restated: {from: 840, reason: Five were counted late}}}
    Men: {2014: 1204, 2015: {value: 1190, restated: {from: 1200, reason: Eight were counted twice}}}
"""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Return a report and the next year's."""
    old, new = tmp_path / "old", tmp_path / "new"
    shutil.copytree(MINIMAL, old)
    shutil.copytree(MINIMAL, new)
    (new / "figures" / "energy.yaml").write_text(FIGURES, "utf-8")
    report = (new / "report.yaml").read_text("utf-8")
    for before, after in (("2016-05", "2017-05"), ("2015-12", "2016-12"), ("2015-01", "2016-01")):
        report = report.replace(before, after)
    (new / "report.yaml").write_text(report, "utf-8")
    answers = "G4-3: Acme Holding AG.\nG4-EN3:\n  e: {figure: energy-total}\n  c: {figure: water}\n"
    (new / "disclosures" / "answers.yaml").write_text(answers.replace("c: {figure: water}", "f: By meter."), "utf-8")
    return old, new


@pytest.fixture
def difference(folders: tuple[Path, Path]) -> Difference:
    return compare(*folders)


def compare(old: Path, new: Path, threshold: Decimal | None = None) -> Difference:
    before, after = trace_report(old), trace_report(new)
    assert before.value, before.findings
    assert after.value, after.findings
    return compare_ledgers(before.value, after.value, threshold)


def test_changed_facts_and_answers(difference: Difference) -> None:
    changes = {change.key: change for change in difference.facts}
    assert {key: change.kind for key, change in changes.items()} == {
        "energy-total[2014]": "value",
        "energy-total[2016]": "added",
        "water[2015]": "added",
        "employees[2015, Women]": "value",
        "employees[2015, Men]": "value",
    }
    assert round(changes["energy-total[2014]"].percent or 0, 3) == Decimal("6.134")
    stands = {stand.id: stand for stand in difference.states}
    assert stands["G4-3"].changed == ("",)
    assert stands["G4-EN3"].added == ("f",)
    assert stands["G4-EN3"].changed == ()


def test_an_earlier_value_needs_a_restatement(difference: Difference) -> None:
    assert [(f.rule, f.where.file, f.where.line) for f in difference.findings] == [
        ("undeclared-restatement", "figures/energy.yaml", 4),
        ("restatement-mismatch", "figures/energy.yaml", 17),
    ]
    assert difference.findings[0].hint == "correct it, or declare it: restated: {from: 405150, reason: …}"


def test_the_threshold_is_the_reports_own(folders: tuple[Path, Path]) -> None:
    old, new = folders
    with (new / "report.yaml").open("a", encoding="utf-8") as handle:
        handle.write("thresholds: {restatement: 7}\n")
    by_report, by_hand = compare(old, new), compare(old, new, Decimal(6))
    assert [f.rule for f in by_report.findings] == ["restatement-mismatch"]
    assert len(by_hand.findings) == 2


def test_a_report_does_not_differ_from_itself(folders: tuple[Path, Path]) -> None:
    same = compare(folders[1], folders[1])
    assert (same.facts, same.states, same.findings) == ((), (), ())
    assert "no differences" in write_diff_text(same)


def test_units_are_converted(difference: Difference) -> None:
    new = difference.new
    entry = new.entries["energy-total[2014]"]
    in_mwh = replace(entry, unit="MWh", value=entry.value / Decimal("3.6"))
    other = replace(new, entries={**new.entries, entry.key: replace(in_mwh, value=Decimal("119444.5"))})
    (change,) = compare_ledgers(new, other).facts
    assert change.percent is not None
    assert abs(change.percent) < Decimal("0.001")
    exact = replace(new, entries={**new.entries, entry.key: replace(entry, value=Decimal(36), unit="GJ")})
    same = replace(new, entries={**new.entries, entry.key: replace(entry, value=Decimal(10), unit="MWh")})
    (change,) = compare_ledgers(exact, same).facts
    assert change.kind == "status"


def test_a_restatement_may_name_the_value_as_it_was_printed(difference: Difference) -> None:
    old, new = difference.old, difference.new
    key = "employees[2015, Women]"
    finer = replace(old, entries={**old.entries, key: replace(old.entries[key], value=Decimal("840.4"))})
    coarser = replace(old, entries={**old.entries, key: replace(old.entries[key], value=Decimal("840.6"))})
    assert key not in " ".join(f.message for f in compare_ledgers(finer, new).findings)
    assert f"{key} is restated from 840" in " ".join(f.message for f in compare_ledgers(coarser, new).findings)


def test_endless_digits_are_cut(difference: Difference) -> None:
    new = difference.new
    entry = new.entries["energy-total[2014]"]
    third = replace(new, entries={**new.entries, entry.key: replace(entry, value=entry.value / 7)})
    assert "430000 GJ → 61428.5714286 GJ" in write_diff_text(compare_ledgers(new, third))


def test_golden_text(difference: Difference) -> None:
    assert_golden("diff.txt", write_diff_text(difference))


def test_json_keeps_its_schema(difference: Difference) -> None:
    document = json.loads(write_diff_json(difference))
    Draft202012Validator(SCHEMA).validate(document)
    assert {fact["key"] for fact in document["facts"]} == {change.key for change in difference.facts}


def test_workbook(difference: Difference) -> None:
    data = write_diff_xlsx(difference)
    assert data == write_diff_xlsx(difference)
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 1 + len(difference.facts) + len(difference.states)
    energy = next(row for row in rows if row[1] == "energy-total[2014]")
    assert energy[3:7] == ("405150", "430000", "GJ", "6.13")
    assert "without a restatement" in str(energy[-1])


def test_command(folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    old, new = map(str, folders)
    assert main(["diff", old, new]) == 1
    assert "energy-total[2014]: 405150 GJ → 430000 GJ (+6.1 %)" in capsys.readouterr().out
    assert main(["diff", old, old]) == 0
    assert main(["diff", old, f"{new}x"]) == 2
    assert "there is no folder" in capsys.readouterr().err
    (folders[1] / "figures" / "energy.yaml").write_text("energy-total: {title: x, unit: GJJ, values: {2015: 1}}\n")
    assert main(["diff", old, new]) == 1
    assert re.search(r"new/figures/energy\.yaml:1:\d+: error\[unknown-unit\]", capsys.readouterr().err)


def test_an_invalid_percentage(folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *map(str, folders), "--threshold", "much"]) == 2
    assert "'much' is not a valid percentage" in capsys.readouterr().err


def test_a_pdf_is_compared_as_its_folder_is(folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    old, new = folders
    with (new / "report.yaml").open("a", encoding="utf-8") as handle:
        handle.write("thresholds: {restatement: 7}\n")
    assert main(["diff", str(old), str(new)]) == 1
    by_folder = capsys.readouterr().out
    for folder in folders:
        assert main(["build", str(folder), "-o", str(folder / "out"), "--draft"]) == 0
    capsys.readouterr()
    assert main(["diff", *(str(folder / "out" / "acme-2015.pdf") for folder in folders)]) == 1
    assert capsys.readouterr().out == by_folder
    assert "restatement-mismatch" in by_folder
    assert "undeclared-restatement" not in by_folder
