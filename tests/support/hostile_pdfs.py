"""Broken and hostile PDFs, each made in a few lines, and what is expected of whoever reads them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

TEXT = b"BT /F1 12 Tf 72 720 Td (A plain page of a report) Tj ET"
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Hostile:
    """A file, and what is expected of it."""

    make: Callable[[], bytes]
    finding: str | None
    """A rule that must be among the findings; None where any end within bounds will do."""
    codes: tuple[int, ...] = (0, 1, 2)
    """Exit codes that are right."""
    password: str | None = None


def _font() -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def _pdf(pages: int = 1, content: bytes = TEXT) -> Pdf:
    """Return a PDF of that many pages that show a line of text."""
    pdf = Pdf.new()
    font = pdf.make_indirect(_font())
    stream = pdf.make_stream(content)
    for _ in range(pages):
        pdf.pages.append(
            pikepdf.Page(
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Page,
                        MediaBox=Array([0, 0, 595, 842]),
                        Resources=Dictionary(Font=Dictionary(F1=font)),
                        Contents=stream,
                    )
                )
            )
        )
    return pdf


def make_raised_margins() -> bytes:
    """Pages with a number in the middle of the foot, and a lone raised 2, 3 or a half, no number, at its side."""
    pdf = _pdf(8)
    rows = b"".join(b"0 -20 Td (G4-%d  Disclosure  %d) Tj " % (row, row % 7 + 1) for row in range(1, 13))
    index = b"BT /F1 12 Tf 72 720 Td (GRI G4 Content Index) Tj %sET" % rows
    for number, page in enumerate(pdf.pages, 1):
        sign = (b"\\262", b"\\263", b"\\275")[number % 3]
        foot = b" BT /F1 10 Tf 295 28 Td (%d) Tj ET BT /F1 9 Tf 72 28 Td (%s) Tj ET" % (number, sign)
        page.Contents = pdf.make_stream((index if number == 8 else TEXT) + foot)
    return _save(pdf)


def _save(pdf: Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def write_pdf(objects: list[bytes], root: int = 1) -> bytes:
    """Return a PDF of raw objects, numbered from 1, with a cross-reference table that is right."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start))
    return out.getvalue()


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R%s>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def _raw(catalog: bytes = b"", pages: bytes | None = None, page: bytes = b"", *more: bytes) -> bytes:
    """Return a PDF of one page: 1 catalog, 2 page tree, 3 page, 4 content, 5 font, then `more`."""
    tree = pages or b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    root = b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog
    return write_pdf([root, tree, PAGE % page, _stream(TEXT), FONT, *more])


def make_encrypted(user: str, owner: str = "owner") -> bytes:
    """Return a PDF that is encrypted with those passwords."""
    return _save(_pdf(2), encryption=pikepdf.Encryption(user=user, owner=owner, R=6))


