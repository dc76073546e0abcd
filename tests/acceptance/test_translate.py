"""`gri-builder translate`: what it writes is what the report reads, and never replaces the work of a person."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from gri_builder import check_report
from gri_builder.cli import main as cli
from tests.support.paths import ROOT

REPORT = ROOT / "tests" / "cases" / "editions" / "lindental"
LABELS = "translations/labels.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a report of which some English labels are missing."""
    place = tmp_path / "report"
    shutil.copytree(REPORT, place)
    table = (place / LABELS).read_text("utf-8")
    for row in ("Frauen,Women\n", "alle Backstuben,all bakeries\n", "Energieverbrauch,Energy used\n"):
        assert row in table
        table = table.replace(row, "")
    (place / LABELS).write_text(table, "utf-8")
    report = place / "report.yaml"
    report.write_text(report.read_text("utf-8").replace(", en: Bread with care}", "}"), "utf-8")
    return place


def missing_of(folder: Path) -> list[str]:
    return [each.message for each in check_report(folder).findings if each.rule == "label-untranslated"]


def translate(folder: Path, *words: str) -> int:
    return cli.main(["translate", str(folder), *words])


def read_rows(file: Path) -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
    return {row["text"]: row["en"] for row in rows}


def test_what_it_writes_is_what_is_missing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert len(missing_of(folder)) == 4
    file = folder / "translations" / "en.csv"
    assert translate(folder, "--language", "en-GB", "-o", str(file)) == 0
    out, err = capfd.readouterr()
    assert out.splitlines() == [str(file)]
    assert "labels without English: 4" in err
    rows = read_rows(file)
    assert list(rows)[:4] == ["Brot mit Bedacht", "alle Backstuben", "Energieverbrauch", "Frauen"]
    assert {*rows.values()} == {""}
    assert "fill in the cell of 'en' in translations/en.csv:5" in str(
        [each.hint for each in check_report(folder).findings if "Frauen" in each.message]
    )


def test_a_table_that_is_filled_in_is_read_and_kept(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = folder / "translations" / "en.csv"
    assert translate(folder, "-o", str(file)) == 0
    text = file.read_text("utf-8-sig").replace("Frauen,", "Frauen,Women").replace("Backstuben,", "Backstuben,=")
    text = text.replace("Energieverbrauch,", "Energieverbrauch,Energy used").replace("Bedacht,", "Bedacht,With care")
    file.write_text(text, "utf-8")
    assert missing_of(folder) == []
    assert [each for each in check_report(folder).findings if each.rule.startswith("translation")] == []
    assert translate(folder, "-o", str(file)) == 0
    assert file.read_text("utf-8") == text
    assert "labels without English: 0" in capfd.readouterr().err


def test_run_twice_it_changes_nothing(folder: Path) -> None:
    for name in ("en.csv", "labels.csv"):
        file = folder / "translations" / name
        translate(folder, "-o", str(file))
        before = file.read_bytes()
        assert translate(folder, "-o", str(file)) == 0
        assert file.read_bytes() == before


def test_the_folder_of_tables_is_made(folder: Path) -> None:
    shutil.rmtree(folder / "translations")
    assert translate(folder, "-o", str(folder / "translations" / "en.csv")) == 0
    assert len(read_rows(folder / "translations" / "en.csv")) > 10


def test_the_terminal_shows_the_table(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert translate(folder) == 0
    assert capfd.readouterr().out.splitlines()[:2] == ["text,en", "Brot mit Bedacht,"]
    assert not (folder / "translations" / "en.csv").exists()


def test_texts_that_no_table_holds_are_counted(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "chapters" / "en" / "energie.md").unlink()
    assert translate(folder) == 0
    assert "texts in Markdown, which no table holds: 1" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--language", "de"), "'de' is the language that the others are translated from; name another: en-GB"),
        (("--language", "fr"), "there is no edition in 'fr'"),
        (("-o", "REPORT/translations/en.xlsx"), "does not end in .csv"),
        (("-o", "REPORT/figures/energie.csv"), "is a source of the report; it was not changed"),
        (("-o", "REPORT/translations/other.csv"), "has no column 'text'"),
    ],
)
def test_what_it_refuses(words: tuple[str, ...], reason: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "translations" / "other.csv").write_text("name,place\nAnna,Oslo\n", "utf-8")
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert translate(folder, *(word.replace("REPORT", str(folder)) for word in words)) == 2
    assert reason in capfd.readouterr().err
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_a_report_in_one_language(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert translate(ROOT / "report_data" / "halden-2015") == 2
    assert "languages: [en-GB, de]" in capfd.readouterr().err


def test_a_report_that_can_not_be_read(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "figures" / "zahlen.yaml").write_text("a: [\n", "utf-8")
    file = folder / "translations" / "en.csv"
    assert translate(folder, "-o", str(file)) in (0, 1)
    assert "Traceback" not in capfd.readouterr().err


def test_no_other_command_replaces_a_table(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["validate", str(folder), "-o", str(folder / LABELS)]) == 2
    assert "is a source of the report" in capfd.readouterr().err
