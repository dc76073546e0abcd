"""Review copies: what is in them, and what reviewers write into them comes back at the lines of the report."""

from __future__ import annotations

import io
import os
import random
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.oxml.ns import qn

from gri_builder.cli.main import main
from gri_builder.model.finding import Finding
from gri_builder.review.export import ReviewCopy, export_docx, has_remarks
from gri_builder.review.reading.read_comments import read_comments
from tests.support.packages import read_parts, write_parts
from tests.support.paths import TESTS
from tests.support.review_copies import edit_copy

FOLDER = TESTS / "cases" / "review" / "report"
CASES = sorted((TESTS / "cases" / "review" / "copies").glob("*.yaml"))
FOREIGN = TESTS / "cases" / "review" / "foreign"
LANGUAGES = TESTS / "cases" / "languages"


@pytest.fixture(scope="module")
def made() -> ReviewCopy:
    copy = export_docx(FOLDER).value
    assert copy is not None
    return copy


@pytest.fixture
def copy(made: ReviewCopy, tmp_path: Path) -> Path:
    file = tmp_path / "copy.docx"
    file.write_bytes(made.data)
    return file


def show(finding: Finding) -> str:
    place = ":".join(str(part) for part in (finding.where.file, finding.where.line, finding.where.column) if part)
    return f"{place} {finding.severity}: {finding.message}\n    {finding.hint}\n"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_what_reviewers_wrote(case: Path, made: ReviewCopy, copy: Path) -> None:
    copy.write_bytes(edit_copy(made.data, yaml.safe_load(case.read_text("utf-8"))["edits"]))
    assert has_remarks(copy) is (case.stem != "untracked")
    found = read_comments(copy, FOLDER)
    assert found.value is not None
    shown = "".join(map(show, found.value))
    expected = case.with_suffix(".expected")
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(shown, "utf-8")
    assert shown == expected.read_text("utf-8")
    alone = read_comments(copy).value  # without the folder: the lines of the blocks
    assert alone is not None
    assert sorted((one.where.file, one.message) for one in alone) == sorted(
        (f.where.file, f.message) for f in found.value
    )


def test_a_copy_that_libreoffice_edited() -> None:
    """LibreOffice 7.4 opened, changed and saved it: tracked and untracked changes, comments, a split paragraph."""
    found = read_comments(FOREIGN / "libreoffice.docx", FOLDER).value
    assert found is not None
    shown = "".join(map(show, found))
    expected = FOREIGN / "libreoffice.expected"
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(shown, "utf-8")
    assert shown == expected.read_text("utf-8")


def test_an_untouched_copy_has_no_findings(made: ReviewCopy, copy: Path) -> None:
    assert read_comments(copy, FOLDER).value == ()
    assert not has_remarks(copy)
    again = export_docx(FOLDER).value
    assert again is not None
    assert again.data == made.data


def test_a_copy_without_its_map_needs_the_folder(made: ReviewCopy, copy: Path) -> None:
    """Google Docs keeps neither the map nor the names of bookmarks."""
    edited = edit_copy(made.data, [{"comment": "boilers in Leeds", "says": "Which?"}])
    parts = {name: data for name, data in read_parts(edited).items() if not name.startswith("customXml/")}
    for name in ("word/document.xml", "word/footnotes.xml"):
        parts[name] = parts[name].replace(b'"_gb_', b'"kix.')
    copy.write_bytes(write_parts(parts))
    assert [finding.rule for finding in read_comments(copy).findings] == ["review-copy-unreadable"]
    found = read_comments(copy, FOLDER).value
    assert found is not None
    places = [(finding.rule, show(finding).split(" ")[0]) for finding in found]
    assert places == [("review-comment", "chapters/story.md:6:48"), ("review-copy-unmarked", "copy.docx")]


