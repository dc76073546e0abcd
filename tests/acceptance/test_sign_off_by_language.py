"""Approvals of a report in several languages: each is of one version in one language."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from gri_builder import build_report, check_report
from gri_builder.cli.main import main
from gri_builder.pipeline.build import load_and_check
from gri_builder.preview.server.work import approve_keys, status_values
from gri_builder.preview.session import Session
from gri_builder.sign_off.approve import approve as approve_in
from gri_builder.sign_off.today import find_today
from tests.support.paths import ROOT

REPORT = ROOT / "tests" / "cases" / "editions" / "lindental"
SCHEMA = json.loads((ROOT / "schemas" / "outputs" / "status.schema.json").read_text("utf-8"))
GERMAN, ENGLISH = "de-DE", "en-GB"
ANSWERS, LABELS, CHAPTER = "disclosures/antworten.yaml", "translations/labels.csv", "chapters/en/energie.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a report that was written in German and translated into English."""
    place = tmp_path / "report"
    shutil.copytree(REPORT, place)
    return place


def run_status(folder: Path, *options: str) -> list[dict[str, Any]]:
    output = folder.parent / "status.json"
    assert main(["status", str(folder), "--format", "json", "--today", "2016-03-01", "-o", str(output), *options]) == 0
    document = json.loads(output.read_text("utf-8"))
    Draft202012Validator(SCHEMA).validate(document)
    tasks: list[dict[str, Any]] = document["tasks"]
    return tasks


def states(folder: Path) -> dict[tuple[str, str], str]:
    return {(task["id"], task["language"]): task["state"] for task in run_status(folder)}


def approve(folder: Path, *words: str) -> int:
    return main(["approve", str(folder), *words, "--by", "Kari Holm", "--on", "2016-02-29"])


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def expired(folder: Path) -> list[str]:
    return [each.message for each in check_report(folder).findings if each.rule == "approval-expired"]


