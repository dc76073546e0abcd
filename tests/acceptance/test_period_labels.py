"""Labels of periods in an edition: translated by a table, where they are understood as the same time."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.model.audit_result import CheckStatus
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.pipeline.build import build_report, check_report
from gri_builder.pipeline.languages import is_same_time
from tests.support.paths import ROOT

REPORT = ROOT / "tests" / "cases" / "editions" / "lindental"
SERIES = """\
wasser:
  title: {de: Wasser je Quartal, en: Water by quarter}
  unit: m3
  values: {1. Quartal 2015: 100, 2. Quartal 2015: 110, 3. Quartal 2015: 95, 4. Quartal 2015: 105}
  targets: [{period: Ziel 2020, value: 80, base: 1. Quartal 2015}]
"""
PAGE = """
## W {#w}

{{ wasser[3. Quartal 2015] }}; {{ wasser[latest].change }}; {{ wasser.target }}.

::: table wasser period=latest base-year="2. Quartal 2015"
:::

::: chart wasser type=bar period=latest highlight="3. Quartal 2015"
:::

::: targets wasser
:::
"""
ROWS = "1. Quartal 2015,Q1 2015\n2. Quartal 2015,Q2 2015\n3. Quartal 2015,Q3 2015\n4. Quartal 2015,Q4 2015\n"
YEARS = ReportingYears(date(2015, 1, 1), date(2015, 12, 31))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a report with quarters in German, and their English labels."""
    place = tmp_path / "report"
    shutil.copytree(REPORT, place)
    (place / "figures" / "quartale.yaml").write_text(SERIES, "utf-8")
    (place / "translations" / "periods.csv").write_text(f"text,en\n{ROWS}Ziel 2020,Target 2020\n", "utf-8")
    for path in ("chapters/energie.md", "chapters/en/energie.md"):
        with (place / path).open("a", encoding="utf-8") as file:
            file.write(PAGE)
    return place


def text_of(file: Path) -> str:
    run = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return " ".join(run.stdout.decode("utf-8").split())


def test_tables_charts_and_texts_print_the_labels_of_the_language(folder: Path, tmp_path: Path) -> None:
    assert [str(each) for each in check_report(folder).findings] == []
    output = tmp_path / "out"
    assert build_report(folder, output).value
    german, english = (output / f"lindental-2015{key}.pdf" for key in ("", "-en"))
    assert "Quartal" not in text_of(english)
    assert "Ziel" not in text_of(english)
    for label in ("Q1 2015", "Q2 2015", "Q3 2015", "Q4 2015", "Target 2020", "on Q2 2015"):
        assert label in text_of(english)
    assert "3. Quartal 2015" in text_of(german)
    assert "Q3 2015" not in text_of(german)
    for file in (german, english):
        audited = audit_pdf(file).value
        assert audited
        assert [check.rule for check in audited.checks if check.status is CheckStatus.FAIL] == []
    tables = [
        list(csv.DictReader(io.StringIO((output / f"lindental-2015{key}.facts.csv").read_text("utf-8"), newline="")))
        for key in ("", "-en")
    ]
    assert [row["key"] for row in tables[0]] == [row["key"] for row in tables[1]]
    assert [row["period"] for row in tables[0]] == [row["period"] for row in tables[1]]


def test_a_label_of_another_time_is_not_printed(folder: Path, tmp_path: Path) -> None:
    table = folder / "translations" / "periods.csv"
    table.write_text(table.read_text("utf-8").replace("2015,Q1 2015", "2015,Q1 2014"), "utf-8")
    (found,) = check_report(folder).findings
    assert (found.rule, f"{found.where.file}:{found.where.line}") == (
        "label-untranslated",
        "translations/periods.csv:2",
    )
    assert found.message == "the period '1. Quartal 2015' is printed as it is: 'Q1 2014' is no label of that time"
    assert build_report(folder, tmp_path / "out").value
    assert "1. Quartal 2015" in text_of(tmp_path / "out" / "lindental-2015-en.pdf")


def test_a_label_without_a_translation_is_named(folder: Path) -> None:
    (folder / "translations" / "periods.csv").unlink()
    found = [each.message for each in check_report(folder).findings if each.rule == "label-untranslated"]
    assert "'3. Quartal 2015', a name in the data, has no English label" in found
    assert "'Ziel 2020', a name in the data, has no English label" in found
    assert not any("'2015'" in message for message in found)


@pytest.mark.parametrize(
    ("label", "other", "same"),
    [
        ("Q3 2015", "3. Quartal 2015", True),
        ("March 2015", "März 2015", True),
        ("target 2020", "Ziel 2020", True),
        ("target 2020", "2020", False),
        ("Q3 2015", "Q4 2015", False),
        ("2015", "2015", True),
        ("first round", "erste Runde", False),
    ],
)
def test_the_same_time(label: str, other: str, same: bool) -> None:
    assert is_same_time(label, other, YEARS) is same
