"""The content index as a flat table: `content-index.csv` in the PDF, `NAME.index.csv` and `.xlsx` beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gri_builder.embedded.codec import decode_csv
from gri_builder.model.claim import Claim, page_ranges
from gri_builder.model.report import Omission
from gri_builder.spreadsheets.writer import write_csv, write_xlsx

NAME = "content-index.csv"

WIDTHS = {"title": 44, "group": 34, "reference": 34, "explanation": 60}
"""Widths of a sheet's columns, in characters."""


def tabulate(claims: Sequence[Claim]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the column names and the rows of the index as a flat table of texts."""
    rows = [_flatten(claim) for claim in claims]
    names = dict.fromkeys(name for row in rows for name in row)
    return tuple(names), [tuple(row.get(name, "") for name in names) for row in rows]


def _flatten(claim: Claim) -> dict[str, str]:
    return {
        "id": claim.id,
        "code": claim.code,
        "title": claim.title,
        "group": claim.group,
        "aspect": claim.aspect or "",
        "pages": page_ranges(claim.physical_pages),
        "reference": "; ".join(f"{e.document}, {e.pages}" if e.pages else e.document for e in claim.references),
        "links": " ".join(e.url for e in claim.references if e.url),
        "omitted": "; ".join(", ".join(omission.parts) or "all" for omission in claim.omissions),
        "reason": "; ".join(omission.reason for omission in claim.omissions),
        "explanation": " / ".join(_explain(omission) for omission in claim.omissions),
        "assured": "yes" if claim.assured else "no",
        "assurance_page": str(claim.assurance_page or ""),
        **dict(claim.linkage),
    }


def _explain(omission: Omission) -> str:
    details = [f"{name}: {omission.details[name]}" for name in sorted(omission.details)]
    return "; ".join([omission.explanation, *details])


def make_csv(claims: Sequence[Claim]) -> bytes:
    """Return the content index as a CSV file."""
    return write_csv(*tabulate(claims))


def make_xlsx(claims: Sequence[Claim], day: date) -> bytes:
    """Return the content index as a workbook; `day` is its date."""
    return write_xlsx("Content index", *tabulate(claims), WIDTHS, day)


def read_csv(data: bytes) -> tuple[Mapping[str, str], ...]:
    """Return the rows of the index in a CSV file, by column; raises EmbeddedDataError where it is not such a file."""
    return decode_csv(data, ("id", "pages"))