def test_each_version_is_approved_by_itself(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert approve(folder, "G4-EN3", "energie-gesamt", "G4-5") == 0
    assert capfd.readouterr().out.startswith("G4-EN3: approved by Kari Holm on 2016-02-29 (12 values")
    known = states(folder)
    assert {known[id, GERMAN] for id in ("G4-EN3", "energie-gesamt", "G4-5")} == {"approved"}
    assert {known[id, ENGLISH] for id in ("G4-EN3", "energie-gesamt", "G4-5")} == {"to approve"}
    assert approve(folder, "G4-EN3", "energie-gesamt", "G4-5", "--language", "en") == 0
    assert capfd.readouterr().out.startswith("G4-EN3 (en-GB): approved by Kari Holm")
    known = states(folder)
    assert {state for (id, _), state in known.items() if id in ("G4-EN3", "energie-gesamt", "G4-5")} == {"approved"}
    assert "approved: {de: {by: Kari Holm, on: 2016-02-29, sha256: " in (folder / ANSWERS).read_text("utf-8")
    assert load_and_check(folder, language="en").value
    assert [each for each in check_report(folder).findings if each.severity == "error"] == []


def test_a_changed_translation_expires_its_approval_alone(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for words in ((), ("--language", "en-GB")):
        assert approve(folder, "G4-EN3", "energie-gesamt", *words) == 0
    change(folder / CHAPTER, "is enough for about a week", "is enough for a week")
    assert expired(folder) == [
        "G4-EN3 in English was approved by Kari Holm on 2016-02-29, and its text or a number in it changed since"
    ]
    change(folder / LABELS, "Energieverbrauch,Energy used", "Energieverbrauch,Energy that we used")
    assert {key for key, state in states(folder).items() if state == "changed"} == {
        ("G4-EN3", ENGLISH),
        ("energie-gesamt", ENGLISH),
    }
    capfd.readouterr()
    assert main(["status", str(folder), "--today", "2016-03-01"]) == 0
    shown = capfd.readouterr().out
    assert "changed since approval  energie-gesamt (en-GB)" in shown
    assert "changed: title: Energy used, now Energy that we used" in shown
    assert "waiting for approval in de-DE" in shown
    assert "waiting for approval in en-GB" in shown
    assert approve(folder, "G4-EN3", "energie-gesamt", "--language", "en") == 0
    assert expired(folder) == []


def test_a_changed_source_expires_its_approval_alone(folder: Path) -> None:
    for words in ((), ("--language", "en-GB")):
        assert approve(folder, "G4-EN3", *words) == 0
    change(folder / "chapters/energie.md", "reicht für etwa eine Woche", "reicht für eine Woche")
    assert {key for key, state in states(folder).items() if state == "changed"} == {("G4-EN3", GERMAN)}


def test_a_changed_value_expires_all(folder: Path) -> None:
    for words in ((), ("--language", "en-GB")):
        assert approve(folder, "G4-EN3", "energie-gesamt", *words) == 0
    change(folder / "figures" / "energie.csv", "391", "392")
    changed = {key for key, state in states(folder).items() if state == "changed"}
    assert changed == {(id, tag) for id in ("G4-EN3", "energie-gesamt") for tag in (GERMAN, ENGLISH)}


def test_what_has_no_words_of_its_own_is_approved_once(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    known = states(folder)
    assert ("G4-3", GERMAN) in known
    assert ("G4-3", ENGLISH) not in known  # a name, the same in both
    assert ("G4-10", ENGLISH) not in known  # figures, and a chapter that is not translated
    before = (folder / ANSWERS).read_bytes()
    assert approve(folder, "G4-5", "G4-3", "--language", "en") == 1
    assert "G4-3 has no words of its own in English; nothing was approved" in capfd.readouterr().err
    assert (folder / ANSWERS).read_bytes() == before


def test_a_final_build_demands_the_approvals_of_all_languages(folder: Path, tmp_path: Path) -> None:
    with (folder / "report.yaml").open("a") as file:
        file.write("\nrequire_approval: true\n")
    german = [id for id, tag in states(folder) if tag == GERMAN]
    english = [id for id, tag in states(folder) if tag == ENGLISH]
    assert approve(folder, *german) == 0
    missing = [each for each in check_report(folder).findings if each.rule == "approval-missing"]
    assert {each.message.partition(" in English")[0] for each in missing} == set(english)
    assert any(each.hint and "--language en-GB" in each.hint for each in missing)
    assert build_report(folder, tmp_path / "out").value is None
    assert build_report(folder, tmp_path / "out", draft=True).value
    assert approve(folder, *english, "--language", "en") == 0
    assert build_report(folder, tmp_path / "out").value


def test_an_approval_stays_when_a_language_is_added(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(REPORT, folder)
    report = (folder / "report.yaml").read_text("utf-8")
    several, one = "languages: [de-DE, en-GB]", "language: de-DE"
    alone = report.replace(several, one).replace("not_translated: [chapters/menschen.md]\n", "")
    alone = alone.replace("{de: Brot mit Bedacht, en: Bread with care}", "Brot mit Bedacht")
    (folder / "report.yaml").write_text(alone, "utf-8")
    for file in ("translations", "chapters/en"):
        shutil.move(folder / file, tmp_path / Path(file).name)
    assert approve(folder, "energie-gesamt", "G4-3") == 0
    for file in ("translations", "chapters/en"):
        shutil.move(tmp_path / Path(file).name, folder / file)
    (folder / "report.yaml").write_text(report, "utf-8")
    known = states(folder)
    assert (known["energie-gesamt", GERMAN], known["energie-gesamt", ENGLISH]) == ("approved", "to approve")
    assert known["G4-3", GERMAN] == "approved"


def test_a_hash_of_one_language_is_none_of_another(folder: Path) -> None:
    assert approve(folder, "energie-gesamt") == 0
    assert approve(folder, "energie-gesamt", "--language", "en") == 0
    change(folder / LABELS, "Energieverbrauch,Energy used", "Energieverbrauch,Energieverbrauch.")
    file = folder / "figures" / "zahlen.yaml"
    text = file.read_text("utf-8")
    german, english = (part[: part.index("}")] for part in text.split("sha256: ")[1:3])
    file.write_text(text.replace(english, german), "utf-8")
    assert states(folder)["energie-gesamt", ENGLISH] == "changed"


def test_formats_name_the_language(folder: Path, tmp_path: Path) -> None:
    page, book = tmp_path / "status.html", tmp_path / "status.xlsx"
    for file in (page, book):
        assert main(["status", str(folder), "--format", file.suffix[1:], "--today", "2016-03-01", "-o", str(file)]) == 0
    assert "energie-gesamt (en-GB)" in page.read_text("utf-8")
    rows = openpyxl.load_workbook(book)["Status"].iter_rows(values_only=True)
    assert "energie-gesamt (de-DE)" in {value for row in rows for value in row}


def test_the_preview_approves_the_version_that_it_shows(folder: Path) -> None:
    session = Session(folder, lambda: date(2016, 3, 1), "en")
    *_, last = session.update()
    assert last.checked
    values = status_values(last.checked.status)
    assert values
    tasks = {task["name"]: task for owner in values["owners"] for task in owner["tasks"]}
    assert {"G4-5 (de-DE)", "G4-5 (en-GB)"} <= tasks.keys()
    task = tasks["G4-5 (en-GB)"]
    assert approve_keys(folder, [task["id"]], "Kari Holm", date(2016, 3, 1), task["language"]).problem is None
    known = states(folder)
    assert (known["G4-5", GERMAN], known["G4-5", ENGLISH]) == ("to approve", "approved")


def test_a_language_that_is_not_there(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert approve(folder, "G4-5", "--language", "fr") == 2
    assert "there is no edition in 'fr'" in capfd.readouterr().err
    done = approve_in(folder, ["G4-5"], "Kari Holm", find_today(), "fr")
    assert [each.rule for each in done.findings] == ["not-approvable"]
    assert not (folder / ".approved").exists()
