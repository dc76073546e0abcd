"""Foreign judges: veraPDF on PDFs of every kind (PDF/UA-1, ISO 14289-1; PDF/A-3a, ISO 19005-3)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from gri_builder.document import Attachment
from gri_builder.produce.render.pdf import render_pdf
from tests.documents import chapter, document, paragraph, table
from tests.judges.verapdf import judge
from tests.test_render import everything


def assert_accessible(pdf: bytes, folder: Path) -> None:
    """Assert that veraPDF finds nothing against PDF/UA-1 and PDF/A-3a, and did look."""
    file = folder / "judged.pdf"
    file.write_bytes(pdf)
    for flavour in ("ua1", "3a"):
        verdict = judge(file, flavour)
        assert verdict.assertions > 100
        assert not verdict.failures, "\n".join(verdict.failures)


def test_every_kind_of_block(tmp_path: Path) -> None:
    assert_accessible(render_pdf(everything()).pdf, tmp_path)


def test_long_tables(tmp_path: Path) -> None:
    rows = [[f"Plant {n}", "text " * (n % 40), str(n * 17)] for n in range(300)]
    assert_accessible(render_pdf(document(chapter("T", "t", table(["A", "B", "C"], rows)))).pdf, tmp_path)


def _catalog(key: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.Root.__delitem__(key)


def _first(pdf: pikepdf.Pdf, role: str) -> pikepdf.Object:
    return next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == role)


def _annotation(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(page.Annots[0] for page in pdf.pages if "/Annots" in page)


def _set(found: pikepdf.Object, key: str, value: object) -> None:
    found[key] = value


def _unmark(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[3]
    page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"/Artifact BMC", b"/Span BMC"))


def _metadata(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        text = pdf.Root.Metadata.read_bytes()
        assert old in text
        pdf.Root.Metadata.write(text.replace(old, new))

    return change


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font")


FAULTS: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "no metadata": _catalog("/Metadata"),
    "not marked": _catalog("/MarkInfo"),
    "no language": _catalog("/Lang"),
    "no structure": _catalog("/StructTreeRoot"),
    "no output intent": _catalog("/OutputIntents"),
    "no viewer preferences": _catalog("/ViewerPreferences"),
    "title not shown": lambda pdf: _set(pdf.Root.ViewerPreferences, "/DisplayDocTitle", False),
    "no title in the metadata": _metadata(b"dc:title>", b"dc:source>"),
    "not called PDF/UA": _metadata(b"<pdfuaid:part>1</pdfuaid:part>", b""),
    "another part of PDF/UA": _metadata(b"<pdfuaid:part>1</pdfuaid:part>", b"<pdfuaid:part>7</pdfuaid:part>"),
    "not called PDF/A": _metadata(b"<pdfaid:part>3</pdfaid:part>", b""),
    "another level of PDF/A": _metadata(b"conformance>A<", b"conformance>Q<"),
    "figure without words": lambda pdf: _first(pdf, "/Figure").__delitem__("/Alt"),
    "header without scope": lambda pdf: [
        o.__delitem__("/A") for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TH"
    ],
    "heading skips a level": lambda pdf: _set(_first(pdf, "/H2"), "/S", pikepdf.Name("/H5")),
    "role of nobody": lambda pdf: _set(_first(pdf, "/P"), "/S", pikepdf.Name("/Nobody")),
    "note without id": lambda pdf: _first(pdf, "/Note").__delitem__("/ID"),
    "link without words": lambda pdf: _annotation(pdf).__delitem__("/Contents"),
    "link outside the structure": lambda pdf: _annotation(pdf).__delitem__("/StructParent"),
    "link not printed": lambda pdf: _annotation(pdf).__delitem__("/F"),
    "tabs in no order": lambda pdf: [page.__delitem__("/Tabs") for page in pdf.pages if "/Annots" in page],
    "content neither tagged nor artifact": _unmark,
    "font without its map": lambda pdf: _font(pdf).__delitem__("/ToUnicode"),
    "font not embedded": lambda pdf: _font(pdf).FontDescriptor.__delitem__("/FontFile2"),
    "script": lambda pdf: _set(
        pdf.Root, "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
    ),
    "attachment of no relation": lambda pdf: pdf.Root.AF[0].__delitem__("/AFRelationship"),
    "attachment of no type": lambda pdf: pdf.Root.AF[0].EF.F.__delitem__("/Subtype"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_judge_notices(fault: str, tmp_path: Path) -> None:
    """A single fault in a good file is found by one of the two profiles, so that finding nothing means something."""
    attached = Attachment("data.json", b"{}", "application/json", "Some data", "Source")
    file = tmp_path / "flawed.pdf"
    file.write_bytes(render_pdf(everything(), attach=lambda places: [attached]).pdf)
    assert not judge(file, "ua1").failures
    assert not judge(file, "3a").failures
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        FAULTS[fault](pdf)
        pdf.save(file, static_id=True)
    assert judge(file, "ua1").failures or judge(file, "3a").failures


def test_the_judge_is_content_with_plain_text(tmp_path: Path) -> None:
    assert_accessible(render_pdf(document(chapter("Story", "s", paragraph(900)))).pdf, tmp_path)