def make_truncated() -> bytes:
    data = _save(_pdf(200, TEXT * 50), compress_streams=False)
    return data[: len(data) // 2]


def make_bad_xref() -> bytes:
    data = _save(_pdf(2), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    head, _, tail = data.rpartition(b"startxref\n")
    return head + b"startxref\n17\n%%EOF\n" + tail[:0]


def make_images() -> bytes:
    pdf = _pdf(3, b"q 595 0 0 842 0 0 cm /I Do Q")
    image = pdf.make_stream(
        b"\x80" * 10_000,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=100,
        Height=100,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
    )
    for page in pdf.pages:
        page.Resources = Dictionary(XObject=Dictionary(I=image))
    return _save(pdf)


def make_page_tree_of_doubles() -> bytes:
    """Return a PDF whose page tree names each child twice, thirty levels deep: a thousand million pages."""
    depth = 30
    nodes = [b"<</Type/Pages/Count %d/Kids[%d 0 R %d 0 R]>>" % (2 ** (depth - n), 7 + n, 7 + n) for n in range(depth)]
    last = b"<</Type/Page/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>"
    return _raw(b"", b"<</Type/Pages/Count %d/Kids[6 0 R]>>" % 2**depth, b"", *nodes, last)


def make_parent_loop() -> bytes:
    """Return a PDF whose page has no size of its own, and parents in a circle to ask for one."""
    page = b"<</Type/Page/Parent 6 0 R/Contents 4 0 R>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 6 0 R>>",
        page,
        _stream(TEXT),
        FONT,
        b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>",
    ]
    return write_pdf(objects)


def make_structure_loop() -> bytes:
    return _raw(
        b"/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R",
        None,
        b"/StructParents 0",
        b"<</Type/StructTreeRoot/K[7 0 R]>>",
        b"<</S/Document/P 6 0 R/K[8 0 R 8 0 R]>>",
        b"<</S/Sect/P 7 0 R/K[7 0 R 8 0 R 8 0 R]>>",
    )


def make_outline_loop() -> bytes:
    return _raw(
        b"/Outlines 6 0 R",
        None,
        b"",
        b"<</Type/Outlines/First 7 0 R/Last 8 0 R/Count 2>>",
        b"<</Title(One)/Parent 6 0 R/Next 8 0 R/First 8 0 R/Last 8 0 R/Dest[3 0 R/Fit]>>",
        b"<</Title(Two)/Parent 7 0 R/Next 7 0 R/First 7 0 R/Last 7 0 R/Dest[3 0 R/Fit]>>",
    )


def make_name_tree_loop() -> bytes:
    return _raw(
        b"/Names<</Dests 6 0 R/EmbeddedFiles 7 0 R>>/PageLabels 6 0 R",
        None,
        b"",
        b"<</Kids[7 0 R 6 0 R]>>",
        b"<</Kids[6 0 R 7 0 R 7 0 R]>>",
    )


def make_form_loop() -> bytes:
    """Return a PDF with a form that draws itself, and another that draws the first."""
    pdf = _pdf(1, TEXT + b" /X Do /Y Do")
    x = pdf.make_stream(TEXT + b" /X Do /Y Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
    y = pdf.make_stream(b"/X Do /Y Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
    resources = pdf.make_indirect(
        Dictionary(XObject=Dictionary(X=x, Y=y), Font=Dictionary(F1=pdf.make_indirect(_font())))
    )
    x.Resources = y.Resources = resources
    pdf.pages[0].Resources = resources
    return _save(pdf)


def make_forms_of_forms() -> bytes:
    """Return a PDF whose form draws another ten times, and so on: ten thousand million lines of text."""
    pdf = _pdf(1, b"/F0 Do")
    font = pdf.make_indirect(_font())
    inner: pikepdf.Object | None = None
    for _ in range(11):
        body = b"/F0 Do " * 10 if inner is not None else TEXT
        form = pdf.make_stream(body, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
        form.Resources = Dictionary(Font=Dictionary(F1=font))
        if inner is not None:
            form.Resources.XObject = Dictionary(F0=inner)
        inner = form
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(F0=inner), Font=Dictionary(F1=font))
    return _save(pdf)


def pack_blanks(megabytes: int) -> bytes:
    """Return that many megabytes of blanks, packed (RFC 1950), without having to pack all of them."""
    packer = zlib.compressobj(9)
    head = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.flush(zlib.Z_FINISH)[:-4]
    count = megabytes * MEGABYTE
    one = (1 + 32 * count) % 65521
    two = (count + 32 * count * (count + 1) // 2) % 65521
    return head + block * (megabytes - 1) + end + (two << 16 | one).to_bytes(4, "big")


def make_bomb(where: str) -> bytes:
    """Return a PDF with 4 GB of blanks in its page content or in an embedded file, packed twice."""
    twice = zlib.compress(pack_blanks(4096), 9)
    if where == "page":
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            PAGE % b"",
            _stream(twice, b"/Filter[/FlateDecode/FlateDecode]"),
            FONT,
        ]
        return write_pdf(objects)
    name = where.encode()
    return _raw(
        b"/Names<</EmbeddedFiles<</Names[(%s)6 0 R]>>>>/AF[6 0 R]" % name,
        None,
        b"",
        b"<</Type/Filespec/F(%s)/UF(%s)/AFRelationship/Data/EF<</F 7 0 R/UF 7 0 R>>>>" % (name, name),
        _stream(twice, b"/Type/EmbeddedFile/Filter[/FlateDecode/FlateDecode]"),
    )


def make_embedded_itself() -> bytes:
    """Return a PDF that carries a PDF that carries a PDF, and a file specification that leads back to itself."""
    data = _save(_pdf(1))
    for _ in range(5):
        pdf = _pdf(1)
        pdf.attachments["report.pdf"] = data
        data = _save(pdf)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        loop = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("loop.pdf"), UF=String("loop.pdf")))
        loop.EF = Dictionary(F=loop)
        pdf.Root.AF = Array([loop])
        pdf.Root.Names.EmbeddedFiles.Names.extend([String("content-index.json"), loop])
        return _save(pdf)


def make_without_to_unicode() -> bytes:
    """Return a PDF whose text is glyph numbers of a font that does not say which characters they are."""
    pdf = _pdf(3, b"BT /F1 12 Tf 72 720 Td <000100020003000400050006> Tj ET")
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/ABCDEF+Unknown"),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Unknown"), Flags=4, FontBBox=Array([0, 0, 1, 1])
        ),
        DW=500,
    )
    font = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/ABCDEF+Unknown"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
        )
    )
    for page in pdf.pages:
        page.Resources.Font.F1 = font
    return _save(pdf)


