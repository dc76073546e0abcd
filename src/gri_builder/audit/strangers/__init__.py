"""The content index of a PDF that this program did not make."""

from __future__ import annotations

from gri_builder.audit.extracted import Extracted
from gri_builder.audit.read import PdfFile
from gri_builder.framework import Framework


def extract_claims(pdf: PdfFile, framework: Framework) -> Extracted:
    """Return what a PDF claims by its own content index."""
    return Extracted(None)
