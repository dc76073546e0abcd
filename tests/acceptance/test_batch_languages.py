"""A batch from a template in several languages: values of the list are in the texts and the labels of each."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.cli.main import main
from gri_builder.model.audit_result import CheckStatus
from tests.support.paths import ROOT

SITES = ROOT / "docs" / "samples" / "sites"
FILES = {
    "chapters/de/energy.md": '# Energie\n\n## Verbrauch {#use covers="G4-EN6"}\n\n{{site}} verbrauchte {{ energy }}.\n',
    "chapters/de/site.md": "# Der Standort\n\n## Wir\n\n{{site}}: {{ employees }} Menschen, {{manager}}.\n",
    "chapters/energy.md": '# Energy\n\n## Use {#use covers="G4-EN6"}\n\n{{site}} used {{ energy }}.\n',
    "chapters/site.md": "# The site\n\n## We\n\n{{site}}: {{ employees }} people, {{manager}}.\n",
    "translations/labels.csv": (
        "text,de\nEmployees,Beschäftigte\nEnergy consumption of {{site}},Energieverbrauch in {{ort}}\n"
        "the site {{site}},der Standort {{ort}}\nBread from [{{site}}](#use),*Brot* aus [{{ort}}](#use)\n"
    ),
    "disclosures/answers.yaml": (
        'G4-3: {en: "Site {{site}}", de: "Standort {{ort}}"}\nG4-4: "Bread from [{{site}}](#use)"\n'
        "G4-EN3:\n  e: {figure: energy}\n"
    ),
}
REPORT = (
    ('title: "{{site}}: environment and people"', 'title: {en: "{{site}}: people", de: "{{ort}}: Menschen"}'),
    ("language: en-GB", "languages: [en-GB, de-DE]"),
    ('{name: "Vestal Foods, site {{site}}"}', "{name: Vestal Foods}"),
)


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """Return the list of a batch in English and German, with the German name of each site in a column of its own."""
    folder = tmp_path / "batch"
    shutil.copytree(SITES, folder, ignore=shutil.ignore_patterns("bergen", "porto"))
    for path, text in FILES.items():
        (folder / "template" / path).parent.mkdir(exist_ok=True)
        (folder / "template" / path).write_text(text, "utf-8")
    report = folder / "template" / "report.yaml"
    text = report.read_text("utf-8")
    for old, new in REPORT:
        assert old in text
        text = text.replace(old, new)
    report.write_text(text, "utf-8")
    rows = "report,site,ort,manager,published,employees\ngraz,Graz,Graz *Ost*,Ida Berg,2016-03-08,87\n"
    (folder / "sites.csv").write_text(rows, "utf-8")
    return folder / "sites.csv"


def text_of(file: Path) -> str:
    run = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True)
    return " ".join(run.stdout.decode("utf-8").split())


def test_each_language_has_the_values_of_the_list(
    batch: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out"
    code = main(["batch", str(batch), "-o", str(output)])
    printed = capfd.readouterr()
    assert (code, [line for line in printed.err.splitlines() if "warning" in line or "error" in line]) == (0, [])
    english, german = (output / "graz" / f"graz-2015{key}.pdf" for key in ("", "-de"))
    for text in ("Graz: people", "Graz used 131.75 MWh", "Bread from Graz", "within the organization: the site Graz"):
        assert text.casefold() in text_of(english).casefold()
    for text in (
        "Graz *Ost*: Menschen",
        "Graz verbrauchte 131,75 MWh",
        "Brot aus Graz *Ost*",
        "der Standort Graz *Ost*",
    ):
        assert text in text_of(german)
    table = io.StringIO((output / "graz" / "graz-2015-de.facts.csv").read_text("utf-8"), newline="")
    assert {row["label"] for row in csv.DictReader(table)} == {"Beschäftigte", "Energieverbrauch in Graz *Ost*"}
    for file in (english, german):
        audited = audit_pdf(file).value
        assert audited
        assert [check.rule for check in audited.checks if check.status is CheckStatus.FAIL] == []


def test_an_own_chapter_in_one_language_is_named(
    batch: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    batch.write_text(
        batch.read_text("utf-8").replace("employees\n", "employees,files\n").replace(",87", ",87,own"), "utf-8"
    )
    own = batch.parent / "own" / "chapters"
    (own / "de").mkdir(parents=True)
    (own / "energy.md").write_text(FILES["chapters/energy.md"], "utf-8")
    assert main(["batch", str(batch), "-o", str(tmp_path / "out"), "--check"]) == 0
    assert (
        "own/chapters/energy.md: warning[chapter-in-one-language]: chapters/energy.md is the report's own chapter, but "
        "its German edition prints that of the template, chapters/de/energy.md"
    ) in capfd.readouterr().err
    (own / "de" / "energy.md").write_text(FILES["chapters/de/energy.md"], "utf-8")
    assert main(["batch", str(batch), "-o", str(tmp_path / "out"), "--check"]) == 0
    assert "chapter-in-one-language" not in capfd.readouterr().err


def test_a_label_without_a_translation_is_at_its_place_in_the_template(
    batch: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    table = batch.parent / "template" / "translations" / "labels.csv"
    table.write_text(table.read_text("utf-8").replace("the site {{site}},", "the place {{site}},"), "utf-8")
    assert main(["batch", str(batch), "-o", str(tmp_path / "out"), "--check"]) == 0
    found = capfd.readouterr().err
    assert "template/report.yaml:12:30: warning[label-untranslated]: 'the site Graz' has no German text" in found
    assert "labels.csv:4:1: warning[translation-idle]: no text of the report is 'the place Graz'" in found


def test_an_empty_cell_that_a_table_asks_for_is_an_error(
    batch: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for path in ("report.yaml", "disclosures/answers.yaml"):
        file = batch.parent / "template" / path
        file.write_text(file.read_text("utf-8").replace("{{ort}}", "{{site}}"), "utf-8")
    batch.write_text(batch.read_text("utf-8").replace("Graz *Ost*", ""), "utf-8")
    assert main(["batch", str(batch), "-o", str(tmp_path / "out"), "--check"]) == 1
    found = capfd.readouterr().err
    assert "error[empty-cell]: 'ort' is empty for 'graz'; translations/labels.csv:3 asks for it" in found
    assert "unused-list-column" not in found
