"""The report of the next period from an earlier one: values stay, texts wait for review, answers follow the data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from gri_builder.cli.main import main
from gri_builder.pipeline.build import load_and_check
from gri_builder.resources.frameworks import load_framework
from gri_builder.scaffold.roll_forward.settings import close_series, close_sign_off
from gri_builder.scaffold.roll_forward.successors import load_successors
from tests.support.paths import ROOT

OLD = ROOT / "report_data" / "halden-2015"
OPEN = {
    "missing-disclosure",
    "missing-requirement",
    "missing-own-period",
    "older-periods-only",
    "option-not-met",
    "to-review",
    "unknown-anchor",
    "unit-error",
    "year-on-year-jump",
    "index-unverified",
    "missing-management-approach",
    "missing-indicator",
}
"""Rules of what is open in a report that was just started from an earlier one."""


@pytest.fixture(scope="module", name="rolled")
def roll(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rolled") / "halden-2022"
    assert main(["init", str(folder), "--from", str(OLD), "--framework", "gri-2021"]) == 0
    return folder


def answers_of(folder: Path) -> dict[str, dict[str, object]]:
    files = sorted((folder / "disclosures").glob("*.yaml"))
    return {id: one for file in files for id, one in yaml.safe_load(file.read_text("utf-8")).items()}


def test_only_what_is_open_has_findings(rolled: Path) -> None:
    assert {finding.rule for finding in load_and_check(rolled).findings} <= OPEN


def test_each_text_waits_for_review(rolled: Path) -> None:
    texts = sorted(file.relative_to(rolled).as_posix() for file in rolled.rglob("*.md") if file.parent != rolled)
    texts += sorted(file.relative_to(rolled).as_posix() for file in (rolled / "disclosures").glob("*.yaml"))
    found = [f.message.split("'")[1] for f in load_and_check(rolled).findings if f.rule == "to-review"]
    assert sorted(found) == sorted(texts)


def test_letters_follow_the_data_not_the_alphabet(rolled: Path) -> None:
    old, new = answers_of(OLD), answers_of(rolled)
    scope_1, before = new["305-1"], old["G4-EN15"]
    assert scope_1["g"] == before["e"] and scope_1["e"] == before["f"] and scope_1["f"] == before["g"]
    assert new["305-2"]["c"] == old["G4-EN16"]["b"] and "b" not in new["305-2"]
    assert "assured" not in scope_1
    assert "306-3@2020" in new and "403-9" in new and "3-3:supplier-social-assessment" in new


def test_period_and_framework(rolled: Path) -> None:
    report = yaml.safe_load((rolled / "report.yaml").read_text("utf-8"))
    assert (report["framework"], report["option"], report["name"]) == ("gri-2021", "in-accordance", "halden-2022")
    assert [report["period"]["start"].year, report["period"]["end"].year] == [2022, 2022]
    assert report["published"].year == 2023 and "assurance" not in report


def test_earlier_values_and_targets_stay(rolled: Path) -> None:
    old, new = load_and_check(OLD).value, load_and_check(rolled).value
    assert old and new
    assert set(new.report.series) == set(old.report.series)
    for id, series in old.report.series.items():
        assert [f.value for f in new.report.series[id].facts] == [f.value for f in series.facts], id
        assert [t.value for t in new.report.series[id].targets] == [t.value for t in series.targets], id
    assert not new.report.explanations


def test_what_did_not_move_is_listed(rolled: Path) -> None:
    notes = (rolled / "ROLL-FORWARD.md").read_text("utf-8")
    assert "- G4-10/a" in notes and "- 2-21 " in notes and "G4-LA6/a: now in 403-9@2018/a" in notes


def test_the_same_framework_keeps_codes_and_comments(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "halden-2016"), "--from", str(OLD)]) == 0
    assert {finding.rule for finding in load_and_check(tmp_path / "halden-2016").findings} <= OPEN
    assert set(answers_of(tmp_path / "halden-2016")) == set(answers_of(OLD))
    assert "# Energy. Owner of the file" in (tmp_path / "halden-2016" / "figures" / "energy.yaml").read_text("utf-8")


def test_explanations_and_restatements_are_closed() -> None:
    text = """\
waste:
  unit: t
  measures: unheard-of
  explanations:
    - rule: year-on-year-jump
      period: 2015
  values:
    North: {2013: {value: 12.5, restated: {from: 20, reason: "A wrong meter"}}, 2014: {value: 3, status: restated}}
  owner: Group
"""
    assert (
        close_series(text, ["waste"])
        == """\
waste:
  unit: t
  values:
    North: {2013: 12.5, 2014: 3}
  owner: Group
"""
    )


def test_each_letter_of_the_mapping_is_one_of_the_framework() -> None:
    old, new = load_framework("gri-g4"), load_framework("gri-2021")
    found = load_successors(old, new, date(2023, 5, 31))
    for (code, _), targets in found.letters.items():
        assert code in old.disclosures
        assert all(part in new.disclosures[target].parts for target, part in targets), code
    assert found.letters["G4-EC5", "b"] == (("202-1", "c"),)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--from", "nowhere"], "no folder"),
        (["--from", str(OLD), "--option", "core"], "--from"),
        (["--from", str(OLD), "--framework", "gri-2012"], "not a framework"),
        (["--from", str(OLD), "--year", "22"], "not a year"),
    ],
)
def test_what_can_not_be_done(
    words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "new"), *words]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_approvals_and_due_days_are_closed_and_owners_stay(tmp_path: Path) -> None:
    series = (
        "energy-total:\n  title: Energy\n  unit: GJ\n  values: {2015: 12}\n  owner: Kari   # of the plant\n"
        "  due: 2016-02-15   # first round\n  approved: {by: Ola, on: 2016-03-01, sha256: aa}\n"
        "waste: {title: Waste, unit: t, values: {2015: 1}, owner: Ola, due: 2016-02-15, approved: {by: O}}\n"
        "water:\n  title: Water\n  approved:\n    by: Ola   # seen\n    on: 2016-03-01\n  unit: m3\n"
    )
    assert close_sign_off(series) == (
        "energy-total:\n  title: Energy\n  unit: GJ\n  values: {2015: 12}\n  owner: Kari   # of the plant\n"
        "waste: {title: Waste, unit: t, values: {2015: 1}, owner: Ola}\n"
        "water:\n  title: Water\n  unit: m3\n"
    )
    text = "G4-1:\n  text: |\n    The plan was approved: see {due: now}.\n  owner: Legal\n"
    assert close_sign_off(text) == text
