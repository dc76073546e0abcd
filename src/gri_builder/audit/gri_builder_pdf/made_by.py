"""The version of the program that made a PDF, as the PDF records it in several places."""

from __future__ import annotations

import re

from gri_builder._version import FIRST_SEALED, NAME
from gri_builder.embedded.embedded_files import EmbeddedFiles
from gri_builder.embedded.printed_text import VERSION
from gri_builder.pdf_reader.pdf_file import PdfFile

_VERSION = re.compile(r"(?:\D*\s)?(\d+)\.(\d+)")


def must_be_sealed(pdf: PdfFile, files: EmbeddedFiles) -> bool:
    """Return whether any record of the PDF names a version all PDFs of which have a seal.

    The embedded data names one, and so does the creator in the Info dictionary.
    Where the version is not written as a number, the PDF is treated as a new one.
    """
    creator = pdf.creator or ""
    if creator.startswith(f"{NAME} ") and _is_sealing(creator):
        return True
    return files.data is not None and (files.data.sealed or _is_sealing(files.data.program.version))


def list_removed(pdf: PdfFile, files: EmbeddedFiles) -> tuple[str, ...]:
    """Return the entries of the embedded data that the PDF must have and that are gone."""
    data = files.data
    if data is None or not must_be_sealed(pdf, files):
        return ()
    printed = data.printed is not None and data.printed.version == VERSION
    found = {"pages": bool(data.pages), "printed": printed, "text": data.text is not None, "sealed": data.sealed}
    return tuple(name for name, is_there in found.items() if not is_there)


def _is_sealing(version: str) -> bool:
    found = _VERSION.match(version)
    return found is None or (int(found[1]), int(found[2])) >= FIRST_SEALED
