"""Reports in several languages: an edition for each, from the same facts, and findings for what differs."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from gri_builder import audit_pdf, build_report, check_report, trace_report
from gri_builder.cli import main as cli
from gri_builder.model.audit_result import CheckStatus
from gri_builder.model.finding import Finding
from gri_builder.pipeline.build import Built
from gri_builder.pipeline.output_files import ENDINGS
from tests.judges.verapdf import judge
from tests.support.paths import ROOT

REPORT = ROOT / "tests" / "cases" / "editions" / "lindental"
NAMES = ("lindental-2015", "lindental-2015-en")
"""Names of the files in German, the language that the texts are written in, and in English."""
Change = Callable[[Path], object]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """Return the output folder of the report in both languages, and what was built."""
    folder = tmp_path_factory.mktemp("editions")
    built = build_report(REPORT, folder)
    assert built.findings == ()
    assert built.value
    return folder, built.value


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / name).read_text(encoding="utf-8"), newline="")))


def text_of(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_a_build_makes_an_edition_for_each_language(output: tuple[Path, Built]) -> None:
    folder, built = output
    expected = sorted(f"{name}{ending}" for name in NAMES for ending in ENDINGS)
    assert sorted(file.name for file in folder.iterdir()) == expected
    assert (built.language, [each.language for each in built.others]) == ("de-DE", ["en-GB"])
    for each in (built, *built.others):
        with pikepdf.open(each.files[0]) as pdf:
            assert str(pdf.Root.Lang) == each.language
            assert len(pdf.pages) == each.pages


@pytest.mark.parametrize("name", NAMES)
def test_each_edition_audits_clean(output: tuple[Path, Built], name: str) -> None:
    file = output[0] / f"{name}.pdf"
    audited = audit_pdf(file).value
    assert audited
    assert [check for check in audited.checks if check.status is CheckStatus.FAIL] == []
    assert not judge(file).failures
    assert not judge(file, "3a").failures


def test_all_figures_are_equal(output: tuple[Path, Built]) -> None:
    """Keys, values, sources and members are those of the data; only labels are in the language of the edition."""
    folder, _ = output
    german, english = (rows(folder, f"{name}.facts.csv") for name in NAMES)
    own = {"label", "page", "mcid", "printed", "places", "source", "unit_label"}
    assert [{name: each[name] for name in each if name not in own} for each in german] == [
        {name: each[name] for name in each if name not in own} for each in english
    ]
    assert {(a["label"], b["label"]) for a, b in zip(german, english, strict=True)} >= {
        ("Energieverbrauch", "Energy used"),
        ("Gebackenes Brot", "Bread baked"),
    }


def test_texts_and_labels_are_in_the_language_of_the_edition(output: tuple[Path, Built]) -> None:
    german, english = (text_of(output[0] / f"{name}.pdf") for name in NAMES)
    for text in ("Brot mit Bedacht", "Erdgas", "Frauen", "1.697,25", "Zähler und Rechnungen"):
        assert text in german
    for text in ("Bread with care", "Natural gas", "Women", "1,697.25", "Meters and invoices"):
        assert text in english
    assert "Natural gas" not in german
    assert "Erdgas" not in english


def test_the_imprint_names_the_other_edition(output: tuple[Path, Built]) -> None:
    german, english = (PdfReader(output[0] / f"{name}.pdf").pages[1].extract_text() for name in NAMES)
    assert "English (lindental-2015-en.pdf)" in german
    assert "Deutsch (lindental-2015.pdf)" in english


def test_an_untranslated_chapter_says_so_and_names_its_language(output: tuple[Path, Built]) -> None:
    english = output[0] / "lindental-2015-en.pdf"
    assert "This chapter is not translated; it is printed in German." in text_of(english)
    languages: dict[str, int] = {}
    with pikepdf.open(english) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/Lang") and element.get("/S"):
                languages.setdefault(str(element.Lang), 0)
                languages[str(element.Lang)] += 1
    assert languages["de-DE"] > 10


def change_text(path: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        file = folder / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


ENERGY, WORD = "chapters/en/energie.md", "chapters/en/vorwort.md"
DIFFERENCES: dict[str, tuple[Change, str, str, str]] = {
    "a number that one language does not have": (
        change_text(ENERGY, "The work took three nights.", "The work took 17 nights."),
        "translation-numbers",
        f"{ENERGY}:29",
        "the number '17' is missing in the German text (chapters/energie.md:1)",
    ),
    "a number with a sign of another language": (
        change_text(ENERGY, "The work took three nights.", "The work took 12,5 nights."),
        "translation-numbers",
        f"{ENERGY}:29",
        "the number '12,5' is missing in the German text (chapters/energie.md:1)",
    ),
    "a placeholder that is missing": (
        change_text(ENERGY, "{{ energie-gesamt[2014] }}", "more"),
        "translation-placeholders",
        "chapters/energie.md:9",
        "the placeholder '{{energie-gesamt[2014]}}' is missing in the English text (chapters/en/energie.md:1)",
    ),
    "a heading of another level": (
        change_text(ENERGY, "## Heat recovery", "### Heat recovery"),
        "translation-headings",
        f"{ENERGY}:23",
        "'Heat recovery' differs in level from 'Die Wärmerückgewinnung' in German (chapters/energie.md:23)",
    ),
    "a heading with another anchor": (
        change_text(ENERGY, "{#verbrauch covers", "{#used covers"),
        "translation-headings",
        f"{ENERGY}:7",
        "'Energy used' differs in anchor from 'Der Verbrauch' in German (chapters/energie.md:7)",
    ),
    "a heading more": (
        change_text(WORD, "> Good bread", "## Bread\n\n> Good bread"),
        "translation-headings",
        f"{WORD}:28",
        "'Bread' has no heading beside it in German (chapters/vorwort.md:20): 3 headings in German, 4 in English",
    ),
    "a link that is missing": (
        change_text(ENERGY, "[{number}](#abb-energie) show", "the chart show"),
        "translation-links",
        "chapters/energie.md:15",
        "the link '#abb-energie' is missing in the English text (chapters/en/energie.md:1)",
    ),
    "a chart that is missing": (
        change_text(WORD, '::: kpi energie-gesamt brot icons="flame wheat"\n:::\n', ""),
        "translation-structure",
        "chapters/vorwort.md:9",
        "'::: kpi energie-gesamt brot' is missing in the English text (chapters/en/vorwort.md:1)",
    ),
    "a label of the data": (
        change_text("translations/labels.csv", "Frauen,Women\n", ""),
        "label-untranslated",
        "figures/zahlen.yaml:16",
        "'Frauen', a name in the data, has no English label",
    ),
    "a row for a text that is nowhere": (
        change_text("translations/labels.csv", "Frauen,Women\n", "Frauen,Women\nKinder,Children\n"),
        "translation-idle",
        "translations/labels.csv:21",
        "no text of the report is 'Kinder'",
    ),
    "a text in a mapping": (
        change_text("report.yaml", ", en: Bread with care}", "}"),
        "label-untranslated",
        "report.yaml:4",
        "'Brot mit Bedacht' has no English text",
    ),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_difference_between_languages_is_a_finding(name: str, tmp_path: Path) -> None:
    change, rule, place, message = DIFFERENCES[name]
    folder = tmp_path / "report"
    shutil.copytree(REPORT, folder)
    change(folder)
    found = [each for each in check_report(folder).findings if each.rule == rule]
    assert [(f"{each.where.file}:{each.where.line}", each.message) for each in found] == [(place, message)]


def test_an_error_in_one_language_builds_none(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(REPORT, folder)
    (folder / ENERGY).unlink()
    built = build_report(folder, tmp_path / "out")
    assert built.value is None
    assert [each.rule for each in built.findings if each.severity == "error"] == ["translation-missing"]
    assert not (tmp_path / "out").exists()


def test_a_draft_prints_the_source_language(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(REPORT, folder)
    (folder / ENERGY).unlink()
    built = build_report(folder, tmp_path / "out", draft=True)
    assert built.value
    assert "Die Wärmerückgewinnung" in text_of(tmp_path / "out" / "lindental-2015-en.pdf")


def test_one_language_can_be_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", str(REPORT), "-o", str(tmp_path), "--language", "en"]) == 0
    assert [file.name for file in sorted(tmp_path.glob("*.pdf"))] == ["lindental-2015-en.pdf"]
    capsys.readouterr()
    assert cli.main(["trace", str(REPORT), "brot", "--language", "en-GB"]) == 0
    assert "Bread baked" in capsys.readouterr().out
    assert cli.main(["build", str(REPORT), "-o", str(tmp_path), "--language", "fr"]) == 2
    assert "there is no edition in 'fr'; the report is in de-DE and en-GB" in capsys.readouterr().err


def test_without_a_language_it_is_the_first() -> None:
    traced = trace_report(REPORT).value
    assert traced
    assert traced.name == "lindental-2015"
    assert {record.title for record in traced.entries.values()} >= {"Energieverbrauch"}


def test_what_all_languages_have_is_said_once(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(REPORT, folder)
    change_text("figures/zahlen.yaml", "unit: t\n", "unit: tt\n")(folder)
    found: tuple[Finding, ...] = check_report(folder).findings
    assert [each.rule for each in found if each.where.file == "figures/zahlen.yaml"].count("unknown-unit") == 1
