"""Pictures and charts of the composed report, as figures of the PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.gri_builder_pdf.tagged_text import normalize_whitespace


def find_missing_pictures(
    embedded: EmbeddedReport, alts: Iterable[str], pages: tuple[int, ...] | None = None
) -> Iterator[str]:
    """Yield the alternative texts of pictures that are not on those pages, or on any page (ISO 32000-1, 14.9.3)."""
    for alt in dict.fromkeys(map(normalize_whitespace, alts)):
        there = embedded.tagged.pictures.get(alt, frozenset())
        if not there or (pages is not None and there.isdisjoint(pages)):
            yield alt
