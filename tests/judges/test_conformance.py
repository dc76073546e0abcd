"""The ledger of conformance: complete, honest about what is open, and held by tests that exist.

Below it, what the ledger says can't occur is looked for in a finished PDF that has everything.
"""

from __future__ import annotations

import ast
import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import replace

from gri_builder.fonts.faces import FACES
from gri_builder.fonts.glyph_coverage import SPACES
from gri_builder.layout.render import render_pdf
from gri_builder.model.document import Attachment, Document
from gri_builder.model.rich_text import Image
from gri_builder.pipeline.build import build_report
from gri_builder.resources.bundled_fonts import FIRA_GO, load_bundled_font
from tests.acceptance.test_extremes import PICTURES, picture
from tests.judges.verapdf import judge
from tests.support.documents import chapter, runs
from tests.support.page_operators import shown_bytes, shown_strings
from tests.support.paths import ROOT
from tests.support.report_folders import MINIMAL
from tests.support.tag_tree import Node, read_tree
from tests.unit.layout.test_render import everything

LEDGER = ROOT / "docs" / "reference" / "conformance.md"
MARKS = {"enforced", "cannot occur", "author's duty", "open"}
HELD = {"enforced", "cannot occur"}
"""Marks that need a test."""
CONDITIONS = {
    1: "HHMMMHM",
    2: "MHMM",
    3: "HHH",
    4: "H",
    5: "HHH",
    6: "MMMH",
    7: "MM",
    8: "HH",
    9: "HHHMMMMM",
    10: "M",
    11: "MMMMMMH",
    12: "H",
    13: "HHHMHHHH",
    14: "HMMHHMM",
    15: "HHMHH",
    16: "HHH",
    17: "HMM",
    18: "HH",
    19: "HHMM",
    20: "MMM",
    21: "M",
    22: "H",
    23: "–",
    24: "H",
    25: "M",
    26: "MM",
    27: "–",
    28: "HMHMMMMMMMMMHMMMMM",
    29: "H",
    30: "MM",
    31: "MMMMMMMMMHMMMMMMMMMMMMMMMMMMMM",
}
"""Matterhorn Protocol 1.1: who judges each failure condition of a checkpoint: machine, human, or nobody ('–')."""
CLAUSES = [
    "6.1.2",
    "6.1.3",
    "6.1.4",
    "6.1.5",
    "6.1.6",
    "6.1.7",
    "6.1.8",
    "6.1.9",
    "6.1.10",
    "6.1.11",
    "6.1.12",
    "6.1.13",
    "6.2.2",
    "6.2.3",
    "6.2.4",
    "6.2.5",
    "6.2.6",
    "6.2.8",
    "6.2.9",
    "6.2.10",
    "6.2.11",
    "6.3.1",
    "6.3.2",
    "6.3.3",
    "6.4.1",
    "6.4.2",
    "6.4.3",
    "6.5.1",
    "6.5.2",
    "6.6.2",
    "6.6.4",
    "6.7.2",
    "6.7.3",
    "6.7.4",
    "6.7.5",
    "6.7.6",
    "6.7.7",
    "6.7.8",
    "6.8",
    "6.9",
    "6.10",
    "6.11",
]
"""ISO 19005-3: the clauses that ask something of a file."""


@dataclass(frozen=True)
class Row:
    """What the ledger says of some conditions."""

    ids: tuple[str, ...]
    how: str
    sentence: str
    mark: str
    tests: tuple[str, ...]


@cache
def rows(part: str) -> tuple[Row, ...]:
    """Return the rows of all tables below a heading of level 2 that names that standard."""
    text = LEDGER.read_text(encoding="utf-8")
    (section,) = (each for each in re.split(r"^## ", text, flags=re.MULTILINE) if each.startswith(part))
    found = []
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and re.match(r"\d", cells[0]):
            ids, how, sentence, mark, tests = cells
            found.append(Row(tuple(re.split(r",\s*", ids)), how, sentence, mark, tuple(re.findall("`(.+?)`", tests))))
    return tuple(found)


