"""PDFs that grow: pages, codes, annotations, outlines, trees, marks and content streams."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

Make = Callable[[int], bytes]
"""Returns a PDF; it grows with the number."""


def _font() -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def _open(contents: list[bytes]) -> Pdf:
    """Return a PDF with a page for each content stream."""
    pdf = Pdf.new()
    font = pdf.make_indirect(_font())
    for content in contents:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, 595, 842]),
            Resources=Dictionary(Font=Dictionary(F1=font)),
            Contents=pdf.make_stream(content),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf


def _save(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def write_lines(lines: list[str], size: int = 10, on_page: int = 60) -> list[bytes]:
    """Return content streams of pages with those lines of text."""
    pages = []
    for start in range(0, max(1, len(lines)), on_page):
        shown = "".join(f"({line}) Tj 0 -{size + 2} Td " for line in lines[start : start + on_page])
        pages.append(f"BT /F1 {size} Tf 50 800 Td {shown}ET".encode("latin-1", "replace"))
    return pages


def _text(line: str) -> Make:
    return lambda number: _save(
        _open(write_lines(["GRI G4 content index", *(line.replace("%", str(n + 1)) for n in range(number))]))
    )


def _one_line(unit: str) -> Make:
    return lambda number: _save(_open(write_lines(["GRI G4 content index", unit * number], 1)))


def _stream(unit: bytes, before: bytes = b"", after: bytes = b"") -> Make:
    return lambda number: _save(
        _open([b"BT /F1 9 Tf 50 800 Td (GRI G4 content index G4-1 5) Tj ET " + before + unit * number + after])
    )


def _pages(number: int) -> bytes:
    return _save(_open([b"BT /F1 9 Tf 50 800 Td (A page) Tj ET"] * number))


def _annotations(number: int) -> bytes:
    pdf = _open([b"BT /F1 9 Tf 50 800 Td (GRI G4 content index G4-1 5) Tj ET"])
    links = [
        pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Link, Rect=Array([n % 500, 10, n % 500 + 5, 20]), Dest=String(f"d{n}")
            )
        )
        for n in range(number)
    ]
    pdf.pages[0].obj.Annots = Array(links)
    return _save(pdf)


def _names(number: int) -> bytes:
    pdf = _open([b"BT /F1 9 Tf 50 800 Td (GRI G4 content index G4-1 5) Tj ET"])
    pairs = [each for n in range(number) for each in (String(f"d{n:08}"), Array([pdf.pages[0].obj, Name.Fit]))]
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(pairs)))
    return _save(pdf)


def _deep_names(number: int) -> bytes:
    pdf = _open([b"BT /F1 9 Tf 50 800 Td (GRI G4 content index G4-1 5) Tj ET"])
    node = pdf.make_indirect(Dictionary(Names=Array([String("a"), Array([pdf.pages[0].obj, Name.Fit])])))
    for _ in range(number):
        node = pdf.make_indirect(Dictionary(Kids=Array([node]), Limits=Array([String("a"), String("a")])))
    pdf.Root.Names = Dictionary(Dests=node)
    return _save(pdf)


def _outline(number: int, cycle: bool = False) -> bytes:
    pdf = _open([b"BT /F1 9 Tf 50 800 Td (GRI G4 content index G4-1 5) Tj ET"])
    items = [
        pdf.make_indirect(Dictionary(Title=String(f"G4-{n}"), Dest=Array([pdf.pages[0].obj, Name.Fit])))
        for n in range(number)
    ]
    for one, other in zip(items, [*items[1:], items[0]], strict=True):
        if cycle or other is not items[0]:
            one.Next = other
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=items[0], Last=items[-1], Count=number))
    return _save(pdf)


def _structure(number: int, deep: bool = False) -> bytes:
    pdf = _open([b"BT /F1 9 Tf 50 800 Td /P <</MCID 0>> BDC (GRI G4 content index G4-1 5) Tj EMC ET"])
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    page = pdf.pages[0].obj
    above, kids = root, []
    for _ in range(number):
        element = pdf.make_indirect(Dictionary(S=Name.P, P=above, Pg=page, K=Array([0])))
        if deep:
            above.K = Array([element])
            above = element
        else:
            kids.append(element)
    if not deep:
        root.K = Array(kids)
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    return _save(pdf)


def _attachments(number: int) -> bytes:
    pdf = _open([b"BT /F1 9 Tf 50 800 Td (GRI G4 content index G4-1 5) Tj ET"])
    for n in range(number):
        pdf.attachments[f"a{n}.txt"] = b"a"
    return _save(pdf)


def _labels(number: int) -> bytes:
    pdf = _open([b"BT /F1 9 Tf 50 800 Td (A page G4-1 5) Tj ET"] * 3)
    pdf.Root.PageLabels = Dictionary(
        Nums=Array([each for n in range(number) for each in (n, Dictionary(S=Name.D, St=n + 1))])
    )
    return _save(pdf)


INPUTS: Mapping[str, Make] = {
    "codes": _text("G4-% Title 5"),
    "codes of an aspect": _text("G4-EN% Energy consumption within the organization 5, 6-9"),
    "one code": _text("G4-EN3 Energy 5"),
    "rows with omissions": _text("G4-EN% Energy. Omitted: information unavailable %"),
    "rows with references": _text("G4-% See page %, Annual Report 2015 pages %-99, www.a.example/%"),
    "prose": _text("In the year % we used less energy than before, see page %."),
    "standards": _text("GRI 302-% Energy consumption %"),
    "numbers": _text("% % % % % %"),
    "titles": _text("Energy consumption within the organization"),
    "codes in a line": _one_line("G4-EN3 "),
    "numbers in a line": _one_line("1, "),
    "dashes in a line": _one_line("1-"),
    "spaces in a line": _one_line(" "),
    "dots in a line": _one_line("."),
    "letters in a line": _one_line("a, b and "),
    "one word": _one_line("a"),
    "brackets in a line": _one_line("(a) ".replace("(", "\\(").replace(")", "\\)")),
    "saved states": _stream(b"q "),
    "saved and restored": _stream(b"q ", b"", b"Q "),
    "lines": _stream(b"0 0 m 9 9 l S "),
    "long path": _stream(b"9 9 l ", b"0 0 m ", b"S "),
    "rectangles": _stream(b"0 0 9 9 re f "),
    "marks": _stream(b"/P <</MCID 0>> BDC EMC "),
    "open marks": _stream(b"/P <</MCID 0>> BDC "),
    "artifacts": _stream(b"/Artifact BMC EMC "),
    "fonts": _stream(b"BT /F1 9 Tf ET "),
    "shows": _stream(b"BT /F1 9 Tf 50 700 Td (a) Tj ET "),
    "open strings": _stream(b"(\\"),
    "open brackets": _stream(b"("),
    "open arrays": _stream(b"["),
    "open dictionaries": _stream(b"<<"),
    "values": _stream(b"/Value MP "),
    "signs": _stream(b"+"),
    "numbers of a stream": _stream(b"1 "),
    "comments": _stream(b"%a\n"),
    "pages": _pages,
    "annotations": _annotations,
    "names": _names,
    "deep names": _deep_names,
    "outline": _outline,
    "outline with a cycle": lambda number: _outline(number, cycle=True),
    "structure": _structure,
    "deep structure": lambda number: _structure(number, deep=True),
    "attachments": _attachments,
    "page labels": _labels,
    "padding": lambda number: _save(_open([b"BT ET"])) + b" " * number * 10,
    "trailers": lambda number: _save(_open([b"BT ET"])) + b"startxref\n9\n%%EOF\n" * number,
    "objects in the padding": lambda number: _save(_open([b"BT ET"])) + b"1 0 obj " * number,
}
