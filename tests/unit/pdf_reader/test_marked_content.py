"""The text of marked content: what is shown, or the actual text that stands for it (ISO 32000-1, 14.9.4)."""

from __future__ import annotations

import io

import pikepdf
import pytest

from gri_builder.pdf_reader.marked_content import MarkedProperties, decode_text, read_marked
from gri_builder.pdf_reader.reader import read_pdf

FONTS = {"/F1": ({code: chr(code) for code in range(32, 127)} | {1: "ffi", 2: "\U0001d41a"}, 1)}


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b"/P <</MCID 3>> BDC /F1 9 Tf (a\\(b\\)) Tj [(c)-20(d)] TJ EMC", {3: "a(b)cd"}),
        (b"/P <</MCID 3>> BDC /F1 9 Tf [-5 (a)20( b)(\\)c) 7(d)] TJ [()] TJ (e) Tj [ ] TJ EMC", {3: "a b)cde"}),
        (b"/P <</MCID 3>> BDC /F1 9 Tf [(a\001)-20(b\177)(c)] TJ EMC", {3: "affib\ufffdc"}),
        (b"/P <</MCID 0>> BDC /F1 9 Tf <610162> Tj (\\002) Tj EMC", {0: "affib\U0001d41a"}),
        (b"/P <</MCID 0>> BDC /F1 9 Tf (a) Tj /Span <</ActualText (x y)>> BDC (zz) Tj EMC (b) Tj EMC", {0: "ax yb"}),
        (b"/P <</MCID 0>> BDC /F1 9 Tf /Span <</ActualText <FEFF05E905DC>>> BDC (zz) Tj EMC EMC", {0: "של"}),
        (b"/Span <</MCID 0 /ActualText <FEFF00AD>>> BDC /F1 9 Tf (-) Tj EMC", {0: "\u00ad"}),
        (b"/Span <</ActualText ()/MCID 0>> BDC /F1 9 Tf (-) Tj EMC /P <</MCID 1>> BDC (q) Tj EMC", {0: "", 1: "q"}),
        (
            b"/P <</MCID 0>> BDC /F1 9 Tf /A <</ActualText (o)>> BDC /B <</ActualText (i)>> BDC (z) Tj EMC EMC EMC",
            {0: "o"},
        ),
        (b"/P /Named BDC /F1 9 Tf (z) Tj EMC /P /Unknown BDC (y) Tj EMC", {7: "text"}),
        (b"/Artifact BMC /F1 9 Tf (z) Tj EMC EMC (y) Tj", {}),
    ],
)
def test_the_text_of_marked_content(content: bytes, read: dict[int, str]) -> None:
    assert read_marked(content, FONTS, {"/Named": MarkedProperties(7, "text")}) == read


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xfe\xff\x05\xe9", "ש"),
        (b"\xef\xbb\xbf\xc3\xa9", "é"),
        (b"\xe9", "é"),
        (b"", ""),
        (b"\xfe\xff\xd8", "\ufffd"),
    ],
)
def test_text_strings(data: bytes, text: str) -> None:
    assert decode_text(data) == text


def test_actual_text_of_an_element_stands_for_all_below_it() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    tree = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    inner = pikepdf.Dictionary(S=pikepdf.Name.Span, Pg=page.obj, K=1)
    outer = pikepdf.Dictionary(S=pikepdf.Name.P, Pg=page.obj, K=pikepdf.Array([0, inner]), ActualText="whole")
    tree.K = pikepdf.Dictionary(S=pikepdf.Name.Document, K=pikepdf.Array([outer]))
    pdf.Root.StructTreeRoot = tree
    out = io.BytesIO()
    pdf.save(out)
    read = read_pdf(out.getvalue(), "x.pdf").value
    assert read
    assert read.structure
    (paragraph,) = read.structure.children
    assert (paragraph.text, paragraph.content) == ("whole", ((1, 0), (1, 1)))
