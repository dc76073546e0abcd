"""The adapter to ReportLab: it is the only door, and the installed release has every name that it uses."""

from __future__ import annotations

import ast
import gc
import importlib.metadata
import io
import os
import re
import subprocess
import sys
import tomllib
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from gri_builder.pdf.content_stream import Operators
from gri_builder.pdf.object_writer import write_file
from gri_builder.pdf.reportlab_adapter.canvas import FinishedPage, PageCanvas
from gri_builder.pdf.reportlab_adapter.fonts import load_font
from gri_builder.pdf.reportlab_adapter.objects import RawObject
from gri_builder.pdf.reportlab_adapter.pictures import readable_picture
from gri_builder.pdf.reportlab_adapter.qr_codes import qr_modules
from gri_builder.pdf.reportlab_adapter.settings import document_settings
from gri_builder.pdf.spool import Spool
from gri_builder.resources.bundled_fonts import FIRA_GO, load_bundled_font

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "src" / "gri_builder"
ADAPTER = SOURCE / "pdf" / "reportlab_adapter"
PRIVATE_CANVAS = {
    "_doc",
    "_code",
    "_formsinuse",
    "_pageNumber",
    "_pagesize",
    "_preamble",
    "_make_preamble",
    "_setAnnotations",
    "_setXObjects",
}
"""Private names of a canvas that the adapter uses."""
PRIVATE_DOCUMENT = {"_timeStamp"}
DOCUMENT = {
    "Reference",
    "idToObject",
    "idToObjectNumberAndVersion",
    "numberToId",
    "Catalog",
    "info",
    "delayedFonts",
    "Pages",
    "addForm",
    "getXObjectName",
}
"""Names of a document without a leading underscore, but not in ReportLab's documentation either."""
PDFDOC = {"PDFObject", "PDFPage", "PDFStream", "PDFDictionary", "PDFArray", "PDFName", "PDFZCompress", "format"}
FONT = {"face", "state", "splitString", "getSubsetInternalName", "addObjects", "fontName"}
FACE = {"charToGlyph", "charWidths", "defaultWidth", "ascent", "name", "table", "glyphPos", "hmetrics", "unitsPerEm"}
PRIVATE_FACE = {"_ttf_data"}


class DrawnCanvas(PageCanvas):
    """A canvas that compresses each page at once."""

    def finish_page(self, page: FinishedPage) -> None:
        page.compress(page.content or "", Spool())
        page.set_annotations([RawObject("<</Type/Annot>>")], 0)