def every_row() -> tuple[Row, ...]:
    return rows("PDF/UA-1") + rows("PDF/A-3a")


def expected_conditions() -> Iterator[tuple[str, str]]:
    """Yield each failure condition and who judges it."""
    for checkpoint, judges in CONDITIONS.items():
        for number, how in enumerate(judges, 1):
            yield f"{checkpoint:02}-{number:03}", how


def test_every_failure_condition_is_there_once() -> None:
    listed = [(id, row.how) for row in rows("PDF/UA-1") for id in row.ids]
    assert listed == list(expected_conditions())
    assert Counter(how for _, how in listed) == {"M": 87, "H": 48, "–": 2}


def test_every_clause_of_the_archive_is_there_once() -> None:
    assert [id for row in rows("PDF/A-3a") for id in row.ids] == CLAUSES


def test_marks_are_honest() -> None:
    for row in every_row():
        assert row.mark in MARKS, row
        assert row.sentence.endswith("."), row
        assert row.tests or row.mark not in HELD, f"nothing holds {row.ids}"


def test_nothing_that_a_machine_can_check_is_open() -> None:
    machine = [row for row in rows("PDF/UA-1") if row.how == "M"]
    assert len(machine) > 20
    assert [row.ids for row in machine if row.mark not in HELD] == []


def test_every_test_named_exists() -> None:
    named = set(re.findall(r"`(tests/[^`]+)`", LEDGER.read_text(encoding="utf-8")))
    assert named >= {test for row in every_row() for test in row.tests}
    for name in sorted(named):
        file, _, function = name.partition("::")
        assert function in functions_of(file), f"there is no {name}"


@cache
def functions_of(file: str) -> frozenset[str]:
    """Return the names of a module's functions."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


# -- a finished PDF, object by object ---------------------------------------------------------------------------------

ROLES = {
    "Document",
    "Sect",
    "Div",
    "BlockQuote",
    "TOC",
    "TOCI",
    "P",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "Caption",
    "Figure",
    "Link",
    "Note",
    "Reference",
    "Span",
}
TYPES: dict[str, set[str | None]] = {
    "/Annot": {"/Link"},
    "/Catalog": {None},
    "/EmbeddedFile": {"/application/json"},
    "/Filespec": {None},
    "/Font": {"/TrueType"},
    "/FontDescriptor": {None},
    "/MCR": {None},
    "/Metadata": {"/XML"},
    "/OBJR": {None},
    "/ObjStm": {None},
    "/Outlines": {None},
    "/OutputIntent": {None},
    "/Page": {None},
    "/Pages": {None},
    "/StructTreeRoot": {None},
    "/XObject": {"/Image"},
    "/XRef": {None},
}
"""Everything that a PDF consists of: types of objects with their subtypes."""
CATALOG = {
    "AF",
    "Lang",
    "MarkInfo",
    "Metadata",
    "Names",
    "Outlines",
    "OutputIntents",
    "PageLabels",
    "PageMode",
    "Pages",
    "StructTreeRoot",
    "Type",
    "ViewerPreferences",
}
PAGE = {
    "Annots",
    "BleedBox",
    "Contents",
    "CropBox",
    "MediaBox",
    "Parent",
    "Resources",
    "Rotate",
    "StructParents",
    "Tabs",
    "Trans",
    "TrimBox",
    "Type",
}


def full_document() -> Document:
    """Return a document that has every kind of block, and pictures of all kinds but in CMYK."""
    pictures = {name: picture for name, picture in PICTURES.items() if name != "press"}
    story = everything()
    shown = chapter("Pictures", "pictures", *(Image(name, f"a picture: {name}", None, runs(name)) for name in pictures))
    cover = replace(story.cover, logo=PICTURES["alpha"])
    return replace(story, cover=cover, chapters=(*story.chapters, shown), pictures=pictures)


@pytest.fixture(scope="module")
def data() -> bytes:
    attached = Attachment("data.json", b"{}", "application/json", "Some data", "Source")
    return render_pdf(full_document(), attach=lambda places: [attached]).pdf


@pytest.fixture(scope="module")
def pdf(data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        yield opened


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary and stream of a file, those inside others too."""
    todo: list[Any] = list(pdf.objects)
    while todo:
        item = todo.pop()
        if isinstance(item, pikepdf.Array):
            todo.extend(each for each in item if not getattr(each, "is_indirect", False))
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item
            todo.extend(value for _, value in item.items() if not getattr(value, "is_indirect", False))


