"""Approvals and the state of the work, as people use them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import icalendar
import openpyxl
import pytest
from jsonschema import Draft202012Validator

from gri_builder.cli.main import main
from gri_builder.pipeline.approvals.contents import Content
from tests.support.paths import ROOT
from tests.support.report_folders import MINIMAL

SCHEMA = json.loads((ROOT / "schemas" / "outputs" / "status.schema.json").read_text("utf-8"))
SERIES = """\
energy-total:
  title: Energy
  unit: GJ
  values: {2014: 11, 2015: 12}   # metered
  owner: Facility manager
  due: 2016-02-15
waste:
  title: Waste
  unit: t
  values: {2014: 3, 2015: null}
  owner: Facility  Manager
  due: 2016-02-15
water:
  title: Water
  unit: m3
  from: {file: figures/water.csv, where: {Metric: Water}}
"""
ANSWERS = """\
G4-3: Acme Holding plc.   # as registered
G4-4:
  a: "We used {{ energy-total }} in all. [^1]\\n\\n[^1]: Or {{ water }}."
  owner: Legal
G4-5:
  owner: Legal
  due: 2016-03-31
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a small report with two owners, a missing value and a missing answer."""
    folder = tmp_path / "report"
    shutil.copytree(MINIMAL, folder)
    (folder / "figures" / "energy.yaml").write_text(SERIES, "utf-8")
    (folder / "figures" / "water.csv").write_text("Metric,2014,2015\nWater,5,6\n", "utf-8")
    for file in (folder / "disclosures").iterdir():
        file.unlink()
    (folder / "disclosures" / "answers.yaml").write_text(ANSWERS, "utf-8")
    return folder


def run_status(folder: Path, *options: str) -> dict:  # type: ignore[type-arg]
    output = folder.parent / "status.json"
    assert main(["status", str(folder), "--format", "json", "--today", "2016-03-01", "-o", str(output), *options]) == 0
    document = json.loads(output.read_text("utf-8"))
    Draft202012Validator(SCHEMA).validate(document)
    return document  # type: ignore[no-any-return]


def states(folder: Path) -> dict[str, str]:
    return {task["id"]: task["state"] for task in run_status(folder)["tasks"]}


def approve(folder: Path, *keys: str) -> int:
    return main(["approve", str(folder), *keys, "--by", "Kari Holm", "--on", "2016-02-29"])


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_who_owes_what(folder: Path) -> None:
    tasks = {task["id"]: task for task in run_status(folder)["tasks"]}
    assert (tasks["waste"]["state"], tasks["waste"]["late"], tasks["waste"]["missing"]) == (
        "missing",
        True,
        ["waste[2015]"],
    )
    assert tasks["waste"]["owner"] == tasks["energy-total"]["owner"] == "Facility manager"
    assert (tasks["G4-5"]["state"], tasks["G4-5"]["late"], tasks["G4-5"]["owner"]) == ("missing", False, "Legal")
    assert (tasks["energy-total"]["state"], tasks["energy-total"]["late"]) == ("to approve", False)
    assert {task["id"] for task in run_status(folder, "--owner", "legal")["tasks"]} == {"G4-4", "G4-5"}


def test_an_approval_expires_when_what_was_approved_changes(folder: Path) -> None:
    figures, answers = folder / "figures" / "energy.yaml", folder / "disclosures" / "answers.yaml"
    assert approve(folder, "energy-total", "water", "G4-3", "G4-4") == 0
    assert "   # metered\n" in figures.read_text("utf-8")
    assert "G4-3:\n  text: Acme Holding plc.   # as registered\n  approved: {by: Kari Holm" in answers.read_text(
        "utf-8"
    )
    approved = {id for id, state in states(folder).items() if state == "approved"}
    assert approved == {"energy-total", "water", "G4-3", "G4-4"}
    change(figures, "2015: 12}", "2015: 12.0}")  # the same value
    change(answers, "We used", "We  used")  # the same words
    assert {id for id, state in states(folder).items() if state == "changed"} == set()
    change(folder / "figures" / "water.csv", "5,6", "5,7")
    assert {id for id, state in states(folder).items() if state == "changed"} == {"water", "G4-4"}
    changed = {task["id"]: task["changes"] for task in run_status(folder)["tasks"]}
    assert changed["water"] == [{"what": "water[2015]", "before": "6 m3", "now": "7 m3"}]
    change(answers, "in all", "in sum")
    changed = {task["id"]: task["changes"] for task in run_status(folder)["tasks"]}
    assert [each["what"] for each in changed["G4-4"]] == ["water[2015]", "text of a"]
    for record in (folder / ".approved").iterdir():
        record.write_bytes(record.read_bytes() + b" ")
    assert {task["id"]: task["changes"] for task in run_status(folder)["tasks"]}["water"] == []


@pytest.mark.parametrize("keys", [("energie",), ("energy-total", "G4-5"), ("energy-total", "wrong")])
def test_all_or_nothing(folder: Path, keys: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    change(folder / "figures" / "energy.yaml", "water:", "wrong: {title: X, unit: bogus, values: {2015: 1}}\nwater:")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert approve(folder, *keys) == 1
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert "not-approvable" in capsys.readouterr().err


def test_a_final_build_demands_approvals(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder / "disclosures" / "answers.yaml", "G4-5:\n  owner: Legal\n  due: 2016-03-31\n", "")
    change(folder / "figures" / "energy.yaml", "2015: null", "2015: 4")
    with (folder / "report.yaml").open("a") as file:
        file.write("\nrequire_approval: true\n")
    output = folder.parent / "output"
    assert main(["build", str(folder), "-o", str(output)]) == 1
    assert not output.exists()
    errors = capsys.readouterr().err
    assert "figures/energy.yaml:1:1: error[approval-missing]: energy-total is not approved" in errors
    assert main(["build", str(folder), "-o", str(output), "--draft"]) == 0
    names = [id for id, state in states(folder).items() if state == "to approve"]
    assert approve(folder, *names) == 0
    assert main(["build", str(folder), "-o", str(output)]) == 0
    assert main(["audit", str(output / "acme-2015.pdf")]) == 0
    change(folder / "figures" / "energy.yaml", "2015: 4", "2015: 5")
    capsys.readouterr()
    assert main(["validate", str(folder)]) == 1
    assert "error[approval-expired]: waste was approved by Kari Holm on 2016-02-29" in capsys.readouterr().out


@pytest.mark.parametrize("sample", ["halden-2022", "cigna-2013"])
def test_everything_of_a_real_report_can_be_approved(sample: str, tmp_path: Path) -> None:
    folder = tmp_path / sample
    shutil.copytree(ROOT / "report_data" / sample, folder)
    names = [id for id, state in states(folder).items() if state == "to approve"]
    assert approve(folder, *names) == 0
    after = states(folder)
    assert {after[name] for name in names} == {"approved"}
    for file in (ROOT / "report_data" / sample).rglob("*.yaml"):
        text = (folder / file.relative_to(ROOT / "report_data" / sample)).read_text("utf-8")
        assert [line for line in file.read_text("utf-8").splitlines() if "#" in line and line not in text] == []


def test_calendar_and_workbook(folder: Path) -> None:
    made = {}
    for format in ("ics", "xlsx", "html", "text"):
        for turn in range(2):
            file = folder.parent / f"status{turn}.{format}"
            assert main(["status", str(folder), "--today", "2016-03-01", "--format", format, "-o", str(file)]) == 0
        made[format] = file.read_bytes()
        assert made[format] == (folder.parent / f"status0.{format}").read_bytes()
    events = icalendar.Calendar.from_ical(made["ics"]).walk("VEVENT")
    assert [(str(each["summary"]), each.decoded("dtstart").isoformat()) for each in events] == [
        ("Facility manager: 1 item due for Making less go further", "2016-02-15"),
        ("Legal: 1 item due for Making less go further", "2016-03-31"),
    ]
    rows = list(openpyxl.load_workbook(folder.parent / "status1.xlsx").active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows[1][:4] == ("Facility manager", "missing", "late", "2016-02-15")
    assert b"Facility manager" in made["html"]
    assert "missing, due 2016-02-15 LATE  waste" in made["text"].decode()


def test_a_file_that_changes_meanwhile_is_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = folder / "figures" / "energy.yaml"

    def save_first(record_folder: Path, content: Content) -> None:
        figures.write_text(SERIES + "# saved by another program\n", "utf-8")

    monkeypatch.setattr("gri_builder.sign_off.approve.write_record", save_first)
    assert approve(folder, "energy-total") == 1
    assert figures.read_text("utf-8") == SERIES + "# saved by another program\n"
    assert "approval-not-written" in capsys.readouterr().err
