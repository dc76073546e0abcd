"""The sample reports: sound, true to their claims, accessible, and good to look at."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path

import pypdf
import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.coverage.assess import assess_report
from gri_builder.model.audit_result import CheckStatus
from gri_builder.model.finding import Severity
from gri_builder.pipeline.build import Built, build_report, check_report
from gri_builder.resources.frameworks import load_framework
from tests.judges.test_foreign import assert_accessible
from tests.support.page_geometry import find_faults
from tests.support.paths import REPORTS
from tests.support.tag_tree import read_tree

NAMES = sorted(folder.name for folder in REPORTS.iterdir() if folder.is_dir())


@pytest.fixture(scope="module", params=NAMES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    checked = build_report(REPORTS / request.param, tmp_path_factory.mktemp("out"))
    assert [finding for finding in checked.findings if finding.severity is not Severity.INFO] == []
    assert checked.value is not None
    return checked.value


@cache
def read(path: Path) -> bytes:
    return path.read_bytes()


def test_it_is_accessible(built: Built, tmp_path: Path) -> None:
    assert_accessible(read(built.files[0]), tmp_path)


def test_it_looks_right(built: Built) -> None:
    assert find_faults(read(built.files[0])) == []


def test_the_index_beside_it_is_the_one_printed(built: Built) -> None:
    """Every row of the JSON stands in the printed index with the same pages, in the same order."""
    rows = json.loads(read(built.files[1]))["rows"]
    tree = read_tree(read(built.files[0]))
    printed = [tr for table in tree.find("Table") for tr in table.find("TR")]
    cells = [[cell.text.strip() for cell in tr.kids if not isinstance(cell, str)] for tr in printed]
    position = 0
    for row in rows:
        position = next(n for n in range(position, len(cells)) if _is_row_of(cells[n], row["code"])) + 1
        pages = _numbers(cells[position - 1][2])
        if not row["links"]:
            assert pages == row["physical_pages"], row["id"]


def _is_row_of(cells: list[str], code: str) -> bool:
    """Tell whether a row is of a disclosure: its code leads, a former one follows the title of G4-DMA."""
    return cells[0] == code.partition("@")[0] or (cells[0] == "G4-DMA" and cells[1].endswith(f"(formerly {code})"))


def _numbers(text: str) -> list[int]:
    """Return the pages of a printed reference: '12–14, 33'."""
    found: list[int] = []
    for part in text.replace(" ", "").split(","):
        first, _, last = part.partition("–")
        if first.isdigit():
            found += range(int(first), int(last or first) + 1)
    return found


def test_each_claim_has_its_destination(built: Built) -> None:
    reader = pypdf.PdfReader(io.BytesIO(read(built.files[0])))
    names = reader.named_destinations
    for row in json.loads(read(built.files[1]))["rows"]:
        if row["physical_pages"]:
            assert (reader.get_destination_page_number(names[row["id"]]) or 0) + 1 == row["physical_pages"][0]


def test_halden_holds_core_and_says_what_comprehensive_needs() -> None:
    report = check_report(REPORTS / "halden-2015").value
    assert report is not None
    coverage = assess_report(load_framework(), report)
    assert coverage.met == ("core",)
    open_criteria = [c for c in coverage.criteria if c.option == "comprehensive" and not c.holds]
    assert open_criteria
    assert all(criterion.needs for criterion in open_criteria)
    assert sum(len(row.omissions) for row in coverage.rows) == 2
    assert len(report.aspects) == 8


def test_halden_reports_by_the_standards_in_2022(tmp_path: Path) -> None:
    built = build_report(REPORTS / "halden-2022", tmp_path).value
    assert built is not None
    assert built.coverage.met == ("in-accordance", "with-reference")
    assert len(built.coverage.aspects) == 8
    assert [o.reason for row in built.coverage.rows for o in row.omissions] == ["information-unavailable"]
    assert audit_pdf(built.files[0]).findings == ()
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(built.files[0]).pages)
    assert "Statement of use" in text and "GRI 1: Foundation 2021" in text
    assert "@20" not in text


def test_halden_is_a_report_of_a_real_size(tmp_path: Path) -> None:
    built = build_report(REPORTS / "halden-2015", tmp_path).value
    assert built is not None
    assert 40 <= built.pages <= 80


def test_aurelia_holds_comprehensive_with_its_sector_and_omits_four_letters() -> None:
    report = check_report(REPORTS / "aurelia-2016").value
    assert report is not None
    coverage = assess_report(load_framework(), report)
    assert coverage.met == ("core", "comprehensive")
    assert len(report.aspects) >= 16
    assert {row.code for row in coverage.rows} >= {"G4-FP1", "G4-FP7", "FP4"}
    omitted = [omission for row in coverage.rows for omission in row.omissions]
    assert sorted(omission.reason for omission in omitted) == [
        "confidentiality-constraints",
        "information-unavailable",
        "information-unavailable",
        "legal-prohibitions",
    ]


def test_aurelia_is_a_long_report_and_says_that_it_is_made_up(tmp_path: Path) -> None:
    built = build_report(REPORTS / "aurelia-2016", tmp_path).value
    assert built is not None
    assert 110 <= built.pages <= 180
    second = pypdf.PdfReader(built.files[0]).pages[1].extract_text()
    assert "Aurelia is a fictional company" in second.replace("\n", " ")
    (german,) = built.others
    audited = audit_pdf(german.files[0]).value
    assert audited
    assert not [check.rule for check in audited.checks if check.status is CheckStatus.FAIL]
    ours, theirs = (read_facts(each.files) for each in (built, german))
    assert ours == theirs
    assert len(ours) > 1900


def read_facts(files: tuple[Path, ...]) -> list[tuple[str, ...]]:
    """Return what the facts beside a PDF have in common with those in another language."""
    (file,) = (each for each in files if each.name.endswith(".facts.csv"))
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    same = (
        "key",
        "series",
        "disclosures",
        "value",
        "unit",
        "decimals",
        "status",
        "assured",
        "source_file",
        "source_cell",
    )
    return [tuple(row[name] for name in (*same, *(n for n in row if n.startswith("dimension:")))) for row in rows]


def test_cigna_says_what_it_is(tmp_path: Path) -> None:
    built = build_report(REPORTS / "cigna-2013", tmp_path).value
    assert built is not None
    second = pypdf.PdfReader(built.files[0]).pages[1].extract_text().replace(" \n", " ").replace("\n", " ")
    assert "September 16, 2014" in second
    assert built.coverage.met == ()