def names(keys: Any) -> set[str]:
    return {str(key).removeprefix("/") for key in keys}


def operators(pdf: pikepdf.Pdf) -> set[str]:
    """Return the operators used on all pages."""
    return {str(each.operator) for page in pdf.pages for each in pikepdf.parse_content_stream(page)}


def test_a_pdf_has_no_other_objects(pdf: pikepdf.Pdf) -> None:
    """No forms, scripts, layers, threads, sounds, films or signatures: nothing has their types or their keys."""
    found: set[str] = set()
    for item in dictionaries(pdf):
        if isinstance(kind := item.get("/Type"), pikepdf.Name):
            subtype = item.get("/Subtype")
            assert str(kind) in TYPES, kind
            assert (None if subtype is None else str(subtype)) in TYPES[str(kind)], str(item)
            found.add(str(kind))
    assert found >= {"/Annot", "/EmbeddedFile", "/Font", "/XObject"}
    assert names(cast(Any, pdf.Root).keys()) == CATALOG
    assert names(cast(Any, pdf.Root.Names).keys()) == {"Dests", "EmbeddedFiles"}
    assert all(names(cast(Any, page).keys()) <= PAGE for page in pdf.pages)
    assert all(len(page.Trans) == 0 for page in pdf.pages if "/Trans" in page)
    assert not pdf.is_encrypted
    assert names(cast(Any, pdf.Root.MarkInfo).keys()) == {"Marked"}


def test_neither_profile_finds_a_fault(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "full.pdf"
    file.write_bytes(data)
    for flavour in ("ua1", "3a"):
        verdict = judge(file, flavour)
        assert verdict.assertions > 1000
        assert not verdict.failures, "\n".join(verdict.failures)


def test_structure_types_are_standard_ones(pdf: pikepdf.Pdf) -> None:
    elements = [item for item in dictionaries(pdf) if "/S" in item and "/P" in item]
    assert len(elements) > 50
    assert names(element.S for element in elements) <= ROLES
    assert "/RoleMap" not in pdf.Root.StructTreeRoot
    assert not any("/ActualText" in item for item in dictionaries(pdf))
    assert all(str(element.Alt).strip() for element in elements if element.S == "/Figure")


def test_annotations_are_links_and_no_more(pdf: pikepdf.Pdf) -> None:
    found = [(page, link) for page in pdf.pages for link in page.get("/Annots", [])]
    assert len(found) > 5
    for page, link in found:
        assert names(link.keys()) - {"A", "Dest"} == {
            "Type",
            "Subtype",
            "Rect",
            "Border",
            "F",
            "Contents",
            "StructParent",
        }
        assert (int(link.F), str(page.Tabs)) == (4, "/S")
        assert str(link.Contents).strip()
        if "/A" in link:
            assert names(link.A.keys()) == {"S", "URI"}
            assert link.A.S == "/URI"


def test_footnotes_lead_there_and_back(pdf: pikepdf.Pdf) -> None:
    """Each mark leads to its note, and each note back to its mark."""
    targets = Counter(str(link.Dest) for page in pdf.pages for link in page.get("/Annots", []) if "/Dest" in link)
    known = {str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]}
    for label in ("n1", "n2"):
        assert targets[f"note/{label}"] == targets[f"back/{label}"] == 1
        assert {f"note/{label}", f"back/{label}"} <= known