def make_deep_nesting() -> bytes:
    deep = b"[" * 100_000 + b"]" * 100_000
    return _raw(b"/Deep %s" % deep, None, b"/Annots %s" % deep)


def make_previous_loop() -> bytes:
    data = _raw()
    start = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev %d>>" % start)


def make_length_loop() -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE % b"",
        b"<</Length 4 0 R/Filter 4 0 R>>\nstream\n" + TEXT + b"\nendstream",
        FONT,
    ]
    return write_pdf(objects)


CORPUS: dict[str, Hostile] = {
    "empty-file": Hostile(lambda: b"", "not-a-pdf", (2,)),
    "text-file": Hostile(lambda: b"Our report is on the web.\n" * 50, "not-a-pdf", (2,)),
    "web-page": Hostile(lambda: b"<!doctype html><html><body>Not found</body></html>", "not-a-pdf", (2,)),
    "only-a-header": Hostile(lambda: b"%PDF-1.7\n%%EOF\n", "damaged-pdf", (2,)),
    "truncated": Hostile(make_truncated, "damaged-pdf", (2,)),
    "bad-cross-references": Hostile(make_bad_xref, None),
    "cross-references-in-a-circle": Hostile(make_previous_loop, None),
    "length-of-itself": Hostile(make_length_loop, None),
    "encrypted": Hostile(lambda: make_encrypted("secret"), "password-needed", (2,)),
    "encrypted-wrong-password": Hostile(lambda: make_encrypted("secret"), "wrong-password", (2,), "guess"),
    "encrypted-right-password": Hostile(lambda: make_encrypted("secret"), None, (0,), "secret"),
    "encrypted-owner-password": Hostile(lambda: make_encrypted("secret"), None, (0,), "owner"),
    "encrypted-without-password": Hostile(lambda: make_encrypted(""), None, (0,)),
    "images-only": Hostile(make_images, "no-text", (1,)),
    "without-to-unicode": Hostile(make_without_to_unicode, "no-text", (1,)),
    "no-pages": Hostile(lambda: _raw(b"", b"<</Type/Pages/Kids[]/Count 0>>"), "damaged-pdf", (2,)),
    "five-thousand-pages": Hostile(lambda: _save(_pdf(5000)), None, (0,)),
    "raised-figures-in-the-margin": Hostile(make_raised_margins, None, (0, 1)),
    "huge-page": Hostile(
        lambda: _raw().replace(b"[0 0 595 842]", b"[-1e9 -1e9 1e38 1e38]"),
        None,
    ),
    "page-tree-in-a-circle": Hostile(lambda: _raw(b"", b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3>>"), None),
    "page-tree-of-doubles": Hostile(make_page_tree_of_doubles, "damaged-pdf", (2,)),
    "parents-in-a-circle": Hostile(make_parent_loop, None),
    "structure-in-a-circle": Hostile(make_structure_loop, None),
    "bookmarks-in-a-circle": Hostile(make_outline_loop, None),
    "names-in-a-circle": Hostile(make_name_tree_loop, None),
    "form-draws-itself": Hostile(make_form_loop, "pdf-takes-too-much", (2,)),
    "forms-of-forms": Hostile(make_forms_of_forms, "pdf-takes-too-much", (2,)),
    "bomb-in-a-page": Hostile(lambda: make_bomb("page"), "pdf-takes-too-much", (2,)),
    "bomb-in-the-index": Hostile(lambda: make_bomb("content-index.json"), "pdf-section-unreadable"),
    "embedded-in-itself": Hostile(make_embedded_itself, None),
    "deep-nesting": Hostile(make_deep_nesting, "damaged-pdf", (2,)),
}
"""By name."""