def test_lines_are_those_of_the_file_as_it_is_now(made: ReviewCopy, copy: Path, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "report"
    shutil.copytree(FOLDER, folder)
    story = folder / "chapters" / "story.md"
    story.write_text(story.read_text("utf-8").replace("## Using less", "New words.\n\n## Using less"), "utf-8")
    copy.write_bytes(edit_copy(made.data, [{"comment": "The last paragraph", "says": "Why?"}]))
    found = read_comments(copy, folder).value
    assert found is not None
    assert [(finding.where.line, finding.where.column) for finding in found] == [(25, 1)]
    (folder / "report.yaml").write_text(
        (folder / "report.yaml").read_text("utf-8").replace("acme-2015", "other"), "utf-8"
    )
    assert "copy of the report 'acme-2015', not of 'other'" in read_comments(copy, folder).findings[0].message


def test_a_strict_document_is_read(made: ReviewCopy, copy: Path) -> None:
    """Word offers 'Strict Open XML Document': the same elements under other names (ISO 29500-1)."""
    parts = read_parts(edit_copy(made.data, [{"comment": "boilers in Leeds", "says": "Which?"}, {"delete": "nobody"}]))
    usual = b"http://schemas.openxmlformats.org/"
    for name, data in parts.items():
        data = data.replace(usual + b"wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        kinds = b"officeDocument/2006/relationships"
        parts[name] = data.replace(usual + kinds, b"http://purl.oclc.org/ooxml/officeDocument/relationships")
    copy.write_bytes(write_parts(parts))
    found = read_comments(copy, FOLDER).value
    assert found is not None
    assert [finding.rule for finding in found] == ["review-comment", "review-change"]


def test_deep_nesting_is_refused(made: ReviewCopy, copy: Path) -> None:
    parts = read_parts(made.data)
    deep = b"<w:smartTag>" * 2000 + b"</w:smartTag>" * 2000
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + deep)
    copy.write_bytes(write_parts(parts))
    assert ["nested too deeply" in finding.message for finding in read_comments(copy).findings] == [True]


def test_what_is_in_a_copy(made: ReviewCopy) -> None:
    document = docx.Document(io.BytesIO(made.data))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles.count("Heading 1") >= 2
    names = [each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    assert all(name and len(name) <= 40 for name in names)
    ids = [each.get(qn("w:id")) for each in document.element.body.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids))
    anchors = {each.get(qn("w:anchor")) for each in document.element.body.iter(qn("w:hyperlink"))} - {None}
    assert anchors <= set(names)
    assert anchors
    pictures = [each.get("descr") for each in document.element.body.iter(qn("wp:docPr"))]
    assert "A white square" in pictures
    assert all(pictures)
    parts = read_parts(made.data)
    assert b"The old ones were from 1974." in parts["word/footnotes.xml"]
    assert b"w:trackRevisions" in parts["word/settings.xml"]
    assert b'w:lang w:val="en-GB"' in parts["word/styles.xml"]
    assert any(row.cells[0].text == "Heat pump" for table in document.tables for row in table.rows)


@pytest.mark.parametrize("language", ["ar", "he", "ja"])
def test_languages(language: str, tmp_path: Path) -> None:
    made = export_docx(LANGUAGES / language / "report").value
    assert made is not None
    document = docx.Document(io.BytesIO(made.data))
    first = next(paragraph for paragraph in document.paragraphs if paragraph.style and paragraph.style.name == "Title")
    is_rtl = language in ("ar", "he")
    properties = first._p.pPr
    assert properties is not None
    assert (properties.find(qn("w:bidi")) is not None) is is_rtl
    assert (document.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None) is is_rtl
    file = tmp_path / "copy.docx"
    file.write_bytes(made.data)
    assert read_comments(file).value == ()


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
STEAL = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


def _zip_bomb(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            if name != "word/document.xml":
                archive.writestr(name, data)
        with archive.open("word/document.xml", "w") as target:
            for _ in range(130):
                target.write(b" " * 1_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("half", "is damaged"),
        ("text", "it is not a Word document"),
        ("empty", "it is not a Word document"),
        ("old", "encrypted, or a document of Word 97"),
        ("foreign", "is not a review copy"),
        ("no document", "it is not a Word document"),
        ("bomb", "declares entities"),
        ("steal", "declares entities"),
        ("broken", "its part 'word/document.xml' can't be read"),
        ("zip bomb", "unpack to more than"),
        ("writer", "document of LibreOffice Writer"),
        ("broken map", "is not a review copy"),
    ],
)
def test_broken_and_foreign_files(name: str, said: str, made: ReviewCopy, copy: Path) -> None:
    parts = read_parts(made.data)
    stream = io.BytesIO()
    docx.Document().save(stream)
    contents = {
        "half": made.data[: len(made.data) // 2],
        "text": b"Dear Kari",
        "empty": b"",
        "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "foreign": stream.getvalue(),
        "no document": write_parts({"a.txt": b"a"}),
        "bomb": write_parts({**parts, "word/document.xml": BOMB}),
        "steal": write_parts({**parts, "word/document.xml": STEAL}),
        "broken": write_parts({**parts, "word/document.xml": parts["word/document.xml"][:5000]}),
        "zip bomb": _zip_bomb(parts) if name == "zip bomb" else b"",
        "writer": write_parts({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
        "broken map": write_parts({**parts, "customXml/item9.xml": b"<review/>"}),
    }
    copy.write_bytes(contents[name])
    read = read_comments(copy)
    assert read.value is None
    (finding,) = read.findings
    assert finding.rule == "review-copy-unreadable"
    assert said in finding.message
    assert "root:" not in finding.message
    assert finding.hint
    assert main(["comments", str(copy)]) == 2


@pytest.mark.parametrize("seed", range(6))
def test_damage_at_random_is_read_or_refused(seed: int, made: ReviewCopy, copy: Path) -> None:
    """Bytes of the file, and parts of its XML, are changed, dropped or doubled: no change ends in an exception."""
    edits: list[dict[str, Any]] = [{"comment": "boilers in Leeds", "says": "Which?", "replies": ["All."]}]
    data = edit_copy(made.data, [*edits, {"replace": "heat pump", "with": "q"}])
    parts, chance = read_parts(data), random.Random(seed)
    for _ in range(8):
        name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
        place, end = sorted(chance.sample(range(len(parts[name])), 2))
        changed = parts[name][:place] + chance.choice([b"", b"<w:p>", b'"', b"\xff"]) + parts[name][end:]
        raw = bytearray(data)
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        for damaged in (write_parts({**parts, name: changed}), bytes(raw), data[: chance.randrange(len(data))]):
            copy.write_bytes(damaged)
            read = read_comments(copy)
            assert (read.value is None) == bool(read.findings)


def test_a_copy_with_remarks_is_not_replaced(
    made: ReviewCopy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", str(FOLDER), "--docx"]) == 0
    file = tmp_path / "acme-2015-review.docx"
    assert file.read_bytes() == made.data
    assert main(["export", str(FOLDER), "--docx"]) == 0
    file.write_bytes(edit_copy(made.data, [{"delete": "nobody"}]))
    before = file.read_bytes()
    capsys.readouterr()
    assert main(["export", str(FOLDER), "--docx"]) == 2
    assert "holds comments or changes of reviewers" in capsys.readouterr().err
    assert file.read_bytes() == before
    assert main(["comments", str(file), str(FOLDER), "--format", "sarif", "-o", "found.sarif"]) == 0
    assert "review-change" in (tmp_path / "found.sarif").read_text("utf-8")
