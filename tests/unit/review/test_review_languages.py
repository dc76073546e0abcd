"""Review copies of a report in several languages: each is of one language, and comes back to the files of it."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from gri_builder.cli.main import main
from gri_builder.review.export import export_docx
from gri_builder.review.reading.read_comments import read_comments
from tests.support.packages import read_parts, write_parts
from tests.support.paths import TESTS
from tests.support.review_copies import edit_copy

FOLDER = TESTS / "cases" / "editions" / "lindental"
EDITS = [
    {"comment": "need less energy", "says": "Since when?"},
    {"replace": "three nights", "with": "four nights"},
    {"comment": "Bread baked", "says": "In tonnes?"},
]


@pytest.fixture(scope="module")
def english() -> bytes:
    made = export_docx(FOLDER, "en").value
    assert made
    assert made.name == "lindental-2015-en"
    return made.data


def test_names_in_the_data_are_those_of_the_language(english: bytes) -> None:
    tables = docx.Document(io.BytesIO(english)).tables
    cells = {cell.text for table in tables for row in table.rows for cell in row.cells}
    assert {"Natural gas", "Electricity"} <= cells
    assert not {"Erdgas", "Strom", "Frauen"} & cells


def test_words_are_found_in_the_files_of_the_language(english: bytes, tmp_path: Path) -> None:
    copy = tmp_path / "en.docx"
    copy.write_bytes(edit_copy(english, EDITS))
    found = read_comments(copy, FOLDER)
    assert found.findings == ()
    assert [(each.where.file, each.rule) for each in found.value or ()] == [
        ("chapters/en/energie.md", "review-change"),
        ("chapters/en/vorwort.md", "review-comment"),
        ("translations/labels.csv", "review-comment"),
    ]
    label = (FOLDER / "translations/labels.csv").read_text("utf-8").splitlines()
    line = next(each.where.line for each in found.value or () if each.where.file == "translations/labels.csv")
    assert label[(line or 0) - 1] == "Gebackenes Brot,Bread baked"


def test_the_copy_of_the_first_language_is_read_as_before(tmp_path: Path) -> None:
    made = export_docx(FOLDER).value
    assert made
    copy = tmp_path / "de.docx"
    copy.write_bytes(edit_copy(made.data, [{"comment": "drei Nächte", "says": "Wann?"}]))
    assert [each.where.file for each in read_comments(copy, FOLDER).value or ()] == ["chapters/energie.md"]


def test_a_copy_without_its_map_is_known_by_its_words(english: bytes, tmp_path: Path) -> None:
    edited = edit_copy(english, EDITS[:1])
    parts = {name: data for name, data in read_parts(edited).items() if not name.startswith("customXml/")}
    for name in ("word/document.xml", "word/footnotes.xml"):
        parts[name] = parts[name].replace(b'"_gb_', b'"kix.')
    copy = tmp_path / "en.docx"
    copy.write_bytes(write_parts(parts))
    found = read_comments(copy, FOLDER).value or ()
    assert [each.where.file for each in found if each.rule == "review-comment"] == ["chapters/en/vorwort.md"]


def test_the_commands(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "en.docx"
    assert main(["export", str(FOLDER), "--docx", "--language", "en", "-o", str(copy)]) == 0
    assert main(["comments", str(copy), str(FOLDER)]) == 0
    assert "no comments, and no changes" in capfd.readouterr().err
