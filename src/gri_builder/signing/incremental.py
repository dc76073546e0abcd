"""Appends to a PDF and leaves all that is there as it is: its metadata too, for a signature changes no report."""

from __future__ import annotations

import hashlib
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from gri_builder.signatures.prompt_reader import PromptReader

ID_BYTES = 16


class AppendingWriter(IncrementalPdfFileWriter):
    """A writer of increments whose bytes depend on what is written alone: no clock, no random number."""

    @classmethod
    def _handle_id(cls, prev: Any) -> Any:
        """Return the identifiers of the file: the first one stays, the second one follows from the file's bytes.

        ISO 32000-1, 14.4.
        """
        prev.stream.seek(0)
        digest = hashlib.sha256(prev.stream.read()).digest()[:ID_BYTES]
        first = prev.trailer["/ID"][0] if "/ID" in prev.trailer else generic.ByteStringObject(digest)
        kept = getattr(first, "original_bytes", first)
        return generic.ArrayObject([generic.ByteStringObject(kept), generic.ByteStringObject(digest)])

    def _update_meta(self) -> None:
        """Leave Info and XMP metadata as they are."""


def open_writer(data: bytes) -> AppendingWriter:
    """Return a writer that appends to a PDF."""
    reader = PromptReader(data)
    return AppendingWriter(reader.stream, prev=reader)