def test_fonts_are_embedded_and_may_be(pdf: pikepdf.Pdf) -> None:
    """Simple symbolic TrueType fonts, all of one family, whose licence has no restriction on embedding."""
    fonts = [item for item in dictionaries(pdf) if item.get("/Type") == "/Font"]
    assert fonts
    for font in fonts:
        descriptor = font.FontDescriptor
        assert re.fullmatch(r"/[A-Z]{6}\+FiraGO-\w+(-Tabular)?", str(font.BaseFont))
        assert "/Encoding" not in font
        assert int(descriptor.Flags) & 36 == 4  # symbolic, not non-symbolic (ISO 32000-1, table 123)
        assert {"FontFile2"} == names(descriptor.keys()) & {"FontFile", "FontFile2", "FontFile3", "CharSet", "CIDSet"}
        assert "/ToUnicode" in font
    for face in FACES.values():
        assert TTFont(io.BytesIO(load_bundled_font(FIRA_GO, face)), lazy=True)["OS/2"].fsType == 0


def test_pages_are_painted_with_few_operators(pdf: pikepdf.Pdf) -> None:
    """No inline images, no shadings, no invisible text, no colours but RGB's, nothing for compatibility."""
    used = {
        "BDC",
        "BMC",
        "EMC",
        "MP",
        "BT",
        "ET",
        "Tf",
        "TJ",
        "Tj",
        "Tm",
        "Tw",
        "Ts",
        "rg",
        "RG",
        "w",
        "j",
        "J",
        "m",
        "l",
        "c",
        "h",
        "re",
        "f",
        "S",
        "B",
        "q",
        "Q",
        "cm",
        "Do",
        "W",
        "n",
        "d",
        "f*",
        "B*",
    }
    assert operators(pdf) <= used
    assert {"BDC", "Tj", "Do", "rg"} <= operators(pdf)
    assert all(names(page.Resources.keys()) <= {"Font", "ProcSet", "XObject"} for page in pdf.pages)


def test_running_heads_are_pagination(pdf: pikepdf.Pdf) -> None:
    """On every page but the cover a footer, and on those that begin no chapter a header."""
    furniture = [re.findall(rb"/Artifact <</Type/Pagination(\S*)>> BDC", p.Contents.read_bytes()) for p in pdf.pages]
    assert furniture[0] == []
    assert {tuple(kinds) for kinds in furniture[1:]} == {
        (b"/Subtype/Footer",),
        (b"/Subtype/Header", b"/Subtype/Footer"),
    }


def test_captions_stand_beside_their_figures(pdf: pikepdf.Pdf, data: bytes) -> None:
    """Each caption of a chart or picture shares its parent with that figure alone; those of tables come first."""
    captions = 0
    for node in read_tree(data).walk():
        roles = [kid.role for kid in node.kids if isinstance(kid, Node)]
        if "Caption" in roles and node.role != "Table":
            assert node.role == "Div"
            assert sorted(roles) == ["Caption", "Figure"]
            captions += 1
        elif "Caption" in roles:
            assert roles[0] == "Caption"
            assert roles.count("Caption") == 1
    assert captions >= 3


def test_pictures_are_plain(pdf: pikepdf.Pdf) -> None:
    images = [item for item in dictionaries(pdf) if item.get("/Subtype") == "/Image"]
    assert len(images) >= 5
    for image in images:
        assert not names(image.keys()) & {"Alternates", "OPI", "Interpolate", "Intent"}
        assert str(image.ColorSpace) in {"/DeviceRGB", "/DeviceGray"}


