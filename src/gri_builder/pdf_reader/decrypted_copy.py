"""The objects of a file that may be encrypted: pypdf, which has its password, writes a copy that is not."""

from __future__ import annotations

import io

from msgspec.structs import replace
from pypdf import PdfReader, PdfWriter

from gri_builder.embedded.seal.syntax import PdfSyntaxError
from gri_builder.pdf_reader.file_objects import FileObjects, read_file_objects


def read_objects(data: bytes, reader: PdfReader) -> FileObjects:
    """Return the objects of a file, decrypted; raises PdfSyntaxError where they can't be read."""
    found = read_file_objects(data)
    if not found.is_encrypted:
        return found
    copied = read_file_objects(_write_copy(reader))
    return replace(found, objects=copied.objects)


def _write_copy(reader: PdfReader) -> bytes:
    """Return a copy of a file whose password is known, without encryption."""
    out = io.BytesIO()
    try:
        PdfWriter(clone_from=reader).write(out)
    except Exception as fault:  # a broken file raises whatever its breaks lead to
        raise PdfSyntaxError("the encrypted file can't be copied") from fault
    return out.getvalue()
