"""Good PDFs broken in the ways that programs and transfers break them, and that viewers put up with."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import cache

import pikepdf

from tests.support.hostile_pdfs import write_pdf

WORDS = ("Alpha first page", "Bravo second page", "Charlie third page")
"""The text of each page."""
JUNK = b"Content-Type: application/pdf\r\nX-Cache: HIT\r\n\r\n"


def _objects() -> list[bytes]:
    """Return the objects of a PDF of three pages: 1 catalog, 2 page tree, 3 font, then page and content of each."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(WORDS)))
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, len(WORDS)),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>",
    ]
    for number, text in enumerate(WORDS):
        content = b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % text.encode()
        page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <</Font <</F1 3 0 R>>>>"
        objects.append(page + b" /Contents %d 0 R>>" % (5 + 2 * number))
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
    return objects


@cache
def make_classic() -> bytes:
    """Return a good PDF with a cross-reference table."""
    return write_pdf(_objects())


@cache
def make_modern() -> bytes:
    """Return the same with object streams and a cross-reference stream."""
    return _save(object_stream_mode=pikepdf.ObjectStreamMode.generate)


@cache
def make_encrypted(level: int) -> bytes:
    """Return the same, encrypted at a revision of the standard handler, to be opened without a password."""
    aes = level >= 4
    how = pikepdf.Encryption(user="", owner="owner", R=level, aes=aes, metadata=aes)  # type: ignore[arg-type]
    return _save(encryption=how)


def _save(**how: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_classic())) as pdf:
        pdf.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def _cut_tail(data: bytes, marker: bytes) -> bytes:
    return data[: data.rindex(marker)]


def _move_start(data: bytes, to: bytes) -> bytes:
    return re.sub(rb"startxref\s+\d+", b"startxref\n" + to, data)


