"""Own fonts: what a font maps is what it shows; all else is borrowed from the bundled family, or refused by name."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from gri_builder.fonts.faces import FIRA, Family, load_face
from gri_builder.fonts.font_files import check_font
from gri_builder.fonts.own_fonts import add_variable_faces, regularize_font
from gri_builder.model.finding import Location
from gri_builder.pipeline.build import build_report
from tests.support.made_fonts import (
    Change,
    blank,
    draw_apart,
    make_font,
    make_variable_font,
    map_to,
    replace_map,
    save,
    without,
)
from tests.support.report_folders import MINIMAL, lay_out

HERE = Location("report.yaml", 1, 1)
TEXT = "Energy 2015: 1,070 GJ – a-b…"


def family(data: bytes) -> Family:
    return Family("own", (("regular", data),))


def borrowed(data: bytes, text: str = TEXT, tabular: bool = False) -> str:
    """Return the characters of a text that are drawn from the bundled family."""
    face = load_face(tabular=tabular, family=family(data))
    return "".join(part for used, part in face.parts(text) if used is face.fallback)


def test_a_file_is_one_font_in_all_faces_and_families_that_name_it() -> None:
    """A document would embed it twice under one name."""
    data = make_font()
    whole = Family("own", (("bold", data), ("regular", data)))
    for tabular in (False, True):
        faces = [
            load_face(bold, tabular=tabular, family=each) for bold in (False, True) for each in (whole, family(data))
        ]
        assert len({id(face.font) for face in faces}) == 1
    assert load_face(family=whole).font is not load_face(tabular=True, family=whole).font


@pytest.mark.parametrize("tabular", [False, True])
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (make_font(), ""),
        (make_font(without("0123456789")), "20151070"),
        (make_font(without("7")), "20151070"),  # numbers are not mixed of two fonts
        (make_font(without("-\u00ad")), "-"),
        (make_font(without(" ")), ""),  # drawn by the no-break space
        (make_font(without(" \u00a0")), "     "),
        (make_font(without("–…")), "–…"),
        (make_font(change=blank("ng")), "ng"),
        (make_font(change=blank("3")), "20151070"),
        (make_font(change=map_to("y", lambda font: ".notdef")), "y"),
        (make_font(change=map_to(" ", lambda font: font.getBestCmap()[ord("x")])), ""),
        (make_font(change=map_to(" \u00a0", lambda font: font.getBestCmap()[ord("x")])), "     "),
    ],
)
def test_what_a_font_does_not_show_is_borrowed(data: bytes, expected: str, tabular: bool) -> None:
    assert check_font("own.ttf", data, HERE) is None
    assert borrowed(data, tabular=tabular) == expected


def test_a_copy_of_the_missing_glyph_shows_nothing() -> None:
    def change(font: TTFont) -> None:
        font["glyf"][font.getBestCmap()[ord("y")]] = font["glyf"][".notdef"]

    assert borrowed(make_font(change=change)) == "y"


@pytest.mark.parametrize("data", [make_font(), make_font(without("\u00ad")), make_font(change=draw_apart("\u00ad", 0))])
def test_a_hyphen_at_a_lines_end_is_the_fonts_own(data: bytes) -> None:
    face = load_face(family=family(data))
    assert face.parts("sustain\u00ad") == [(face, "sustain\u00ad")]
    font = TTFont(io.BytesIO(face.file))
    assert font["glyf"][font.getGlyphName(face.glyphs[0xAD])].numberOfContours != 0
    assert face.width("\u00ad") == face.width("-")


def test_a_hyphen_is_borrowed_where_the_font_has_none() -> None:
    face = load_face(family=family(make_font(without("-\u00ad"))))
    parts = [(used is face, part) for used, part in face.parts("sustain\u00ad")]
    assert parts == [(True, "sustain"), (False, "\u00ad")]
    assert face.width("\u00ad") == load_face(family=FIRA).width("\u00ad") > 0


def test_widths_are_those_of_the_font_that_draws() -> None:
    face, bundled = load_face(family=family(make_font(change=blank("n")))), load_face(family=FIRA)
    assert face.width("n") == bundled.width("n")
    assert face.width("o") != bundled.width("o")
    tabular, digits = (load_face(tabular=True, family=each) for each in (family(make_font(without("5"))), FIRA))
    assert [tabular.width(digit) for digit in "0123456789"] == [digits.width("0")] * 10


def test_a_no_break_space_is_as_wide_as_a_space() -> None:
    face = load_face(family=family(make_font(change=draw_apart("\u00a0", 2000))))
    assert face.width("\u00a0") == face.width("\u202f") == face.width(" ")


def test_fonts_without_kerning_are_set() -> None:
    def strip(font: TTFont) -> None:
        for tag in {"GPOS", "GSUB", "GDEF", "kern"}.intersection(font.keys()):
            del font[tag]

    face = load_face(family=family(make_font(change=strip)))
    assert face.kerned("AVAV") == [("AVAV", 0.0)]
    assert load_face(tabular=True, family=face_family(strip)).width("1") == face.width("1")


def face_family(change: Change) -> Family:
    return family(make_font(change=change))


def test_invisible_characters_do_not_pull_large_text_together() -> None:
    face = load_face(family=family(make_font()))
    assert face.kerned("nn\u200bnn\u2060nn\u00ad") == [("nn\u200bnn\u2060nn\u00ad", 0.0)]


def test_a_variable_font_has_the_weight_that_is_asked_for() -> None:
    data = make_variable_font()
    assert check_font("own.ttf", data, HERE) is None
    assert set(add_variable_faces({"regular": data})) == {"regular", "bold"}
    widths = []
    for bold in (False, True):
        font = TTFont(io.BytesIO(regularize_font(data, bold)))
        assert "fvar" not in font
        widths.append(font["glyf"][font.getBestCmap()[ord("a")]].xMax)
    assert widths == [300, 480]
    own = Family("own", tuple(add_variable_faces({"regular": data}).items()))
    assert load_face(bold=True, family=own) is not load_face(family=own)
    assert load_face(bold=True, italic=True, family=own) is load_face(bold=True, family=own)


def test_characters_outside_the_basic_plane_are_drawn() -> None:
    def widen(font: TTFont) -> None:
        from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

        table = CmapSubtable.newSubtable(12)
        table.platformID, table.platEncID, table.language = 3, 10, 0
        table.cmap = {**font.getBestCmap(), 0x1D49C: font.getBestCmap()[ord("A")]}
        font["cmap"].tables.append(table)

    data = make_font(change=widen)
    assert check_font("own.ttf", data, HERE) is None
    assert borrowed(data, "\U0001d49c") == ""


def test_glyphs_that_are_not_in_the_file_are_borrowed() -> None:
    data = make_font()
    font = TTFont(io.BytesIO(data))
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format == 4][:1]
    font["cmap"].tables[0].cmap[ord("y")] = "glyph60000"
    font.getReverseGlyphMap()["glyph60000"] = 60000
    broken = save(font)
    assert TTFont(io.BytesIO(broken)).getBestCmap()[ord("y")] not in font.getGlyphOrder()
    assert borrowed(broken) == "y"


def edit_name(font: TTFont) -> None:
    font["name"].names = []


def odd_name(font: TTFont) -> None:
    font["name"].setName("A (b) / ö", 6, 3, 1, 0x409)


@pytest.mark.parametrize("change", [edit_name, odd_name])
def test_names_of_any_kind_are_accepted(change: Change) -> None:
    data = make_font(change=change)
    assert check_font("own.ttf", data, HERE) is None
    assert borrowed(data) == ""


def embedding(kind: int) -> Change:
    def change(font: TTFont) -> None:
        font["OS/2"].fsType = kind

    return change


def no_widths(font: TTFont) -> None:
    font["hmtx"].metrics = dict.fromkeys(font["hmtx"].metrics, (0, 0))


def test_a_letter_without_a_width_is_borrowed() -> None:
    def change(font: TTFont) -> None:
        font["hmtx"].metrics["a"] = (0, 0)

    assert borrowed(make_font(change=change)) == "a"


def other_units(font: TTFont) -> None:
    font["head"].unitsPerEm = 20000


@pytest.mark.parametrize(
    ("data", "rule", "part"),
    [
        (make_font(change=embedding(0x0002)), "font-licence", "forbids embedding its letters (OS/2 fsType 0x0002)"),
        (make_font(change=embedding(0x0100)), "font-licence", "in part, as PDF files do"),
        (make_font(change=embedding(0x0204)), "font-licence", "its letters"),
        (make_font(change=replace_map(3, 0, 0xF000)), "font-format", "is a font of symbols"),
        (make_font(change=replace_map(1, 0)), "font-format", "has no map of Unicode characters"),
        (make_font(change=other_units), "broken-font", "damaged"),
        (make_font(change=no_widths), "broken-font", "damaged"),
        (b"OTTO" + make_font()[4:], "font-format", "PostScript outlines"),
        (b"ttcf" + make_font()[4:], "font-format", "font collection"),
        (b"wOFF" + make_font()[4:], "font-format", "web font"),
        (make_font()[:4000], "broken-font", "damaged"),
        (b"", "broken-font", "damaged"),
    ],
)
def test_fonts_that_cannot_be_embedded_are_refused(data: bytes, rule: str, part: str) -> None:
    finding = check_font("own.ttf", data, HERE)
    assert finding is not None
    assert (finding.rule, part in finding.message) == (rule, True), finding.message


@pytest.mark.parametrize("kind", [0x0000, 0x0004, 0x0008, 0x000C, 0x0006])
def test_fonts_that_may_be_embedded_are_accepted(kind: int) -> None:
    assert check_font("own.ttf", make_font(change=embedding(kind)), HERE) is None


def test_regular_fonts_are_the_same_bytes_each_time() -> None:
    data = make_font()
    assert regularize_font(data) == regularize_font.__wrapped__(data)


def test_a_file_may_be_named_for_several_faces(tmp_path: Path) -> None:
    """It is embedded once: two fonts of one name can't be in a document."""
    folder = lay_out(MINIMAL, tmp_path / "report")
    (folder / "fonts").mkdir()
    (folder / "fonts" / "own.ttf").write_bytes(make_font())
    faces = "{regular: fonts/own.ttf, bold: fonts/own.ttf}"
    with (folder / "report.yaml").open("a", encoding="utf-8") as file:
        file.write(f"theme: {{text_font: {faces}, heading_font: {{regular: fonts/own.ttf}}}}\n")
    built = build_report(folder, tmp_path / "out")
    assert built.value is not None, built.findings
    with pikepdf.open(built.value.files[0]) as pdf:
        names = [
            str(each.BaseFont) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        ]
    own = [name for name in names if "FiraGO" not in name]
    assert own
    assert len(own) == len(set(own))
