"""Lists: names that folders can have, columns that templates can tell apart, nothing left out in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from gri_builder.batch.read_list import BatchList, choose_entities, find_unused, read_list
from gri_builder.source.filling.parameters import TOKEN
from gri_builder.spreadsheets.list_file import ListError
from tests.support.report_folders import CASES


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(CASES / "valid" / "minimal", tmp_path / "template")
    return tmp_path


def read(place: Path, text: str) -> BatchList:
    (place / "sites.csv").write_text(text, encoding="utf-8")
    return read_list(place / "sites.csv", place / "template")


def rules(found: BatchList) -> dict[str, list[str]]:
    return {name: [each.rule for each in findings] for name, findings in found.left_out.items()}


def test_rows_become_reports(place: Path) -> None:
    found = read(place, "Report,Legal name,# note\nnorth,Acme  AS,x\nsouth,,y\n")
    assert [each.name for each in found.entities] == ["north", "south"]
    assert (found.left_out, found.findings) == ({}, ())
    first = found.entities[0].variant.row
    assert first.row == 2
    assert first.parameters["legal-name"].text == "Acme AS"
    assert "note" not in first.parameters
    assert first.parameters["legal-name"].where.column == 7
    assert list(found.columns) == ["legal-name"]


def test_names_that_no_folder_can_have(place: Path) -> None:
    names = ["Acme A/S", "..", "con", "north.", ".hidden", "a" * 300, "tab<b>", ""]
    found = read(place, "report,x\n" + "".join(f"{name},1\n" for name in names))
    assert not found.entities
    assert sorted(rule for each in rules(found).values() for rule in each) == [
        "list-row-without-report",
        *["report-name"] * 7,
    ]
    finding = found.left_out["Acme A/S"][0]
    assert (finding.where.line, finding.where.column) == (2, 1)
    assert finding.hint
    assert "'acme-a-s'" in finding.hint


def test_names_that_are_one_on_some_systems(place: Path) -> None:
    found = read(place, "report\nNorth\nnorth\nCafe\u0301\nCAFÉ\n")
    assert [each.name for each in found.entities] == ["North", "Café"]
    assert rules(found) == {"north": ["report-name-twice"], "CAFÉ": ["report-name-twice"]}
    assert "row 2" in found.left_out["north"][0].message


def test_columns(place: Path) -> None:
    found = read(place, "report,Site name,site-name,%,\nnorth,1,2,3,4\n")
    assert [each.rule for each in found.findings] == [
        "list-column-twice",
        "unused-list-column",
        "list-cell-without-header",
    ]
    assert [each.rule for each in find_unused(found, [])] == ["unused-list-column"]
    assert not list(find_unused(found, ["site-name"]))


def test_folders(place: Path) -> None:
    (place / "own").mkdir()
    found = read(place, "report,template,files\na,template,own\nb,tempalte,\nc,,nowhere\n")
    assert [each.name for each in found.entities] == ["a"]
    assert found.entities[0].variant.files == (place / "own").resolve()
    assert rules(found) == {"b": ["list-folder"], "c": ["list-folder"]}
    (place / "none.csv").write_text("report\na\n", encoding="utf-8")
    assert rules(read_list(place / "none.csv", None)) == {"a": ["list-folder"]}


@pytest.mark.parametrize(
    ("text", "reason"), [("", "empty"), ("site\nx\n", "name one of them 'report'"), ("report\n", "no row below")]
)
def test_lists_without_reports(place: Path, text: str, reason: str) -> None:
    with pytest.raises(ListError, match=reason):
        read(place, text)


def test_only_some(place: Path) -> None:
    found, missing = choose_entities(read(place, "report\nnorth\nsouth\n"), ["South", "west"])
    assert [each.name for each in found.entities] == ["south"]
    assert missing == ("west",)


def test_cells_of_a_workbook(place: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["report", "code", "share", "open", "wrong", "long", "odd"])
    sheet.append(["north", "007", 0.25, True, "#DIV/0!", "x" * 3000, "a\ufdd0b"])
    sheet["E2"].data_type = "e"
    book.save(place / "sites.xlsx")
    row = read_list(place / "sites.xlsx", place / "template").entities[0].variant.row
    cells = row.parameters
    assert (cells["code"].text, cells["code"].is_text) == ("007", True)
    assert (cells["share"].text, cells["share"].is_text) == ("0.25", False)
    assert cells["open"].text.upper() == "TRUE"
    assert cells["share"].where.cell == "C2"
    flaws = {name: each.flaw for name, each in cells.items() if each.flaw}
    assert list(flaws) == ["wrong", "long", "odd"]
    assert "#DIV/0!" in flaws["wrong"]


def test_a_footnote_mark_is_part_of_the_name(place: Path) -> None:
    found = read(place, "report,employees*,Legal name\nnorth,212,Acme\n")
    assert list(found.columns) == ["employees*", "legal-name"]
    assert TOKEN.fullmatch("{{ employees* }}")
