"""Two versions of a report in several languages compared: each text with that of its language."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from gri_builder import build_report, compare_reports
from gri_builder.cli.main import main
from tests.support.paths import ROOT

REPORT = ROOT / "tests" / "cases" / "editions" / "lindental"
SCHEMA = json.loads((ROOT / "schemas" / "outputs" / "diff.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the PDFs of the report in both languages."""
    folder = tmp_path_factory.mktemp("output")
    assert build_report(REPORT, folder).value
    return folder


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Return the report with another number, and another English text."""
    folder = tmp_path / "later"
    shutil.copytree(REPORT, folder)
    for path, old, new in (
        ("figures/zahlen.yaml", "2015: 1301.25", "2015: 1302"),
        ("disclosures/antworten.yaml", "The seat is in Lindental.", "We are in Lindental."),
    ):
        text = (folder / path).read_text("utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), "utf-8")
    return folder


def changes(old: Path, new: Path) -> tuple[list[str], list[str]]:
    found = compare_reports(old, new).value
    assert found
    return [each.key for each in found.facts], [each.id for each in found.states]


def test_a_folder_is_taken_in_the_language_of_the_pdf(output: Path, later: Path) -> None:
    german, english = output / "lindental-2015.pdf", output / "lindental-2015-en.pdf"
    assert changes(english, later) == (["brot[2015]"], ["G4-5"])
    assert changes(german, later) == (["brot[2015]"], [])
    assert changes(later, english) == (["brot[2015]"], ["G4-5"])


def test_folders_are_compared_in_the_first_language_or_in_the_chosen_one(
    later: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert changes(REPORT, later) == (["brot[2015]"], [])
    assert main(["diff", str(REPORT), str(later), "--language", "en"]) == 0
    assert "G4-5: changed answer" in capfd.readouterr().out


def test_texts_of_two_languages_are_not_compared(output: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sides = str(output / "lindental-2015.pdf"), str(output / "lindental-2015-en.pdf")
    assert main(["diff", *sides]) == 0
    assert capfd.readouterr().out.splitlines()[1:] == [
        "texts are not compared: one report is in de-DE, the other in en-GB",
        "",
        "no differences",
    ]
    assert main(["diff", *sides, "--format", "json"]) == 0
    document = json.loads(capfd.readouterr().out)
    Draft202012Validator(SCHEMA).validate(document)
    assert (document["texts_compared"], document["old"]["language"], document["disclosures"]) == (False, "de-DE", [])


def test_what_is_omitted_is_compared_in_two_languages(output: Path, later: Path) -> None:
    """Without the reason's words: its letter and kind."""
    text = (later / "disclosures" / "antworten.yaml").read_text("utf-8")
    text = text.replace("reason: not-applicable", "reason: confidentiality-constraints")
    (later / "disclosures" / "antworten.yaml").write_text(text, "utf-8")
    report = later / "report.yaml"
    report.write_text(report.read_text("utf-8").replace("languages: [de-DE, en-GB]", "languages: [de-DE]"), "utf-8")
    found = compare_reports(output / "lindental-2015-en.pdf", later).value
    assert found
    assert not found.are_texts_compared
    (change,) = (each for each in found.states if each.id == "G4-EN5")
    assert (change.omissions_removed, change.omissions_added) == (("not-applicable",), ("confidentiality-constraints",))