ANY: dict[str, Callable[[bytes], bytes]] = {
    "no-startxref": lambda d: _cut_tail(d, b"startxref"),
    "startxref-without-number": lambda d: _cut_tail(d, b"startxref") + b"startxref\n%%EOF\n",
    "startxref-zero": lambda d: _move_start(d, b"0"),
    "startxref-beyond-the-end": lambda d: _move_start(d, b"99999999"),
    "startxref-off-by-ten": lambda d: re.sub(
        rb"startxref\s+(\d+)", lambda found: b"startxref\n%d" % (int(found[1]) + 10), d
    ),
    "startxref-negative": lambda d: _move_start(d, b"-17"),
    "startxref-misspelt": lambda d: d.replace(b"startxref", b"startxerf"),
    "startxref-on-one-line": lambda d: re.sub(rb"startxref\s+(\d+)\s+%%EOF", rb"startxref \1 %%EOF", d),
    "no-end-mark": lambda d: _cut_tail(d, b"%%EOF"),
    "tail-of-blanks": lambda d: d + b" " * 5000,
    "tail-of-zeros": lambda d: d + b"\0" * 70_000,
    "tail-of-a-web-page": lambda d: d + b"<html><body>" + b"<p>Thank you</p>\n" * 400 + b"</body></html>",
    "head-of-a-line": lambda d: b"\n" + d,
    "head-of-mail": lambda d: JUNK + d,
    "head-of-900-bytes": lambda d: b"x" * 899 + b"\n" + d,
    "head-of-2000-bytes": lambda d: JUNK * 43 + d,
    "head-of-60000-bytes": lambda d: b"\0" * 60_000 + b"\n" + d,
    "head-is-a-bom": lambda d: b"\xef\xbb\xbf" + d,
    "header-missing": lambda d: d[d.index(b"\n") + 1 :],
    "header-without-version": lambda d: d.replace(d[: d.index(b"\n")], b"%PDF-", 1),
    "header-of-postscript": lambda d: d.replace(d[: d.index(b"\n")], b"%!PS-Adobe-3.0 PDF-1.4", 1),
    "header-in-small-letters": lambda d: d.replace(b"%PDF-", b"%pdf-", 1),
    "twice-in-a-row": lambda d: d + d,
}
"""Breaks that any PDF can have."""
CLASSIC: dict[str, Callable[[bytes], bytes]] = {
    "xref-missing": lambda d: _cut_tail(d, b"xref\n0") + b"trailer\n<</Size 10/Root 1 0 R>>\nstartxref\n0\n%%EOF\n",
    "xref-and-trailer-missing": lambda d: _cut_tail(d, b"xref\n0"),
    "xref-cut": lambda d: d[: d.rindex(b"xref\n0") + 60],
    "xref-misspelt": lambda d: d.replace(b"\nxref\n", b"\nxerf\n"),
    "xref-of-zeros": lambda d: re.sub(rb"\d{10} 00000 n", b"0000000000 00000 n", d),
    "xref-offsets-shifted": lambda d: re.sub(rb"(\d{10}) 00000 n", lambda f: b"%010d 00000 n" % (int(f[1]) + 7), d),
    "xref-offsets-beyond": lambda d: re.sub(rb"\d{10} 00000 n", b"0099999999 00000 n", d),
    "xref-all-free": lambda d: d.replace(b" 00000 n", b" 00000 f"),
    "xref-starts-at-one": lambda d: d.replace(b"xref\n0 10", b"xref\n1 10"),
    "xref-counts-too-few": lambda d: d.replace(b"xref\n0 10", b"xref\n0 4"),
    "xref-counts-too-many": lambda d: d.replace(b"xref\n0 10", b"xref\n0 40"),
    "xref-lines-of-19-bytes": lambda d: re.sub(rb"(\d{10} \d{5} [nf]) \n", rb"\1\n", d),
    "trailer-without-root": lambda d: d.replace(b"/Root 1 0 R", b""),
    "trailer-root-leads-nowhere": lambda d: d.replace(b"/Root 1 0 R", b"/Root 77 0 R"),
    "trailer-root-is-a-page": lambda d: d.replace(b"/Root 1 0 R", b"/Root 4 0 R"),
    "trailer-without-size": lambda d: d.replace(b"/Size 10", b""),
    "trailer-size-too-low": lambda d: d.replace(b"/Size 10", b"/Size 3"),
    "trailer-misspelt": lambda d: d.replace(b"trailer", b"trialer"),
    "trailer-not-closed": lambda d: d.replace(b"/Root 1 0 R>>", b"/Root 1 0 R"),
    "previous-beyond-the-end": lambda d: d.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 99999999"),
    "previous-zero": lambda d: d.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 0"),
    "hybrid-leads-nowhere": lambda d: d.replace(b"/Root 1 0 R", b"/Root 1 0 R/XRefStm 12"),
    "encryption-is-null": lambda d: d.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt null"),
    "encryption-leads-nowhere": lambda d: d.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 88 0 R"),
    "lines-end-in-cr-lf": lambda d: d.replace(b"\n", b"\r\n"),
    "lines-end-in-cr": lambda d: d.replace(b"\n", b"\r"),
    "endobj-missing": lambda d: d.replace(b"endobj\n", b""),
    "endobj-misspelt": lambda d: d.replace(b"endobj", b"endobject"),
    "endstream-missing": lambda d: d.replace(b"\nendstream", b""),
    "length-zero": lambda d: re.sub(rb"/Length \d+", b"/Length 0 ", d),
    "length-too-small": lambda d: re.sub(rb"/Length \d+", b"/Length 9 ", d),
    "length-too-large": lambda d: re.sub(rb"/Length \d+", b"/Length 99", d),
    "length-far-too-large": lambda d: re.sub(rb"/Length \d+", b"/Length 99999999", d),
    "length-missing": lambda d: re.sub(rb"/Length \d+", b"", d),
    "length-leads-nowhere": lambda d: re.sub(rb"/Length \d+", b"/Length 66 0 R", d),
    "length-negative": lambda d: re.sub(rb"/Length \d+", b"/Length -1", d),
    "catalog-without-type": lambda d: d.replace(b"/Type /Catalog", b""),
    "pages-without-type": lambda d: d.replace(b"/Type /Pages", b""),
    "page-without-type": lambda d: d.replace(b"/Type /Page ", b""),
    "page-of-a-wrong-type": lambda d: d.replace(b"/Type /Page ", b"/Type /Pge "),
    "font-without-type": lambda d: d.replace(b"/Type /Font", b""),
    "page-without-parent": lambda d: d.replace(b"/Parent 2 0 R", b""),
    "page-without-size": lambda d: d.replace(b"/MediaBox [0 0 595 842]", b""),
    "page-size-of-words": lambda d: d.replace(b"[0 0 595 842]", b"[(a) (b) /C null]"),
    "page-size-turned-over": lambda d: d.replace(b"[0 0 595 842]", b"[595 842 0 0]"),
    "page-rotated-by-text": lambda d: d.replace(b"/MediaBox", b"/Rotate (a) /MediaBox"),
    "count-missing": lambda d: d.replace(b" /Count 3", b""),
    "count-too-low": lambda d: d.replace(b"/Count 3", b"/Count 1"),
    "count-too-high": lambda d: d.replace(b"/Count 3", b"/Count 9"),
    "count-negative": lambda d: d.replace(b"/Count 3", b"/Count -3"),
    "count-of-text": lambda d: d.replace(b"/Count 3", b"/Count (3)"),
    "objects-of-another-number": lambda d: d.replace(b"\n3 0 obj", b"\n33 0 obj"),
    "objects-of-another-generation": lambda d: d.replace(b" 0 obj", b" 1 obj"),
    "dictionary-not-closed": lambda d: d.replace(b"/WinAnsiEncoding>>", b"/WinAnsiEncoding"),
    "bad-names": lambda d: d.replace(b"/Type /Font ", b"/Bad#Name#zz 1 /Type /Font "),
    "comment-in-a-dictionary": lambda d: d.replace(b"/Type /Catalog", b"% a comment >>\n/Type /Catalog"),
    "unknown-words": lambda d: d.replace(b"/Type /Catalog", b"/Odd foo /Type /Catalog"),
    "numbers-with-two-signs": lambda d: d.replace(b"[0 0 595 842]", b"[--0 0 595.0.0 842]"),
    "content-cut-in-the-file": lambda d: d[: d.rindex(b"endstream")],
    "content-leads-nowhere-too": lambda d: d.replace(b"/Contents 5 0 R", b"/Contents [5 0 R 99 0 R]"),
}
"""Breaks of a file with a cross-reference table."""
MODERN: dict[str, Callable[[bytes], bytes]] = {
    "xref-stream-of-another-width": lambda d: re.sub(rb"/W \[ ?1 \d", b"/W [ 2 1", d),
    "xref-stream-without-type": lambda d: d.replace(b"/Type /XRef", b"/Type /Xref"),
    "xref-stream-cut": lambda d: d[: d.rindex(b"endstream") - 10],
    "tail-cut": lambda d: d[: d.rindex(b"startxref") - 30],
}
"""Breaks of a file with a cross-reference stream."""


def list_broken() -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each broken file."""
    bases = {"classic": make_classic(), "modern": make_modern(), "rc4": make_encrypted(3), "aes": make_encrypted(6)}
    for base, data in bases.items():
        for name, change in (ANY | (CLASSIC if base == "classic" else MODERN if base == "modern" else {})).items():
            yield f"{base}/{name}", change(data)


BROKEN = dict(list_broken())
"""By base and break."""
