"""An earlier working paper: every remark in it is kept, or it is not updated."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from gri_builder.reporters.audit.earlier_paper import MAX_CELLS, NotAWorkbookError, PaperNotUpdatedError
from tests.support.made_audits import CLAIMS, make_audit
from tests.support.packages import change_parts
from tests.unit.reporters.test_audit_reporters import remarks_of, write


def change(data: bytes, edit: Callable[[Any], object]) -> bytes:
    book = load_workbook(io.BytesIO(data))
    edit(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def all_texts(data: bytes) -> list[str]:
    book = load_workbook(io.BytesIO(data))
    return [
        str(text)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        for text in (cell.value, cell.comment.text if cell.comment else None)
        if text is not None
    ]


@pytest.fixture
def paper() -> bytes:
    return write(make_audit())


def column(sheet: Any, name: str) -> int:
    return [cell.value for cell in sheet[1]].index(name) + 1


def rename(book: Any, old: str, new: str) -> object:
    book[old].title = new
    return book


EDITS: dict[str, Callable[[Any], object]] = {
    "a column without a heading": lambda book: book["Claims"].cell(3, 40, "MINE"),
    "a second column of that name": lambda book: [
        book["Claims"].cell(1, 40, "remark"),
        book["Claims"].cell(3, 40, "MINE"),
        book["Claims"].cell(3, column(book["Claims"], "remark"), "first"),
    ],
    "three columns of that name": lambda book: [
        [book["Claims"].cell(1, c, "mine"), book["Claims"].cell(3, c, "MINE" if c == 41 else "x")] for c in (40, 41, 42)
    ],
    "a comment at a cell": lambda book: setattr(book["Claims"].cell(3, 1), "comment", Comment("MINE", "kw")),
    "a comment at a cell for remarks": lambda book: setattr(
        book["Findings"].cell(2, column(book["Findings"], "remark")), "comment", Comment("MINE", "kw")
    ),
    "a row below": lambda book: book["Claims"].cell(90, column(book["Claims"], "remark"), "MINE"),
    "a row below without a heading": lambda book: book["Checks"].cell(90, 50, "MINE"),
    "a row above the headings": lambda book: [book["Claims"].insert_rows(1), book["Claims"].cell(1, 1, "MINE")],
    "a sheet of one's own": lambda book: book.create_sheet("Notes").cell(5, 5, "MINE"),
    "a sheet whose name has another case": lambda book: [
        book["Claims"].cell(3, column(book["Claims"], "remark"), "MINE"),
        rename(book, "Claims", "x"),
        rename(book, "x", "CLAIMS"),
    ],
    "a sheet without its keys": lambda book: [
        book["Claims"].cell(3, column(book["Claims"], "remark"), "MINE"),
        book["Claims"].delete_cols(column(book["Claims"], "key")),
    ],
    "a text of spaces and lines": lambda book: book["Claims"].cell(3, column(book["Claims"], "remark"), " MINE\n "),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_an_auditor_wrote_is_kept(paper: bytes, name: str) -> None:
    mine = change(paper, EDITS[name])
    for audit in (make_audit(), make_audit(claims=CLAIMS[:1])):
        once = write(audit, mine)
        assert any("MINE" in text for text in all_texts(once))
        assert any("MINE" in text for text in all_texts(write(make_audit(), once)))


def test_links_of_remarks_are_kept(paper: bytes) -> None:
    def link(book: Any) -> None:
        cell = book["Claims"].cell(3, column(book["Claims"], "remark"), "see")
        cell.hyperlink = "https://acme.example/evidence"

    book = load_workbook(io.BytesIO(write(make_audit(), change(paper, link))))
    links = [cell.hyperlink.target for row in book["Claims"] for cell in row if cell.hyperlink and cell.value == "see"]
    assert links == ["https://acme.example/evidence"]


def test_a_comment_at_a_heading_is_not_lost(paper: bytes) -> None:
    mine = change(paper, lambda book: setattr(book["Claims"].cell(1, 2), "comment", Comment("about all", "kw")))
    with pytest.raises(PaperNotUpdatedError, match="'about all' in it would be lost"):
        write(make_audit(), mine)


def test_pictures_on_a_generated_sheet_are_not_lost(paper: bytes) -> None:
    def picture() -> Image:
        stream = io.BytesIO()
        Picture.new("RGB", (4, 4)).save(stream, "PNG")
        return Image(stream)

    with pytest.raises(PaperNotUpdatedError, match="picture or chart"):
        write(make_audit(), change(paper, lambda book: book["Claims"].add_image(picture(), "A1")))
    kept = write(make_audit(), change(paper, lambda book: book.create_sheet("Mine").add_image(picture(), "A1")))
    assert any("media" in name for name in zipfile.ZipFile(io.BytesIO(kept)).namelist())


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("xl/threadedComments/threadedComment1.xml", "comments with replies"),
        ("xl/vbaProject.bin", "macros"),
        ("xl/embeddings/oleObject1.bin", "embedded files"),
        ("xl/ctrlProps/ctrlProp1.xml", "form controls"),
    ],
)
def test_parts_that_would_be_lost_are_named(paper: bytes, part: str, what: str) -> None:
    with pytest.raises(PaperNotUpdatedError, match=what):
        write(make_audit(), change_parts(paper, lambda _, data: data, **{part: b"x"}))


def test_text_boxes_are_not_lost(paper: bytes) -> None:
    shape = b'<xdr:wsDr xmlns:xdr="x"><xdr:sp macro=""><xdr:txBody/></xdr:sp></xdr:wsDr>'
    with pytest.raises(PaperNotUpdatedError, match="text boxes"):
        write(make_audit(), change_parts(paper, lambda _, data: data, **{"xl/drawings/drawing1.xml": shape}))


def test_a_paper_of_four_million_cells_is_refused_quickly(paper: bytes) -> None:
    rows = b"".join(b'<row r="%d">%s</row>' % (n, b'<c r="A1"/>' * 1000) for n in range(1, 4001))
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    large = change_parts(paper, lambda name, data: sheet % rows if name.endswith("sheet3.xml") else data)
    with pytest.raises(PaperNotUpdatedError, match=f"more than {MAX_CELLS:,} cells"):
        write(make_audit(), large)


def test_a_bomb_is_refused(paper: bytes) -> None:
    with pytest.raises(PaperNotUpdatedError, match="unpacks to"):
        write(make_audit(), change_parts(paper, lambda _, data: data, **{"xl/worksheets/x.xml": b" " * 210_000_000}))


def damaged(paper: bytes) -> dict[str, bytes]:
    compressed = change_parts(paper, lambda _, data: data)
    return {
        "empty": b"",
        "a text": b"a text",
        "an old format": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        "its first half": compressed[: len(compressed) // 2],
        "its second half": compressed[len(compressed) // 2 :],
        "zeros inside": compressed[:600] + b"\0" * 600 + compressed[1200:],
        "no workbook": change_parts(paper, lambda name, data: None if name == "xl/workbook.xml" else data),
        "a sheet less": change_parts(paper, lambda name, data: None if name.endswith("sheet3.xml") else data),
        "half a sheet": change_parts(
            paper, lambda n, data: data[: len(data) // 2] if n.endswith("sheet3.xml") else data
        ),
        "no types": change_parts(paper, lambda name, data: None if name == "[Content_Types].xml" else data),
        "no relations": change_parts(paper, lambda name, data: None if name.endswith("workbook.xml.rels") else data),
        "no texts": change_parts(
            paper,
            lambda name, data: (
                data.replace(b"</row>", b'<c r="ZZ2" t="s"><v>5</v></c></row>') if name.endswith("sheet3.xml") else data
            ),
        ),
        "no styles": change_parts(paper, lambda name, data: b"<" if name.endswith("styles.xml") else data),
    }


@pytest.mark.parametrize("name", list(damaged(write(make_audit()))))
def test_a_damaged_paper_is_refused(paper: bytes, name: str) -> None:
    with pytest.raises(NotAWorkbookError):
        write(make_audit(), damaged(paper)[name])


def test_an_update_of_an_update_is_the_same(paper: bytes) -> None:
    mine = change(paper, lambda book: book["Claims"].cell(3, column(book["Claims"], "remark"), "MINE"))
    once = write(make_audit(), mine)
    assert write(make_audit(), once) == once
    assert list(remarks_of(once, "Claims").values()) == ["MINE"]