def test_the_file_is_laid_out_for_the_archive(data: bytes, pdf: pikepdf.Pdf) -> None:
    assert data.startswith(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    assert data.endswith(b"%%EOF\n")
    assert data.count(b"%%EOF") == 1
    assert len(pdf.trailer.ID) == 2
    assert b"/Linearized" not in data
    filters = set()
    for item in dictionaries(pdf):
        if isinstance(item, pikepdf.Stream):
            found = item.get("/Filter", pikepdf.Array())
            filters |= names(found if isinstance(found, pikepdf.Array) else [found])
            assert not names(item.keys()) & {"F", "FFilter", "FDecodeParms"}
    assert filters == {"FlateDecode"}


def test_embedded_files_say_what_they_are(pdf: pikepdf.Pdf) -> None:
    (spec,) = pdf.Root.AF
    assert (str(spec.F), str(spec.UF), str(spec.AFRelationship)) == ("data.json", "data.json", "/Source")
    assert str(spec.Desc).strip()
    assert spec.EF.F.Subtype == "/application/json"
    assert {"Size", "CheckSum", "ModDate"} == names(spec.EF.F.Params.keys())


def test_metadata_and_info_say_the_same(pdf: pikepdf.Pdf) -> None:
    info, xmp = pdf.trailer.Info, pdf.open_metadata()
    assert (xmp["dc:title"], xmp["dc:description"], xmp["dc:creator"]) == (info.Title, info.Subject, [info.Author])
    assert (xmp["pdf:Producer"], xmp["xmp:CreatorTool"]) == (info.Producer, info.Creator)
    for key, value in (("xmp:CreateDate", info.CreationDate), ("xmp:ModifyDate", info.ModDate)):
        assert re.sub(r"\D", "", xmp[key]) == re.sub(r"\D", "", str(value))
    assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")


# -- text and pictures as people have them ----------------------------------------------------------------------------


def build_story(text: str, folder: Path) -> pikepdf.Pdf | None:
    """Return the PDF of a small report with that chapter, or None where findings stop it."""
    shutil.copytree(MINIMAL, folder / "report")
    (folder / "report" / "chapters" / "story.md").write_text(text, encoding="utf-8")
    (folder / "report" / "images" / "press.jpg").write_bytes(picture(30, 20, "CMYK", "JPEG").data)
    built = build_report(folder / "report", folder / "output")
    return pikepdf.open(built.value.files[0]) if built.value else None


@pytest.mark.parametrize("space", [*SPACES, 0xA0, 0x2007, 0x2008], ids=lambda space: f"U+{space:04X}")
def test_every_code_that_is_shown_means_a_character(space: int, tmp_path: Path) -> None:
    pdf = build_story(f"# Story\n\nA word{chr(space)}and another.\n", tmp_path)
    assert pdf
    shown = [text for page in pdf.pages for text in shown_strings(page)]
    assert not any(b"\0" in text for text in shown)
    assert any(text.startswith(b"A word") and text.endswith(b"and another.") for text in shown)
    assert (b"A word and another." in shown) == (space not in (0x2007, 0x2008))  # which the font has


def test_no_code_means_nothing(pdf: pikepdf.Pdf) -> None:
    """No value is zero or a mark of byte order, and every code that a page shows has one."""
    shown: dict[str, set[int]] = {}
    for page in pdf.pages:
        font = ""
        for each in pikepdf.parse_content_stream(page, "Tf Tj TJ"):
            if str(each.operator) == "Tf":
                font = str(cast(Any, page.Resources.Font)[each.operands[0]].BaseFont)
            else:
                shown.setdefault(font, set()).update(shown_bytes(each.operands))
    fonts = {str(item.BaseFont): item for item in dictionaries(pdf) if item.get("/Type") == "/Font"}
    assert shown
    for name, used in shown.items():
        known = read_unicode_map(fonts[name].ToUnicode.read_bytes())
        assert used <= known.keys()
        assert not {0, 0xFEFF, 0xFFFE} & set(known.values())


def read_unicode_map(data: bytes) -> dict[int, int]:
    """Return the characters of a font's codes, out of its map of ranges."""
    found: dict[int, int] = {}
    for low, high, value in re.findall(rb"<(\w\w)> <(\w\w)> <(\w+)>", data):
        first = ord(bytes.fromhex(value.decode()).decode("utf-16-be"))
        found |= {code: first + code - int(low, 16) for code in range(int(low, 16), int(high, 16) + 1)}
    return found


def test_no_picture_has_colors_of_print(tmp_path: Path) -> None:
    pdf = build_story("# Story\n\n![A picture](images/press.jpg)\n", tmp_path)
    assert pdf
    images = [item for item in dictionaries(pdf) if item.get("/Subtype") == "/Image"]
    assert [str(image.ColorSpace) for image in images] == ["/DeviceRGB"]
