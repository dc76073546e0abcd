"""The content index as files beside the PDF: JSON, CSV and XLSX, all of the same rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from gri_builder.model.claim import Claim, page_ranges
from gri_builder.model.report import ExternalReference, Omission, Report
from gri_builder.spreadsheets.writer import write_csv, write_xlsx

FORMAT = "gri-builder/index/1"

WIDTHS = {"title": 44, "group": 34, "reference": 34, "explanation": 60}
"""Widths of a sheet's columns, in characters."""


def describe_index(report: Report, framework: str, claims: Iterable[Claim]) -> dict[str, Any]:
    """Return the content index as its JSON document says it; `framework` is the framework's id."""
    return {
        "format": FORMAT,
        "framework": framework,
        "organization": report.organization.name,
        "title": report.title,
        "period": {"start": report.start.isoformat(), "end": report.end.isoformat()},
        "published": report.published.isoformat(),
        "language": report.language,
        "option": report.option,
        "rows": [_describe_row(claim) for claim in claims],
    }


def _describe_row(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "code": claim.code,
        "aspect": claim.aspect,
        "title": claim.title,
        "group": claim.group,
        "pages": [str(page) for page in claim.physical_pages],
        "physical_pages": list(claim.physical_pages),
        "links": [_link(reference) for reference in claim.references],
        "reference": [{"document": e.document, "pages": e.pages, "url": e.url} for e in claim.references],
        "omissions": [row for omission in claim.omissions for row in _describe_omission(omission)],
        "assured": claim.assured,
        "assurance_page": str(claim.assurance_page) if claim.assurance_page else None,
        "linkage": dict(claim.linkage),
    }


def _describe_omission(omission: Omission) -> list[dict[str, Any]]:
    """Return one entry for each letter; the part is null where the whole disclosure is omitted."""
    details = {name: omission.details[name] for name in sorted(omission.details)}
    said = {"reason": omission.reason, "explanation": omission.explanation, "details": details}
    return [{"part": part, **said} for part in omission.parts or (None,)]


def _link(reference: ExternalReference) -> str:
    """Return the address of another document, else its name with its pages."""
    return reference.url or ", ".join(filter(None, (reference.document, reference.pages)))


def make_json(index: dict[str, Any]) -> bytes:
    """Return the content index as a JSON file."""
    return (json.dumps(index, ensure_ascii=False, indent=2) + "\n").encode()


def tabulate(claims: Sequence[Claim]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the column names and the rows of the index as a flat table of texts."""
    rows = [_flatten(claim) for claim in claims]
    names = dict.fromkeys(name for row in rows for name in row)
    return tuple(names), [tuple(row.get(name, "") for name in names) for row in rows]


def _flatten(claim: Claim) -> dict[str, str]:
    places = [f"{e.document}, {e.pages}" if e.pages else e.document for e in claim.references]
    return {
        "id": claim.id,
        "code": claim.code,
        "title": claim.title,
        "group": claim.group,
        "aspect": claim.aspect or "",
        "pages": page_ranges(claim.physical_pages),
        "reference": "; ".join(places),
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
