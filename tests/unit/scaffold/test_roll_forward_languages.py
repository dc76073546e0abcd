"""The next report of one in several languages: every language is taken over, and only what is closed goes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from gri_builder.cli.main import main
from gri_builder.pipeline.build import build_report, check_report
from gri_builder.scaffold.roll_forward.answers import _join
from gri_builder.scaffold.roll_forward.settings import close_sign_off
from tests.support.paths import ROOT

LINDENTAL = ROOT / "tests" / "cases" / "editions" / "lindental"
AURELIA = ROOT / "report_data" / "aurelia-2016"
LATER = ("--framework", "gri-2021")


def roll(earlier: Path, folder: Path, *words: str) -> Path:
    assert main(["init", str(folder), "--from", str(earlier), *words]) == 0
    return folder


def answers_of(folder: Path) -> dict[str, Any]:
    files = sorted((folder / "disclosures").glob("*.yaml"))
    return {id: one for file in files for id, one in yaml.safe_load(file.read_text("utf-8")).items()}


def rules(folder: Path) -> set[str]:
    return {finding.rule for finding in check_report(folder).findings}


@pytest.mark.parametrize("words", [(), LATER], ids=["same framework", "another framework"])
def test_chapters_of_all_languages_are_taken_over(words: tuple[str, ...], tmp_path: Path) -> None:
    folder = roll(LINDENTAL, tmp_path / "next", *words)
    earlier = {file.relative_to(LINDENTAL) for file in LINDENTAL.rglob("chapters/**/*.md")}
    assert {file.relative_to(folder) for file in folder.rglob("chapters/**/*.md")} == earlier
    waiting = yaml.safe_load((folder / "report.yaml").read_text("utf-8"))["to_review"]
    assert {path.as_posix() for path in earlier} <= set(waiting)
    assert not {"translation-missing", "label-untranslated", "empty-file"} & rules(folder)
    assert build_report(folder, tmp_path / "out", draft=True).value


def test_answers_follow_in_all_languages(tmp_path: Path) -> None:
    answers = answers_of(roll(LINDENTAL, tmp_path / "next", *LATER))
    assert answers["2-1"]["c"] == {"de": "Der Sitz ist in Lindental.", "en": "The seat is in Lindental."}
    assert answers["2-6"]["b"]["list"]["en"] == ["Bread and rolls", "Cakes and pastries", "Courses for hobby bakers"]


def test_files_that_are_not_translated_follow(tmp_path: Path) -> None:
    before = yaml.safe_load((AURELIA / "report.yaml").read_text("utf-8"))["not_translated"]["de"]
    assert "chapters/assurance.md" in before
    for name, words in (("same", ()), ("later", LATER)):
        folder = roll(AURELIA, tmp_path / name, *words)
        listed = yaml.safe_load((folder / "report.yaml").read_text("utf-8"))["not_translated"]["de"]
        assert [path for path in listed if not (folder / path).is_file()] == []
        assert "translation-missing" not in rules(folder)
        assert "chapters/water.md" in listed
        assert not (folder / "chapters/assurance.md").exists()


def test_the_statement_of_assurance_goes_in_all_languages(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    shutil.copytree(LINDENTAL, earlier)
    for path in ("chapters/assurance.md", "chapters/en/assurance.md"):
        (earlier / path).write_text("# Assurance\n", "utf-8")
    report = earlier / "report.yaml"
    statement = "assurance: {provider: X, level: limited, standard: ISAE 3000, statement: chapters/assurance.md}"
    report.write_text(report.read_text("utf-8").replace("assurance: none", statement), "utf-8")
    folder = roll(earlier, tmp_path / "next")
    assert sorted(file.name for file in (folder / "chapters").rglob("*.md") if file.stem == "assurance") == []


def test_files_of_own_words_are_taken_over(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    shutil.copytree(LINDENTAL, earlier)
    (earlier / "words-en.yaml").write_text("contents: In this report\n", "utf-8")
    with (earlier / "report.yaml").open("a") as file:
        file.write("words: {en: words-en.yaml}\n")
    assert (roll(earlier, tmp_path / "next") / "words-en.yaml").read_text("utf-8") == "contents: In this report\n"


def test_approvals_of_all_languages_are_closed(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    shutil.copytree(LINDENTAL, earlier)
    for words in ((), ("--language", "en")):
        assert main(["approve", str(earlier), "brot", "G4-5", "G4-1", "--by", "Ann", *words]) == 0
    folder = roll(earlier, tmp_path / "next")
    for file in (*folder.glob("figures/*.yaml"), *folder.glob("disclosures/*.yaml")):
        assert "approved" not in file.read_text("utf-8")
    assert "G4-1" not in answers_of(folder)  # its entry held nothing but approvals of what a chapter says
    assert not {"empty-answer", "empty-file", "approval-expired"} & rules(folder)


def test_entries_of_several_languages_are_closed() -> None:
    one, two = "{by: Ann, on: 2016-01-02, sha256: aa}", "{by: Bert, on: 2016-01-02}"
    text = (
        f"G4-1:\n  approved: {{en: {one}, de: {two}}}\n\n"
        f"G4-3: {{text: {{en: A, de: B}}, approved: {{en: {one}, de: {two}}}}}\n"
        f"G4-4:\n  a: x\n  approved:\n    en: {one}\n    de:   # German\n      by: Bert\n  owner: Legal\n"
        "G4-5:\n"
    )
    assert close_sign_off(text) == "G4-3: {text: {en: A, de: B}}\nG4-4:\n  a: x\n  owner: Legal\nG4-5:\n"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ({"en": "A", "de": "B"}, {"en": "C", "de": "D"}, {"en": "A\n\nC", "de": "B\n\nD"}),
        ("A", {"en": "C", "de": "D"}, {"en": "A\n\nC", "de": "A\n\nD"}),
        ({"en": "A"}, {"de": "D"}, {"en": "A", "de": "D"}),
        ("A", "C", "A\n\nC"),
    ],
)
def test_texts_are_joined_in_each_language(first: Any, second: Any, joined: Any) -> None:
    into: dict[str, Any] = {}
    for value in (first, second):
        _join(into, "text", value)
    assert into == {"text": joined}


def test_an_answer_is_placed_once(tmp_path: Path) -> None:
    """Several answers by G4 become one: the chapter that placed them places it once, in each language."""
    folder = roll(AURELIA, tmp_path / "next", *LATER)
    assert not {"answer-placed-twice", "no-answer"} & rules(folder)
    english = (folder / "chapters/company.md").read_text("utf-8").count("::: disclosure")
    assert (folder / "chapters/de/company.md").read_text("utf-8").count("::: disclosure") == english > 0
