"""What a survey shows as a whole: counts, coverage by sector, year, framework and disclosure, failed rules."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from gri_builder.resources.frameworks import framework_ids, load_framework
from gri_builder.survey.result_files import Results

MOST_REASONS = 200
"""PDFs without an audit that the page lists."""


class Share(Struct, frozen=True):
    """The reports of a group."""

    name: str
    reports: int
    disclosures: float | None
    """Mean number of disclosures covered; None if none could be assessed."""
    share: float | None
    """Mean share of the required items that are covered; None without an option."""
    judged: int
    """Reports that the share is the mean of."""


class DisclosureShare(Struct, frozen=True):
    """A disclosure of a framework."""

    framework: str
    code: str
    title: str
    reports: int
    covered: int
    partial: int
    omitted: int
    unclear: int

    @property
    def share(self) -> float:
        """Share of the reports that cover it."""
        return self.covered / self.reports


class RuleCount(Struct, frozen=True):
    """A rule whose checks failed."""

    rule: str
    severity: str
    reports: int
    checks: int


class Summary(Struct, frozen=True):
    """A survey as a whole."""

    counts: dict[str, int]
    """PDFs by status."""
    pages: int
    claims: int
    findings: int
    groups: dict[str, tuple[Share, ...]]
    """Groups of reports by what they have in common: sector, year, framework, option."""
    disclosures: tuple[DisclosureShare, ...]
    rules: tuple[RuleCount, ...]
    not_audited: tuple[tuple[str, str, str], ...]
    """File, status and reason of the first of them."""
    files: tuple[tuple[object, ...], ...]
    """A row for each of the first files, as `FILE_NAMES` names the columns."""

    @property
    def total(self) -> int:
        """Number of the PDFs."""
        return sum(self.counts.values())


FILE_NAMES = (
    *("file", "status", "organization", "sector", "year", "framework_name", "claimed_option", "pages", "claims"),
    *(
        "required",
        "covered",
        "partial",
        "omitted",
        "missing",
        "unclear",
        "checks_failed",
        "errors",
        "warnings",
        "reason",
    ),
)
MOST_FILES = 100_000
"""Rows of the workbook; a sheet can hold ten times as many, a person can read far fewer."""

_GROUP = """
SELECT coalesce(CAST({0} AS VARCHAR), '') AS name, count(*), avg(c.disclosures), avg(f.covered / nullif(f.required, 0)),
       count(f.covered / nullif(f.required, 0))
FROM files f LEFT JOIN (SELECT file, count(*) FILTER (status = 'covered') AS disclosures FROM coverage GROUP BY file) c
USING (file) WHERE f.status = 'audited' GROUP BY name ORDER BY name = '', name
"""
_GROUPS = {
    "framework": "nullif(f.framework_name, '')",
    "option": "f.claimed_option",
    "sector": "f.sector",
    "year": "f.year",
}
_RULES = """
SELECT rule, any_value(severity ORDER BY severity), count(DISTINCT file), count(*) FROM checks WHERE status = 'fail'
GROUP BY rule ORDER BY 3 DESC, rule
"""


def read_summary(folder: Path) -> Summary:
    """Return the summary of the results in a folder."""
    results = Results(folder)
    try:
        return _read(results)
    finally:
        results.close()


def _read(results: Results) -> Summary:
    totals = "SELECT sum(pages), sum(claims), sum(errors + warnings + notes) FROM files"
    pages, claims, findings = (int(value or 0) for value in results.rows(totals)[0])
    columns = ", ".join(FILE_NAMES)
    disclosures = (
        "SELECT framework, code, title, reports, covered, partial, omitted, unclear FROM coverage_by_disclosure"
    )
    return Summary(
        dict(results.rows("SELECT status, count(*) FROM files GROUP BY status ORDER BY status")),
        pages,
        claims,
        findings,
        {name: tuple(Share(*row) for row in results.rows(_GROUP.format(each))) for name, each in _GROUPS.items()},
        tuple(DisclosureShare(*row) for row in results.rows(disclosures)),
        tuple(RuleCount(*row) for row in results.rows(_RULES)),
        tuple(results.rows(f"SELECT * FROM not_audited LIMIT {MOST_REASONS}")),  # noqa: S608
        tuple(results.rows(f"SELECT {columns} FROM files ORDER BY file LIMIT {MOST_FILES}")),  # noqa: S608
    )


def name_framework(id: str) -> str:
    """Return the title of a framework, by its id."""
    return load_framework(id).title if id in framework_ids() else id
