"""What a row of an index states besides its pages: an answer, an omission, assurance."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from gri_builder.audit.third_party_pdf.page_numbers import PageNumbering
from gri_builder.audit.third_party_pdf.page_references import read_references

NOTHING = frozenset({"", "-", "–", "—", "none", "n/a", "no", "nil"})
YES = re.compile(r"(?i)^(?:y|yes|ja|sí|si|sim|oui|✓|✔|√|x|●)\b|[✓✔√●]")


class RowStatement(Struct, frozen=True):
    """What the cells of a row state in words and marks."""

    answer: str = ""
    """An answer given in the row itself, in place of a reference."""
    omission: str | None = None
    """What is omitted and why, as written."""
    assured: bool | None = None
    """Whether the row says that it is assured; None if the index has no such column."""
    assurance_page: int | None = None
    """Physical page of the assurance statement that the row names."""


def read_statement(cells: Mapping[str, str], has_references: bool, numbering: PageNumbering) -> RowStatement:
    """Return what the cells of a row state; `cells` are the texts by column: 'page', 'omission', 'assurance'."""
    cell, omission = cells.get("page", "").strip(), cells.get("omission", "").strip()
    assurance = cells.get("assurance")
    stated = (page for each in read_references(assurance or "") for page in map(numbering.find, each.pages) if page)
    return RowStatement(
        answer="" if has_references else " ".join(cell.split()) if cell.lower() not in NOTHING else "",
        omission=" ".join(omission.split()) if omission.lower() not in NOTHING else None,
        assured=bool(YES.search(assurance.strip())) if assurance is not None else None,
        assurance_page=next(stated, None),
    )