def private_names(file: Path) -> Iterator[str]:
    """Yield the attributes and methods with a leading underscore that a module uses of other objects or overrides."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            yield node.attr
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("_"):
            yield node.name


def test_reportlab_is_used_through_the_adapter_only() -> None:
    private = PRIVATE_CANVAS | PRIVATE_DOCUMENT
    for file in sorted(SOURCE.rglob("*.py")):
        if not file.is_relative_to(ADAPTER):
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"^\s*(from|import) reportlab", text, re.MULTILINE), file
            used = private & set(private_names(file)) if "reportlab_adapter" in text else set()
            assert not used, f"{file} uses {used} of ReportLab"


def test_the_private_names_are_listed() -> None:
    own = {
        "_page",
        "_font",
        "_make_stream",
        "_glyph_codes",
        "_texts",
        "_add_composite",
        "_prepare",
        "_write_glyph",
        "_box_of",
        "_characters",
        "_is_transparent",
        "_with_room",
        "_text_string",
    }
    used = {name for file in ADAPTER.glob("*.py") for name in private_names(file) if not name.startswith("__")}
    assert used - own == PRIVATE_CANVAS | PRIVATE_DOCUMENT | PRIVATE_FACE


def test_the_private_names_are_explained() -> None:
    page = ast.get_docstring(ast.parse((ADAPTER / "__init__.py").read_text(encoding="utf-8"))) or ""
    listed = PRIVATE_CANVAS | PRIVATE_DOCUMENT | (DOCUMENT - {"Pages"}) | PDFDOC | (FONT - {"fontName"}) | PRIVATE_FACE
    assert [name for name in sorted(listed) if name not in page] == []


def test_the_installed_release_has_the_names() -> None:
    canvas = Canvas("")
    assert [name for name in sorted(PRIVATE_CANVAS) if not hasattr(canvas, name)] == []
    assert [name for name in sorted(PRIVATE_DOCUMENT | DOCUMENT) if not hasattr(canvas._doc, name)] == []
    assert [name for name in sorted(PDFDOC) if not hasattr(pdfdoc, name)] == []
    assert [
        name for name in ("stream", "Contents", "Annots", "__NoDefault__") if not hasattr(pdfdoc.PDFPage(), name)
    ] == []
    font = load_font("Names", load_bundled_font(FIRA_GO, "regular"))._font
    assert [name for name in sorted(FONT) if not hasattr(font, name)] == []
    assert [name for name in sorted(FACE) if not hasattr(font.face, name)] == []
    assert [name for name in sorted(PRIVATE_FACE) if not hasattr(font.face, name)] == []


def test_a_page_is_written_as_drawn() -> None:
    font = load_font("Page", load_bundled_font(FIRA_GO, "regular"), "-1a2b")
    canvas = DrawnCanvas((200.0, 300.0), "en-GB")
    [(subset, codes)] = font.encode("a", canvas.registry)
    name = font.resource_name(subset, canvas.registry)
    canvas.emit(Operators(f"BT {name} 12 Tf (\\{codes[0]:03o}) Tj ET"))
    assert (canvas.page, canvas.page_height, canvas.is_page_empty) == (1, 300.0, False)
    canvas.end_page()
    canvas.resize_page(300.0, 200.0)
    canvas.emit(Operators("q Q"))
    canvas.end_page()
    assert (canvas.page, canvas.page_height, canvas.is_page_empty) == (3, 200.0, True)
    assert [len(page.digest) for page in canvas.finished_pages] == [64, 64]
    canvas.registry.number_pages(2)
    canvas.registry.set_info("Title", "Author", "Subject", "Producer", datetime(2020, 2, 3, tzinfo=UTC))
    canvas.registry.set_xmp(b"<x/>")
    canvas.registry.set_catalog(MarkInfo=RawObject("<</Marked true>>"), AF="[]", Outlines=None)
    canvas.registry.add_fonts()
    data = write_file(canvas.registry)
    assert data.startswith(b"%PDF-1.7")
    streams = [zlib.decompress(found) for found in re.findall(rb"stream\n(x.*?)\nendstream", data, re.DOTALL)]
    text = b"\n".join([data, *streams])
    for expected in (
        b"12 Tf",
        b"/Marked true",
        b"D:20200203000000+00'00'",
        b"-1a2b",
        b"/CropBox [0 0 300 200]",
        b"/AF []",
    ):
        assert expected in text, expected
    assert b"<00> <00> <0000>" not in text


def test_a_copied_font_has_other_glyphs() -> None:
    font = load_font("Copy", load_bundled_font(FIRA_GO, "regular"))
    copied = font.with_glyphs("-Tabular", {ord("1"): (font.glyphs[ord("2")], 600.0)})
    assert (copied.glyphs[ord("1")], copied.widths[ord("1")]) == (font.glyphs[ord("2")], 600.0)
    assert font.glyphs[ord("1")] != font.glyphs[ord("2")]


def test_the_hosts_settings_are_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rl_config, "useA85", 1)
    monkeypatch.setattr(rl_config, "pdfComments", 1)
    enabled = gc.isenabled()
    with pytest.raises(RuntimeError), document_settings():
        assert (rl_config.useA85, rl_config.pdfComments, gc.isenabled()) == (0, 0, False)
        raise RuntimeError
    assert (rl_config.useA85, rl_config.pdfComments, gc.isenabled()) == (1, 1, enabled)


def test_qr_codes_have_finder_patterns() -> None:
    rows = qr_modules("https://example.org")
    assert len(rows) == len(rows[0]) == 25
    assert rows[0][:7] == (True,) * 7
    assert rows[1][:7] == (True, *(False,) * 5, True)


def lowest_release() -> str:
    """Return the lowest release of ReportLab that pyproject.toml allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = next(each for each in project["dependencies"] if each.startswith("reportlab"))
    match = re.search(r">=([\d.]+)", text)
    assert match, text
    return match[1]


@pytest.mark.skipif(os.environ.get("CI") != "true", reason="needs the network")
def test_the_lowest_release_works_too(tmp_path: Path) -> None:
    lowest = lowest_release()
    installed = importlib.metadata.version("reportlab")
    if re.sub(r"(\.0)+$", "", installed) == re.sub(r"(\.0)+$", "", lowest):
        pytest.skip("the installed release is the lowest one")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(tmp_path)]
    subprocess.run([*install, f"reportlab=={lowest}"], check=True)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT / "src"), str(ROOT))), "CI": ""}
    run = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", __file__]
    done = subprocess.run(run, env=environment, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout


def test_a_jpeg_that_reportlab_does_not_read_is_decoded() -> None:
    """It would print a picture of its own in place of one with fill bytes before a marker."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 30)).save(stream, "JPEG")
    plain = stream.getvalue()
    assert isinstance(readable_picture(plain), io.BytesIO)
    filled = readable_picture(plain[:2] + b"\xff" * 500 + plain[2:])
    assert isinstance(filled, Image.Image)
    assert filled.tobytes() == Image.open(io.BytesIO(plain)).tobytes()
