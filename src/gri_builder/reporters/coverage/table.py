"""Coverage as a table, one row for each disclosure: as CSV and as XLSX."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from gri_builder.model.coverage import Coverage, CoverageRow, Status
from gri_builder.model.framework import Framework
from gri_builder.spreadsheets.writer import write_csv, write_xlsx

UNDATED = date(2000, 1, 1)
"""Date of a workbook about a report without a period."""

CLAIM = "claim of the organization"
"""In each row of a third-party PDF, whose coverage is only what its content index claims."""

_WIDTHS = {"basis": 24, "unclear": 44, "group": 34, "title": 44, "links": 34, "omissions": 60}


def name_groups(framework: Framework) -> Mapping[str, str]:
    """Return the headings of the groups of rows, by the id of the section, Aspect or sector."""
    sections = {section.id: section.name for section in framework.sections}
    sectors = {sector.id: sector.name for sector in framework.sectors.values()}
    return sections | {aspect.id: aspect.display_name for aspect in framework.aspects.values()} | sectors


def find_group(row: CoverageRow, framework: Framework) -> str:
    """Return the id of a row's Aspect or section; for other disclosures of a sector, that of the sector."""
    disclosure = framework.disclosures[row.code]
    return row.aspect or disclosure.section or disclosure.sector or ""


def list_parts(row: CoverageRow, status: Status) -> str:
    """Return the letters of the requirements with this status, e.g. 'a, c'."""
    return ", ".join(part for part, state in row.requirements.items() if state is status and part)


def _omissions(row: CoverageRow) -> str:
    return "; ".join(
        f"{omitted.part or 'all'}: {omitted.reason}: {omitted.explanation}"
        + ("" if omitted.counts else " (does not count)")
        for omitted in row.omissions
    )


_COLUMNS: Mapping[str, Callable[[CoverageRow], str]] = {
    "id": lambda row: row.id,
    "title": lambda row: row.title,
    "status": lambda row: row.status.value,
    "covered": lambda row: list_parts(row, Status.COVERED),
    "omitted": lambda row: list_parts(row, Status.OMITTED),
    "missing": lambda row: list_parts(row, Status.MISSING),
    "required_for": lambda row: ", ".join(row.required_for),
    "pages": lambda row: ", ".join(row.pages),
    "links": lambda row: " ".join(row.links),
    "omissions": _omissions,
    "assured": lambda row: "yes" if row.assured else "no",
    "assurance_page": lambda row: row.assurance_page or "",
}


def tabulate(coverage: Coverage, framework: Framework) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the names of the columns, and the rows."""
    names = name_groups(framework)
    rows = [
        (names.get(find_group(row, framework), ""), *(read(row) for read in _COLUMNS.values())) for row in coverage.rows
    ]
    if coverage.basis == "claims":
        return ("basis", "group", *_COLUMNS, "unclear"), [
            (CLAIM, *cells, row.unclear) for cells, row in zip(rows, coverage.rows, strict=True)
        ]
    return ("group", *_COLUMNS), rows


def write_coverage_csv(coverage: Coverage, framework: Framework) -> bytes:
    """Return the coverage as a CSV file."""
    return write_csv(*tabulate(coverage, framework))


def write_coverage_xlsx(coverage: Coverage, framework: Framework) -> bytes:
    """Return the coverage as a workbook, dated with the last day of the report's period."""
    return write_xlsx("Coverage", *tabulate(coverage, framework), _WIDTHS, coverage.end or UNDATED)
