"""Sound copies of a PDF: saved again by several programs and in several ways, encrypted, and signed."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any, Literal

import pikepdf
import pypdfium2
from pypdf import PdfReader, PdfWriter

from tests.support.sealed_pdfs.signing import add_certificates, add_time_stamp, certify, sign, sign_tagged

Copy = Callable[[bytes], bytes]
MODES = pikepdf.ObjectStreamMode


def _save_by_qpdf(**settings: Any) -> Copy:
    def copy(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            out = io.BytesIO()
            pdf.save(out, **settings)
            return out.getvalue()

    return copy


def _encrypt(revision: Literal[4, 6]) -> Copy:
    return _save_by_qpdf(encryption=pikepdf.Encryption(owner="owner", user="", R=revision))


def _tidy_up(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.remove_unreferenced_resources()
        for page in pdf.pages:
            page.contents_coalesce()
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def _save_by_pypdf(data: bytes) -> bytes:
    out = io.BytesIO()
    PdfWriter(clone_from=PdfReader(io.BytesIO(data))).write(out)
    return out.getvalue()


def _save_by_pdfium(data: bytes) -> bytes:
    out = io.BytesIO()
    document = pypdfium2.PdfDocument(data)
    document.save(out)
    document.close()
    return out.getvalue()


def _share_pages(data: bytes) -> bytes:
    """Let pages inherit what they share, in a tree of two levels."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.Pages
        root.MediaBox = pdf.pages[0].obj.MediaBox
        for page in pdf.pages:
            del page.obj["/MediaBox"]
            del page.obj["/Rotate"]
        kids = list(root.Kids)
        inner = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=kids[:3], Count=3, Parent=root))
        for kid in kids[:3]:
            kid.Parent = inner
        root.Kids = pikepdf.Array([inner, *kids[3:]])
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def _end_with_lines(data: bytes) -> bytes:
    return data + b"\r\n\n\0"


SAVED: Mapping[str, Copy] = {
    "untouched": lambda data: data,
    "saved": _save_by_qpdf(),
    "linearized": _save_by_qpdf(linearize=True),
    "without object streams": _save_by_qpdf(object_stream_mode=MODES.disable),
    "with object streams": _save_by_qpdf(object_stream_mode=MODES.generate),
    "packed again": _save_by_qpdf(recompress_flate=True, object_stream_mode=MODES.generate),
    "unpacked": _save_by_qpdf(compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized),
    "saved with a version": _save_by_qpdf(min_version="1.7", fix_metadata_version=False),
    "tidied up": _tidy_up,
    "saved by pypdf": _save_by_pypdf,
    "saved by PDFium": _save_by_pdfium,
    "with inherited entries": _share_pages,
    "with line ends behind it": _end_with_lines,
    "encrypted with RC4 or AES of 128 bits": _encrypt(4),
    "encrypted with AES of 256 bits": _encrypt(6),
}
SIGNED: Mapping[str, Copy] = {
    "signed": sign,
    "certified": certify,
    "signed and linearized": lambda data: sign(_save_by_qpdf(linearize=True)(data)),
    "signed without object streams": lambda data: sign(_save_by_qpdf(object_stream_mode=MODES.disable)(data)),
    "signed twice": lambda data: sign(sign(data), "Assurer"),
    "signed visibly": lambda data: sign(data, page=2, box=(60, 400, 300, 450)),
    "signed visibly and twice": lambda data: sign(sign(data, page=2, box=(60, 400, 300, 450)), "Assurer", 4),
    "signed with a tagged field": sign_tagged,
    "signed with stored certificates": lambda data: add_certificates(sign(data)),
    "signed with stored certificates and a time stamp": lambda data: add_time_stamp(add_certificates(sign(data))),
    "time-stamped": add_time_stamp,
}
